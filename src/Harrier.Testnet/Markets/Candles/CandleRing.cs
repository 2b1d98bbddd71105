namespace Harrier.Testnet.Markets;

/// <summary>The newest closed candles of one interval, oldest first; grows with use up to its capacity, then forgets the oldest.</summary>
internal sealed class CandleRing
{
    private const int FirstSize = 64;
    private Candle[] _items;
    private int _head;

    /// <summary>An empty ring.</summary>
    public CandleRing(int capacity)
    {
        Capacity = capacity;
        _items = new Candle[Math.Min(FirstSize, capacity)];
    }

    /// <summary>Most candles held at a time.</summary>
    public int Capacity { get; }

    /// <summary>Number of candles held.</summary>
    public int Count { get; private set; }

    /// <summary>Number of candles ever added: identifies a candle while others push it towards the past.</summary>
    public long Added { get; private set; }

    /// <summary>The candle at an index from 0, the oldest.</summary>
    public ref readonly Candle this[int index]
    {
        get
        {
            int at = _head + index;
            return ref _items[at >= _items.Length ? at - _items.Length : at];
        }
    }

    /// <summary>Adds the newest candle.</summary>
    public void Add(in Candle candle)
    {
        if (Count == _items.Length && Count < Capacity)
        {
            Grow();
        }

        int at = _head + Count;
        _items[at >= _items.Length ? at - _items.Length : at] = candle;
        if (Count < _items.Length)
        {
            Count++;
        }
        else
        {
            _head = _head + 1 == _items.Length ? 0 : _head + 1;
        }

        Added++;
    }

    /// <summary>Index of the first candle that opens at or after a time in nanoseconds; <see cref="Count"/> when there is none.</summary>
    public int FirstAtOrAfter(long nanos)
    {
        int low = 0;
        int high = Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (this[middle].OpenTime.Nanos < nanos)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }

    private void Grow()
    {
        Candle[] larger = new Candle[Math.Min(Capacity, _items.Length * 2)];
        for (int i = 0; i < Count; i++)
        {
            larger[i] = this[i];
        }

        _items = larger;
        _head = 0;
    }
}
