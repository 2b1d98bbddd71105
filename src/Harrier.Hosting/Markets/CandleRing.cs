using Harrier.Domain;

namespace Harrier.Hosting.Markets;

/// <summary>Prices and volume of a stretch of time.</summary>
/// <param name="OpenTime">When it begins.</param>
/// <param name="Open">First price.</param>
/// <param name="High">Highest price.</param>
/// <param name="Low">Lowest price.</param>
/// <param name="Close">Last price.</param>
/// <param name="Volume">In base currency.</param>
public sealed record Candle(Timestamp OpenTime, decimal Open, decimal High, decimal Low, decimal Close, decimal Volume)
{
    /// <summary>This one and what came after it.</summary>
    public Candle With(Candle later)
    {
        ArgumentNullException.ThrowIfNull(later);
        return new Candle(OpenTime, Open, Math.Max(High, later.High), Math.Min(Low, later.Low), later.Close, Volume + later.Volume);
    }
}

/// <summary>The newest candles of one length, made of trades. A stretch without trades has none. Belongs to who guards it.</summary>
/// <param name="length">Length of a candle.</param>
/// <param name="count">How many are kept.</param>
internal sealed class CandleRing(TimeSpan length, int count)
{
    private readonly long _length = length.Ticks * TimeSpan.NanosecondsPerTick;
    private readonly Queue<Candle> _closed = new(count);
    private Candle? _open;

    /// <summary>Takes a trade. One that is older than the candle that is open is counted into that.</summary>
    public void Add(Timestamp time, decimal price, decimal quantity)
    {
        Timestamp bucket = new(time.Nanos - (time.Nanos % _length));
        Candle trade = new(bucket, price, price, price, price, quantity);
        if (_open is null || bucket.Nanos > _open.OpenTime.Nanos)
        {
            Close();
            _open = trade;
        }
        else
        {
            _open = _open.With(trade);
        }
    }

    /// <summary>The candles, oldest first, joined to longer ones; the last is still open.</summary>
    /// <param name="interval">A whole multiple of the own length, in nanoseconds.</param>
    public IReadOnlyList<Candle> Read(long interval)
    {
        List<Candle> joined = [];
        foreach (Candle candle in _open is null ? _closed : _closed.Append(_open))
        {
            Timestamp bucket = new(candle.OpenTime.Nanos - (candle.OpenTime.Nanos % interval));
            if (joined is [.., var last] && last.OpenTime == bucket)
            {
                joined[^1] = last.With(candle);
            }
            else
            {
                joined.Add(candle with { OpenTime = bucket });
            }
        }

        return joined;
    }

    private void Close()
    {
        if (_open is null)
        {
            return;
        }

        if (_closed.Count == count)
        {
            _closed.Dequeue();
        }

        _closed.Enqueue(_open);
    }
}
