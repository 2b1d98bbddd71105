namespace Harrier.Research.Metrics;

/// <summary>
/// How well orders were filled, against the price that was known when they were decided. The close-out at the end of the data and liquidations do not count:
/// nobody decided them. Undefined is null.
/// </summary>
public sealed record ExecutionQuality
{
    /// <summary>Orders that were to trade at once or as soon as their limit allows: those that wait for a trigger, and resting targets, are not among them.</summary>
    public int Orders { get; init; }

    /// <summary>Value filled / value ordered of <see cref="Orders"/>, both at the expected price, 0 to 1.</summary>
    public double? FillRatio { get; init; }

    /// <summary>
    /// Mean difference of fills from the price expected, weighted by value, in basis points; above 0 for worse. Expected is of a limit order its limit, of an order
    /// with a trigger its trigger, of a market order the last price that had reached us at the decision (implementation shortfall, Perold 1988); trailing stops are not measured.
    /// </summary>
    public double? SlippageBps { get; init; }

    /// <summary>The same in the numeraire: what the fills cost more than expected.</summary>
    public decimal SlippageCost { get; init; }

    /// <summary>Mean time from the decision to the fill at the venue of <see cref="Orders"/>, weighted by value, in milliseconds.</summary>
    public double? MillisecondsToFill { get; init; }
}
