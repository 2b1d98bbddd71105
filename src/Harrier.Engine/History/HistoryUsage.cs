namespace Harrier.Engine.History;

/// <summary>What is used of the limits of a venue, for people to see.</summary>
/// <param name="Requests">Requests that left since the start, attempts that failed included.</param>
/// <param name="Used">Weight counted in the window of the limit that binds.</param>
/// <param name="Limit">The limit's weight per window.</param>
/// <param name="Window">The limit's window.</param>
public sealed record HistoryUsage(long Requests, int Used, int Limit, TimeSpan Window)
{
    /// <summary>How long the venue has shut us out for.</summary>
    /// <value>Zero: it has not.</value>
    public TimeSpan ShutOutFor { get; init; }
}
