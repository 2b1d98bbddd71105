using System.Numerics;
using Harrier.Domain;

namespace Harrier.Features.OrderFlow;

/// <summary>
/// Lots bought and sold by price, in rows of whole ticks. The rows lie in one array around the first price and move or grow when the price leaves
/// them; when they span more than the most rows, neighbors are joined, so that memory stays bounded. A trade costs no memory once the array is
/// wide enough.
/// </summary>
internal sealed class TradeRows : IStateful
{
    private const int FirstLength = 256;

    private readonly long _ticksPerRow;
    private readonly int _maxRows;
    private FootprintRow[] _rows;
    private long _base;

    public TradeRows(long ticksPerRow, int maxRows)
    {
        _ticksPerRow = ticksPerRow;
        _maxRows = maxRows;
        _rows = new FootprintRow[Math.Min(FirstLength, maxRows)];
        Clear();
    }

    /// <summary>Ticks of a row now.</summary>
    public long RowTicks { get; private set; }

    /// <summary>Number of the lowest row that was traded: the price in ticks divided by <see cref="RowTicks"/>, rounded down.</summary>
    public long Lowest { get; private set; }

    /// <summary>Number of the highest row that was traded; below <see cref="Lowest"/> when nothing was.</summary>
    public long Highest { get; private set; }

    /// <summary>Lots bought.</summary>
    public long Buys { get; private set; }

    /// <summary>Lots sold.</summary>
    public long Sells { get; private set; }

    public bool IsEmpty => Highest < Lowest;

    /// <summary>The rows from the lowest to the highest traded, those in between without trades included.</summary>
    public ReadOnlySpan<FootprintRow> Rows => IsEmpty ? [] : _rows.AsSpan((int)(Lowest - _base), (int)(Highest - Lowest + 1));

    public void Add(long ticks, long lots, bool isSell)
    {
        long row = RowOf(ticks);
        if (IsEmpty)
        {
            _base = row - (_rows.Length / 2);
            Lowest = row;
            Highest = row;
        }
        else
        {
            Include(ref row, ticks);
        }

        ref FootprintRow place = ref _rows[row - _base];
        place = isSell ? new FootprintRow(place.Buys, place.Sells + lots) : new FootprintRow(place.Buys + lots, place.Sells);
        Buys += isSell ? 0 : lots;
        Sells += isSell ? lots : 0;
    }

    public void Clear()
    {
        Array.Clear(_rows);
        RowTicks = _ticksPerRow;
        _base = 0;
        Lowest = 0;
        Highest = -1;
        Buys = 0;
        Sells = 0;
    }

    public void Save(ref StateWriter writer)
    {
        writer.Write(RowTicks);
        writer.Write(Lowest);
        writer.Write(Highest);
        foreach (FootprintRow row in Rows)
        {
            writer.Write(row.Buys);
            writer.Write(row.Sells);
        }
    }

    public void Restore(ref StateReader reader)
    {
        Clear();
        RowTicks = reader.ReadInt64();
        Lowest = reader.ReadInt64();
        Highest = reader.ReadInt64();
        long count = Highest - Lowest + 1;
        if (RowTicks < _ticksPerRow || count < 0 || count > _maxRows)
        {
            throw new InvalidDataException($"saved rows {Lowest} to {Highest} of {RowTicks} ticks do not fit {_maxRows} rows");
        }

        _base = Lowest;
        Center(Lowest, Highest, 0, 0);
        for (int i = 0; i < count; i++)
        {
            FootprintRow row = new(reader.ReadInt64(), reader.ReadInt64());
            _rows[(int)(Lowest - _base) + i] = row;
            Buys += row.Buys;
            Sells += row.Sells;
        }
    }

    private long RowOf(long ticks) => ticks >= 0 ? ticks / RowTicks : -((-ticks + RowTicks - 1) / RowTicks);

    private void Include(ref long row, long ticks)
    {
        while (Math.Max(Highest, row) - Math.Min(Lowest, row) + 1 > _maxRows)
        {
            JoinNeighbors();
            row = RowOf(ticks);
        }

        if (row < _base || row >= _base + _rows.Length)
        {
            Center(Math.Min(Lowest, row), Math.Max(Highest, row), Lowest - _base, (int)(Highest - Lowest + 1));
        }

        Lowest = Math.Min(Lowest, row);
        Highest = Math.Max(Highest, row);
    }

    // In place: a row goes to its half, which was read before or is itself.
    private void JoinNeighbors()
    {
        long lowest = Lowest;
        int count = (int)(Highest - Lowest + 1);
        Center(lowest, Highest, from: lowest - _base, count);
        int start = (int)(lowest - _base);
        RowTicks *= 2;
        Lowest >>= 1;
        Highest >>= 1;
        for (int i = 0; i < count; i++)
        {
            FootprintRow row = _rows[start + i];
            _rows[start + i] = default;
            ref FootprintRow place = ref _rows[start + (int)(((lowest + i) >> 1) - Lowest)];
            place = new FootprintRow(place.Buys + row.Buys, place.Sells + row.Sells);
        }

        _base = Lowest - start;
    }

    // Room for the traded rows and a new one, with as much air on both sides as the array gives.
    private void Center(long lowest, long highest, long from, int count)
    {
        long needed = highest - lowest + 1;
        FootprintRow[] old = _rows;
        if (needed > _rows.Length)
        {
            // Twice what is needed, so that a price that keeps going does not move the rows at each tick.
            _rows = new FootprintRow[Math.Min(_maxRows, (int)BitOperations.RoundUpToPowerOf2((ulong)needed * 2))];
        }

        long first = _base + from;
        _base = lowest - ((_rows.Length - needed) / 2);
        int to = (int)(first - _base);
        old.AsSpan((int)from, count).CopyTo(_rows.AsSpan(to));
        _rows.AsSpan(0, to).Clear();
        _rows.AsSpan(to + count).Clear();
    }
}
