using Harrier.Domain;

namespace Harrier.Features.OrderFlow;

/// <summary>
/// Sums the trades of bars that have not closed yet. The closed bar comes after its last trade, often after the first trades of the next bar, so
/// a few bars are open at once.
/// </summary>
internal sealed class TapeBuckets : IStateful
{
    private const int Capacity = 4;
    private const long Free = long.MinValue;

    private readonly long[] _starts = [Free, Free, Free, Free];
    private readonly long[] _buys = new long[Capacity];
    private readonly long[] _sells = new long[Capacity];
    private long _closed = Free;

    /// <summary>Adds a trade to its bar; one of a bar that closed already is left out.</summary>
    /// <param name="start">Start of the bar.</param>
    /// <param name="lots">Its size.</param>
    /// <param name="isSell">True when the taker sold.</param>
    public void Add(Timestamp start, long lots, bool isSell)
    {
        if (start.Nanos <= _closed)
        {
            return;
        }

        int place = PlaceOf(start.Nanos);
        if (_starts[place] != start.Nanos)
        {
            // Of more open bars than fit, the oldest ones are given up.
            if (_starts[place] > start.Nanos)
            {
                return;
            }

            _starts[place] = start.Nanos;
            _buys[place] = 0;
            _sells[place] = 0;
        }

        (isSell ? _sells : _buys)[place] += lots;
    }

    /// <summary>Takes what was traded in a bar, and forgets it and all bars before it.</summary>
    /// <returns>False when no trade of it was seen.</returns>
    public bool TryClose(Timestamp start, out long buys, out long sells)
    {
        int place = Array.IndexOf(_starts, start.Nanos);
        buys = place < 0 ? 0 : _buys[place];
        sells = place < 0 ? 0 : _sells[place];
        for (int i = 0; i < Capacity; i++)
        {
            if (_starts[i] <= start.Nanos)
            {
                _starts[i] = Free;
                _buys[i] = 0;
                _sells[i] = 0;
            }
        }

        _closed = Math.Max(_closed, start.Nanos);
        return place >= 0;
    }

    public void Save(ref StateWriter writer)
    {
        writer.Write(_closed);
        for (int i = 0; i < Capacity; i++)
        {
            writer.Write(_starts[i]);
            writer.Write(_buys[i]);
            writer.Write(_sells[i]);
        }
    }

    public void Restore(ref StateReader reader)
    {
        _closed = reader.ReadInt64();
        for (int i = 0; i < Capacity; i++)
        {
            _starts[i] = reader.ReadInt64();
            _buys[i] = reader.ReadInt64();
            _sells[i] = reader.ReadInt64();
        }
    }

    // The bar's own place, else a free one, else that of the oldest: free places sort before all others.
    private int PlaceOf(long start)
    {
        int oldest = 0;
        for (int i = 0; i < Capacity; i++)
        {
            if (_starts[i] == start)
            {
                return i;
            }

            oldest = _starts[i] < _starts[oldest] ? i : oldest;
        }

        return oldest;
    }
}
