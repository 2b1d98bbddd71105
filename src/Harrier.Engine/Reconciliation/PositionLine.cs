using Harrier.Domain;
using Harrier.Engine.Portfolio;

namespace Harrier.Engine.Reconciliation;

/// <summary>
/// The executions of one position since it was last stated, in the venue's order whatever order they came in: average price and realized
/// profit depend on it.
/// </summary>
internal sealed class PositionLine
{
    // Beyond this the oldest are folded into the base; nothing that old comes late.
    private const int Kept = 20_000;

    private readonly List<Entry> _entries;
    private NetPosition _base;
    private decimal _baseRealized;

    public PositionLine() => _entries = [];

    public PositionLine(PositionLine other)
    {
        _entries = [.. other._entries];
        (_base, _baseRealized, Net, Realized) = (other._base, other._baseRealized, other.Net, other.Realized);
    }

    public NetPosition Net { get; private set; }

    public decimal Realized { get; private set; }

    /// <summary>Profit realized by executions after an instant.</summary>
    public decimal RealizedAfter(Timestamp time)
    {
        decimal sum = 0;
        for (int i = _entries.Count - 1; i >= 0 && _entries[i].Time > time; i--)
        {
            sum += _entries[i].Realized;
        }

        return sum;
    }

    /// <summary>Adds an execution at its place.</summary>
    public void Add(FillFact fill)
    {
        Entry entry = new(fill.Time, fill.TradeId, fill.Signed, fill.Price, 0);
        int index = _entries.Count;
        while (index > 0 && Compare(_entries[index - 1], entry) > 0)
        {
            index--;
        }

        _entries.Insert(index, entry);
        if (index == _entries.Count - 1)
        {
            Fold(index);
        }
        else
        {
            FoldAll();
        }

        Trim();
    }

    /// <summary>Takes a part of an execution out again.</summary>
    public void Remove(VenueTradeId id, decimal quantity)
    {
        int index = _entries.FindIndex(e => e.Id == id);
        if (index < 0)
        {
            return;
        }

        Entry entry = _entries[index];
        if (Math.Abs(entry.Signed) <= quantity)
        {
            _entries.RemoveAt(index);
        }
        else
        {
            _entries[index] = entry with { Signed = entry.Signed - (Math.Sign(entry.Signed) * quantity) };
        }

        FoldAll();
    }

    /// <summary>Begins anew at a statement; executions after it stay.</summary>
    public void State(NetPosition net, Timestamp asOf)
    {
        _baseRealized = Realized - RealizedAfter(asOf);
        _entries.RemoveAll(e => e.Time <= asOf);
        _base = net;
        FoldAll();
    }

    private static int Compare(in Entry left, in Entry right)
    {
        int byTime = left.Time.CompareTo(right.Time);
        int byHigh = byTime != 0 ? byTime : left.Id.High.CompareTo(right.Id.High);
        return byHigh != 0 ? byHigh : left.Id.Low.CompareTo(right.Id.Low);
    }

    private void FoldAll()
    {
        (Net, Realized) = (_base, _baseRealized);
        for (int i = 0; i < _entries.Count; i++)
        {
            Fold(i);
        }
    }

    private void Fold(int index)
    {
        Entry entry = _entries[index];
        Net = Net.Add(entry.Signed, entry.Price, out decimal realized);
        Realized += realized;
        _entries[index] = entry with { Realized = realized };
    }

    private void Trim()
    {
        if (_entries.Count < 2 * Kept)
        {
            return;
        }

        foreach (Entry entry in _entries.Take(Kept))
        {
            _base = _base.Add(entry.Signed, entry.Price, out decimal realized);
            _baseRealized += realized;
        }

        _entries.RemoveRange(0, Kept);
    }

    private readonly record struct Entry(Timestamp Time, VenueTradeId Id, decimal Signed, decimal Price, decimal Realized);
}
