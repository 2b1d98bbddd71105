using Harrier.Domain;
using Harrier.Engine;
using Harrier.Exchanges.Binance.Mapping;
using Harrier.Exchanges.Books;
using Harrier.Exchanges.MarketData;

namespace Harrier.Bench.Books;

/// <summary>What a feed does with messages, without a socket: decode, keep the book verified, hand events on (here: count them).</summary>
internal sealed class BookFeed : IMarketReceiver, IBookOwner
{
    private readonly BookMessages _messages;
    private readonly SnapshotDecoder _snapshots = new();
    private readonly MarketDecoder _decoder;
    private int _request;

    public BookFeed(BookMessages messages)
    {
        _messages = messages;
        _decoder = new MarketDecoder(messages.Symbols, this);
        Book = new BookSynchronizer(messages.Instrument.Id, new SpotContinuity(), this);
    }

    public BookSynchronizer Book { get; }

    public long Changes { get; private set; }

    public long Trades { get; private set; }

    public long TradeSum { get; private set; }

    public List<LevelChange>? Record { get; set; }

    /// <summary>Starts over from the snapshot.</summary>
    public void Restart()
    {
        Book.OnConnected(default);
        Book.Poll(Timestamp.FromUnixSeconds(10));
        if (_snapshots.Decode(_messages.Snapshot, new SymbolEntry(_messages.Instrument), (_request, default), out DepthSnapshot snapshot) is { } fault)
        {
            throw new InvalidDataException($"the snapshot is {fault}");
        }

        Book.OnSnapshot(in snapshot);
    }

    public void Play(byte[][] messages)
    {
        foreach (byte[] message in messages)
        {
            _decoder.Decode(message, default);
        }
    }

    public void OnDepth(InstrumentId instrument, in DepthUpdate update)
    {
        Record?.AddRange(update.Changes);
        Changes += update.Changes.Length;
        Book.OnUpdate(in update);
    }

    public void OnTrade(in MarketEvent trade)
    {
        Trades++;
        TradeSum += trade.Price.Value ^ trade.Size.Value ^ trade.TradeId;
    }

    public void RequestSnapshot(InstrumentId instrument, int request) => _request = request;

    public void OnBookEvent(in MarketEvent change) => Changes++;

    public void OnBookFault(in FeedFault fault, BookFault reason)
    {
    }

    public void OnGivenUp(InstrumentId instrument, int attempts)
    {
    }

    public void OnTop(in TopUpdate update)
    {
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

    public void OnFault(MarketFault fault, InstrumentId? instrument) => throw new InvalidDataException($"a message is {fault}");
}
