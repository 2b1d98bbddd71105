using System.Numerics;
using System.Runtime.CompilerServices;

namespace Harrier.Simulation.Matching;

/// <summary>The orders at one price, as a queue of nodes.</summary>
internal struct Level
{
    public long Size;
    public int Head;
    public int Tail;
    public int Count;
}

/// <summary>
/// The levels of one side: a window of ticks around the market with a bit for each occupied one, and a sorted list for far prices. The
/// window follows the market when too much is outside. Prices are kept as they are; whether high or low is best is the owner's flag.
/// </summary>
internal sealed class LevelSide
{
    // More far levels than this, and the window is laid anew around the best price (at most once per doubling of the far levels).
    private const int FewFar = 64;

    private readonly bool _highIsBest;
    private readonly Level[] _window;
    private readonly ulong[] _bits;
    private readonly ulong[] _groups;
    private long[] _farPrices = new long[16];
    private Level[] _farLevels = new Level[16];
    private int _farCount;
    private int _farLimit = FewFar;
    private long _low;

    public LevelSide(bool highIsBest, int windowTicks)
    {
        int size = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(windowTicks, 4096));
        _highIsBest = highIsBest;
        _window = new Level[size];
        _bits = new ulong[size / 64];
        _groups = new ulong[(_bits.Length + 63) / 64];
        _low = -1;
        Best = -1;
    }

    /// <summary>The best price, or -1 when the side is empty.</summary>
    public long Best { get; private set; }

    public int Count { get; private set; }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool IsBetter(long price, long than) => _highIsBest ? price > than : price < than;

    /// <summary>The level of a price at which there are orders.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref Level At(long price)
    {
        ulong offset = (ulong)(price - _low);
        if (offset < (ulong)_window.Length)
        {
            return ref _window[offset];
        }

        return ref _farLevels[FarIndex(price)];
    }

    /// <summary>The level of a price, made when there is none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref Level Open(long price)
    {
        ulong offset = (ulong)(price - _low);
        if (offset < (ulong)_window.Length && _low >= 0)
        {
            ref Level level = ref _window[offset];
            if (level.Count == 0)
            {
                Occupy((int)offset);
                Added(price);
            }

            return ref level;
        }

        return ref OpenFar(price);
    }

    /// <summary>The level of a price, if there are orders.</summary>
    public bool TryGet(long price, out Level level)
    {
        ulong offset = (ulong)(price - _low);
        if (_low >= 0 && offset < (ulong)_window.Length)
        {
            level = _window[offset];
            return level.Count > 0;
        }

        int at = Array.BinarySearch(_farPrices, 0, _farCount, price);
        level = at >= 0 ? _farLevels[at] : default;
        return at >= 0;
    }

    /// <summary>Forgets a level without orders.</summary>
    public void Close(long price)
    {
        ulong offset = (ulong)(price - _low);
        if (offset < (ulong)_window.Length)
        {
            int group = (int)offset >> 6;
            if ((_bits[group] &= ~(1UL << ((int)offset & 63))) == 0)
            {
                _groups[group >> 6] &= ~(1UL << (group & 63));
            }
        }
        else
        {
            RemoveFar(FarIndex(price));
        }

        Count--;
        if (price == Best)
        {
            Best = Worse(price);
        }
    }

    /// <summary>The next level behind a price, or -1.</summary>
    public long Worse(long price) => _highIsBest ? Below(price) : Above(price);

    private void Added(long price)
    {
        Count++;
        if (Best < 0 || IsBetter(price, Best))
        {
            Best = price;
        }
    }

    private void Occupy(int offset)
    {
        int group = offset >> 6;
        _bits[group] |= 1UL << (offset & 63);
        _groups[group >> 6] |= 1UL << (group & 63);
    }

    private ref Level OpenFar(long price)
    {
        if (_low < 0)
        {
            _low = Math.Max(0, price - (_window.Length / 2));
            return ref Open(price);
        }

        int at = Array.BinarySearch(_farPrices, 0, _farCount, price);
        if (at >= 0)
        {
            return ref _farLevels[at];
        }

        Added(price);
        if (_farCount >= _farLimit && IsOffCenter())
        {
            Relay();
            ulong offset = (ulong)(price - _low);
            if (offset < (ulong)_window.Length)
            {
                Occupy((int)offset);
                return ref _window[offset];
            }

            at = Array.BinarySearch(_farPrices, 0, _farCount, price);
        }

        at = ~at;
        InsertFar(at, price, default);
        return ref _farLevels[at];
    }

    // True when the best price stands so near the edge of the window that what follows it falls outside.
    private bool IsOffCenter()
    {
        long offset = Best - _low;
        return offset < _window.Length / 8 || offset > _window.Length - (_window.Length / 8);
    }

    private void InsertFar(int at, long price, in Level level)
    {
        if (_farCount == _farPrices.Length)
        {
            Array.Resize(ref _farPrices, _farCount * 2);
            Array.Resize(ref _farLevels, _farCount * 2);
        }

        Array.Copy(_farPrices, at, _farPrices, at + 1, _farCount - at);
        Array.Copy(_farLevels, at, _farLevels, at + 1, _farCount - at);
        _farPrices[at] = price;
        _farLevels[at] = level;
        _farCount++;
    }

    private void RemoveFar(int at)
    {
        _farCount--;
        Array.Copy(_farPrices, at + 1, _farPrices, at, _farCount - at);
        Array.Copy(_farLevels, at + 1, _farLevels, at, _farCount - at);
    }

    private int FarIndex(long price)
    {
        int at = Array.BinarySearch(_farPrices, 0, _farCount, price);
        return at >= 0 ? at : throw new InvalidOperationException($"no level at {price}");
    }

    // Lays the window around the best price and sorts every level to its new place.
    private void Relay()
    {
        List<(long Price, Level Level)> all = new(Count);
        for (int i = 0; i < _farCount; i++)
        {
            all.Add((_farPrices[i], _farLevels[i]));
        }

        for (int i = 0; i < _window.Length; i++)
        {
            if (_window[i].Count > 0)
            {
                all.Add((_low + i, _window[i]));
            }
        }

        all.Sort((a, b) => a.Price.CompareTo(b.Price));
        Array.Clear(_window);
        Array.Clear(_bits);
        Array.Clear(_groups);
        _farCount = 0;
        _low = Math.Max(0, Best - (_window.Length / 2));
        foreach ((long price, Level level) in all)
        {
            ulong offset = (ulong)(price - _low);
            if (offset < (ulong)_window.Length)
            {
                _window[offset] = level;
                Occupy((int)offset);
            }
            else
            {
                InsertFar(_farCount, price, level);
            }
        }

        _farLimit = Math.Max(FewFar, _farCount * 2);
    }

    private long Below(long price)
    {
        long found = -1;
        if (_farCount > 0)
        {
            int at = Array.BinarySearch(_farPrices, 0, _farCount, price);
            at = at >= 0 ? at - 1 : ~at - 1;
            found = at >= 0 ? _farPrices[at] : -1;
        }

        long inside = Math.Min(price - _low, _window.Length) - 1;
        long offset = _low >= 0 && inside >= 0 ? LastAtOrBelow((int)inside) : -1;
        return offset >= 0 ? Math.Max(found, _low + offset) : found;
    }

    private long Above(long price)
    {
        long found = -1;
        if (_farCount > 0)
        {
            int at = Array.BinarySearch(_farPrices, 0, _farCount, price);
            at = at >= 0 ? at + 1 : ~at;
            found = at < _farCount ? _farPrices[at] : -1;
        }

        long inside = Math.Max(price - _low + 1, 0);
        long offset = _low >= 0 && inside < _window.Length ? FirstAtOrAbove((int)inside) : -1;
        return offset < 0 ? found : found < 0 ? _low + offset : Math.Min(found, _low + offset);
    }

    private long LastAtOrBelow(int offset)
    {
        int word = offset >> 6;
        ulong bits = _bits[word] & (ulong.MaxValue >> (63 - (offset & 63)));
        if (bits != 0)
        {
            return (word << 6) + 63 - BitOperations.LeadingZeroCount(bits);
        }

        int group = word >> 6;
        ulong words = _groups[group] & ((1UL << (word & 63)) - 1);
        while (words == 0)
        {
            if (--group < 0)
            {
                return -1;
            }

            words = _groups[group];
        }

        word = (group << 6) + 63 - BitOperations.LeadingZeroCount(words);
        return (word << 6) + 63 - BitOperations.LeadingZeroCount(_bits[word]);
    }

    private long FirstAtOrAbove(int offset)
    {
        int word = offset >> 6;
        ulong bits = _bits[word] & (ulong.MaxValue << (offset & 63));
        if (bits != 0)
        {
            return (word << 6) + BitOperations.TrailingZeroCount(bits);
        }

        int group = word >> 6;
        ulong words = (word & 63) == 63 ? 0 : _groups[group] & (ulong.MaxValue << ((word & 63) + 1));
        while (words == 0)
        {
            if (++group >= _groups.Length)
            {
                return -1;
            }

            words = _groups[group];
        }

        word = (group << 6) + BitOperations.TrailingZeroCount(words);
        return (word << 6) + BitOperations.TrailingZeroCount(_bits[word]);
    }
}
