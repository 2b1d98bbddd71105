namespace Harrier.Exchanges.Requests;

/// <summary>When to ask for an intent of unknown outcome, and what proves it absent.</summary>
public sealed record UnknownOutcomeOptions
{
    /// <summary>
    /// After this much time since it was sent the venue can no longer take the request up: the receive window plus the largest skew where the
    /// venue checks the window before its engine, a minute or more where it only does at its gate.
    /// </summary>
    public required TimeSpan QuietTime { get; init; }

    /// <summary>When to ask, counted from the start.</summary>
    public IReadOnlyList<TimeSpan> AskAt { get; init; } =
        [.. new[] { 0.25, 0.5, 1, 2, 4, 8, 16 }.Select(TimeSpan.FromSeconds)];

    /// <summary>After the last of these it is asked this often.</summary>
    public TimeSpan ThenEvery { get; init; } = TimeSpan.FromSeconds(16);

    /// <summary>Answers of not found that a proof needs.</summary>
    public int NotFoundNeeded { get; init; } = 3;

    /// <summary>The time from the first to the last of them that it needs.</summary>
    public TimeSpan SpanNeeded { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Unsettled for this long, it is escalated, and asked for all the same: a proof of absence may need a longer quiet time.</summary>
    public TimeSpan EscalateAfter { get; init; } = TimeSpan.FromSeconds(60);
}
