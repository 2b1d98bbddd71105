using System.Numerics;
using System.Runtime.CompilerServices;

namespace Harrier.Domain;

/// <summary>
/// Sizes over a window of neighboring keys, found by index. Pages are taken where a level is; those whose levels are all gone are collected
/// when no other is free. A change takes the same steps whether a level comes, goes or stays: which of the three it is cannot be foreseen.
/// </summary>
internal sealed class TickWindow
{
    /// <summary>The widest window in ticks: 772 KB of page numbers and bitmaps.</summary>
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

    // Page 0 belongs to nobody: it stands for "no level in these ticks", and all its sizes are 0.
    private Block[] _blocks = [];
    private ulong[] _groups = [];
    private long[] _lots = new long[FirstPages * PageSize];
    private int[] _free = new int[FirstPages];
    private int _freeCount;
    private int _usedPages = 1;
    private int _count;

    /// <summary>How many levels.</summary>
    public int Count => _count;

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
            return _origin + ((long)word << WordShift) + BitOperations.TrailingZeroCount(_blocks[word].Levels);
        }
    }

    /// <summary>The highest key with a level; there must be one.</summary>
    public long Highest => TryAtOrBelow(_origin + (long)_size - 1, out long key) ? key : BookSide.None;

    /// <summary>True when the key is inside the window.</summary>
    public bool Covers(long key) => unchecked((ulong)(key - _origin)) < _size;

    /// <summary>Sets the size of a level.</summary>
    /// <param name="key">Which.</param>
    /// <param name="lots">Its size; 0 removes it.</param>
    /// <param name="change">By how much the number of levels changed: 1, 0 or -1.</param>
    /// <returns>False when the key is outside the window; then nothing was done.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TrySet(long key, long lots, out int change)
    {
        ulong distance = unchecked((ulong)(key - _origin));
        change = 0;
        if (distance >= _size)
        {
            return false;
        }

        int offset = (int)distance;
        ref Block block = ref _blocks[offset >> WordShift];
        int page = block.Pages[(offset >> PageShift) & 3];
        if (page == 0 && lots != 0)
        {
            page = TakePage(offset);
        }

        ref long slot = ref _lots[(page << PageShift) + (offset & (PageSize - 1))];
        ulong was = slot == 0 ? 0UL : 1UL;
        ulong isThere = lots == 0 ? 0UL : 1UL;
        slot = lots;
        block.Levels ^= (was ^ isThere) << offset;
        int word = offset >> WordShift;
        ref ulong group = ref _groups[offset >> GroupShift];
        group = (group & ~(1UL << word)) | ((block.Levels == 0 ? 0UL : 1UL) << word);
        change = (int)isThere - (int)was;
        _count += change;
        return true;
    }

    /// <summary>The size at a key inside the window, 0 when there is no level.</summary>
    public long LotsAt(long key)
    {
        int offset = (int)(key - _origin);
        return _lots[(_blocks[offset >> WordShift].Pages[(offset >> PageShift) & 3] << PageShift) + (offset & (PageSize - 1))];
    }

    /// <summary>Finds the highest key with a level that is not above <paramref name="key"/>, which may be outside of the window.</summary>
    public bool TryAtOrBelow(long key, out long found)
    {
        found = BookSide.None;
        if (_count == 0 || key < _origin)
        {
            return false;
        }

        int offset = Covers(key) ? (int)(key - _origin) : (int)_size - 1;
        int word = offset >> WordShift;
        ulong bits = _blocks[word].Levels & (ulong.MaxValue >> (63 - (offset & 63)));
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
            bits = _blocks[word].Levels;
        }

        found = _origin + ((long)word << WordShift) + 63 - BitOperations.LeadingZeroCount(bits);
        return true;
    }

    /// <summary>Empties the window.</summary>
    public void Clear()
    {
        if (_usedPages > 1)
        {
            Array.Clear(_blocks);
            Array.Clear(_groups);
            Array.Clear(_lots, 0, _usedPages << PageShift);
            _freeCount = 0;
            _usedPages = 1;
            _count = 0;
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
            _blocks = new Block[size >> WordShift];
            _groups = new ulong[size >> GroupShift];
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private int TakePage(int offset)
    {
        if (_freeCount == 0 && _usedPages << PageShift == _lots.Length)
        {
            Collect();
        }

        int page = _freeCount > 0 ? _free[--_freeCount] : _usedPages++;
        _blocks[offset >> WordShift].Pages[(offset >> PageShift) & 3] = page;
        return page;
    }

    /// <summary>Takes back the pages without levels; more memory is taken only where they are few, so that this is seldom done.</summary>
    private void Collect()
    {
        foreach (ref Block block in _blocks.AsSpan())
        {
            for (int i = 0; i < 4; i++)
            {
                if (block.Pages[i] != 0 && (block.Levels >> (i * PageSize) & PageBits) == 0)
                {
                    _free[_freeCount++] = block.Pages[i];
                    block.Pages[i] = 0;
                }
            }
        }

        if (_freeCount < _free.Length / 4)
        {
            Array.Resize(ref _lots, _lots.Length * 2);
            Array.Resize(ref _free, _lots.Length >> PageShift);
        }
    }

    /// <summary>64 neighboring keys: which of them have levels, and where their sizes are.</summary>
    private struct Block
    {
        public ulong Levels;
        public FourPages Pages;
    }

    [InlineArray(4)]
    private struct FourPages
    {
        private int _first;
    }
}
