using System.Text;
using Harrier.Domain;
using Harrier.Engine;
using Harrier.Exchanges.Books;
using Harrier.Exchanges.MarketData;
using Harrier.Exchanges.Wire;

namespace Harrier.Exchanges.Feeds;

/// <summary>Takes what a recording says.</summary>
public interface IRecordingReader
{
    /// <summary>An event for an engine.</summary>
    void OnEvent(in MarketEvent marketEvent);

    /// <summary>The book must not be read from now on.</summary>
    void OnFault(FeedFault fault);
}

/// <summary>
/// Reads recorded messages of one symbol with the venue's own decoder and keeps its book by the venue's own rules, as a live feed does. Answers to
/// requests for the book stand among the messages. Belongs to one thread.
/// </summary>
public sealed class RecordedMarket : IMarketReceiver, IBookOwner
{
    private readonly IRecordingReader _reader;
    private readonly IMarketDecoder _decoder;
    private readonly BookSynchronizer _book;
    private readonly SnapshotReader? _readSnapshot;
    private readonly PushedBook? _pushed;
    private readonly SymbolEntry _entry;
    private readonly SymbolLane _lane;
    private readonly FundingClock _funding = new();
    private int _request;
    private bool _hasBegun;

    /// <summary>Makes it.</summary>
    /// <param name="venue">How the venue's messages are read.</param>
    /// <param name="instrument">The symbol; messages of others are left out.</param>
    /// <param name="reader">Takes the events.</param>
    public RecordedMarket(VenueStreams venue, Instrument instrument, IRecordingReader reader)
    {
        ArgumentNullException.ThrowIfNull(venue);
        ArgumentNullException.ThrowIfNull(instrument);
        _reader = reader;
        SymbolDirectory symbols = new([instrument]);
        _entry = symbols.Find(Encoding.UTF8.GetBytes(instrument.Symbol)) ?? throw new ArgumentException($"{instrument.Symbol} is no symbol of a stream", nameof(instrument));
        _decoder = venue.Decoder(symbols, this);
        _book = new BookSynchronizer(instrument.Id, venue.Continuity(), this);
        _readSnapshot = venue.Snapshots?.Reader();
        _pushed = _readSnapshot is null ? new PushedBook(_book) : null;
        _lane = new SymbolLane(instrument, venue.DoTradeIdsRise);
    }

    /// <summary>What the messages were.</summary>
    public DecoderStatistics Statistics => _decoder.Statistics;

    /// <summary>How far the book can be trusted.</summary>
    public BookState BookState => _book.State;

    /// <summary>What happened to the book.</summary>
    /// <param name="now">Up to when time without a verified book is counted.</param>
    public BookStatistics Book(Timestamp now) => _book.Statistics(now);

    /// <summary>Reads one message.</summary>
    /// <param name="message">In UTF-8: a frame of a stream, or the answer to a request for the book.</param>
    /// <param name="received">When it was received.</param>
    public void Play(ReadOnlySpan<byte> message, Timestamp received)
    {
        if (!_hasBegun)
        {
            _hasBegun = true;
            _book.OnConnected(received);
        }

        if (_readSnapshot is null || !message.StartsWith("{\"lastUpdateId\""u8))
        {
            _decoder.Decode(message, received);
        }
        else if (_readSnapshot(message, _entry, (_request, received), out DepthSnapshot snapshot) is null)
        {
            _book.OnSnapshot(in snapshot);
        }
    }

    /// <summary>The connection was lost here: the book must not be read until the recording shows it whole again.</summary>
    /// <param name="time">When that was noticed.</param>
    public void Interrupt(Timestamp time)
    {
        if (_hasBegun)
        {
            _book.OnConnected(time);
        }
    }

    void IMarketReceiver.OnDepth(InstrumentId instrument, in DepthUpdate update)
    {
        if (_pushed is not null)
        {
            _pushed.OnUpdate(in update);
        }
        else
        {
            _book.OnUpdate(in update);
        }
    }

    void IMarketReceiver.OnBook(InstrumentId instrument, in DepthSnapshot book) => _pushed?.OnSnapshot(in book);

    void IMarketReceiver.OnTrade(in MarketEvent trade)
    {
        if (!_lane.IsRepeated(trade.TradeId))
        {
            _lane.Monitor.Trade(in trade);
            _reader.OnEvent(in trade);
        }
    }

    void IMarketReceiver.OnTop(in TopUpdate update)
    {
    }

    void IMarketReceiver.OnKline(in KlineUpdate update)
    {
    }

    void IMarketReceiver.OnTicker(in TickerUpdate update)
    {
    }

    void IMarketReceiver.OnMarkPrice(in MarkPriceUpdate update)
    {
        if (_funding.Advance(in update) is { } payment)
        {
            _reader.OnEvent(in payment);
        }

        _reader.OnEvent(update.Event);
    }

    void IMarketReceiver.OnLiquidation(in LiquidationUpdate update)
    {
    }

    void IMarketReceiver.OnControl(ReadOnlySpan<byte> frame)
    {
    }

    void IMarketReceiver.OnFault(MarketFault fault, InstrumentId? instrument)
    {
        // A message of the book that was lost this way leaves a hole in the ids, which the book finds.
    }

    void IBookOwner.RequestSnapshot(InstrumentId instrument, int request)
    {
        _request = request;
        _pushed?.OnRequested(request);
    }

    void IBookOwner.OnBookEvent(in MarketEvent change) => _reader.OnEvent(in change);

    void IBookOwner.OnBookFault(in FeedFault fault, BookFault reason) => _reader.OnFault(fault);

    void IBookOwner.OnGivenUp(InstrumentId instrument, int attempts)
    {
    }
}
