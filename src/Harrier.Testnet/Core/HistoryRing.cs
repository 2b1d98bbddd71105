namespace Harrier.Testnet.Core;

/// <summary>The last so many items; memory grows to the capacity and no further.</summary>
internal sealed class HistoryRing<T>(int capacity)
    where T : class
{
    private T[] _items = [];
    private int _start;

    public int Count { get; private set; }

    /// <summary>Oldest first.</summary>
    public T this[int index] => _items[(_start + index) % _items.Length];

    public void Add(T item)
    {
        if (capacity == 0)
        {
            return;
        }

        if (Count == _items.Length && Count < capacity)
        {
            Array.Resize(ref _items, Math.Min(capacity, Math.Max(16, Count * 2)));
        }

        if (Count < _items.Length)
        {
            _items[Count++] = item;
            return;
        }

        _items[_start] = item;
        _start = (_start + 1) % _items.Length;
    }

    /// <summary>The index of the first item whose key is at least <paramref name="key"/>; keys rise with the index.</summary>
    public int FirstAtLeast(long key, Func<T, long> keyOf)
    {
        int low = 0;
        int high = Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (keyOf(this[middle]) < key)
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
}
