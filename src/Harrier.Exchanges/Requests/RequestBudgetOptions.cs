namespace Harrier.Exchanges.Requests;

/// <summary>What a request budget keeps to.</summary>
public sealed record RequestBudgetOptions
{
    /// <summary>The venue's limits; more may come later through <see cref="RequestBudget.Revise"/>.</summary>
    public required IReadOnlyList<BudgetRule> Rules { get; init; }

    /// <summary>The longest wait for room.</summary>
    public TimeSpan AcquireTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How many requests may wait; one more is refused.</summary>
    public int QueueLimit { get; init; } = 1000;

    /// <summary>The share of every limit that only cancels and closes may spend, 0 to 1.</summary>
    public double Reserve { get; init; } = 0.2;

    /// <summary>How the API circuit breaker trips and recovers.</summary>
    public ApiCircuitBreakerOptions Circuit { get; init; } = new();

    /// <summary>How long to stop when the venue refused for its limits and did not say until when.</summary>
    public TimeSpan StopWithoutHint { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long to stop when the venue banned us and did not say until when.</summary>
    public TimeSpan BanWithoutHint { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>What all processes of this machine share with us; null when this process is alone.</summary>
    public MachineLedger? Ledger { get; init; }

    /// <summary>What sets our account apart in the ledger from others on this machine; nothing secret.</summary>
    public string AccountScope { get; init; } = "";
}
