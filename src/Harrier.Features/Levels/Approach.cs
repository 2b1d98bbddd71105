using Harrier.Features.Bars;
using Harrier.Features.Indicators;

namespace Harrier.Features.Levels;

/// <summary>Why an approach is or is not good.</summary>
public enum ApproachVerdict : byte
{
    /// <summary>It is good.</summary>
    Good,

    /// <summary>There are fewer bars than the look-back.</summary>
    TooFewBars,

    /// <summary>The price moves too fast.</summary>
    TooSteep,

    /// <summary>The price went far and came back.</summary>
    Spike,

    /// <summary>The last closes do not rest at the level.</summary>
    NoConsolidation,
}

/// <summary>Limits of an approach.</summary>
public sealed record ApproachSettings
{
    internal static ApproachSettings Default { get; } = new();

    /// <summary>Closes that are looked at, 2 or more.</summary>
    /// <value>10.</value>
    public int Lookback { get; init; } = 10;

    /// <summary>Largest net move per bar, in percent of the first close.</summary>
    /// <value>1.5.</value>
    public double MaxSlopePercent { get; init; } = 1.5;

    /// <summary>Largest range of the bars beyond the net move of their closes, in percent of the first close.</summary>
    /// <value>3.</value>
    public double MaxExcursionPercent { get; init; } = 3;

    /// <summary>Newest closes that must all rest at the level, at most <see cref="Lookback"/>.</summary>
    /// <value>3.</value>
    public int MinConsolidationBars { get; init; } = 3;

    /// <summary>How far a close may be from the level to rest at it, as a fraction of the level.</summary>
    /// <value>0.005.</value>
    public double ConsolidationFraction { get; init; } = 0.005;
}

/// <summary>How the newest bars came to a level: slowly, without a spike, and resting there.</summary>
/// <param name="Verdict">Good, or the first thing that is not.</param>
/// <param name="SlopePercentPerBar">Net move of the closes over their number of steps, without sign, in percent of the first; NaN with too few bars.</param>
/// <param name="ExcursionPercent">Highest high less lowest low of the bars after the first, less the net move of the closes, never below 0, in percent of the
/// first close: what a spike that came back leaves. NaN with too few bars.</param>
/// <param name="ConsolidationBars">How many of the newest closes that must rest at the level do.</param>
public readonly record struct Approach(ApproachVerdict Verdict, double SlopePercentPerBar, double ExcursionPercent, int ConsolidationBars)
{
    /// <summary>True when nothing speaks against it.</summary>
    public bool IsValid => Verdict == ApproachVerdict.Good;

    internal static Approach Of(RecentBars bars, double level, ApproachSettings settings, int skipped = 0)
    {
        IndicatorParameterException.RequirePeriod(settings.Lookback, Math.Max(2, settings.MinConsolidationBars));
        int end = bars.Count - skipped;
        if (end - bars.First < settings.Lookback)
        {
            return new Approach(ApproachVerdict.TooFewBars, double.NaN, double.NaN, 0);
        }

        int start = end - settings.Lookback;
        double first = bars[start].Close;
        double net = Math.Abs(bars[end - 1].Close - first);
        double range = bars.HighestHigh(start + 1, end - 1) - bars.LowestLow(start + 1, end - 1);
        double slope = net / first * 100 / (settings.Lookback - 1);
        double excursion = Math.Max(0, range - net) / first * 100;
        int resting = 0;
        for (int i = end - settings.MinConsolidationBars; i < end; i++)
        {
            resting += Math.Abs(bars[i].Close - level) <= settings.ConsolidationFraction * level ? 1 : 0;
        }

        ApproachVerdict verdict = slope > settings.MaxSlopePercent ? ApproachVerdict.TooSteep
            : excursion > settings.MaxExcursionPercent ? ApproachVerdict.Spike
            : resting < settings.MinConsolidationBars ? ApproachVerdict.NoConsolidation
            : ApproachVerdict.Good;
        return new Approach(verdict, slope, excursion, resting);
    }
}
