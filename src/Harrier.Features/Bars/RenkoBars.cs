using Harrier.Domain;

namespace Harrier.Features.Bars;

/// <summary>
/// Bricks: bars whose body is a fixed number of ticks high. The first trade's price, rounded down to a multiple of the brick, is the level to start from.
/// A brick in the direction of the last one is complete when the price is one brick beyond its close; one against it when the price is two bricks back,
/// and it then opens where the last one opened. A price that jumps completes several at once: the first has all that was traded since the brick before,
/// the others have no volume. Highs and lows beyond the body are prices that were traded while the brick was made.
/// </summary>
/// <remarks>Opens and closes are levels, which need not have been traded at. Of shorter bars only the close is looked at.</remarks>
public sealed class RenkoBars : BarBuilder
{
    private readonly long _brick;
    private bool _begun;
    private long _level;
    private int _direction;

    /// <summary>A builder before its first trade.</summary>
    /// <exception cref="ArgumentException">The series is of another kind.</exception>
    public RenkoBars(Instrument instrument, BarSpec spec)
        : base(instrument, spec)
    {
        if (spec.Kind != BarKind.Renko)
        {
            throw new ArgumentException($"{spec} is not of kind {BarKind.Renko}", nameof(spec));
        }

        _brick = (long)Size;
    }

    /// <inheritdoc/>
    public override void Save(ref StateWriter writer)
    {
        base.Save(ref writer);
        writer.Write(_begun);
        writer.Write(_level);
        writer.Write(_direction);
    }

    /// <inheritdoc/>
    public override void Restore(ref StateReader reader)
    {
        base.Restore(ref reader);
        _begun = reader.ReadBoolean();
        _level = reader.ReadInt64();
        _direction = reader.ReadInt32();
    }

    private protected override void Take(in TradePrint trade, long time)
    {
        Begin(time, trade.Price.Value);
        Draft.Add(in trade, Math.Max(time, Draft.OpenTime));
        Lay(trade.Price.Value);
    }

    private protected override void Take(in Bar bar)
    {
        Begin(bar.OpenTime.Nanos, bar.Close.Value);
        Draft.AddClose(in bar);
        Lay(bar.Close.Value);
    }

    private void Begin(long time, long price)
    {
        if (!_begun)
        {
            _begun = true;
            _level = price - (((price % _brick) + _brick) % _brick);
        }

        if (!Draft.IsOpen)
        {
            Start(time, price);
        }
    }

    private void Lay(long price)
    {
        while (Next(price) is var step && step != 0)
        {
            long open = step == -_direction ? _level - (_direction * _brick) : _level;
            long close = open + (step * _brick);
            long last = Math.Max(Draft.LastTime, Draft.OpenTime + 1);
            long low = step > 0 ? Math.Min(Draft.Low, open) : close;
            long high = step > 0 ? close : Math.Max(Draft.High, open);
            Close((Draft.OpenTime, last), Draft.ToBar(Spec, Instrument.Id, (open, high, low, close)));
            (_level, _direction) = (close, step);
            Start(last, close);
        }

        Draft.See(price);
    }

    // 1 and -1 for a brick up and down, 0 for none.
    private int Next(long price)
    {
        long up = _direction < 0 ? 2 * _brick : _brick;
        long down = _direction > 0 ? 2 * _brick : _brick;
        return price >= _level + up ? 1 : price <= _level - down ? -1 : 0;
    }
}
