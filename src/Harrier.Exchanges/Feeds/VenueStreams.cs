using Harrier.Domain;
using Harrier.Exchanges.Books;
using Harrier.Exchanges.MarketData;
using Harrier.Exchanges.Results;
using Harrier.Exchanges.Transport;
using Harrier.Exchanges.Wire;

namespace Harrier.Exchanges.Feeds;

/// <summary>Gets snapshots of books.</summary>
/// <param name="instrument">Whose book.</param>
/// <param name="cancel">Ends the call.</param>
/// <returns>The venue's text, or why there is none.</returns>
public delegate Task<VenueResult<ReadOnlyMemory<byte>>> SnapshotSource(Instrument instrument, CancellationToken cancel);

/// <summary>Reads a snapshot of a book.</summary>
/// <param name="body">The venue's text.</param>
/// <param name="entry">Whose book.</param>
/// <param name="request">The number of the request, handed on, and when the answer reached us.</param>
/// <param name="snapshot">The book; its levels are valid until the next call.</param>
/// <returns>Null, or why it could not be used.</returns>
public delegate MarketFault? SnapshotReader(ReadOnlySpan<byte> body, SymbolEntry entry, (int Number, Timestamp Received) request, out DepthSnapshot snapshot);

/// <summary>Books whose snapshots are asked for apart from the stream.</summary>
/// <param name="Get">Asks.</param>
/// <param name="Reader">Makes a reader, which belongs to one connection.</param>
public sealed record BookSnapshots(SnapshotSource Get, Func<SnapshotReader> Reader);

/// <summary>A market of a venue as a feed needs it: its streams, how they are asked for and how they are read.</summary>
public sealed record VenueStreams
{
    /// <summary>Where the streams are; scheme, host and port.</summary>
    public required Uri Origin { get; init; }

    /// <summary>What it has to offer.</summary>
    public required IReadOnlyList<FeedStream> Streams { get; init; }

    /// <summary>Makes the dialect of a connection.</summary>
    public required Func<ISubscriptionDialect> Dialect { get; init; }

    /// <summary>Makes the decoder of a connection.</summary>
    public required Func<SymbolDirectory, IMarketReceiver, IMarketDecoder> Decoder { get; init; }

    /// <summary>Makes the rule by which updates of a book follow each other.</summary>
    public required Func<IBookContinuity> Continuity { get; init; }

    /// <summary>Where snapshots come from; null where the stream brings them after each subscription.</summary>
    public BookSnapshots? Snapshots { get; init; }

    /// <summary>Streams that one connection may carry.</summary>
    public int StreamsPerConnection { get; init; } = 1024;

    /// <summary>Messages that a connection may send in a second, pings and pongs included; 0 for no limit.</summary>
    public int MessagesPerSecond { get; init; }

    /// <summary>Longest message.</summary>
    public int MaxFrameBytes { get; init; } = 8 * 1024 * 1024;

    /// <summary>True where each trade of a symbol has a higher id than the one before; false where ids only differ.</summary>
    public bool DoTradeIdsRise { get; init; } = true;

    /// <summary>Sets what else this venue asks of a connection, such as its way of pinging.</summary>
    public Func<WebSocketConnectionOptions, WebSocketConnectionOptions> Connection { get; init; } = static options => options;
}
