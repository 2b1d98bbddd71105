namespace Harrier.Exchanges.Transport;

/// <summary>How a connection behaves.</summary>
public sealed record WebSocketConnectionOptions
{
    /// <summary>Name for logs and status.</summary>
    public required string Name { get; init; }

    /// <summary>Gives the address; asked before each attempt, as it may hold a key that changes. May throw: that attempt then failed.</summary>
    public required Func<CancellationToken, ValueTask<Uri>> Address { get; init; }

    /// <summary>Waits between attempts.</summary>
    public required BackOff BackOff { get; init; }

    /// <summary>Sees everything that is received; null when nobody does.</summary>
    public IFrameObserver? Observer { get; init; }

    /// <summary>Limit of connects, shared by all connections of one address of this machine; null for none.</summary>
    public SlidingWindow? ConnectBudget { get; init; }

    /// <summary>A session that lived this long clears the count of failures.</summary>
    public TimeSpan StableAfter { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Failures in a row after which the state is failed and attempts come only every <see cref="SlowRetry"/>; attempts never end.</summary>
    public int MaxAttempts { get; init; } = 10;

    /// <summary>Wait between attempts in the state failed; jittered up to half of it more.</summary>
    public TimeSpan SlowRetry { get; init; } = TimeSpan.FromSeconds(300);

    /// <summary>Longest time for a connect with its upgrade.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How pings are written and answered where they are messages; null where the protocol's own are used.</summary>
    public IPingMessage? Ping { get; init; }

    /// <summary>Time between our own pings; null where only the venue pings.</summary>
    public TimeSpan? PingInterval { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Time in which our ping must be answered.</summary>
    public TimeSpan PongTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// When no message came for this long, and for 20 times what is usual on this connection, the session is replaced. Pings do not count: a
    /// server can answer them and send nothing. Before the second message it is four times as long. Null where silence is normal, as on
    /// private streams, which are judged by pings and pongs alone.
    /// </summary>
    public TimeSpan? SilentAfter { get; init; }

    /// <summary>Age at which a newer session takes over; null where the venue sets no age limit.</summary>
    public TimeSpan? RolloverAfter { get; init; } = new TimeSpan(23, 50, 0);

    /// <summary>Longest time that two sessions overlap.</summary>
    public TimeSpan OverlapLimit { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Largest message in bytes; a larger one ends the session.</summary>
    public int MaxFrameBytes { get; init; } = 8 * 1024 * 1024;

    /// <summary>Messages that may be sent per second, control frames included; 0 for no limit. Two places are kept for pings and pongs.</summary>
    public int MessagesPerSecond { get; init; }

    /// <summary>The shorter of what a venue asks for and what was configured.</summary>
    public static TimeSpan PingEvery(TimeSpan venueLimit, TimeSpan configured) => venueLimit < configured ? venueLimit : configured;
}
