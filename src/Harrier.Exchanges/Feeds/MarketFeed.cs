using System.Diagnostics.CodeAnalysis;
using Harrier.Domain;
using Harrier.Exchanges.MarketData;
using Harrier.Exchanges.Transport;
using Microsoft.Extensions.Logging;

namespace Harrier.Exchanges.Feeds;

/// <summary>
/// Market data of many symbols over as few connections as the venue's limits allow. Books are verified before they are shown; events go to
/// an engine's queue; each symbol is measured.
/// </summary>
public sealed class MarketFeed
{
    private readonly MarketFeedOptions _options;
    private readonly List<Line> _lines = [];

    /// <summary>Makes a feed; nothing happens before <see cref="RunAsync"/>.</summary>
    /// <param name="options">What and how.</param>
    /// <param name="sockets">Opens connections.</param>
    /// <param name="time">The wall clock of the process.</param>
    /// <param name="logger">Takes what operators should know.</param>
    [SuppressMessage("Reliability", "CA2000:Dispose objects before losing scope", Justification = "Topics live as long as the feed; disposing of one would unsubscribe it.")]
    public MarketFeed(MarketFeedOptions options, ISocketFactory sockets, TimeProvider time, ILogger logger)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
        VenueStreams venue = options.Venue;
        int most = options.StreamsPerConnection ?? venue.StreamsPerConnection;
        foreach (IGrouping<string, FeedStream> root in venue.Streams.Where(stream => options.Channels.HasFlag(stream.Channel)).GroupBy(stream => stream.Root))
        {
            FeedStream[] streams = [.. root];
            foreach (Instrument[] part in options.Instruments.Chunk(Math.Max(1, most / streams.Length)))
            {
                MarketLane lane = new(options, [.. part.Select(instrument => new SymbolLane(instrument, venue.DoTradeIdsRise))], time, logger);
                StreamSubscriptions topics = new(venue.Dialect(), Watch(lane), time, logger);
                lane.Renew = topics.Renew;
                topics.Subscribe(lane.TopicsOf(streams));
                string name = $"{root.Key.Trim('/')}#{_lines.Count + 1}";
                WebSocketConnection connection = new(options.Tune(Connection(name, root.Key)), sockets, topics, time, logger);
                Connections.Add(name, connection);
                _lines.Add(new Line(lane, topics, connection));
            }
        }
    }

    /// <summary>The feed's connections.</summary>
    public ConnectionHub Connections { get; } = new();

    /// <summary>What it carries data of, in the order of the ids.</summary>
    public IReadOnlyList<Instrument> Instruments => _options.Instruments;

    /// <summary>Messages of all symbols so far.</summary>
    public long Messages => _lines.Sum(line => line.Lane.Decoding.Frames);

    /// <summary>Events that the engine's queue did not take.</summary>
    public long Refused => _lines.Sum(line => line.Lane.Refused);

    /// <summary>What the messages of each connection were.</summary>
    public IReadOnlyList<DecoderStatistics> Decoding => [.. _lines.Select(line => line.Lane.Decoding)];

    /// <summary>Every topic at this moment.</summary>
    public IReadOnlyList<TopicStatus> Topics => [.. _lines.SelectMany(line => line.Topics.Topics)];

    /// <summary>Makes what tells the symbols of messages; each belongs to one thread at a time.</summary>
    public FrameSorter Sorter() => new(_options.Venue, _options.Instruments);

    /// <summary>Carries data until <paramref name="stop"/>.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        foreach (Line line in _lines)
        {
            line.Lane.Start(stop);
        }

        await Task.WhenAll(_lines.Select(line => line.Connection.RunAsync(stop))).ConfigureAwait(false);
    }

    /// <summary>Every symbol at this moment, in the order of the instruments.</summary>
    public IReadOnlyList<SymbolStatus> Read(Timestamp now) => [.. _options.Instruments.Select(instrument => Read(instrument, now))];

    /// <summary>The newest prices of a symbol, oldest first.</summary>
    /// <param name="instrument">Which.</param>
    /// <param name="count">How many at most; <see cref="SymbolMonitor.HistoryLength"/> are kept.</param>
    public IReadOnlyList<FeedTick> History(InstrumentId instrument, int count)
    {
        IReadOnlyList<FeedTick> history = [];
        foreach (Line line in _lines)
        {
            line.Lane.Read(instrument, symbol => history = symbol.Monitor.History(count) is { Count: > 0 } some ? some : history);
        }

        return history;
    }

    private SymbolStatus Read(Instrument instrument, Timestamp now)
    {
        SymbolStatus? status = null;
        foreach (Line line in _lines)
        {
            line.Lane.Read(instrument.Id, symbol =>
            {
                SymbolStatus part = WithBook(symbol, now, symbol.Monitor.Status(line.Lane.Lost));
                status = status is null ? part : Join(status, part);
            });
        }

        return status ?? new SymbolMonitor(instrument).Status(0);
    }

    private static SymbolStatus WithBook(SymbolLane symbol, Timestamp now, SymbolStatus status)
    {
        if (symbol.Book is not { } book)
        {
            return status;
        }

        BookTop? top = book.VerifiedBook?.Top is { IsTwoSided: true } both ? both : null;
        return status with
        {
            Bid = top is { } bid ? symbol.Instrument.ToDecimal(bid.Bid.Price) : null,
            Ask = top is { } ask ? symbol.Instrument.ToDecimal(ask.Ask.Price) : null,
            Book = book.State,
            BookCounts = book.Statistics(now),
        };
    }

    /// <summary>A contract's data comes over two connections.</summary>
    private static SymbolStatus Join(SymbolStatus first, SymbolStatus second)
    {
        bool isFirstBook = first.Book is not null;
        SymbolStatus book = isFirstBook ? first : second;
        SymbolStatus other = isFirstBook ? second : first;
        return book with
        {
            Last = first.Last ?? second.Last,
            Bid = book.Bid ?? (book.Book is null ? other.Bid : null),
            Ask = book.Ask ?? (book.Book is null ? other.Ask : null),
            Messages = first.Messages + second.Messages,
            BookMessages = first.BookMessages + second.BookMessages,
            MessagesPerSecond = first.MessagesPerSecond + second.MessagesPerSecond,
            Trades = first.Trades + second.Trades,
            Faults = first.Faults + second.Faults,
            Latency = book.Latency ?? other.Latency,
            LatencyP50 = book.LatencyP50 ?? other.LatencyP50,
            LatencyP99 = book.LatencyP99 ?? other.LatencyP99,
            Reconnects = first.Reconnects + second.Reconnects,
            LastMessage = first.LastMessage > second.LastMessage ? first.LastMessage : second.LastMessage ?? first.LastMessage,
        };
    }

    private static StreamSubscriptionOptions Watch(MarketLane lane) => new()
    {
        OnOpened = lane.OnOpened,
        OnLost = _ => lane.OnLost(),
        OnTick = lane.OnTick,
        OnFault = lane.OnTopicFault,
    };

    private WebSocketConnectionOptions Connection(string name, string root)
    {
        Uri address = new(_options.Venue.Origin, root);
        return _options.Venue.Connection(new WebSocketConnectionOptions
        {
            Name = name,
            Address = _ => ValueTask.FromResult(address),
            Observer = _options.Observer,
            BackOff = new BackOff { Jitter = _options.Jitter },
            ConnectBudget = _options.ConnectBudget,
            MessagesPerSecond = _options.Venue.MessagesPerSecond,
            MaxFrameBytes = _options.Venue.MaxFrameBytes,
            SilentAfter = TimeSpan.FromSeconds(8),
            PingInterval = _options.PingInterval,
        });
    }

    private sealed record Line(MarketLane Lane, StreamSubscriptions Topics, WebSocketConnection Connection);
}
