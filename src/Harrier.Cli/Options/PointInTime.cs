using Harrier.Domain;

namespace Harrier.Cli.Options;

/// <summary>A day or an instant that was given on the command line.</summary>
/// <param name="Text">As it was given.</param>
/// <param name="Day">The UTC day; null for an instant.</param>
/// <param name="Instant">The instant; meaningless for a day.</param>
internal sealed record PointInTime(string Text, DateOnly? Day, Timestamp Instant)
{
    /// <summary>The first instant of it.</summary>
    public Timestamp First => Day is { } day ? Timestamp.From(new DateTimeOffset(day, TimeOnly.MinValue, TimeSpan.Zero)) : Instant;

    /// <summary>The last instant of it.</summary>
    public Timestamp Last => Day is null ? Instant : new Timestamp((First + TimeSpan.FromDays(1)).Nanos - 1);
}
