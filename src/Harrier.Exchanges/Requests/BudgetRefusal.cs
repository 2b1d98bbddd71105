namespace Harrier.Exchanges.Requests;

/// <summary>Why the budget did not let a request through.</summary>
public enum BudgetRefusal : byte
{
    /// <summary>It did let it through.</summary>
    None,

    /// <summary>Too many requests already wait, and none of a lower class.</summary>
    QueueFull,

    /// <summary>The circuit breaker is open.</summary>
    CircuitOpen,

    /// <summary>The venue shut us out, and the ban ends after the longest wait.</summary>
    Banned,

    /// <summary>No room came free within the longest wait.</summary>
    Timeout,

    /// <summary>The request alone weighs more than its class may ever spend of a rule.</summary>
    CannotFit,
}
