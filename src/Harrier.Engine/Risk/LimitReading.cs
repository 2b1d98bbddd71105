using Harrier.Domain;

namespace Harrier.Engine.Risk;

/// <summary>How much of a limit of the account is used up.</summary>
public enum LimitState : byte
{
    /// <summary>Less than 80 %.</summary>
    Well = 0,

    /// <summary>80 % or more.</summary>
    Near = 1,

    /// <summary>All of it: entries are refused.</summary>
    Reached = 2,
}

/// <summary>A limit of the account as it stands.</summary>
/// <param name="Rule">The rule by which it refuses.</param>
/// <param name="Value">What is measured, in the unit that the rule names.</param>
/// <param name="Limit">What is allowed, in the same unit.</param>
public sealed record LimitReading(DenyRule Rule, decimal Value, decimal Limit)
{
    /// <summary>How much of it is used up.</summary>
    public LimitState State { get; init; }

    /// <summary>When it ends to refuse entries by itself; null when it refuses none, or only the operator ends it.</summary>
    public Timestamp? EndsAt { get; init; }
}
