using Harrier.Domain;
using Harrier.Engine;
using Harrier.Exchanges.Binance.Mapping;
using Harrier.Exchanges.Books;
using Harrier.Exchanges.MarketData;
using Harrier.Exchanges.Wire;

namespace Harrier.Bench.Books;

/// <summary>What becomes of the changes that were read.</summary>
internal enum BookUse
{
    /// <summary>They are counted.</summary>
    None,

    /// <summary>They go to a book, unchecked: those of the anchors' made-up messages cross.</summary>
    Plain,

    /// <summary>They go to a book that is kept verified, as in a feed.</summary>
    Verified,
}

/// <summary>What a feed does with messages, without a socket: decode, keep the book verified, hand events on (here: count them).</summary>
internal sealed class BookFeed : IMarketReceiver, IBookOwner
{
    private readonly BookMessages _messages;
    private readonly SnapshotDecoder _snapshots = new();
    private readonly MarketDecoder _decoder;
    private readonly OrderBook _plain = new();
    private readonly BookUse _use;
    private Timestamp _clock;
    private int _request;

    /// <summary>Makes the feed.</summary>
    /// <param name="messages">What it will play.</param>
    /// <param name="use">What becomes of the changes.</param>
    public BookFeed(BookMessages messages, BookUse use)
    {
        _use = use;
        _messages = messages;
        _decoder = new MarketDecoder(messages.Symbols, this);
        Synchronizer = new BookSynchronizer(messages.Instrument.Id, new SpotContinuity(), this);
    }

    private BookSynchronizer Synchronizer { get; }

    public OrderBook? Book => _use == BookUse.Verified ? Synchronizer.VerifiedBook : _plain;

    public long Changes { get; private set; }

    public long Trades { get; private set; }

    public long TradeSum { get; private set; }

    public List<LevelChange>? Record { get; set; }

    /// <summary>Starts over from the snapshot.</summary>
    public void Restart()
    {
        // Long after the last time: requests that follow each other quickly would be put off.
        _clock += TimeSpan.FromHours(1);
        Synchronizer.OnConnected(_clock);
        Synchronizer.Poll(_clock + TimeSpan.FromSeconds(10));
        if (_snapshots.Decode(_messages.Snapshot, new SymbolEntry(_messages.Instrument), (_request, _clock), out DepthSnapshot snapshot) is { } fault)
        {
            throw new InvalidDataException($"the snapshot is {fault}");
        }

        Synchronizer.OnSnapshot(in snapshot);
        _plain.Clear();
        Apply(snapshot.Levels);
    }

    public void Play(MessageList messages)
    {
        for (int i = 0; i < messages.Length; i++)
        {
            _decoder.Decode(messages[i], default);
        }
    }

    public void OnDepth(InstrumentId instrument, in DepthUpdate update)
    {
        Record?.AddRange(update.Changes);
        Changes += update.Changes.Length;
        if (_use == BookUse.Verified)
        {
            Synchronizer.OnUpdate(in update);
        }
        else if (_use == BookUse.Plain)
        {
            Apply(update.Changes);
        }
    }

    public void OnTrade(in MarketEvent trade)
    {
        Trades++;
        TradeSum += trade.Price.Value ^ trade.Size.Value ^ trade.TradeId;
    }

    public void RequestSnapshot(InstrumentId instrument, int request) => _request = request;

    public void OnBookEvent(in MarketEvent change) => Changes++;

    public void OnBookChanges(in BookChanges changes) => Changes += changes.Count;

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

    private void Apply(ReadOnlySpan<LevelChange> changes)
    {
        foreach (ref readonly LevelChange change in changes)
        {
            _plain.Set(change.IsAsk, change.Ticks, change.Lots);
        }
    }
}
