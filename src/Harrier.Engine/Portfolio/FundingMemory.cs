using Harrier.Domain;

namespace Harrier.Engine.Portfolio;

/// <summary>Which payments of funding a venue's account told of, so that one that is read again is not booked twice.</summary>
public sealed class FundingMemory : IStateful
{
    // More than the payments of a day, of twenty bots on twenty contracts that are funded every hour.
    private const int Remembered = 16_384;

    private readonly HashSet<VenueTradeId> _known = [];
    private readonly Queue<VenueTradeId> _order = new();

    /// <summary>True for a payment that was booked.</summary>
    public bool Knows(VenueTradeId payment) => _known.Contains(payment);

    /// <inheritdoc/>
    public void Save(ref StateWriter writer)
    {
        writer.Write(_order.Count);
        foreach (VenueTradeId payment in _order)
        {
            writer.WriteRaw(in payment);
        }
    }

    /// <inheritdoc/>
    public void Restore(ref StateReader reader)
    {
        _known.Clear();
        _order.Clear();
        int count = reader.ReadCount();
        for (int i = 0; i < count; i++)
        {
            Take(reader.ReadRaw<VenueTradeId>());
        }
    }

    /// <returns>False for one that was taken before.</returns>
    internal bool Take(VenueTradeId payment)
    {
        if (!_known.Add(payment))
        {
            return false;
        }

        _order.Enqueue(payment);
        if (_order.Count > Remembered)
        {
            _known.Remove(_order.Dequeue());
        }

        return true;
    }
}
