namespace Harrier.Engine.Positions;

/// <summary>A price at which part of a position is sold.</summary>
/// <param name="R">Distance from the entry in multiples of the initial risk, above 0.</param>
/// <param name="Share">Part of the entered size that leaves there, 0 to 1.</param>
public readonly record struct ProfitTarget(decimal R, decimal Share);

/// <summary>When a position that goes well grows, once.</summary>
public sealed record AddOnRule
{
    /// <summary>How much is added, as a part of the position held, above 0 and at most 1.</summary>
    /// <value>0.3.</value>
    public decimal Share { get; init; } = 0.3m;

    /// <summary>Profit from which on it is added, in multiples of the initial risk; 0 or more.</summary>
    /// <value>0.5.</value>
    public decimal FromR { get; init; } = 0.5m;

    /// <summary>Closed bars of the average that the price must have come back to; 1 or more. Nothing is added before there are as many.</summary>
    /// <value>9.</value>
    public int AverageBars { get; init; } = 9;

    /// <summary>Largest distance from that average as a fraction, above 0.</summary>
    /// <value>0.005.</value>
    public decimal MaxDistance { get; init; } = 0.005m;
}

/// <summary>
/// How the platform leaves the positions of planned entries. All multiples are of the initial risk: the distance of the entry from the stop of the
/// plan, which no later move of the stop changes. Every part that is null is off.
/// </summary>
public sealed record ExitRules
{
    /// <summary>First target.</summary>
    /// <value>40 % at 1.6 R.</value>
    public ProfitTarget? FirstTarget { get; init; } = new(1.6m, 0.4m);

    /// <summary>Second target, reached after the first.</summary>
    /// <value>35 % at 3 R.</value>
    public ProfitTarget? SecondTarget { get; init; } = new(3.0m, 0.35m);

    /// <summary>Where the stop moves after the first target, as a fraction beyond the entry on the winning side; 0 or more.</summary>
    /// <value>0.001: entry * 1.001 for a long.</value>
    public decimal? Breakeven { get; init; } = 0.001m;

    /// <summary>Distance of the chandelier stop in average true ranges, above 0; it follows after breakeven and never goes back.</summary>
    /// <value>2.5.</value>
    public double? ChandelierMultiple { get; init; } = 2.5;

    /// <summary>Bars of the chandelier's extreme and of its average true range; 1 or more.</summary>
    /// <value>22.</value>
    public int ChandelierBars { get; init; } = 22;

    /// <summary>Age beyond which a position is left.</summary>
    /// <value>180 minutes.</value>
    public TimeSpan? TimeStop { get; init; } = TimeSpan.FromMinutes(180);

    /// <summary>Age beyond which a position is left whatever else; asked before <see cref="TimeStop"/>.</summary>
    /// <value>24 hours.</value>
    public TimeSpan? MaxHold { get; init; } = TimeSpan.FromHours(24);

    /// <summary>Drop of the market's activity from which on a position is left, above 0 and at most 1. Needs trades; on bars alone it never comes.</summary>
    /// <value>0.4.</value>
    public double? PanicDrop { get; init; } = 0.4;

    /// <summary>Age beyond which a position without its first target must have earned <see cref="NoProgressR"/>.</summary>
    /// <value>8 hours.</value>
    public TimeSpan? NoProgressAfter { get; init; } = TimeSpan.FromHours(8);

    /// <summary>Profit below which a position makes no progress, in multiples of the initial risk.</summary>
    /// <value>0.3.</value>
    public decimal NoProgressR { get; init; } = 0.3m;

    /// <summary>When the position grows.</summary>
    /// <value>Never.</value>
    public AddOnRule? AddOn { get; init; }

    /// <summary>Throws unless the rules are in range and fit together.</summary>
    /// <exception cref="ArgumentException">They do not.</exception>
    public void Check()
    {
        CheckTargets();
        RuleRange.Require(Breakeven is null or (>= 0 and < 1), nameof(Breakeven), Breakeven, "0 or more and below 1");
        RuleRange.Require(ChandelierMultiple is null or (> 0 and < double.PositiveInfinity), nameof(ChandelierMultiple), ChandelierMultiple, "above 0");
        RuleRange.Require(ChandelierBars >= 1, nameof(ChandelierBars), ChandelierBars, "1 or more");
        RuleRange.Require(!(TimeStop <= TimeSpan.Zero), nameof(TimeStop), TimeStop, "above 0");
        RuleRange.Require(!(MaxHold <= TimeSpan.Zero), nameof(MaxHold), MaxHold, "above 0");
        RuleRange.Require(!(NoProgressAfter <= TimeSpan.Zero), nameof(NoProgressAfter), NoProgressAfter, "above 0");
        RuleRange.Require(PanicDrop is null or (> 0 and <= 1), nameof(PanicDrop), PanicDrop, "above 0 and at most 1");
        if (AddOn is { } addOn)
        {
            RuleRange.Require(addOn.Share is > 0 and <= 1, "AddOn.Share", addOn.Share, "above 0 and at most 1");
            RuleRange.Require(addOn.FromR >= 0, "AddOn.FromR", addOn.FromR, "0 or more");
            RuleRange.Require(addOn.AverageBars >= 1, "AddOn.AverageBars", addOn.AverageBars, "1 or more");
            RuleRange.Require(addOn.MaxDistance > 0, "AddOn.MaxDistance", addOn.MaxDistance, "above 0");
        }
    }

    private void CheckTargets()
    {
        decimal first = FirstTarget?.Share ?? 0;
        decimal second = SecondTarget?.Share ?? 0;
        RuleRange.Require(FirstTarget is null or { R: > 0 }, "FirstTarget.R", FirstTarget?.R, "above 0");
        RuleRange.Require(SecondTarget is null || (FirstTarget is { } before && SecondTarget.Value.R > before.R), "SecondTarget.R", SecondTarget?.R, "above that of a first target");
        RuleRange.Require(first is >= 0 and <= 1, "FirstTarget.Share", first, "0 to 1");
        RuleRange.Require(second >= 0 && first + second <= 1, "SecondTarget.Share", second, "0 or more, and with that of the first target at most 1");
    }
}
