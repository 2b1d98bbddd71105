using Harrier.Domain;
using Harrier.Engine;
using Harrier.Exchanges.Books;
using Harrier.Exchanges.MarketData;
using Harrier.Exchanges.Results;
using Harrier.Exchanges.Transport;
using Harrier.Exchanges.Wire;
using Microsoft.Extensions.Logging;

namespace Harrier.Exchanges.Feeds;

/// <summary>
/// One connection of a market feed with its books: what comes over it is read, put in order and handed on by the task that received it.
/// Snapshots come from elsewhere and take the same lock.
/// </summary>
internal sealed class MarketLane : IMarketReceiver, IBookOwner
{
    private readonly Lock _gate = new();
    private readonly MarketFeedOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly IMarketDecoder _decoder;
    private readonly SymbolDirectory _directory;
    private readonly SymbolLane?[] _symbols;
    private readonly FeedOutput _output;
    private readonly SnapshotReader? _readSnapshot;
    private readonly SnapshotFetches _snapshots;
    private readonly bool _hasTrades;
    private SymbolLane? _current;
    private bool _isBookMessage;
    private bool _hasOverflowed;
    private bool _isCounted;

    public MarketLane(MarketFeedOptions options, IReadOnlyList<SymbolLane> symbols, TimeProvider time, ILogger logger)
    {
        _options = options;
        _time = time;
        _logger = logger;
        _output = new FeedOutput(options.Output);
        _snapshots = new SnapshotFetches(_gate, options, Take, (symbol, request) => symbol.Book?.OnSnapshotFailed(request, Now()), logger);
        _hasTrades = options.Channels.HasFlag(FeedChannels.Trades);
        _symbols = new SymbolLane?[options.Instruments.Count];
        _directory = new SymbolDirectory([.. symbols.Select(symbol => symbol.Instrument)]);
        foreach (SymbolLane symbol in symbols)
        {
            _symbols[symbol.Instrument.Id.Index] = symbol;
        }

        _decoder = options.Venue.Decoder(_directory, this);
        _readSnapshot = options.Venue.Snapshots?.Reader();
    }

    /// <summary>Subscribes a topic again, for a snapshot of its book.</summary>
    public Action<string> Renew { get; set; } = static _ => { };

    public DecoderStatistics Decoding => _decoder.Statistics;

    public long Refused => _output.Refused;

    public int Lost { get; private set; }

    /// <summary>Topics and their callbacks of these streams, for all symbols.</summary>
    public IReadOnlyList<(Topic Topic, TopicCallback Callback)> TopicsOf(IReadOnlyList<FeedStream> streams)
    {
        List<(Topic, TopicCallback)> topics = [];
        foreach (SymbolLane symbol in _symbols.OfType<SymbolLane>())
        {
            HashSet<string> names = [];
            foreach (FeedStream stream in streams)
            {
                Topic topic = stream.TopicOf(symbol.Instrument.Symbol);
                bool isBook = stream.Channel == FeedChannels.Book;
                if (isBook)
                {
                    symbol.Book = new BookSynchronizer(symbol.Instrument.Id, _options.Venue.Continuity(), this, _options.Books, _options.Jitter);
                    symbol.Pushed = _readSnapshot is null ? new PushedBook(symbol.Book) : null;
                    symbol.BookTopic = topic.Name;
                }

                // Two channels may share a stream.
                if (names.Add(topic.Name))
                {
                    topics.Add((topic, (payload, received) => Decode(symbol, isBook, payload, received)));
                }
            }
        }

        return topics;
    }

    public void Start(CancellationToken stop) => _snapshots.Stop = stop;

    public void OnOpened()
    {
        lock (_gate)
        {
            Timestamp now = Now();
            foreach (SymbolLane? symbol in _symbols)
            {
                if (symbol?.Pushed is null || symbol.Book?.State == BookState.Unsynced)
                {
                    symbol?.Book?.OnConnected(now);
                }
            }
        }
    }

    public void OnLost()
    {
        lock (_gate)
        {
            Lost++;
            Timestamp now = Now();
            foreach (SymbolLane? symbol in _symbols)
            {
                if (symbol is not null)
                {
                    symbol.Book?.OnDisconnected(now);
                    symbol.Monitor.Lost();
                }
            }
        }
    }

    public void OnTick(Timestamp now)
    {
        lock (_gate)
        {
            foreach (SymbolLane? symbol in _symbols)
            {
                symbol?.Monitor.Tick(now);
                symbol?.Book?.Poll(now);
            }

            RebuildOverflowed(now);
        }
    }

    /// <summary>A topic fell silent, or its name is wrong: its book cannot be trusted.</summary>
    public void OnTopicFault(TopicFault fault)
    {
        lock (_gate)
        {
            foreach (SymbolLane? symbol in _symbols)
            {
                if (symbol?.BookTopic == fault.Topic.Name)
                {
                    symbol.Book?.MarkSuspect(BookFault.Stale, fault.Time);
                }
            }
        }

        _options.OnTopicFault(fault);
    }

    /// <summary>Reads the state of a symbol; null when it is not on this connection.</summary>
    public void Read(InstrumentId instrument, Action<SymbolLane> read)
    {
        lock (_gate)
        {
            if (_symbols[instrument.Index] is { } symbol)
            {
                read(symbol);
            }
        }
    }

    public void OnDepth(InstrumentId instrument, in DepthUpdate update)
    {
        SymbolLane symbol = _symbols[instrument.Index]!;
        Count(symbol.Monitor, update.ExchangeTime, update.ReceivedTime);
        if (symbol.Pushed is { } pushed)
        {
            pushed.OnUpdate(in update);
        }
        else
        {
            symbol.Book?.OnUpdate(in update);
        }
    }

    public void OnBook(InstrumentId instrument, in DepthSnapshot book)
    {
        SymbolLane symbol = _symbols[instrument.Index]!;
        Count(symbol.Monitor, book.ExchangeTime, book.ReceivedTime);
        symbol.Pushed?.OnSnapshot(in book);
    }

    public void OnTrade(in MarketEvent trade)
    {
        SymbolLane symbol = _symbols[trade.Instrument.Index]!;
        if (symbol.IsRepeated(trade.TradeId))
        {
            return;
        }

        SymbolMonitor monitor = symbol.Monitor;
        Count(monitor, trade.ExchangeTime, trade.ReceivedTime);
        monitor.Trade(in trade);
        Emit(in trade);
    }

    public void OnTop(in TopUpdate update)
    {
        SymbolLane symbol = _symbols[update.Instrument.Index]!;
        Count(symbol.Monitor, update.ExchangeTime, update.ReceivedTime);
        symbol.Monitor.Best(symbol.Instrument.ToDecimal(update.Top.Bid.Price), symbol.Instrument.ToDecimal(update.Top.Ask.Price));
    }

    public void OnKline(in KlineUpdate update) => Count(_symbols[update.Bar.Instrument.Index]!.Monitor, update.ExchangeTime, update.ReceivedTime);

    public void OnTicker(in TickerUpdate update)
    {
        SymbolMonitor monitor = _symbols[update.Instrument.Index]!.Monitor;
        Count(monitor, update.ExchangeTime, update.ReceivedTime);
        _options.OnTicker?.Invoke(monitor.Instrument, in update);
        if (!_hasTrades || monitor.Trades == 0)
        {
            monitor.Ticker(update.Last, update.ReceivedTime, isHistory: !_hasTrades);
        }

        if (update.Bid is { } bid && update.Ask is { } ask && !_options.Channels.HasFlag(FeedChannels.Top))
        {
            monitor.Best(bid, ask);
        }
    }

    public void OnMarkPrice(in MarkPriceUpdate update)
    {
        MarketEvent mark = update.Event;
        SymbolLane symbol = _symbols[update.Instrument.Index]!;
        Count(symbol.Monitor, mark.ExchangeTime, mark.ReceivedTime);
        if (!_options.Channels.HasFlag(FeedChannels.MarkPrice))
        {
            return;
        }

        if (symbol.Funding.Advance(in update) is { } payment)
        {
            Emit(in payment);
        }

        Emit(in mark);
    }

    public void OnLiquidation(in LiquidationUpdate update)
    {
        Timestamp now = Now();
        Count(_symbols[update.Instrument.Index]!.Monitor, now, now);
    }

    public void OnControl(ReadOnlySpan<byte> frame)
    {
    }

    public void OnFault(MarketFault fault, InstrumentId? instrument)
    {
        SymbolLane? symbol = instrument is { } known ? _symbols[known.Index] : _current;
        symbol?.Monitor.Fault();

        // Of a message with a price between two ticks all other levels were used, and an order cannot be placed there.
        if (_isBookMessage && fault != MarketFault.OffGrid)
        {
            symbol?.Book?.MarkSuspect(BookFault.Malformed, Now());
        }
    }

    public void RequestSnapshot(InstrumentId instrument, int request)
    {
        SymbolLane symbol = _symbols[instrument.Index]!;
        if (symbol.Pushed is { } pushed)
        {
            if (!pushed.OnRequested(request))
            {
                Renew(symbol.BookTopic!);
            }

            return;
        }

        _snapshots.Want(symbol, request);
    }

    public void OnBookEvent(in MarketEvent change) => Emit(in change);

    public void OnBookChanges(in BookChanges changes)
    {
        if (_output.IsRead)
        {
            for (int i = 0; i < changes.Count; i++)
            {
                Emit(changes[i]);
            }
        }
    }

    public void OnBookFault(in FeedFault fault, BookFault reason)
    {
        if (!_snapshots.Stop.IsCancellationRequested)
        {
            FeedLog.BookFault(_logger, _options.Instruments[fault.Instrument.Index].Symbol, reason);
        }

        _output.Write(fault);
    }

    public void OnGivenUp(InstrumentId instrument, int attempts) => FeedLog.BookGivenUp(_logger, _options.Instruments[instrument.Index].Symbol, attempts);

    private void Decode(SymbolLane symbol, bool isBook, ReadOnlySpan<byte> payload, Timestamp received)
    {
        lock (_gate)
        {
            _current = symbol;
            _isBookMessage = isBook;
            _isCounted = false;
            _decoder.Decode(payload, received);
            if (_hasOverflowed)
            {
                RebuildOverflowed(received);
            }
        }
    }

    // A message may tell several things and is one all the same.
    private void Count(SymbolMonitor monitor, Timestamp exchange, Timestamp received)
    {
        if (!_isCounted)
        {
            _isCounted = true;
            monitor.Message(exchange, received, _isBookMessage);
        }
    }

    private void Emit(in MarketEvent marketEvent)
    {
        if (!_output.TryWrite(in marketEvent))
        {
            _symbols[marketEvent.Instrument.Index]!.HasOverflowed = true;
            _hasOverflowed = true;
        }
    }

    // Not where the queue refused: a book must not be called back while it reports.
    private void RebuildOverflowed(Timestamp now)
    {
        if (!_hasOverflowed)
        {
            return;
        }

        _hasOverflowed = false;
        foreach (SymbolLane? symbol in _symbols)
        {
            if (symbol is { HasOverflowed: true })
            {
                symbol.HasOverflowed = false;
                symbol.Book?.MarkSuspect(BookFault.Overflow, now);
            }
        }
    }

    private void Take(SymbolLane symbol, int request, VenueResult<ReadOnlyMemory<byte>> answer)
    {
        lock (_gate)
        {
            Timestamp now = Now();
            if (answer.IsOk)
            {
                _options.Observer?.OnSnapshot(symbol.Instrument.Symbol, answer.Value.Span, now);
            }
            else
            {
                FeedLog.SnapshotFailed(_logger, symbol.Instrument.Symbol, answer.Error.ToString());
                symbol.Book?.OnSnapshotFailed(request, now, answer.Error.RetryAfter);
                return;
            }

            if (_readSnapshot!(answer.Value.Span, _directory.Find(symbol.Symbol)!, (request, now), out DepthSnapshot snapshot) is { } fault)
            {
                FeedLog.SnapshotFailed(_logger, symbol.Instrument.Symbol, $"its answer cannot be read: {fault}");
                symbol.Book?.OnSnapshotFailed(request, now);
                return;
            }

            symbol.Book?.OnSnapshot(in snapshot);
            RebuildOverflowed(now);
        }
    }

    private Timestamp Now() => Timestamp.From(_time.GetUtcNow());
}
