using Harrier.Features.Indicators;

namespace Harrier.Features.Patterns;

/// <summary>How Wyckoff structures are recognized. The method itself gives no numbers; these are Harrier's.</summary>
public sealed record WyckoffSettings
{
    /// <summary>Bars before a bar that its range and volume are compared with, as simple means.</summary>
    /// <value>10.</value>
    public int AverageBars { get; init; } = 10;

    /// <summary>Bars whose lows a climax undercuts.</summary>
    /// <value>20.</value>
    public int Lookback { get; init; } = 20;

    /// <summary>Bars from the climax on before the range is mature: no spring and no way out of it earlier.</summary>
    /// <value>20.</value>
    public int MinRangeBars { get; init; } = 20;

    /// <summary>Bars after which a structure that has not left its range is given up.</summary>
    /// <value>300.</value>
    public int MaxRangeBars { get; init; } = 300;

    /// <summary>Fall from the highest high of the look-back to the climax, in mean true ranges, at least.</summary>
    /// <value>4.</value>
    public double MinTrendAtr { get; init; } = 4;

    /// <summary>Range of a climax in mean true ranges, at least.</summary>
    /// <value>2.</value>
    public double ClimaxRangeAtr { get; init; } = 2;

    /// <summary>Volume of a climax in mean volumes, at least.</summary>
    /// <value>2.</value>
    public double ClimaxVolumeFactor { get; init; } = 2;

    /// <summary>Place of a climax's close in its range, from the low up, at least.</summary>
    /// <value>0.4.</value>
    public double ClimaxClosePlace { get; init; } = 0.4;

    /// <summary>Height of the range in mean true ranges at the climax, at least.</summary>
    /// <value>3.</value>
    public double MinHeightAtr { get; init; } = 3;

    /// <summary>Depth of a spring in heights of the range, at most; up to half a height where <see cref="MaxSpringFraction"/> or the mean true range allow it.</summary>
    /// <value>0.25.</value>
    public double MaxSpringHeight { get; init; } = 0.25;

    /// <summary>Depth of a spring as a fraction of the price, at most, between the bounds of <see cref="MaxSpringHeight"/>.</summary>
    /// <value>0.04.</value>
    public double MaxSpringFraction { get; init; } = 0.04;

    /// <summary>Depth of a spring in mean true ranges, at least.</summary>
    /// <value>0.1.</value>
    public double MinSpringAtr { get; init; } = 0.1;

    /// <summary>Bars after a close beyond the edge in which the price may come back; then on more than the range's mean volume.</summary>
    /// <value>3.</value>
    public int RecoveryBars { get; init; } = 3;

    /// <summary>Volume of the test over that of the spring, at most.</summary>
    /// <value>0.6.</value>
    public double TestVolumeShare { get; init; } = 0.6;

    /// <summary>Bars after the spring in which it is tested.</summary>
    /// <value>10.</value>
    public int TestBars { get; init; } = 10;

    /// <summary>Volume of a sign of strength in mean volumes, at least.</summary>
    /// <value>1.5.</value>
    public double StrengthVolumeFactor { get; init; } = 1.5;

    /// <summary>Range of a sign of strength in mean true ranges, at least.</summary>
    /// <value>1.5.</value>
    public double StrengthRangeAtr { get; init; } = 1.5;

    /// <summary>Distance of the stop beyond the spring in mean true ranges.</summary>
    /// <value>0.25.</value>
    public double StopAtr { get; init; } = 0.25;

    /// <summary>Whether a structure that left its range without a spring proposes a trade at its last point of support.</summary>
    /// <value>False: on random walks these are most of the trades.</value>
    public bool TradesWithoutSpring { get; init; }

    internal int Kept => Lookback + AverageBars + 4;

    internal WyckoffSettings Checked()
    {
        IndicatorParameterException.RequirePeriod(AverageBars, 2);
        IndicatorParameterException.RequirePeriod(Lookback, 2);
        IndicatorParameterException.RequirePeriod(MinRangeBars);
        IndicatorParameterException.RequirePeriod(MaxRangeBars, MinRangeBars);
        IndicatorParameterException.RequirePeriod(TestBars);
        IndicatorParameterException.RequirePositive(MaxSpringHeight);
        IndicatorParameterException.RequirePositive(StopAtr);
        return this;
    }
}
