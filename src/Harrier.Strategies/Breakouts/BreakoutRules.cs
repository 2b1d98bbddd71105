namespace Harrier.Strategies.Breakouts;

/// <summary>The numbers of the breakout setups; the defaults are those of the preset <c>high_percent_breakout</c>.</summary>
public sealed record BreakoutRules
{
    /// <summary>How far beyond the level a breakout closes, as a fraction of it.</summary>
    public double MomentumEpsilon { get; init; } = 0.0015;

    /// <summary>Volume of a breakout bar over the median of the 19 before it, at least.</summary>
    public double MomentumVolumeMultiplier { get; init; } = 1.5;

    /// <summary>Body of a breakout bar over its range, at least.</summary>
    public double MomentumBodyRatioMin { get; init; } = 0.35;

    /// <summary>Imbalance of the book towards the trade, at least; asked only of a verified book.</summary>
    public double L2ImbalanceThreshold { get; init; } = 0.18;

    /// <summary>Distance of the price from VWAP in ATR, at most; infinite for any.</summary>
    public double VwapGapMaxAtr { get; init; } = double.PositiveInfinity;

    /// <summary>Distance of the entry of a retest beyond its level, as a fraction of it.</summary>
    public double RetestPierceTolerance { get; init; } = 0.002;

    /// <summary>How far the bar of a retest may go through its level, in ATR.</summary>
    public double RetestMaxPierceAtr { get; init; } = 0.4;

    /// <summary>How far the price of a retest is from its level, as a fraction of it, at most.</summary>
    public double RetestDistance { get; init; } = 0.005;

    /// <summary>Mean volume of 5 bars over that of the 15 before them, at least, where there are no trades.</summary>
    public double RetestVolumeRatio { get; init; } = 0.8;

    /// <summary>Trades a minute at the touch over their mean of the last hour, at least.</summary>
    public double TpmOnTouchFrac { get; init; } = 0.7;

    /// <summary>Distance of a limit order before its level, in bps of it.</summary>
    public double PrelevelLimitOffsetBps { get; init; } = 2;

    /// <summary>Whether the approach to a level must be good.</summary>
    public bool RequiresApproach { get; init; } = true;
}
