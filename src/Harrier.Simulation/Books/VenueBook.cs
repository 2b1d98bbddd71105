using Harrier.Domain;

namespace Harrier.Simulation.Books;

/// <summary>
/// The book of one instrument at the venue, at the venue's time: as recorded, less what our own orders took. Orders meet it only between a whole snapshot and the
/// next fault, and never in the middle of a message.
/// </summary>
internal sealed class VenueBook : IStateful
{
    private readonly OrderBook _levels = new();
    private readonly ConsumedLots _takenBids = new();
    private readonly ConsumedLots _takenAsks = new();
    private State _state;
    private bool _isMidMessage;

    private enum State : byte
    {
        Unverified = 0,
        InSnapshot = 1,
        Verified = 2,
    }

    /// <summary>True while orders may meet it.</summary>
    public bool IsVerified => _state == State.Verified && !_isMidMessage;

    /// <summary>Takes a change.</summary>
    public void Apply(in MarketEvent change)
    {
        if (change.Kind == MarketEventKind.BookClear)
        {
            Fail();
            _state = State.InSnapshot;
        }
        else if (_state != State.Unverified)
        {
            _levels.Set(change.IsSell, change.Price.Value, change.Size.Value);
            ConsumedLots taken = Taken(change.IsSell);
            if (!taken.IsEmpty)
            {
                taken.Refresh(change.Price.Value);
            }
        }

        _isMidMessage = !change.LastInBatch;
        if (change.LastInBatch && _state == State.InSnapshot)
        {
            _state = State.Verified;
        }
    }

    /// <summary>The book is not to be believed until the next snapshot.</summary>
    public void Fail()
    {
        _levels.Clear();
        _takenBids.Clear();
        _takenAsks.Clear();
        _state = State.Unverified;
    }

    /// <summary>Lots at a price as the venue told them last.</summary>
    public long At(bool isAsk, long price) => Side(isAsk).At(new PriceTicks(price)).Value;

    /// <summary>A side, best level first.</summary>
    public BookSide Side(bool isAsk) => isAsk ? _levels.Asks : _levels.Bids;

    /// <summary>Lots at a price that are still there for us.</summary>
    public long Available(bool isAsk, long price) => Left(isAsk, price, At(isAsk, price));

    /// <summary>Best price of a side at which lots are still there; 0 when the side is empty.</summary>
    public long BestAvailable(bool isAsk)
    {
        BookSide side = Side(isAsk);
        if (Taken(isAsk).IsEmpty)
        {
            return side.BestTicks;
        }

        foreach (BookLevel level in side)
        {
            if (Left(isAsk, level.Price.Value, level.Size.Value) > 0)
            {
                return level.Price.Value;
            }
        }

        return 0;
    }

    /// <summary>Lots of a side up to a limit, no more than needed.</summary>
    public long AvailableUpTo(bool isAsk, long? limit, long needed)
    {
        long sum = 0;
        foreach (BookLevel level in Side(isAsk))
        {
            if (sum >= needed || (limit is { } worst && (isAsk ? level.Price.Value > worst : level.Price.Value < worst)))
            {
                break;
            }

            sum += Left(isAsk, level.Price.Value, level.Size.Value);
        }

        return Math.Min(sum, needed);
    }

    /// <summary>Our order took lots of a level.</summary>
    public void Take(bool isAsk, long price, long lots) => Taken(isAsk).Add(price, lots);

    public void Save(ref StateWriter writer)
    {
        writer.Write(_levels);
        writer.Write(_takenBids);
        writer.Write(_takenAsks);
        writer.Write((byte)_state);
        writer.Write(_isMidMessage);
    }

    public void Restore(ref StateReader reader)
    {
        reader.Read(_levels);
        reader.Read(_takenBids);
        reader.Read(_takenAsks);
        _state = (State)reader.ReadByte();
        _isMidMessage = reader.ReadBoolean();
    }

    private long Left(bool isAsk, long price, long lots)
    {
        ConsumedLots taken = Taken(isAsk);
        return taken.IsEmpty ? lots : Math.Max(0, lots - taken.At(price));
    }

    private ConsumedLots Taken(bool isAsk) => isAsk ? _takenAsks : _takenBids;
}
