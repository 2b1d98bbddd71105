using Harrier.Domain;

namespace Harrier.Features.Microstructure;

/// <summary>
/// Order flow imbalance (Cont, Kukanov, Stoikov 2014): each message of the book adds the new size of the best bid if its price did not fall, takes
/// away the old one if it did not rise, and does the same mirrored for the best ask; summed over a window. Above 0 buyers come in at the top.
/// </summary>
internal sealed class OrderFlowImbalance(TimeSpan window) : IStateful
{
    private readonly TimedSums _sums = new();
    private BookTop _top;

    /// <summary>What the last message added, in lots.</summary>
    public long LastLots { get; private set; }

    /// <summary>The sum over the window, in lots.</summary>
    public long Lots(Timestamp now) => _sums.SumFrom(new Timestamp(now.Nanos - (window.Ticks * 100)));

    /// <summary>A message was applied.</summary>
    public void Update(in BookTop top, Timestamp now)
    {
        if (_top.IsTwoSided && top.IsTwoSided)
        {
            LastLots = Bids(_top.Bid, top.Bid) - Asks(_top.Ask, top.Ask);
            if (LastLots != 0)
            {
                _sums.Add(now, LastLots, window);
            }
        }

        _top = top;
    }

    /// <summary>A sum with a hole in it is no sum: it begins anew.</summary>
    public void Clear()
    {
        _sums.Clear();
        _top = default;
        LastLots = 0;
    }

    /// <inheritdoc/>
    public void Save(ref StateWriter writer)
    {
        writer.WriteRaw(in _top);
        writer.Write(LastLots);
        writer.Write(_sums);
    }

    /// <inheritdoc/>
    public void Restore(ref StateReader reader)
    {
        _top = reader.ReadRaw<BookTop>();
        LastLots = reader.ReadInt64();
        reader.Read(_sums);
    }

    private static long Bids(BookLevel old, BookLevel level) =>
        (level.Price.Value >= old.Price.Value ? level.Size.Value : 0) - (level.Price.Value <= old.Price.Value ? old.Size.Value : 0);

    private static long Asks(BookLevel old, BookLevel level) =>
        (level.Price.Value <= old.Price.Value ? level.Size.Value : 0) - (level.Price.Value >= old.Price.Value ? old.Size.Value : 0);
}
