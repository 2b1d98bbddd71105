using Harrier.Domain;
using Harrier.Engine;
using Harrier.Engine.Market;
using Harrier.Exchanges.Binance.Mapping;
using Harrier.Exchanges.Books;
using Harrier.Exchanges.MarketData;
using Harrier.Exchanges.Wire;

namespace Harrier.Bench.Books;

/// <summary>What a feed does with messages, without a socket: decode, keep the book verified, hand events on (here: count them).</summary>
internal sealed class BookFeed : IMarketReceiver, IBookOwner
{
    private readonly BookMessages _messages;
    private readonly SnapshotDecoder _snapshots = new();
    private readonly MarketDecoder _decoder;
    private readonly OrderBook _plain = new();
    private readonly bool _isVerified;
    private Timestamp _clock;
    private int _request;

    /// <summary>Makes the feed.</summary>
    /// <param name="messages">What it will play.</param>
    /// <param name="isVerified">False for messages whose books cross, as the anchors' made-up ones do: they go to a plain book, unchecked.</param>
    public BookFeed(BookMessages messages, bool isVerified)
    {
        _isVerified = isVerified;
        _messages = messages;
        _decoder = new MarketDecoder(messages.Symbols, this);
        Synchronizer = new BookSynchronizer(messages.Instrument.Id, new SpotContinuity(), this);
    }

    private BookSynchronizer Synchronizer { get; }

    public OrderBook? Book => _isVerified ? Synchronizer.VerifiedBook : _plain;

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
        if (_isVerified)
        {
            Synchronizer.OnUpdate(in update);
        }
        else
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
