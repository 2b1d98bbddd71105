using Harrier.Engine.History;
using Harrier.Exchanges.Feeds;
using Harrier.Exchanges.History;
using Harrier.Exchanges.Results;
using Harrier.Exchanges.Trading;
using Harrier.Exchanges.Transport;

namespace Harrier.Exchanges.Venues;

/// <summary>Market data that is wanted of a venue.</summary>
/// <param name="Venue">The venue's full name.</param>
/// <param name="Place">Where it is reached.</param>
/// <param name="Symbols">The venue's symbols, each once, at least one.</param>
/// <param name="Channels">What of them.</param>
public sealed record MarketRequest(string Venue, VenuePlace Place, IReadOnlyList<string> Symbols, FeedChannels Channels)
{
    /// <summary>Sees everything that is received; null when nobody does.</summary>
    public IFrameObserver? Observer { get; init; }

    /// <summary>Told every ticker, on the thread that received it; null when nobody is.</summary>
    public TickerListener? OnTicker { get; init; }

    /// <summary>Takes events and faults for an engine; null when nobody does.</summary>
    public EventQueue<FeedItem>? Output { get; init; }
}

/// <summary>An account that is to be reached.</summary>
/// <param name="Venue">The venue's full name.</param>
/// <param name="Place">Where it is reached.</param>
/// <param name="Credentials">Key and secret.</param>
public sealed record AccountRequest(string Venue, VenuePlace Place, ApiCredentials Credentials)
{
    /// <summary>Symbols that are traded, in the order of the engine's instruments; empty where the account is only read.</summary>
    public IReadOnlyList<string> Symbols { get; init; } = [];
}

/// <summary>
/// One house and its markets: all that the rest of the program knows of it. A new house is one project with one of these, and one line where
/// the program lists them.
/// </summary>
public abstract class Exchange
{
    /// <summary>Full names of its venues, the one that people mean by the house's name first.</summary>
    public abstract IReadOnlyList<string> Venues { get; }

    /// <summary>Loads the symbols and makes their feed; it does not run yet.</summary>
    /// <returns>
    /// The feed; or why there is none: <see cref="VenueErrorKind.UnknownSymbol"/> with the symbol as <see cref="VenueError.Filter"/>, or
    /// <see cref="VenueErrorKind.NotSupported"/> where the venue has no such data, or what stood in the way of asking.
    /// </returns>
    public abstract Task<VenueResult<MarketStream>> OpenMarketAsync(MarketRequest request, VenueSurroundings surroundings, CancellationToken cancellation);

    /// <summary>How recorded messages of a market are read.</summary>
    /// <param name="venue">One of <see cref="Venues"/>.</param>
    /// <returns>Null where the venue has no books and trades to record.</returns>
    public virtual VenueStreams? Recorded(string venue) => null;

    /// <summary>Whose recorded message this is.</summary>
    /// <param name="message">In UTF-8.</param>
    /// <returns>One of <see cref="Venues"/>; null where the message does not say, or is of another house.</returns>
    public virtual string? Recognize(ReadOnlySpan<byte> message) => null;

    /// <summary>Wires the calls of an account; nothing is sent. An account that orders can be sent to is a <see cref="TradingAccess"/>.</summary>
    public abstract AccountAccess OpenAccount(AccountRequest request, VenueSurroundings surroundings);

    /// <summary>Wires the calls for a venue's past; nothing is sent.</summary>
    /// <returns>The past, which its owner disposes of; or <see cref="VenueErrorKind.NotSupported"/> where the venue tells none.</returns>
    public abstract VenueResult<IMarketHistory> OpenHistory(HistoryRequest request, VenueSurroundings surroundings);
}
