using Harrier.Exchanges.Requests;
using Harrier.Exchanges.Results;
using Harrier.Exchanges.Symbols;
using Harrier.Exchanges.Transport;
using Harrier.Exchanges.Venues;

namespace Harrier.Exchanges.Trading;

/// <summary>Where a private stream leads to.</summary>
/// <param name="OnNews">Takes news.</param>
/// <param name="OnSubscribed">The stream is open again: the account has to be read.</param>
/// <param name="OnLost">The stream is lost: news are missing from here on.</param>
public sealed record UserStreamSink(Action<AccountEvent> OnNews, Action OnSubscribed, Action OnLost);

/// <summary>A private stream before it is connected.</summary>
/// <param name="Handler">Subscribes and reads.</param>
/// <param name="Connection">How its connection behaves.</param>
public sealed record UserStream(IConnectionHandler Handler, WebSocketConnectionOptions Connection);

/// <summary>An account that orders can be sent to: what a <see cref="TradingVenue"/> needs to know of a venue, and nothing else.</summary>
/// <param name="requests">What its calls share; disposed of with it.</param>
public abstract class TradingAccess(VenueRequests requests) : AccountAccess(requests)
{
    /// <inheritdoc/>
    public sealed override AccountClient Reader => Client;

    /// <summary>The calls.</summary>
    public abstract TradingClient Client { get; }

    /// <summary>Symbols and their rules; none before <see cref="RefreshSymbolsAsync"/>.</summary>
    public abstract VenueSymbols Symbols { get; }

    /// <summary>True where a fill moves the assets themselves: what is bought is held.</summary>
    public abstract bool IsSpot { get; }

    /// <summary>How long to ask after orders whose answer was lost, and what proves that an order does not exist.</summary>
    public abstract UnknownOutcomeOptions Unknown { get; }

    /// <summary>True where orders that wait for a trigger live apart.</summary>
    public virtual bool SeparateConditionals => false;

    /// <summary>Reads symbols, rules and limits again and puts the limits into force.</summary>
    public abstract Task<VenueResult<bool>> RefreshSymbolsAsync(CancellationToken cancellation);

    /// <summary>Brings an order onto the venue's grid, or refuses it.</summary>
    /// <param name="request">The order.</param>
    /// <param name="price">The price now; null where none is known.</param>
    public abstract VenueResult<OrderRequest> Fit(OrderRequest request, decimal? price);

    /// <summary>Makes the private stream; it does not connect.</summary>
    public abstract UserStream OpenStream(UserStreamSink sink);
}
