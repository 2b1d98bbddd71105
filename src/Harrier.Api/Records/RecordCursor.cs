using System.Globalization;
using System.Text;
using Harrier.Domain;

namespace Harrier.Api.Records;

/// <summary>Where a page of records ended: the instant of its oldest row, and how many rows of that instant have been given. Rows are only added, so that the next page begins where this one ended.</summary>
/// <param name="Oldest">The instant.</param>
/// <param name="Given">Rows of it that were given, at least 1.</param>
internal readonly record struct RecordCursor(Timestamp Oldest, int Given)
{
    private const int MostGiven = 100_000;
    private const long GrainNanos = 1000;

    /// <summary>The first instant after the oldest one: databases keep microseconds.</summary>
    public Timestamp After => new(Oldest.Nanos + GrainNanos);

    /// <summary>Reads what <see cref="ToString"/> writes.</summary>
    public static RecordCursor? Parse(string text)
    {
        try
        {
            string[] parts = Encoding.ASCII.GetString(Convert.FromHexString(text)).Split(':');
            return parts.Length == 2 && long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out long nanos) && nanos < long.MaxValue - GrainNanos
                && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int given) && given is > 0 and <= MostGiven
                ? new RecordCursor(new Timestamp(nanos), given)
                : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }

    /// <summary>The text for a client, which means nothing to it.</summary>
    public override string ToString() => Convert.ToHexStringLower(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Oldest.Nanos}:{Given}")));
}
