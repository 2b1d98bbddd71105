using Harrier.Domain;

namespace Harrier.Exchanges.Feeds;

/// <summary>A price as it came: of a trade, or the last price of a ticker.</summary>
/// <param name="Time">When it reached us.</param>
/// <param name="Price">Price in quote currency.</param>
/// <param name="Size">Size of the trade in base currency; null for a ticker.</param>
public readonly record struct FeedTick(Timestamp Time, decimal Price, decimal? Size);

/// <summary>The newest prices of a symbol, up to a limit.</summary>
/// <param name="capacity">How many are kept.</param>
internal sealed class TickHistory(int capacity)
{
    private FeedTick[] _ticks = [];
    private long _count;

    public void Add(in FeedTick tick)
    {
        int used = (int)Math.Min(_count, capacity);
        if (used == _ticks.Length && used < capacity)
        {
            Array.Resize(ref _ticks, Math.Min(capacity, Math.Max(16, used * 2)));
        }

        _ticks[_count++ % _ticks.Length] = tick;
    }

    /// <summary>The newest ones, oldest first.</summary>
    public FeedTick[] Newest(int count)
    {
        long from = Math.Max(0, _count - Math.Min(Math.Min(count, capacity), _ticks.Length));
        FeedTick[] newest = new FeedTick[_count - from];
        for (long i = from; i < _count; i++)
        {
            newest[i - from] = _ticks[i % _ticks.Length];
        }

        return newest;
    }
}
