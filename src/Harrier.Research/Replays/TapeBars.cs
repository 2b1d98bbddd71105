using Harrier.Domain;
using Harrier.Features.Bars;

namespace Harrier.Research.Replays;

/// <summary>Takes bars that are made while a tape is played.</summary>
internal interface IBarSink
{
    /// <summary>A bar closed.</summary>
    void OnBar(in Bar bar);

    /// <summary>All bars that close at this instant were handed out.</summary>
    void OnBarsClosed(Timestamp time);
}

/// <summary>
/// Makes bars of the trades of a tape as they reach us. A time bar closes when the first event of a later exchange time reaches us: then, not earlier, we know that
/// it is over. A trade that reaches us after events of a later bar counts there.
/// </summary>
internal sealed class TapeBars
{
    private readonly BarBuilder[] _builders;
    private readonly BarSpec _spec;
    private readonly IBarSink _sink;
    private long _border = long.MinValue;
    private Timestamp _lastClose = new(long.MinValue);

    public TapeBars(IReadOnlyList<Instrument> instruments, BarSpec spec, IBarSink sink)
    {
        _spec = spec with { Source = BarSource.Aggregated };
        _builders = [.. instruments.Select(instrument => BarBuilder.Create(instrument, _spec))];
        _sink = sink;
    }

    /// <summary>Time passes: bars that end at or before it are complete.</summary>
    public void PassTo(Timestamp time)
    {
        if (time.Nanos < _border || !_spec.IsTime)
        {
            return;
        }

        foreach (BarBuilder builder in _builders)
        {
            HandOut(builder.CloseUntil(time));
        }

        Tell();
        _border = _spec.BucketStart(time).Nanos + _spec.IntervalNanos;
    }

    /// <summary>Takes a trade, after <see cref="PassTo"/> of its time.</summary>
    public void Add(in MarketEvent trade)
    {
        BarBuilder builder = _builders[trade.Instrument.Index];
        HandOut(builder.Update(TradePrint.Of(in trade, builder.Instrument)));
        Tell();
    }

    private void HandOut(ReadOnlySpan<Bar> bars)
    {
        foreach (ref readonly Bar bar in bars)
        {
            _sink.OnBar(in bar);
            _lastClose = bar.CloseTime;
            if (!_spec.IsTime)
            {
                Tell();
            }
        }
    }

    private void Tell()
    {
        if (_lastClose.Nanos != long.MinValue)
        {
            _sink.OnBarsClosed(_lastClose);
            _lastClose = new Timestamp(long.MinValue);
        }
    }
}
