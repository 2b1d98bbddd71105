namespace Harrier.Exchanges.Requests;

/// <summary>How often and how carefully a venue's clock is measured.</summary>
public sealed record ServerClockOptions
{
    /// <summary>Probes per measurement; the median offset of those that were answered counts.</summary>
    public int Probes { get; init; } = 3;

    /// <summary>A measurement older than this is due again.</summary>
    public TimeSpan RefreshAfter { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>A probe with a longer round trip says too little about the clock and is left out.</summary>
    public TimeSpan LongestRoundTrip { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>When wall clock and steady clock drift apart by more than this, the machine slept or its clock was set: measure again.</summary>
    public TimeSpan JumpTolerance { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>After a measurement without any answer the next one waits this long.</summary>
    public TimeSpan RetryAfterFailure { get; init; } = TimeSpan.FromSeconds(5);
}
