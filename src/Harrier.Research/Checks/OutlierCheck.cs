using Harrier.Domain;

namespace Harrier.Research.Checks;

/// <summary>
/// Finds prices that do not belong to the series: log returns of closes beyond a multiple of the median of the absolute returns before them.
/// The median does not move when one of its values is wrong, unlike a standard deviation.
/// </summary>
internal static class OutlierCheck
{
    private const int MinReturns = 20;

    /// <summary>Adds what it finds.</summary>
    public static void Run(BarSeries series, DataCheckSettings settings, List<DataFinding> findings)
    {
        DataCheck.FindingRows reverting = new();
        DataCheck.FindingRows jumps = new();
        ReadOnlySpan<Bar> bars = series.Bars;
        double rise = Math.Exp(settings.OutlierFloor);
        for (int i = MinReturns + 1; i < bars.Length; i++)
        {
            // Most bars are not even suspects: no logarithm and no median for them.
            double ratio = bars[i].Close.Value / (double)bars[i - 1].Close.Value;
            if ((ratio <= rise && ratio * rise >= 1) || !IsOutlier(bars, i, settings))
            {
                continue;
            }

            // What the next bar does is evidence about this one; nothing trades on the check.
            double move = Move(bars, i);
            double next = i + 1 < bars.Length ? Move(bars, i + 1) : 0;
            bool comesBack = next * Math.Sign(move) <= -settings.RevertedShare * Math.Abs(move);
            (comesBack && !IsTraded(bars, i, settings) ? reverting : jumps).Add(bars[i].OpenTime);
        }

        string limit = FormattableString.Invariant($"more than {settings.OutlierMedians} medians of the last {settings.OutlierWindow} absolute returns and {settings.OutlierFloor:0.#%}");
        DataCheck.Add(findings, DataFindingKind.RevertingOutlier, true, reverting, $"closes jump by {limit} and come back in the next bar without unusual volume, the first at {reverting.FirstTime}");
        DataCheck.Add(findings, DataFindingKind.Jump, false, jumps, $"closes jump by {limit} and stay or are backed by volume, the first at {jumps.FirstTime}");
        CheckWicks(bars, settings, findings);
    }

    private static bool IsOutlier(ReadOnlySpan<Bar> bars, int index, DataCheckSettings settings)
    {
        double[] sizes = new double[Math.Min(settings.OutlierWindow, index - 1)];
        for (int i = 0; i < sizes.Length; i++)
        {
            sizes[i] = Math.Abs(Move(bars, index - 1 - i));
        }

        return Math.Abs(Move(bars, index)) > Math.Max(settings.OutlierFloor, settings.OutlierMedians * Median(sizes));
    }

    // Panics and false news come back within an hour too, but the whole market trades on them; a wrong print stands alone.
    private static bool IsTraded(ReadOnlySpan<Bar> bars, int index, DataCheckSettings settings)
    {
        double[] volumes = new double[Math.Min(settings.OutlierWindow, index)];
        for (int i = 0; i < volumes.Length; i++)
        {
            volumes[i] = bars[index - 1 - i].Volume;
        }

        return bars[index].Volume > settings.BackingVolume * Median(volumes);
    }

    private static void CheckWicks(ReadOnlySpan<Bar> bars, DataCheckSettings settings, List<DataFinding> findings)
    {
        DataCheck.FindingRows wicks = new();
        double factor = Math.Exp(settings.WickDistance);
        foreach (ref readonly Bar bar in bars)
        {
            long top = Math.Max(bar.Open.Value, bar.Close.Value);
            long bottom = Math.Min(bar.Open.Value, bar.Close.Value);
            if (bar.High.Value > top * factor || bar.Low.Value * factor < bottom)
            {
                wicks.Add(bar.OpenTime);
            }
        }

        DataCheck.Add(findings, DataFindingKind.Wick, false, wicks, FormattableString.Invariant($"highs or lows lie more than {factor - 1:0%} away from open and close, the first at {wicks.FirstTime}"));
    }

    private static double Move(ReadOnlySpan<Bar> bars, int index) => Math.Log(bars[index].Close.Value / (double)bars[index - 1].Close.Value);

    // The upper one of the two in the middle of an even number.
    private static double Median(double[] values)
    {
        Array.Sort(values);
        return values[values.Length / 2];
    }
}
