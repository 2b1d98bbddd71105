using System.Numerics;
using System.Runtime.CompilerServices;

namespace Harrier.Domain;

/// <summary>
/// One side of an order book, best level first. Levels near the best price stand in a window of ticks: small pages of sizes, taken only where
/// there are levels, and two tiers of bitmaps that find the next one. Levels outside of the window are in a sorted list; the window moves and
/// grows with the market.
/// </summary>
public sealed class BookSide : IStateful
{
    internal const long None = long.MinValue;

    // There are levels beyond the widest window: it is laid with most of it on the worse side of the best price, where the levels are.
    private const long HalfWindow = TickWindow.Largest / 2;

    // Inside, a level's key is its price in ticks, negated for asks: the best level of either side has the highest key.
    private readonly bool _isAsk;
    private readonly FarLevels _far = new();
    private readonly TickWindow _near = new();
    private long _best = None;
    private int _count;

    internal BookSide(bool isAsk) => _isAsk = isAsk;

    /// <summary>How many levels.</summary>
    public int Count => _count;

    /// <summary>The best level; price and size 0 when the side is empty.</summary>
    public BookLevel Best => _count > 0 ? new BookLevel(new PriceTicks(BestTicks), new SizeLots(LotsAtKey(_best))) : default;

    /// <summary>The best price in ticks; 0 when the side is empty.</summary>
    public long BestTicks => _count > 0 ? TicksOf(_best) : 0;

    /// <summary>All sizes together, in lots.</summary>
    public Int128 TotalLots()
    {
        Int128 total = 0;
        foreach (BookLevel level in this)
        {
            total += level.Size.Value;
        }

        return total;
    }

    /// <summary>The size at a price; 0 when there is no level.</summary>
    public SizeLots At(PriceTicks price) => new(LotsAtKey(_isAsk ? -price.Value : price.Value));

    /// <summary>Copies the best levels.</summary>
    /// <returns>How many were copied: the length of <paramref name="levels"/> or all there are.</returns>
    public int CopyTo(Span<BookLevel> levels)
    {
        int copied = 0;
        foreach (BookLevel level in this)
        {
            if (copied == levels.Length)
            {
                break;
            }

            levels[copied++] = level;
        }

        return copied;
    }

    /// <summary>Walks the levels, best first; the side must not change meanwhile.</summary>
    public Enumerator GetEnumerator() => new(this);

    /// <inheritdoc/>
    public void Save(ref StateWriter writer)
    {
        writer.Write(_count);
        foreach (BookLevel level in this)
        {
            writer.Write(level.Price.Value);
            writer.Write(level.Size.Value);
        }
    }

    /// <inheritdoc/>
    public void Restore(ref StateReader reader)
    {
        Clear();
        int count = reader.ReadCount();
        for (int i = 0; i < count; i++)
        {
            long ticks = reader.ReadInt64();
            long lots = reader.ReadInt64();
            if (ticks is < 1 or > OrderBook.MaxTicks || lots < 1)
            {
                throw new InvalidDataException($"a saved level has a price of 1 to {OrderBook.MaxTicks} ticks and a size above 0, got {ticks} and {lots}");
            }

            Set(_isAsk ? -ticks : ticks, lots);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Set(long key, long lots)
    {
        if (!_near.TrySet(key, lots, out int change))
        {
            SetFar(key, lots);
            return;
        }

        // No branch on whether the level is there or gone: nothing in the data tells a processor which of the two comes next.
        long isThere = lots == 0 ? 0L : -1L;
        _count += change;
        _best = Math.Max(_best, (key & isThere) | (None & ~isThere));
        if (((key ^ _best) | lots) == 0)
        {
            BestRemoved();
        }
    }

    internal void Clear()
    {
        _near.Clear();
        _far.Clear();
        _count = 0;
        _best = None;
    }

    internal ulong Checksum(ulong seed)
    {
        ulong digest = seed ^ (ulong)_count;
        foreach (BookLevel level in this)
        {
            digest = Mix(digest ^ (ulong)level.Price.Value);
            digest = Mix(digest ^ (ulong)level.Size.Value);
        }

        return Mix(digest);
    }

    private static ulong Mix(ulong value)
    {
        // Both steps can be undone, so two different inputs of one step never meet.
        value = unchecked(value * 0x9E3779B97F4A7C15);
        return BitOperations.RotateLeft(value, 29) ^ value >> 17;
    }

    private void SetFar(long key, long lots)
    {
        if (lots == 0)
        {
            if (_far.Remove(key))
            {
                _count--;
                if (key == _best)
                {
                    BestRemoved();
                }
            }
        }
        else if (!_far.TryReplace(key, lots))
        {
            _count++;
            if (!MoveWindowTo(key) || !_near.TrySet(key, lots, out _))
            {
                _far.Add(key, lots);
            }

            _best = Math.Max(_best, key);
        }
    }

    /// <summary>Finds the next best level, and moves the window there when nothing is left in it.</summary>
    private void BestRemoved()
    {
        _best = TryAtOrBelow(_best, out long next, out _) ? next : None;
        if (_count > 0 && _near.Count == 0)
        {
            Rebuild(_best - HalfWindow, _best);
        }
    }

    /// <summary>Grows or moves the window where a new level outside of it deserves that: one that is near, or the new best.</summary>
    private bool MoveWindowTo(long key)
    {
        long low = key;
        long high = key;
        if (_near.Count > 0)
        {
            low = Math.Min(key, _near.Lowest);
            high = Math.Max(key, _near.Highest);
        }

        if (high - low < TickWindow.Largest)
        {
            Rebuild(low, high);
            return true;
        }

        if (key > _best)
        {
            Rebuild(key - HalfWindow, key);
            return true;
        }

        return false;
    }

    private void Rebuild(long low, long high)
    {
        List<(long Key, long Lots)> levels = new(_count);
        for (long from = long.MaxValue; TryAtOrBelow(from, out long key, out long lots); from = key - 1)
        {
            levels.Add((key, lots));
        }

        _far.Clear();
        _near.MoveTo(low, high);
        for (int i = levels.Count - 1; i >= 0; i--)
        {
            if (!_near.TrySet(levels[i].Key, levels[i].Lots, out _))
            {
                _far.Add(levels[i].Key, levels[i].Lots);
            }
        }
    }

    private bool TryAtOrBelow(long key, out long found, out long lots)
    {
        bool isNear = _near.TryAtOrBelow(key, out found);
        if (_far.Count > 0 && _far.TryAtOrBelow(key, out long farKey, out long farLots) && (!isNear || farKey > found))
        {
            found = farKey;
            lots = farLots;
            return true;
        }

        lots = isNear ? _near.LotsAt(found) : 0;
        return isNear;
    }

    private long LotsAtKey(long key) => _near.Covers(key) ? _near.LotsAt(key) : _far.LotsAt(key);

    private long TicksOf(long key) => _isAsk ? -key : key;

    /// <summary>Walks a side, best level first.</summary>
    public struct Enumerator
    {
        private readonly BookSide _side;
        private long _from;
        private BookLevel _current;

        internal Enumerator(BookSide side)
        {
            _side = side;
            _from = side._best;
        }

        /// <summary>The level reached.</summary>
        public readonly BookLevel Current => _current;

        /// <summary>Goes on to the next worse level.</summary>
        /// <returns>False at the end.</returns>
        public bool MoveNext()
        {
            if (_from == None || !_side.TryAtOrBelow(_from, out long key, out long lots))
            {
                return false;
            }

            _current = new BookLevel(new PriceTicks(_side.TicksOf(key)), new SizeLots(lots));
            _from = key - 1;
            return true;
        }
    }
}
