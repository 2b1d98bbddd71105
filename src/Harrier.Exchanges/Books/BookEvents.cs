using Harrier.Domain;

namespace Harrier.Exchanges.Books;

/// <summary>What all events of one message of the book have in common.</summary>
internal readonly record struct BookStamp(InstrumentId Instrument, long UpdateId, Timestamp ExchangeTime, Timestamp ReceivedTime)
{
    public MarketEvent Event(MarketEventKind kind, in LevelChange change, bool isLast) => new()
    {
        ExchangeTime = ExchangeTime,
        ReceivedTime = ReceivedTime,
        Price = new PriceTicks(change.Ticks),
        Size = new SizeLots(change.Lots),
        TradeId = UpdateId,
        Instrument = Instrument,
        Kind = kind,
        IsSell = change.IsAsk,
        LastInBatch = isLast,
    };
}

/// <summary>The changes of one message, which are made into events one by one: only where somebody reads them. Valid during the call.</summary>
public readonly ref struct BookChanges
{
    private readonly ReadOnlySpan<LevelChange> _changes;
    private readonly BookStamp _stamp;

    internal BookChanges(ReadOnlySpan<LevelChange> changes, in BookStamp stamp)
    {
        _changes = changes;
        _stamp = stamp;
    }

    /// <summary>How many.</summary>
    public int Count => _changes.Length;

    /// <summary>One of them as an event; the last says that it is the last.</summary>
    public MarketEvent this[int index] => _stamp.Event(MarketEventKind.BookLevel, in _changes[index], index == _changes.Length - 1);
}

/// <summary>Turns changes of a book into events for the engine.</summary>
internal static class BookEvents
{
    public static void Emit(IBookOwner owner, ReadOnlySpan<LevelChange> changes, in BookStamp stamp)
    {
        owner.OnBookChanges(new BookChanges(changes, in stamp));
    }

    public static void EmitAll(IBookOwner owner, OrderBook book, in BookStamp stamp)
    {
        int left = book.Bids.Count + book.Asks.Count;
        owner.OnBookEvent(stamp.Event(MarketEventKind.BookClear, default, left == 0));
        foreach (BookLevel level in book.Bids)
        {
            owner.OnBookEvent(stamp.Event(MarketEventKind.BookLevel, new LevelChange(level.Price.Value, level.Size.Value, false), --left == 0));
        }

        foreach (BookLevel level in book.Asks)
        {
            owner.OnBookEvent(stamp.Event(MarketEventKind.BookLevel, new LevelChange(level.Price.Value, level.Size.Value, true), --left == 0));
        }
    }
}
