using Harrier.Domain;
using Harrier.Exchanges.Books;
using Harrier.Exchanges.Transport;

namespace Harrier.Exchanges.Feeds;

/// <summary>What a market feed carries and how.</summary>
public sealed record MarketFeedOptions
{
    /// <summary>Which market of which venue.</summary>
    public required VenueStreams Venue { get; init; }

    /// <summary>The instruments; their ids are indexes below their number.</summary>
    public required IReadOnlyList<Instrument> Instruments { get; init; }

    /// <summary>What is carried.</summary>
    public required FeedChannels Channels { get; init; }

    /// <summary>Uniform numbers in [0, 1) from a seeded source, for waits; must bear calls from several threads.</summary>
    public required Func<double> Jitter { get; init; }

    /// <summary>Time between our own pings; a venue that asks for more of them gets more.</summary>
    public TimeSpan PingInterval { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Limit of connects, shared by all feeds of this address.</summary>
    public SlidingWindow? ConnectBudget { get; init; }

    /// <summary>Takes events and faults for an engine; null when nobody does.</summary>
    public EventQueue<FeedItem>? Output { get; init; }

    /// <summary>Sees everything that is received, and the snapshots that books are built from; null when nobody does.</summary>
    public IFrameObserver? Observer { get; init; }

    /// <summary>Told every ticker, on the connection's thread; null when nobody is.</summary>
    public TickerListener? OnTicker { get; init; }

    /// <summary>Limits of the rebuilding of books.</summary>
    public BookSynchronizerOptions Books { get; init; } = new() { SnapshotTimeout = TimeSpan.FromSeconds(45) };

    /// <summary>Streams that one connection carries at most; null for what the venue allows.</summary>
    public int? StreamsPerConnection { get; init; }

    /// <summary>Snapshots that are asked for at a time, per connection.</summary>
    public int SnapshotsAtOnce { get; init; } = 8;

    /// <summary>Told about topics in trouble; called on the connection's thread.</summary>
    public Action<TopicFault> OnTopicFault { get; init; } = static _ => { };

    /// <summary>Changes how connections behave, for tests; the result is used.</summary>
    public Func<WebSocketConnectionOptions, WebSocketConnectionOptions> Tune { get; init; } = static options => options;
}
