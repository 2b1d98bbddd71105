using Harrier.Features.Indicators;

namespace Harrier.Features.OrderFlow;

/// <summary>How the flow of orders in bars is read.</summary>
public sealed record FlowSettings
{
    /// <summary>How deltas are found.</summary>
    public DeltaSettings Delta { get; init; } = new();

    /// <summary>Bars before a bar that it is compared with.</summary>
    /// <value>20.</value>
    public int Window { get; init; } = 20;

    /// <summary>Bars of momentum and imbalance.</summary>
    /// <value>10.</value>
    public int ShortWindow { get; init; } = 10;

    /// <summary>Bars of the volume ratio.</summary>
    /// <value>120.</value>
    public int RatioWindow { get; init; } = 120;

    /// <summary>Mean delta over mean volume from which buying is strong; extreme begins 0.2 above, buying at a third of it.</summary>
    /// <value>0.3.</value>
    public double StrongImbalance { get; init; } = 0.3;

    /// <summary>Bars on each side of a pivot.</summary>
    /// <value>3.</value>
    public int PivotWidth { get; init; } = 3;

    /// <summary>Bars between two pivots that are still compared.</summary>
    /// <value>60.</value>
    public int PivotMaxDistance { get; init; } = 60;

    /// <summary>Bars on each side of a high or low behind which liquidity rests.</summary>
    /// <value>10.</value>
    public int LiquidityWidth { get; init; } = 10;

    /// <summary>Change of the close over the mean change from which a bar may leave an imbalance zone.</summary>
    /// <value>2.</value>
    public double ZoneChangeFactor { get; init; } = 2;

    /// <summary>Volume over the mean volume from which a bar may leave an imbalance zone.</summary>
    /// <value>1.5.</value>
    public double ZoneVolumeFactor { get; init; } = 1.5;

    /// <summary>Volume over the mean volume from which a narrow bar absorbs.</summary>
    /// <value>2.</value>
    public double AbsorptionVolumeFactor { get; init; } = 2;

    /// <summary>Range over the mean range below which a bar is narrow.</summary>
    /// <value>0.5.</value>
    public double AbsorptionRangeFactor { get; init; } = 0.5;

    /// <summary>Delta in deviations of the deltas before it from which a bar that does not move absorbs.</summary>
    /// <value>2.</value>
    public double AbsorptionDeviations { get; init; } = 2;

    /// <summary>Change of the close in mean true ranges up to which a bar does not move.</summary>
    /// <value>0.25.</value>
    public double AbsorptionAtr { get; init; } = 0.25;

    /// <summary>Volume over the mean volume from which an extreme is a climax.</summary>
    /// <value>3.</value>
    public double ExhaustionVolumeFactor { get; init; } = 3;

    /// <summary>Bars for which an absorption counts.</summary>
    /// <value>5.</value>
    public int AbsorptionBars { get; init; } = 5;

    /// <summary>Bars for which an exhaustion counts.</summary>
    /// <value>3.</value>
    public int ExhaustionBars { get; init; } = 3;

    /// <summary>Bars for which a divergence counts.</summary>
    /// <value>10.</value>
    public int DivergenceBars { get; init; } = 10;

    internal int Kept => Math.Max(Math.Max(Window + 3, RatioWindow), (2 * Math.Max(LiquidityWidth, PivotWidth)) + 1);

    internal FlowSettings Checked()
    {
        IndicatorParameterException.RequirePeriod(Window, 2);
        IndicatorParameterException.RequirePeriod(ShortWindow, 2);
        IndicatorParameterException.RequirePeriod(RatioWindow, ShortWindow);
        IndicatorParameterException.RequirePeriod(PivotWidth);
        IndicatorParameterException.RequirePeriod(PivotMaxDistance);
        IndicatorParameterException.RequirePeriod(LiquidityWidth);
        IndicatorParameterException.RequirePositive(StrongImbalance);
        IndicatorParameterException.RequirePositive(Delta.LotSize);
        return this;
    }
}
