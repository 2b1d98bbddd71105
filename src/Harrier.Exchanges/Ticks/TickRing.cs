using Harrier.Domain;

namespace Harrier.Exchanges.Ticks;

/// <summary>The newest ticks of a symbol, up to a limit. Belongs to one thread at a time.</summary>
/// <param name="capacity">How many are kept.</param>
internal sealed class TickRing(int capacity)
{
    private readonly StreamTick[] _ticks = new StreamTick[capacity];

    /// <summary>How many came so far.</summary>
    public long Count { get; private set; }

    /// <summary>The newest; null before the first.</summary>
    public StreamTick? Latest => Count == 0 ? null : _ticks[(Count - 1) % capacity];

    public void Add(StreamTick tick) => _ticks[Count++ % capacity] = tick;

    /// <summary>The newest ones, oldest first.</summary>
    public StreamTick[] Newest(int count)
    {
        StreamTick[] newest = new StreamTick[(int)Math.Min(Math.Min(count, capacity), Count)];
        for (int i = 0; i < newest.Length; i++)
        {
            newest[i] = _ticks[(Count - newest.Length + i) % capacity];
        }

        return newest;
    }
}
