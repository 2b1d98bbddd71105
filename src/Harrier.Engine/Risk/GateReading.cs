namespace Harrier.Engine.Risk;

/// <summary>What one gate says about an order that grows a position.</summary>
/// <param name="Rule">The rule that would refuse.</param>
/// <param name="Value">What it measures, in the unit that the rule names.</param>
/// <param name="Limit">What it allows, in the same unit; null when the gate is not set.</param>
/// <param name="Passes">True when it lets the order through.</param>
/// <param name="Bound">On which side of the limit it lets orders through.</param>
public readonly record struct GateReading(DenyRule Rule, decimal Value, decimal? Limit, bool Passes, GateBound Bound)
{
    /// <summary>The refusal that follows.</summary>
    internal DenyReason Refusal => Passes ? default : new DenyReason(Rule, Value, Limit ?? 0);

    /// <summary>A gate that is not set.</summary>
    internal static GateReading Off(DenyRule rule) => new(rule, 0, null, true, GateBound.UpTo);

    /// <summary>A gate that lets values up to a limit through.</summary>
    internal static GateReading UpTo(DenyRule rule, decimal value, decimal limit) => new(rule, value, limit, value <= limit, GateBound.UpTo);

    /// <summary>A gate that lets values below a limit through.</summary>
    internal static GateReading Below(DenyRule rule, decimal value, decimal limit) => new(rule, value, limit, value < limit, GateBound.Below);

    /// <summary>A gate that lets values from a limit on through.</summary>
    internal static GateReading AtLeast(DenyRule rule, decimal value, decimal limit) => new(rule, value, limit, value >= limit, GateBound.AtLeast);

    /// <summary>A gate made of a refusal.</summary>
    internal static GateReading Of(DenyRule rule, DenyReason refusal) => refusal.Rule == DenyRule.None
        ? new GateReading(rule, 0, null, true, GateBound.UpTo)
        : new GateReading(refusal.Rule, refusal.Value, refusal.Limit, false, GateBound.UpTo);
}

/// <summary>On which side of its limit a gate lets orders through.</summary>
public enum GateBound : byte
{
    /// <summary>Values up to the limit.</summary>
    UpTo = 0,

    /// <summary>Values below the limit.</summary>
    Below = 1,

    /// <summary>Values from the limit on.</summary>
    AtLeast = 2,
}
