using Harrier.Domain;
using Harrier.Engine;
using Harrier.Engine.Market;
using Harrier.Exchanges.Binance.Mapping;
using Harrier.Exchanges.Books;
using Harrier.Exchanges.MarketData;
using Harrier.Exchanges.Wire;

namespace Harrier.Exchanges.Tests.Support;

/// <summary>The smallest feed there can be: decoder, one synchronizer per instrument, and an engine's market state fed by their events.</summary>
public sealed class BookFeed : IMarketReceiver, IBookOwner
{
    private readonly SnapshotDecoder _snapshots = new();
    private readonly Dictionary<(InstrumentId Instrument, long UpdateId), BookTop> _topsById = [];

    public BookFeed(IReadOnlyList<Instrument> instruments, IBookContinuity continuity, bool isCareful = false)
    {
        Symbols = new SymbolDirectory([.. instruments]);
        Books = [.. instruments.Select(instrument => new BookSynchronizer(instrument.Id, continuity, this))];
        Market = new MarketState(new InstrumentTable(instruments));
        Decoder = new MarketDecoder(Symbols, this, isCareful);
        foreach (BookSynchronizer book in Books)
        {
            book.OnConnected(default);
        }
    }

    public SymbolDirectory Symbols { get; }

    public IReadOnlyList<BookSynchronizer> Books { get; }

    public MarketState Market { get; }

    public MarketDecoder Decoder { get; }

    public List<(InstrumentId Instrument, int Number)> Requests { get; } = [];

    public List<MarketEvent> Trades { get; } = [];

    public List<TopUpdate> Tops { get; } = [];

    public List<(MarketFault Fault, InstrumentId? Instrument)> Faults { get; } = [];

    public List<BookFault> BookFaults { get; } = [];

    /// <summary>Tops whose update id was the book's, and those of them that were not its level 1.</summary>
    public (int Equal, int Different) TopChecks { get; private set; }

    public void Answer(string symbol, ReadOnlySpan<byte> body)
    {
        SymbolEntry entry = Symbols.Find(System.Text.Encoding.ASCII.GetBytes(symbol)).ShouldNotBeNull();
        (InstrumentId instrument, int number) = Requests.Last(request => request.Instrument == entry.Instrument.Id);
        _snapshots.Decode(body, entry, (number, default), out DepthSnapshot snapshot).ShouldBeNull();
        Books[instrument.Index].OnSnapshot(in snapshot);
    }

    public void OnDepth(InstrumentId instrument, in DepthUpdate update)
    {
        BookSynchronizer book = Books[instrument.Index];
        book.OnUpdate(in update);
        if (_topsById.TryGetValue((instrument, book.LastUpdateId), out BookTop top))
        {
            CheckTop(book, top);
        }
    }

    public void OnTrade(in MarketEvent trade) => Trades.Add(trade);

    public void OnTop(in TopUpdate update)
    {
        Tops.Add(update);
        _topsById[(update.Instrument, update.UpdateId)] = update.Top;
        BookSynchronizer book = Books[update.Instrument.Index];
        if (book.LastUpdateId == update.UpdateId)
        {
            CheckTop(book, update.Top);
        }
    }

    public void OnKline(in KlineUpdate update)
    {
    }

    public void OnTicker(in TickerUpdate update)
    {
    }

    public void OnMarkPrice(in MarkPriceUpdate update)
    {
    }

    public void OnLiquidation(in LiquidationUpdate update)
    {
    }

    public void OnControl(ReadOnlySpan<byte> frame)
    {
    }

    public void OnFault(MarketFault fault, InstrumentId? instrument) => Faults.Add((fault, instrument));

    public void RequestSnapshot(InstrumentId instrument, int request) => Requests.Add((instrument, request));

    public void OnBookEvent(in MarketEvent change) => Market.ApplyBook(in change);

    public void OnBookFault(in FeedFault fault, BookFault reason)
    {
        BookFaults.Add(reason);
        Market.Apply(in fault);
    }

    public void OnGivenUp(InstrumentId instrument, int attempts) => throw new InvalidOperationException($"the book of {instrument} was given up");

    private void CheckTop(BookSynchronizer book, BookTop top)
    {
        if (book.VerifiedBook is { } verified)
        {
            bool isEqual = verified.Top == top;
            TopChecks = (TopChecks.Equal + (isEqual ? 1 : 0), TopChecks.Different + (isEqual ? 0 : 1));
        }
    }
}
