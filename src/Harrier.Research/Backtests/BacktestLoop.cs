using Harrier.Domain;
using Harrier.Engine;
using Harrier.Engine.Execution;
using Harrier.Simulation.Fills;

namespace Harrier.Research.Backtests;

/// <summary>Sees the engine after each moment at which bars closed.</summary>
public interface IBacktestObserver
{
    /// <summary>All bars that close at an instant have been handled; for the last of the data, positions have been closed out as well.</summary>
    /// <param name="time">The instant.</param>
    /// <param name="next">When the next bars close; the largest instant at the end of the data.</param>
    void OnBarsClosed(Timestamp time, Timestamp next);
}

/// <summary>
/// Plays recorded bars to an engine and a simulated venue, ordered by close time, then instrument: first every order meets the opens
/// of the bars that close together, then their ranges, then the engine sees the closed bars.
/// </summary>
public sealed class BacktestLoop : IExecutionSink
{
    private static readonly Timestamp End = new(long.MaxValue);

    private readonly TradingEngine _engine;
    private readonly FillSimulator _venue;
    private readonly BarSeries[] _series;
    private readonly int[] _cursors;
    private readonly List<int> _group = [];

    /// <summary>A loop before its first bar.</summary>
    public BacktestLoop(TradingEngine engine, FillSimulator venue, IReadOnlyList<BarSeries> series)
    {
        _engine = engine;
        _venue = venue;
        _series = [.. series];
        _cursors = new int[_series.Length];
    }

    /// <summary>Told after each moment at which bars closed.</summary>
    public IBacktestObserver? Observer { get; set; }

    /// <summary>Number of bars of all series.</summary>
    public long TotalBars => _series.Sum(s => (long)s.Count);

    /// <summary>Number of bars played.</summary>
    public long BarsPlayed { get; private set; }

    /// <summary>Close time of the bars played last; the smallest instant before the first.</summary>
    public Timestamp LastClose { get; private set; } = new(long.MinValue);

    /// <inheritdoc/>
    void IExecutionSink.Deliver(in ExecutionReport report) => _engine.Process(in report);

    /// <summary>Plays bars until at least <paramref name="bars"/> more were played or the data ends; bars that close together are not torn apart.</summary>
    /// <returns>False when the data has ended.</returns>
    public bool Play(long bars) => _series.Length == 1 ? PlaySingle(bars) : PlayMerged(bars);

    /// <summary>Skips all bars that closed at or before an instant: engine and venue were restored from a state saved there.</summary>
    public void ResumeAfter(Timestamp lastClose)
    {
        for (int i = 0; i < _series.Length; i++)
        {
            while (_cursors[i] < _series[i].Count && _series[i][_cursors[i]].CloseTime <= lastClose)
            {
                _cursors[i]++;
            }
        }

        LastClose = lastClose;
    }

    /// <summary>Cancels all orders, closes all positions at the last close of their instrument and stops the strategies.</summary>
    public void CloseOut()
    {
        for (int bot = 0; bot < _engine.Options.Bots.Count; bot++)
        {
            OperatorCommand flatten = new(OperatorAction.Flatten, new BotId(bot), OrderPurpose.EndOfData, _engine.Time.Now);
            _engine.Process(in flatten);
            _venue.Deliver(this);
        }

        for (int i = 0; i < _series.Length; i++)
        {
            if (_cursors[i] > 0)
            {
                _venue.TradeLastClose(in _series[i][_cursors[i] - 1], this);
            }
        }

        Observer?.OnBarsClosed(LastClose, End);
    }

    private bool PlaySingle(long bars)
    {
        ReadOnlySpan<Bar> all = _series[0].Bars;
        int from = _cursors[0];
        int to = from + (int)Math.Min(all.Length - from, bars);
        for (int i = from; i < to; i++)
        {
            ref readonly Bar bar = ref all[i];
            _venue.Trade(in bar, this);
            _engine.Process(in bar);
            _venue.Deliver(this);
            if (i + 1 < all.Length)
            {
                Observer?.OnBarsClosed(bar.CloseTime, all[i + 1].CloseTime);
            }
        }

        if (to > from)
        {
            LastClose = all[to - 1].CloseTime;
        }

        _cursors[0] = to;
        BarsPlayed += to - from;
        return to < all.Length;
    }

    private bool PlayMerged(long bars)
    {
        long end = BarsPlayed + Math.Min(bars, TotalBars);
        while (BarsPlayed < end && NextGroup())
        {
            foreach (int i in _group)
            {
                _venue.TradeOpen(in _series[i][_cursors[i]], this);
            }

            foreach (int i in _group)
            {
                _venue.TradeRange(in _series[i][_cursors[i]], this);
            }

            foreach (int i in _group)
            {
                _engine.Process(in _series[i][_cursors[i]]);
                _venue.Deliver(this);
                _cursors[i]++;
            }

            BarsPlayed += _group.Count;
            Timestamp next = NextClose();
            if (next < End)
            {
                Observer?.OnBarsClosed(LastClose, next);
            }
        }

        return !IsAtEnd();
    }

    private Timestamp NextClose()
    {
        Timestamp next = End;
        for (int i = 0; i < _series.Length; i++)
        {
            if (_cursors[i] < _series[i].Count && _series[i][_cursors[i]].CloseTime < next)
            {
                next = _series[i][_cursors[i]].CloseTime;
            }
        }

        return next;
    }

    private bool IsAtEnd()
    {
        for (int i = 0; i < _series.Length; i++)
        {
            if (_cursors[i] < _series[i].Count)
            {
                return false;
            }
        }

        return true;
    }

    private bool NextGroup()
    {
        _group.Clear();
        long closest = End.Nanos;
        for (int i = 0; i < _series.Length; i++)
        {
            if (_cursors[i] >= _series[i].Count)
            {
                continue;
            }

            long close = _series[i][_cursors[i]].CloseTime.Nanos;
            if (close < closest)
            {
                closest = close;
                _group.Clear();
            }

            if (close == closest)
            {
                _group.Add(i);
            }
        }

        LastClose = _group.Count > 0 ? new Timestamp(closest) : LastClose;
        return _group.Count > 0;
    }
}
