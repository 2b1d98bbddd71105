using Harrier.Features.Indicators;

namespace Harrier.Features.Levels;

/// <summary>How levels are found.</summary>
public sealed record LevelSettings
{
    /// <summary>Bars that are looked at, the newest ones.</summary>
    /// <value>300.</value>
    public int Window { get; init; } = 300;

    /// <summary>Bars without which there are no levels.</summary>
    /// <value>20.</value>
    public int MinBars { get; init; } = 20;

    /// <summary>Touches that a level has at least.</summary>
    /// <value>2.</value>
    public int MinTouches { get; init; } = 2;

    /// <summary>n of the average true range, an EMA that starts at the first range.</summary>
    /// <value>14.</value>
    public int AtrPeriod { get; init; } = 14;

    /// <summary>How far a bar may miss a level and still touch it, in ATR.</summary>
    /// <value>0.5.</value>
    public double TouchToleranceAtr { get; init; } = 0.5;

    /// <summary>Levels of one kind stand at least this far apart, in ATR; the stronger one stays.</summary>
    /// <value>2.</value>
    public double OverlapAtr { get; init; } = 2;

    /// <summary>Lengths of the Donchian channels whose edges are candidates.</summary>
    /// <value>10, 15, 20, 30.</value>
    public IReadOnlyList<int> DonchianPeriods { get; init; } = [10, 15, 20, 30];

    /// <summary>At how many of the newest bars the channels are read.</summary>
    /// <value>10.</value>
    public int DonchianBars { get; init; } = 10;

    /// <summary>Bars on each side of a swing that stay strictly inside it.</summary>
    /// <value>2.</value>
    public int SwingWidth { get; init; } = 2;

    /// <summary>High and low of bars whose volume is at or above this quantile are candidates.</summary>
    /// <value>0.85.</value>
    public double VolumeQuantile { get; init; } = 0.85;

    /// <summary>A close this far beyond a level, as a fraction of it, pierces it.</summary>
    /// <value>0.002.</value>
    public double PierceFraction { get; init; } = 0.002;

    /// <summary>Newest bars in which a base is looked for.</summary>
    /// <value>20.</value>
    public int BaseBars { get; init; } = 20;

    /// <summary>A base reaches away from its level by at least this fraction of it.</summary>
    /// <value>0.05.</value>
    public double BaseFraction { get; init; } = 0.05;

    internal LevelSettings Checked()
    {
        IndicatorParameterException.RequirePeriod(MinBars, (2 * SwingWidth) + 1);
        IndicatorParameterException.RequirePeriod(Window, Math.Max(MinBars, BaseBars));
        IndicatorParameterException.RequirePeriod(MinTouches);
        IndicatorParameterException.RequirePeriod(AtrPeriod);
        IndicatorParameterException.RequirePeriod(SwingWidth);
        IndicatorParameterException.RequirePeriod(DonchianBars);
        IndicatorParameterException.RequirePeriod(BaseBars);
        IndicatorParameterException.RequirePositive(TouchToleranceAtr);
        IndicatorParameterException.RequirePositive(OverlapAtr);
        IndicatorParameterException.RequirePositive(VolumeQuantile);
        foreach (int period in DonchianPeriods)
        {
            IndicatorParameterException.RequirePeriod(period);
        }

        return VolumeQuantile <= 1
            ? this
            : throw new IndicatorParameterException(nameof(VolumeQuantile), FormattableString.Invariant($"{VolumeQuantile}"), "above 0 and at most 1");
    }
}
