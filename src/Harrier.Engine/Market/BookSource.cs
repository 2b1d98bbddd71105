using Harrier.Domain;
using Harrier.Features.Microstructure;

namespace Harrier.Engine.Market;

/// <summary>The book of one instrument of an engine, as features read it.</summary>
internal sealed class BookSource(MarketState market, InstrumentId instrument) : IBookSource
{
    public OrderBook? Book => market.Book(instrument);

    public TimeSpan TimeUnverified(Timestamp now) => market.BookTimeUnverified(instrument, now);
}
