using System.Numerics;

namespace Harrier.Engine.Market;

/// <summary>Sizes over a window of neighboring keys, found by index. Pages are taken where a level is and given back when the last one goes.</summary>
internal sealed class TickWindow
{
    /// <summary>The widest window in ticks: 768 KB of page numbers and bitmaps.</summary>
    public const long Largest = 1L << 21;

    private const long Smallest = 1L << 12;
    private const int PageShift = 4;
    private const int PageSize = 1 << PageShift;
    private const ulong PageBits = (1UL << PageSize) - 1;
    private const int WordShift = 6;
    private const int GroupShift = 12;
    private const int FirstPages = 64;

    private long _origin;
    private ulong _size;

    // Page 0 belongs to nobody: it stands for "no level in these ticks".
    private int[] _pages = [];
    private ulong[] _words = [];
    private ulong[] _groups = [];
    private long[] _lots = new long[FirstPages * PageSize];
    private int[] _free = new int[FirstPages];
    private int _freeCount;
    private int _usedPages = 1;

    /// <summary>How many levels.</summary>
    public int Count { get; private set; }

    /// <summary>The lowest key with a level; there must be one.</summary>
    public long Lowest
    {
        get
        {
            int group = 0;
            while (_groups[group] == 0)
            {
                group++;
            }

            int word = (group << WordShift) + BitOperations.TrailingZeroCount(_groups[group]);
            return _origin + ((long)word << WordShift) + BitOperations.TrailingZeroCount(_words[word]);
        }
    }

    /// <summary>The highest key with a level; there must be one.</summary>
    public long Highest => TryAtOrBelow(_origin + (long)_size - 1, out long key) ? key : BookSide.None;

    /// <summary>True when the key is inside the window.</summary>
    public bool Covers(long key) => unchecked((ulong)(key - _origin)) < _size;

    /// <summary>Sets the size of a level inside the window, above 0.</summary>
    /// <returns>True when the level is new.</returns>
    public bool Put(long key, long lots)
    {
        int offset = (int)(key - _origin);
        int page = _pages[offset >> PageShift];
        if (page == 0)
        {
            page = TakePage(offset >> PageShift);
        }

        ref long slot = ref _lots[(page << PageShift) + (offset & (PageSize - 1))];
        bool isNew = slot == 0;
        slot = lots;
        if (isNew)
        {
            int word = offset >> WordShift;
            _words[word] |= 1UL << offset;
            _groups[offset >> GroupShift] |= 1UL << word;
            Count++;
        }

        return isNew;
    }

    /// <summary>Removes a level inside the window.</summary>
    /// <returns>False when there is none.</returns>
    public bool Take(long key)
    {
        int offset = (int)(key - _origin);
        int word = offset >> WordShift;
        ulong bits = _words[word];
        if ((bits >> offset & 1) == 0)
        {
            return false;
        }

        bits &= ~(1UL << offset);
        _words[word] = bits;
        int number = offset >> PageShift;
        int page = _pages[number];
        _lots[(page << PageShift) + (offset & (PageSize - 1))] = 0;
        Count--;
        if ((bits >> ((number << PageShift) & 63) & PageBits) == 0)
        {
            _pages[number] = 0;
            _free[_freeCount++] = page;
            if (bits == 0)
            {
                _groups[offset >> GroupShift] &= ~(1UL << word);
            }
        }

        return true;
    }

    /// <summary>The size at a key inside the window, 0 when there is no level.</summary>
    public long LotsAt(long key)
    {
        int offset = (int)(key - _origin);
        return _lots[(_pages[offset >> PageShift] << PageShift) + (offset & (PageSize - 1))];
    }

    /// <summary>Finds the highest key with a level that is not above <paramref name="key"/>, which may be outside of the window.</summary>
    public bool TryAtOrBelow(long key, out long found)
    {
        found = BookSide.None;
        if (Count == 0 || key < _origin)
        {
            return false;
        }

        int offset = Covers(key) ? (int)(key - _origin) : (int)_size - 1;
        int word = offset >> WordShift;
        ulong bits = _words[word] & (ulong.MaxValue >> (63 - (offset & 63)));
        if (bits == 0)
        {
            int group = word >> WordShift;
            ulong words = _groups[group] & ((1UL << word) - 1);
            while (words == 0)
            {
                if (--group < 0)
                {
                    return false;
                }

                words = _groups[group];
            }

            word = (group << WordShift) + 63 - BitOperations.LeadingZeroCount(words);
            bits = _words[word];
        }

        found = _origin + ((long)word << WordShift) + 63 - BitOperations.LeadingZeroCount(bits);
        return true;
    }

    /// <summary>Empties the window.</summary>
    public void Clear()
    {
        if (Count > 0)
        {
            Array.Clear(_pages);
            Array.Clear(_words);
            Array.Clear(_groups);
            Array.Clear(_lots);
            _freeCount = 0;
            _usedPages = 1;
            Count = 0;
        }
    }

    /// <summary>Empties the window and lays it around a span of keys, with room on both ends.</summary>
    public void MoveTo(long low, long high)
    {
        Clear();
        long size = Math.Clamp((long)BitOperations.RoundUpToPowerOf2((ulong)(high - low + 1)) * 2, Smallest, Largest);
        _origin = low - (size - (high - low)) / 2;
        if ((ulong)size != _size)
        {
            _size = (ulong)size;
            _pages = new int[size >> PageShift];
            _words = new ulong[size >> WordShift];
            _groups = new ulong[size >> GroupShift];
        }
    }

    private int TakePage(int number)
    {
        int page;
        if (_freeCount > 0)
        {
            page = _free[--_freeCount];
        }
        else
        {
            page = _usedPages++;
            if (_usedPages << PageShift > _lots.Length)
            {
                Array.Resize(ref _lots, _lots.Length * 2);
                Array.Resize(ref _free, _lots.Length >> PageShift);
            }
        }

        _pages[number] = page;
        return page;
    }
}
