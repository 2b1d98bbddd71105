namespace Harrier.Exchanges.Requests;

/// <summary>When the API circuit breaker trips and how it recovers.</summary>
public sealed record ApiCircuitBreakerOptions
{
    /// <summary>Rate-limit errors that trip it.</summary>
    public int Threshold { get; init; } = 5;

    /// <summary>How long it stays open.</summary>
    public TimeSpan OpenFor { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Probes that may be under way at once while half-open.</summary>
    public int Probes { get; init; } = 3;

    /// <summary>Errors older than this no longer count towards the threshold.</summary>
    public TimeSpan DecayAfter { get; init; } = TimeSpan.FromSeconds(60);
}
