using System.Runtime.InteropServices;
using Harrier.Domain;
using Harrier.Research.Backtests;

namespace Harrier.Research.Checks;

/// <summary>
/// Proves on the run itself that no decision knew the future: at sampled moments the run is repeated with every later bar
/// corrupted, and all decisions up to the moment must be the same. What a strategy keeps outside of its instance (static
/// fields, files) is caught by this; what it reads from the engine cannot leak, as the engine never sees a later bar.
/// </summary>
public sealed class LeakageCheck
{
    // Bars after a moment that are corrupted; no strategy looks further ahead than this.
    private const int Corrupted = 10_000;

    private readonly List<(long Bars, string Decisions)> _samples = [];

    /// <summary>Moments to sample, as numbers of bars played, ascending; chosen by the seed, at a cost of at most about two more runs.</summary>
    public static IReadOnlyList<long> Moments(long bars, long seed)
    {
        int count = bars < 50_000 ? 8 : 3;
        SortedSet<long> moments = [];
        ulong state = unchecked((ulong)seed + 0x9E3779B97F4A7C15UL);
        for (int i = 0; i < count && bars > 1; i++)
        {
            // One moment in each equal part of the run, so that early and late decisions are both covered.
            state = unchecked((state * 6364136223846793005UL) + 1442695040888963407UL);
            double within = (i + ((state >> 11) * (1.0 / (1UL << 53)))) / count;
            moments.Add(Math.Clamp((long)(bars * within), 1, bars - 1));
        }

        return [.. moments];
    }

    /// <summary>Remembers the decisions of the real run at a moment.</summary>
    public void Sample(long barsPlayed, string decisionHash) => _samples.Add((barsPlayed, decisionHash));

    /// <summary>
    /// Repeats the run up to each sampled moment on data whose future is corrupted. The bars after a moment are overwritten where they are,
    /// millions of them need no copy that way, and put back before this returns.
    /// </summary>
    public CheckResult Run(BacktestSettings settings, BacktestInput input, string configHash)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(input);
        foreach ((long bars, string expected) in _samples)
        {
            Timestamp moment = MomentOf(input.Series, bars);
            (int First, Bar[] Bars)[] future = [.. input.Series.Select(series => Corrupt(series, moment))];
            try
            {
                BacktestSession session = BacktestSession.Create(settings, input.Series, configHash);
                session.Loop.Play(bars);
                if (session.Engine.DecisionHash != expected)
                {
                    return new CheckResult("leakage", false, $"decisions up to {moment} change when only later bars are corrupted: the strategy knows the future");
                }
            }
            finally
            {
                PutBack(input.Series, future);
            }
        }

        return _samples.Count == 0
            ? new CheckResult("leakage", true, "too few bars to sample a moment: nothing was tested")
            : new CheckResult("leakage", true, $"decisions up to {_samples.Count} sampled moments do not change when all later bars are corrupted");
    }

    // The close time of the last bar among the first so many, in the loop's order.
    private static Timestamp MomentOf(IReadOnlyList<BarSeries> series, long bars)
    {
        if (series.Count == 1)
        {
            return series[0][(int)bars - 1].CloseTime;
        }

        long low = series.Min(s => s[0].CloseTime.Nanos);
        long high = series.Max(s => s[s.Count - 1].CloseTime.Nanos);
        while (low < high)
        {
            long middle = low + ((high - low) / 2);
            (low, high) = series.Sum(s => ClosedBy(s, middle)) >= bars ? (low, middle) : (middle + 1, high);
        }

        return new Timestamp(low);
    }

    private static long ClosedBy(BarSeries series, long nanos)
    {
        int low = 0;
        int high = series.Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            (low, high) = series[middle].CloseTime.Nanos <= nanos ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    // Later bars become a mirrored, tripled market: valid bars that no strategy could mistake for the real ones. A strategy reads bars by
    // reference; what it could reach beyond its own are the nearest ones, so those are corrupted and kept to be put back.
    private static (int First, Bar[] Bars) Corrupt(BarSeries series, Timestamp after)
    {
        int first = (int)ClosedBy(series, after.Nanos);
        Span<Bar> bars = Writable(series)[first..Math.Min(series.Count, first + Corrupted)];
        Bar[] kept = bars.ToArray();
        foreach (ref Bar bar in bars)
        {
            long pivot = (bar.High.Value + bar.Low.Value) * 3;
            bar = bar with
            {
                Open = new PriceTicks(pivot - bar.Open.Value),
                High = new PriceTicks(pivot - bar.Low.Value),
                Low = new PriceTicks(pivot - bar.High.Value),
                Close = new PriceTicks(pivot - bar.Close.Value),
                Volume = (bar.Volume * 0.5) + 1,
            };
        }

        return (first, kept);
    }

    private static void PutBack(IReadOnlyList<BarSeries> series, (int First, Bar[] Bars)[] future)
    {
        for (int i = 0; i < future.Length; i++)
        {
            future[i].Bars.CopyTo(Writable(series[i])[future[i].First..]);
        }
    }

    private static Span<Bar> Writable(BarSeries series) =>
        MemoryMarshal.CreateSpan(ref MemoryMarshal.GetReference(series.Bars), series.Count);
}
