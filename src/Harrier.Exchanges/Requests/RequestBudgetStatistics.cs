namespace Harrier.Exchanges.Requests;

/// <summary>A budget's figures at one moment, in the terms of the systems' rate limiter.</summary>
public sealed record RequestBudgetStatistics
{
    /// <summary>Requests that asked for leave.</summary>
    public required long TotalRequests { get; init; }

    /// <summary>Requests that were refused.</summary>
    public required long BlockedRequests { get; init; }

    /// <summary>Requests that had to wait, now or before.</summary>
    public required long QueuedRequests { get; init; }

    /// <summary>Requests that wait now.</summary>
    public required int QueueSize { get; init; }

    /// <summary>The circuit breaker's state.</summary>
    public required CircuitState CircuitState { get; init; }

    /// <summary>How often the circuit breaker tripped.</summary>
    public required long CircuitTrips { get; init; }

    /// <summary>The pause that adaptive throttling puts before each request of a lower class than critical.</summary>
    public required TimeSpan AdaptiveDelay { get; init; }

    /// <summary>The weight counted in each rule's window, by the rule's name.</summary>
    public required IReadOnlyDictionary<string, int> Windows { get; init; }

    /// <summary>What each window may hold, by name.</summary>
    public required IReadOnlyDictionary<string, int> Limits { get; init; }

    /// <summary>How long the venue has shut us out for, on the whole; zero when it has not.</summary>
    public required TimeSpan BannedFor { get; init; }
}
