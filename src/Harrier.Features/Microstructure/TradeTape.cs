using System.Runtime.CompilerServices;
using Harrier.Domain;

namespace Harrier.Features.Microstructure;

/// <summary>
/// Trades of a while in the order in which they happened, each with the sums of all up to it: what any window holds is the difference of two
/// of them, found by binary search and exact. Grows by doubling and keeps its memory.
/// </summary>
internal sealed class TradeTape : IStateful
{
    private const int FirstCapacity = 1024;

    private TapeEntry[] _ring = new TapeEntry[FirstCapacity];
    private TapeSums _before;
    private int _head;

    /// <summary>How many trades.</summary>
    public int Count { get; private set; }

    /// <summary>The trade at an index from 0, oldest first.</summary>
    public ref readonly TapeEntry this[int index] => ref _ring[(_head + index) & (_ring.Length - 1)];

    /// <summary>Adds a trade at its place in time; trades of one instant are in the order of their ids.</summary>
    /// <returns>False when a trade of this instant with this id is there already.</returns>
    public bool Add(Timestamp time, long id, long signedLots, long latencyNanos)
    {
        int position = Count;
        while (position > 0 && IsAfter(in this[position - 1], time.Nanos, id))
        {
            position--;
        }

        if (id != 0 && position > 0 && this[position - 1].TimeNanos == time.Nanos && this[position - 1].Id == id)
        {
            return false;
        }

        if (Count == _ring.Length)
        {
            Grow();
        }

        TapeSums own = new(Math.Abs(signedLots), signedLots, signedLots > 0 ? 1 : 0);
        for (int i = Count; i > position; i--)
        {
            At(i) = At(i - 1);
            At(i).Sums.Add(in own);
        }

        TapeSums sums = position > 0 ? this[position - 1].Sums : _before;
        sums.Add(in own);
        At(position) = new TapeEntry { TimeNanos = time.Nanos, Id = id, SignedLots = signedLots, LatencyNanos = latencyNanos, Sums = sums };
        Count++;
        return true;
    }

    /// <summary>Forgets the oldest trade.</summary>
    public void RemoveFirst()
    {
        _before = this[0].Sums;
        _head = (_head + 1) & (_ring.Length - 1);
        Count--;
    }

    /// <summary>How many trades happened before an instant.</summary>
    public int CountBefore(Timestamp time)
    {
        int low = 0;
        int high = Count;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            if (this[middle].TimeNanos < time.Nanos)
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

    /// <summary>The sums of all trades from an index on.</summary>
    public TapeSums SumsFrom(int index)
    {
        TapeSums sums = Count > 0 ? this[Count - 1].Sums : _before;
        sums.Subtract(index > 0 ? this[index - 1].Sums : _before);
        return sums;
    }

    /// <inheritdoc/>
    public void Save(ref StateWriter writer)
    {
        writer.Write(Count);
        for (int i = 0; i < Count; i++)
        {
            ref readonly TapeEntry entry = ref this[i];
            writer.Write(entry.TimeNanos);
            writer.Write(entry.Id);
            writer.Write(entry.SignedLots);
            writer.Write(entry.LatencyNanos);
        }
    }

    /// <inheritdoc/>
    public void Restore(ref StateReader reader)
    {
        Count = 0;
        _head = 0;
        _before = default;
        int count = reader.ReadCount();
        for (int i = 0; i < count; i++)
        {
            Timestamp time = reader.ReadTimestamp();
            long id = reader.ReadInt64();
            long signed = reader.ReadInt64();
            if (!Add(time, id, signed, reader.ReadInt64()))
            {
                throw new InvalidDataException($"the saved tape holds the trade {id} at {time} twice");
            }
        }
    }

    private static bool IsAfter(in TapeEntry entry, long time, long id) => entry.TimeNanos > time || (entry.TimeNanos == time && entry.Id > id);

    private ref TapeEntry At(int index) => ref _ring[(_head + index) & (_ring.Length - 1)];

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Grow()
    {
        TapeEntry[] larger = new TapeEntry[_ring.Length * 2];
        int first = _ring.Length - _head;
        Array.Copy(_ring, _head, larger, 0, first);
        Array.Copy(_ring, 0, larger, first, _head);
        _ring = larger;
        _head = 0;
    }
}

/// <summary>A trade on a tape.</summary>
internal struct TapeEntry
{
    public long TimeNanos;
    public long Id;

    // Above 0 when the taker bought.
    public long SignedLots;
    public long LatencyNanos;

    // Of all trades up to and with this one, from some beginning.
    public TapeSums Sums;
}

/// <summary>Sums over trades. Only differences are read, which are right also when a sum has run over the end of its range.</summary>
internal struct TapeSums(long lots, long signedLots, long buys)
{
    public long Lots = lots;
    public long SignedLots = signedLots;
    public long Buys = buys;

    public void Add(in TapeSums other)
    {
        unchecked
        {
            Lots += other.Lots;
            SignedLots += other.SignedLots;
            Buys += other.Buys;
        }
    }

    public void Subtract(in TapeSums other)
    {
        unchecked
        {
            Lots -= other.Lots;
            SignedLots -= other.SignedLots;
            Buys -= other.Buys;
        }
    }
}
