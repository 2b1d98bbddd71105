using Harrier.Domain;
using Harrier.Exchanges.Books;
using Harrier.Exchanges.MarketData;
using Harrier.Exchanges.Wire;

namespace Harrier.Exchanges.Bybit.Mapping;

/// <summary>What a message of a book says beside its levels.</summary>
internal struct BookHead
{
    public bool IsTop;
    public bool IsSnapshot;
    public long UpdateId;
    public Timestamp ExchangeTime;
    public Timestamp ReceivedTime;
}

/// <summary>Hands on messages of books; the topic of one level tells best prices, the others the book.</summary>
internal sealed class BookMessages(IMarketReceiver receiver)
{
    /// <summary>With this id the venue's counting begins anew, and the message holds the whole book whatever it calls itself.</summary>
    private const long FirstUpdate = 1;

    private readonly Dictionary<int, BookTop> _tops = [];

    public void Deliver(SymbolEntry entry, in BookHead head, ReadOnlySpan<LevelChange> levels)
    {
        InstrumentId instrument = entry.Instrument.Id;
        if (head.IsTop)
        {
            DeliverTop(instrument, in head, levels);
        }
        else if (head.IsSnapshot || head.UpdateId == FirstUpdate)
        {
            receiver.OnBook(instrument, new DepthSnapshot
            {
                LastUpdateId = head.UpdateId,
                ExchangeTime = head.ExchangeTime,
                ReceivedTime = head.ReceivedTime,
                Levels = levels,
            });
        }
        else
        {
            receiver.OnDepth(instrument, new DepthUpdate
            {
                FirstId = head.UpdateId,
                FinalId = head.UpdateId,
                ExchangeTime = head.ExchangeTime,
                ReceivedTime = head.ReceivedTime,
                Changes = levels,
            });
        }
    }

    // A change names the side that changed: a size of 0 takes a price away, another one puts one there.
    private void DeliverTop(InstrumentId instrument, in BookHead head, ReadOnlySpan<LevelChange> levels)
    {
        BookTop top = head.IsSnapshot ? default : _tops.GetValueOrDefault(instrument.Index);
        foreach (LevelChange level in levels)
        {
            BookLevel next = new(new PriceTicks(level.Ticks), new SizeLots(level.Lots));
            BookLevel known = level.IsAsk ? top.Ask : top.Bid;
            BookLevel now = level.Lots > 0 ? next : known.Price == next.Price ? default : known;
            top = level.IsAsk ? new BookTop(top.Bid, now) : new BookTop(now, top.Ask);
        }

        _tops[instrument.Index] = top;
        if (top.IsTwoSided)
        {
            receiver.OnTop(new TopUpdate(instrument, head.UpdateId, top, head.ExchangeTime, head.ReceivedTime));
        }
    }
}
