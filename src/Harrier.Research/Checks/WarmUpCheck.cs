using Harrier.Domain;
using Harrier.Engine;
using Harrier.Engine.Execution;
using Harrier.Engine.Risk;
using Harrier.Engine.Strategies;
using Harrier.Research.Backtests;

namespace Harrier.Research.Checks;

/// <summary>
/// Checks that a strategy's declared warm-up is enough: signals computed on data that begins later must, after the warm-up, be the
/// same as those computed on the data from its beginning. A bot that restarts live begins later every time.
/// </summary>
public static class WarmUpCheck
{
    private const int Compared = 500;

    /// <summary>Compares signals from the full history with signals from two later starts.</summary>
    /// <param name="settings">What to run.</param>
    /// <param name="history">The bars; only those that are compared are held.</param>
    public static CheckResult Run(BacktestSettings settings, BarHistory history)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(history);
        long count = history.Extent.Count;
        int warmUp = settings.CreateStrategy().WarmUpOn(LengthOf(history));
        if (count < warmUp + 2L)
        {
            return new CheckResult("warm_up", false, $"{count} bars are fewer than the strategy's warm-up of {warmUp}: nothing it decided can be trusted");
        }

        int compared = 0;
        foreach (double share in (ReadOnlySpan<double>)[0.25, 0.6])
        {
            long first = (long)(count * share);
            long end = Math.Min(count, first + warmUp + Compared);
            long earlier = Math.Max(0, first - (10L * warmUp) - 1000);
            if (end - first <= warmUp)
            {
                continue;
            }

            BarSeries series = Slice(history, earlier, end);
            int start = (int)(first - earlier);
            SignalSide[] full = Signals(settings, series, 0)[start..];
            SignalSide[] late = Signals(settings, series, start);
            if (FirstDifference(full, late, warmUp) is { } index)
            {
                string when = series[start + index].CloseTime.ToString();
                return new CheckResult(
                    "warm_up", false, $"at {when} the signal is {full[index]} with full history and {late[index]} when data begins {index + 1} bars before; declared warm-up is {warmUp} bars");
            }

            compared += late.Length - warmUp;
        }

        return new CheckResult("warm_up", true, $"after {warmUp} bars of warm-up, {compared} signals do not depend on where the data begins");
    }

    // Strategies that never repeat a signal remember the last one; a late start must first have said the same thing once.
    private static int? FirstDifference(SignalSide[] full, SignalSide[] late, int warmUp)
    {
        bool agreed = false;
        for (int i = warmUp; i < late.Length; i++)
        {
            agreed |= full[i] == late[i] && full[i] != SignalSide.Hold;
            bool oneHolds = full[i] == SignalSide.Hold || late[i] == SignalSide.Hold;
            if (full[i] != late[i] && (agreed || !oneHolds))
            {
                return i;
            }
        }

        return null;
    }

    // Bars that time does not close have no length of their own; what a strategy wants to know is how many of them there are in a day.
    private static TimeSpan LengthOf(BarHistory history)
    {
        BarExtent extent = history.Extent;
        return history.Spec.IsTime || extent.Count == 0 ? history.Spec.Interval
            : TimeSpan.FromTicks(Math.Max(1, (extent.Last.CloseTime - extent.First.OpenTime).Ticks / extent.Count));
    }

    private static BarSeries Slice(BarHistory history, long from, long to)
    {
        Bar[] bars = new Bar[to - from];
        long start = 0;
        foreach (ReadOnlyMemory<Bar> block in history.ReadBlocks())
        {
            long end = start + block.Length;
            int first = (int)Math.Clamp(from - start, 0, block.Length);
            int last = (int)Math.Clamp(to - start, 0, block.Length);
            block.Span[first..last].CopyTo(bars.AsSpan((int)Math.Max(0, start - from)));
            start = end;
            if (start >= to)
            {
                break;
            }
        }

        return new BarSeries(history.Instrument, history.Spec, bars, bars.Length);
    }

    private static SignalSide[] Signals(BacktestSettings settings, BarSeries series, int from)
    {
        int to = series.Count;
        EngineOptions options = BacktestSession.EngineOptionsOf(settings, [series], new string('0', 8));
        SignalTape tape = new(to - from);
        TradingEngine engine = new(options, new EngineSurroundings(tape)) { SignalObserver = tape };
        for (int i = from; i < to; i++)
        {
            tape.Index = i - from;
            engine.Process(in series[i]);
        }

        return tape.Sides;
    }

    /// <summary>Notes signals and trades nothing.</summary>
    private sealed class SignalTape(int length) : ISignalObserver, IVenue
    {
        public SignalSide[] Sides { get; } = new SignalSide[length];

        public int Index { get; set; }

        public void OnSignal(BotId bot, Timestamp time, in Signal signal, SignalMeta meta) => Sides[Index] = signal.Side;

        public void Submit(ApprovedOrder order)
        {
        }

        public void Cancel(ClientOrderId order)
        {
        }
    }
}
