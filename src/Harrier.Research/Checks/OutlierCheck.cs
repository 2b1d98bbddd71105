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
        RollingMedian median = new(settings.OutlierWindow);
        ReadOnlySpan<Bar> bars = series.Bars;
        for (int i = 1; i < bars.Length; i++)
        {
            double move = LogRatio(bars[i].Close, bars[i - 1].Close);
            if (median.Count >= MinReturns && Math.Abs(move) > Math.Max(settings.OutlierFloor, settings.OutlierMedians * median.Value))
            {
                // What the next bar does is evidence about this one; nothing trades on the check.
                double next = i + 1 < bars.Length ? LogRatio(bars[i + 1].Close, bars[i].Close) : 0;
                bool comesBack = next * Math.Sign(move) <= -settings.RevertedShare * Math.Abs(move);
                (comesBack && !IsTraded(bars, i, settings) ? reverting : jumps).Add(bars[i].OpenTime);
            }

            median.Add(Math.Abs(move));
        }

        string limit = FormattableString.Invariant($"more than {settings.OutlierMedians} medians of the last {settings.OutlierWindow} absolute returns and {settings.OutlierFloor:0.#%}");
        DataCheck.Add(findings, DataFindingKind.RevertingOutlier, true, reverting, $"closes jump by {limit} and come back in the next bar without unusual volume, the first at {reverting.FirstTime}");
        DataCheck.Add(findings, DataFindingKind.Jump, false, jumps, $"closes jump by {limit} and stay or are backed by volume, the first at {jumps.FirstTime}");
        CheckWicks(bars, settings, findings);
    }

    // Panics and false news come back within an hour too, but the whole market trades on them; a wrong print stands alone.
    private static bool IsTraded(ReadOnlySpan<Bar> bars, int index, DataCheckSettings settings)
    {
        ReadOnlySpan<Bar> before = bars[Math.Max(0, index - settings.OutlierWindow)..index];
        double[] volumes = new double[before.Length];
        for (int i = 0; i < volumes.Length; i++)
        {
            volumes[i] = before[i].Volume;
        }

        Array.Sort(volumes);
        return bars[index].Volume > settings.BackingVolume * volumes[volumes.Length / 2];
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

    private static double LogRatio(PriceTicks to, PriceTicks from) => Math.Log(to.Value / (double)from.Value);

    /// <summary>The median of the last values, from a window that is kept sorted.</summary>
    private sealed class RollingMedian(int window)
    {
        private readonly double[] _sorted = new double[window];
        private readonly double[] _ring = new double[window];
        private int _next;

        public int Count { get; private set; }

        /// <summary>The middle value, the upper one of two.</summary>
        public double Value => _sorted[Count / 2];

        public void Add(double value)
        {
            if (Count == window)
            {
                int old = Array.BinarySearch(_sorted, 0, Count, _ring[_next]);
                Array.Copy(_sorted, old + 1, _sorted, old, Count - old - 1);
                Count--;
            }

            int place = Array.BinarySearch(_sorted, 0, Count, value);
            place = place < 0 ? ~place : place;
            Array.Copy(_sorted, place, _sorted, place + 1, Count - place);
            _sorted[place] = value;
            Count++;
            _ring[_next] = value;
            _next = (_next + 1) % window;
        }
    }
}
