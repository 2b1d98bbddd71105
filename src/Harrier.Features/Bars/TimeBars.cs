using Harrier.Domain;

namespace Harrier.Features.Bars;

/// <summary>
/// Bars of a fixed length, aligned to UTC; whole weeks start on Mondays. A bar is complete when a trade of a later one is seen, or time is said to have
/// passed; a span without trades makes no bar. Of trades the first bar may begin in its middle. Of shorter bars exactly those of
/// <see cref="BarResampler"/> come out: a first bar without its beginning is left out, and a last one without its end does not come.
///</summary>
public sealed class TimeBars : BarBuilder
{
    private bool _begun;
    private long _from;
    private long _border = long.MinValue;

    /// <summary>A builder before its first trade.</summary>
    /// <exception cref="ArgumentException">The kind is not time, or the length is not above 0.</exception>
    public TimeBars(Instrument instrument, BarSpec spec)
        : base(instrument, spec)
    {
        if (!spec.IsTime || spec.IntervalNanos <= 0)
        {
            throw new ArgumentException($"{spec} is not a length of time above 0", nameof(spec));
        }
    }

    /// <inheritdoc/>
    public override void Save(ref StateWriter writer)
    {
        base.Save(ref writer);
        writer.Write(_begun);
        writer.Write(_from);
        writer.Write(_border);
    }

    /// <inheritdoc/>
    public override void Restore(ref StateReader reader)
    {
        base.Restore(ref reader);
        _begun = reader.ReadBoolean();
        _from = reader.ReadInt64();
        _border = reader.ReadInt64();
    }

    private protected override void Take(in TradePrint trade, long time)
    {
        if (time >= _border)
        {
            CloseOpen();
            Enter(time);
            Draft.Start(_border - Spec.IntervalNanos, trade.Price.Value);
        }

        Draft.Add(in trade, time);
    }

    private protected override void Take(in Bar bar)
    {
        if (bar.OpenTime.Nanos >= _border)
        {
            CloseOpen();
            Enter(bar.OpenTime.Nanos);
            Begin(in bar);
        }

        if (bar.CloseTime.Nanos > _border)
        {
            throw new ArgumentException($"the bar of {bar.Spec} at {bar.OpenTime} crosses a border of {Spec}", nameof(bar));
        }

        if (bar.OpenTime.Nanos < _from)
        {
            return;
        }

        if (!Draft.IsOpen)
        {
            Draft.Start(_border - Spec.IntervalNanos, bar.Open.Value);
        }

        Draft.Add(in bar);
        if (bar.CloseTime.Nanos == _border)
        {
            CloseOpen();
        }
    }

    private protected override void PassTime(Timestamp now)
    {
        if (now.Nanos >= _border)
        {
            CloseOpen();
        }
    }

    private void Begin(in Bar bar)
    {
        if (!_begun)
        {
            _begun = true;
            _from = bar.OpenTime.Nanos == _border - Spec.IntervalNanos ? bar.OpenTime.Nanos : _border;
        }
    }

    private void Enter(long time) => _border = Spec.BucketStart(new Timestamp(time)).Nanos + Spec.IntervalNanos;

    private void CloseOpen()
    {
        if (Draft.IsOpen)
        {
            Close((_border - Spec.IntervalNanos, _border), Draft.ToBar(Spec, Instrument.Id));
        }
    }
}
