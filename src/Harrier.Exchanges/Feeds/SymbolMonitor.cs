using Harrier.Domain;

namespace Harrier.Exchanges.Feeds;

/// <summary>Statistics of one symbol's feed. Belongs to one thread at a time; allocates nothing per message.</summary>
public sealed class SymbolMonitor(Instrument instrument)
{
    /// <summary>How many prices are kept.</summary>
    public const int HistoryLength = 1000;

    private const double RateSmoothing = 0.3;

    private readonly LatencyHistogram _latency = new();
    private readonly TickHistory _history = new(HistoryLength);
    private long _countedMessages;
    private Timestamp _countedAt;
    private double _rate;
    private bool _hasRate;

    /// <summary>Whose feed.</summary>
    public Instrument Instrument { get; } = instrument;

    /// <summary>Messages so far.</summary>
    public long Messages { get; private set; }

    /// <summary>Of these, messages about the book.</summary>
    public long BookMessages { get; private set; }

    /// <summary>Trades so far.</summary>
    public long Trades { get; private set; }

    /// <summary>Messages that could not be used.</summary>
    public long Faults { get; private set; }

    /// <summary>Price of the last trade or ticker.</summary>
    public decimal? Last { get; private set; }

    /// <summary>Best prices of the best-price stream or the ticker.</summary>
    public (decimal Bid, decimal Ask)? Top { get; private set; }

    /// <summary>When the last message came.</summary>
    public Timestamp? LastMessage { get; private set; }

    /// <summary>The venue's id of the last trade, by which a repeated one is known; 0 when there is none.</summary>
    public long LastTradeId { get; set; }

    /// <summary>A message came, and this is what took it from the venue's clock to ours.</summary>
    public void Message(Timestamp exchange, Timestamp received, bool isBook = false)
    {
        Messages++;
        BookMessages += isBook ? 1 : 0;
        LastMessage = received;
        if (exchange != received)
        {
            _latency.Add(received - exchange);
        }
    }

    /// <summary>A message could not be used.</summary>
    public void Fault() => Faults++;

    /// <summary>Takes a trade.</summary>
    public void Trade(in MarketEvent trade)
    {
        Trades++;
        LastTradeId = trade.TradeId;
        decimal price = Instrument.ToDecimal(trade.Price);
        Last = price;
        _history.Add(new FeedTick(trade.ReceivedTime, price, Instrument.ToDecimal(trade.Size)));
    }

    /// <summary>Takes the last price of a ticker; trades, where they are subscribed, know better.</summary>
    public void Ticker(decimal last, Timestamp received, bool isHistory)
    {
        Last = last;
        if (isHistory)
        {
            _history.Add(new FeedTick(received, last, null));
        }
    }

    /// <summary>Takes best prices.</summary>
    public void Best(decimal bid, decimal ask) => Top = (bid, ask);

    /// <summary>Forgets what a lost connection makes doubtful.</summary>
    public void Lost()
    {
        Top = null;
        LastTradeId = 0;
    }

    /// <summary>Measures the rate of messages; called about once a second.</summary>
    public void Tick(Timestamp now)
    {
        double seconds = (now - _countedAt).TotalSeconds;
        if (_countedAt != default && seconds < 0.5)
        {
            return;
        }

        if (_countedAt != default)
        {
            double rate = (Messages - _countedMessages) / seconds;
            _rate = _hasRate ? _rate + (RateSmoothing * (rate - _rate)) : rate;
            _hasRate = true;
        }

        _countedAt = now;
        _countedMessages = Messages;
    }

    /// <summary>The newest prices, oldest first.</summary>
    /// <param name="count">How many at most.</param>
    public IReadOnlyList<FeedTick> History(int count) => _history.Newest(count);

    /// <summary>What was measured so far, without a book.</summary>
    public SymbolStatus Status(int reconnects) => new()
    {
        Symbol = Instrument.Symbol,
        Last = Last,
        Bid = Top?.Bid,
        Ask = Top?.Ask,
        Messages = Messages,
        BookMessages = BookMessages,
        MessagesPerSecond = _rate,
        Trades = Trades,
        Faults = Faults,
        Latency = _latency.Count > 0 ? _latency.Smoothed : null,
        LatencyP50 = _latency.Quantile(0.5),
        LatencyP99 = _latency.Quantile(0.99),
        Book = null,
        BookCounts = null,
        Reconnects = reconnects,
        LastMessage = LastMessage,
    };
}
