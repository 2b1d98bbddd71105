using Harrier.Features.Bars;

namespace Harrier.Features.Patterns;

/// <summary>The newest bar with what it is compared with. In a distribution bars are mirrored, so that one set of rules serves both.</summary>
/// <param name="Bars">The bars, the newest last.</param>
/// <param name="Settings">All numbers.</param>
/// <param name="Atr">Mean true range of the bars before the newest.</param>
/// <param name="MeanVolume">Mean volume of the bars before the newest.</param>
internal readonly record struct WyckoffBar(RecentBars Bars, WyckoffSettings Settings, double Atr, double MeanVolume)
{
    public int Index => Bars.Last;

    public ref readonly ClosedBar Bar => ref Bars[Bars.Last];

    /// <summary>Wide range, high volume, lowest low after a fall, and a close well off the low.</summary>
    public bool IsClimax()
    {
        ref readonly ClosedBar bar = ref Bar;
        int from = Math.Max(Bars.First, Index - Settings.Lookback);
        return Atr > 0
            && bar.Range >= Settings.ClimaxRangeAtr * Atr
            && bar.Volume >= Settings.ClimaxVolumeFactor * MeanVolume
            && bar.Close - bar.Low >= Settings.ClimaxClosePlace * bar.Range
            && bar.Low < Bars.LowestLow(from, Index - 1)
            && Bars.HighestHigh(from, Index) - bar.Low >= Settings.MinTrendAtr * Atr;
    }

    /// <summary>Close beyond the range on volume, with a wide range, near its high.</summary>
    public bool IsStrength(double resistance)
    {
        ref readonly ClosedBar bar = ref Bar;
        return bar.Close > resistance
            && bar.Volume >= Settings.StrengthVolumeFactor * MeanVolume
            && bar.Range >= Settings.StrengthRangeAtr * Atr
            && 3 * (bar.High - bar.Close) <= bar.Range;
    }

    /// <summary>Low in the lowest third of the range, with less volume and range than the climax.</summary>
    public static bool IsSecondaryTest(in ClosedBar bar, in WyckoffStructure structure) =>
        bar.Low >= structure.Support
        && bar.Low <= structure.Support + (structure.Height / 3)
        && bar.Volume < structure.ClimaxVolume
        && bar.Range < structure.ClimaxRange;

    /// <summary>How far a spring may go below the support: a quarter of the height, and up to half of it where price or range are wide.</summary>
    public double MaxSpringDepth(in WyckoffStructure structure) => Math.Clamp(
        Math.Max(Atr, Settings.MaxSpringFraction * Math.Abs(structure.Support)),
        Settings.MaxSpringHeight * structure.Height,
        Math.Max(Settings.MaxSpringHeight, 0.5) * structure.Height);

    /// <summary>The last bar before the climax, but for the one next to it, that was wide, heavy, the lowest so far, and closed off its low.</summary>
    public int FindPreliminarySupport()
    {
        int first = Math.Max(Bars.First + Settings.AverageBars + 1, Index - Settings.Lookback);
        for (int i = Index - 2; i >= first; i--)
        {
            ref readonly ClosedBar bar = ref Bars[i];
            if (bar.Volume >= Settings.StrengthVolumeFactor * Bars.MeanVolumeBefore(i, Settings.AverageBars)
                && bar.Range >= Bars.MeanTrueRangeBefore(i, Settings.AverageBars)
                && bar.Close - bar.Low >= Settings.ClimaxClosePlace * bar.Range
                && bar.Low < Bars.LowestLow(i - Settings.AverageBars, i - 1))
            {
                return i;
            }
        }

        return -1;
    }
}
