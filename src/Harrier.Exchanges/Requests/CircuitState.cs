namespace Harrier.Exchanges.Requests;

/// <summary>The states of the API circuit breaker.</summary>
public enum CircuitState : byte
{
    /// <summary>Requests pass.</summary>
    Closed,

    /// <summary>No request passes until the rest is over.</summary>
    Open,

    /// <summary>A few probes pass; the first success closes, the first failure opens again.</summary>
    HalfOpen,
}
