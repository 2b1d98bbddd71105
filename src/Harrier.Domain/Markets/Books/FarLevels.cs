namespace Harrier.Domain;

/// <summary>Levels far from the best price: sorted arrays with binary search. They are few and change seldom.</summary>
internal sealed class FarLevels
{
    private const int FirstCapacity = 16;

    private long[] _keys = [];
    private long[] _lots = [];

    /// <summary>How many levels.</summary>
    public int Count { get; private set; }

    /// <summary>Sets the size of a level that is there.</summary>
    /// <returns>False when there is none with this key.</returns>
    public bool TryReplace(long key, long lots)
    {
        int index = Array.BinarySearch(_keys, 0, Count, key);
        if (index < 0)
        {
            return false;
        }

        _lots[index] = lots;
        return true;
    }

    /// <summary>Adds a level that is not there.</summary>
    public void Add(long key, long lots)
    {
        int index = ~Array.BinarySearch(_keys, 0, Count, key);
        if (Count == _keys.Length)
        {
            int capacity = Math.Max(FirstCapacity, Count * 2);
            Array.Resize(ref _keys, capacity);
            Array.Resize(ref _lots, capacity);
        }

        _keys.AsSpan(index, Count - index).CopyTo(_keys.AsSpan(index + 1));
        _lots.AsSpan(index, Count - index).CopyTo(_lots.AsSpan(index + 1));
        _keys[index] = key;
        _lots[index] = lots;
        Count++;
    }

    /// <summary>Removes a level.</summary>
    /// <returns>False when there is none with this key.</returns>
    public bool Remove(long key)
    {
        int index = Array.BinarySearch(_keys, 0, Count, key);
        if (index < 0)
        {
            return false;
        }

        Count--;
        _keys.AsSpan(index + 1, Count - index).CopyTo(_keys.AsSpan(index));
        _lots.AsSpan(index + 1, Count - index).CopyTo(_lots.AsSpan(index));
        return true;
    }

    /// <summary>Finds the level with the highest key not above <paramref name="key"/>.</summary>
    public bool TryAtOrBelow(long key, out long found, out long lots)
    {
        int index = Array.BinarySearch(_keys, 0, Count, key);
        index = index >= 0 ? index : ~index - 1;
        found = index >= 0 ? _keys[index] : BookSide.None;
        lots = index >= 0 ? _lots[index] : 0;
        return index >= 0;
    }

    /// <summary>The size at a key, 0 when there is no level.</summary>
    public long LotsAt(long key) => Array.BinarySearch(_keys, 0, Count, key) is var index and >= 0 ? _lots[index] : 0;

    /// <summary>Removes all.</summary>
    public void Clear() => Count = 0;
}
