using Harrier.Domain;
using Harrier.Engine;
using Harrier.Engine.Execution;
using Harrier.Features.Bars;
using Harrier.Research.Metrics;
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
/// of the bars that close together, then their ranges, then the engine sees the closed bars. Of a history only the block at hand is held.
/// </summary>
public sealed class BacktestLoop : IExecutionSink, IDisposable
{
    private static readonly Timestamp End = new(long.MaxValue);

    private readonly TradingEngine _engine;
    private readonly FillSimulator _venue;
    private readonly BarHistory[] _series;
    private readonly BarMerge _merge;

    /// <summary>A loop before its first bar.</summary>
    public BacktestLoop(TradingEngine engine, FillSimulator venue, IReadOnlyList<BarHistory> series)
    {
        _engine = engine;
        _venue = venue;
        _series = [.. series];
        _merge = new BarMerge(_series);
    }

    /// <summary>Told after each moment at which bars closed.</summary>
    public IBacktestObserver? Observer { get; set; }

    /// <summary>Told of every report before the engine is; null for nobody.</summary>
    internal ExecutionMeter? Meter { get; init; }

    /// <summary>Number of bars of all series.</summary>
    public long TotalBars => _series.Sum(s => s.Extent.Count);

    /// <summary>Number of bars played.</summary>
    public long BarsPlayed { get; private set; }

    /// <summary>Close time of the bars played last; the smallest instant before the first.</summary>
    public Timestamp LastClose { get; private set; } = new(long.MinValue);

    /// <inheritdoc/>
    void IExecutionSink.Deliver(in ExecutionReport report)
    {
        Meter?.OnReport(in report);
        _engine.Process(in report);
    }

    /// <summary>Plays bars until at least <paramref name="bars"/> more were played or the data ends; bars that close together are not torn apart.</summary>
    /// <returns>False when the data has ended.</returns>
    public bool Play(long bars) => _series.Length == 1 ? PlaySingle(bars) : PlayMerged(bars);

    /// <summary>Skips all bars that closed at or before an instant: engine and venue were restored from a state saved there.</summary>
    public void ResumeAfter(Timestamp lastClose)
    {
        while (!_merge.IsAtEnd && _merge.Close <= lastClose)
        {
            _merge.Advance();
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
            if (_merge[i].HasPrevious)
            {
                _venue.TradeLastClose(in _merge[i].Previous, this);
            }
        }

        Observer?.OnBarsClosed(LastClose, End);
    }

    /// <summary>Gives back what the histories hold for this loop.</summary>
    public void Dispose() => _merge.Dispose();

    private bool PlaySingle(long bars)
    {
        long left = bars;
        while (left > 0 && !_merge.IsAtEnd)
        {
            ReadOnlySpan<Bar> atHand = _merge[0].AtHand;
            int count = (int)Math.Min(atHand.Length, left);
            for (int i = 0; i < count; i++)
            {
                ref readonly Bar bar = ref atHand[i];
                _venue.Trade(in bar, this);
                _engine.Process(in bar);
                _venue.Deliver(this);
                if (i + 1 < atHand.Length)
                {
                    Observer?.OnBarsClosed(bar.CloseTime, atHand[i + 1].CloseTime);
                }
            }

            LastClose = atHand[count - 1].CloseTime;
            BarsPlayed += count;
            left -= count;
            bool blockEnds = count == atHand.Length;
            _merge.Advance(0, count);
            if (blockEnds && !_merge.IsAtEnd)
            {
                Observer?.OnBarsClosed(LastClose, _merge.Close);
            }
        }

        return !_merge.IsAtEnd;
    }

    private bool PlayMerged(long bars)
    {
        long end = bars < long.MaxValue - BarsPlayed ? BarsPlayed + bars : long.MaxValue;
        while (BarsPlayed < end && !_merge.IsAtEnd)
        {
            foreach (int i in _merge.Group)
            {
                _venue.TradeOpen(in _merge[i].Current, this);
            }

            foreach (int i in _merge.Group)
            {
                _venue.TradeRange(in _merge[i].Current, this);
            }

            foreach (int i in _merge.Group)
            {
                _engine.Process(in _merge[i].Current);
                _venue.Deliver(this);
            }

            LastClose = _merge.Close;
            BarsPlayed += _merge.Group.Length;
            _merge.Advance();
            if (!_merge.IsAtEnd)
            {
                Observer?.OnBarsClosed(LastClose, _merge.Close);
            }
        }

        return !_merge.IsAtEnd;
    }
}
