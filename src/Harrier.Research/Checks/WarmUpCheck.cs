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
    public static CheckResult Run(BacktestSettings settings, BarSeries series)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(series);
        int warmUp = settings.CreateStrategy().WarmUpOn(series.Spec.Interval);
        if (series.Count < warmUp + 2)
        {
            return new CheckResult("warm_up", false, $"{series.Count} bars are fewer than the strategy's warm-up of {warmUp}: nothing it decided can be trusted");
        }

        int compared = 0;
        foreach (double share in (ReadOnlySpan<double>)[0.25, 0.6])
        {
            int start = (int)(series.Count * share);
            int end = Math.Min(series.Count, start + warmUp + Compared);
            int history = Math.Max(0, start - (10 * warmUp) - 1000);
            if (end - start <= warmUp)
            {
                continue;
            }

            SignalSide[] full = Signals(settings, series, history, end)[(start - history)..];
            SignalSide[] late = Signals(settings, series, start, end);
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

    private static SignalSide[] Signals(BacktestSettings settings, BarSeries series, int from, int to)
    {
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
