namespace Harrier.Exchanges.Feeds;

/// <summary>Remembers the ids of the newest trades where they do not rise, to know one that comes twice. Allocates nothing per trade.</summary>
internal sealed class RecentTrades
{
    // Sessions overlap for seconds; the busiest symbols trade some hundred times in one.
    private const int Capacity = 4096;

    private readonly HashSet<long> _known = new(Capacity);
    private readonly long[] _ring = new long[Capacity];
    private int _next;

    /// <summary>Remembers an id.</summary>
    /// <returns>False when it is known already.</returns>
    public bool Add(long id)
    {
        if (!_known.Add(id))
        {
            return false;
        }

        long oldest = _ring[_next];
        if (oldest != 0)
        {
            _known.Remove(oldest);
        }

        _ring[_next] = id;
        _next = (_next + 1) % Capacity;
        return true;
    }
}
