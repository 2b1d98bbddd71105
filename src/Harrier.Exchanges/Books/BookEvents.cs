using Harrier.Domain;
using Harrier.Engine.Market;

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

/// <summary>Turns changes of a book into events for the engine.</summary>
internal static class BookEvents
{
    public static void Emit(IBookOwner owner, ReadOnlySpan<LevelChange> changes, in BookStamp stamp)
    {
        for (int i = 0; i < changes.Length; i++)
        {
            owner.OnBookEvent(stamp.Event(MarketEventKind.BookLevel, in changes[i], i == changes.Length - 1));
        }
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
