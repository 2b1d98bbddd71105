using System.Diagnostics.CodeAnalysis;
using Harrier.Domain;
using Harrier.Engine.History;
using Harrier.Exchanges.Bybit.Feeds;
using Harrier.Exchanges.Bybit.History;
using Harrier.Exchanges.Feeds;
using Harrier.Exchanges.History;
using Harrier.Exchanges.Requests;
using Harrier.Exchanges.Results;
using Harrier.Exchanges.Trading;
using Harrier.Exchanges.Transport;
using Harrier.Exchanges.Venues;

namespace Harrier.Exchanges.Bybit;

/// <summary>Spot and linear contracts of one unified account.</summary>
public sealed class BybitExchange : Exchange
{
    private const int ConnectLimit = 500;
    private static readonly TimeSpan ConnectWindow = TimeSpan.FromMinutes(5);

    /// <inheritdoc/>
    public override IReadOnlyList<string> Venues { get; } = [BybitMarkets.Linear, BybitMarkets.Spot];

    /// <inheritdoc/>
    [SuppressMessage("Reliability", "CA2000:Dispose objects before losing scope", Justification = "The stream owns what it is made of and disposes of it.")]
    public override async Task<VenueResult<MarketStream>> OpenMarketAsync(MarketRequest request, VenueSurroundings surroundings, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(surroundings);
        BybitMarket market = BybitMarkets.Of(request.Venue);
        BybitEndpoints places = BybitEndpoints.Of(request.Place);
        VenueId venue = VenueOf(request.Venue, places.Rest);
        VenueRequests requests = new(places.Rest, BybitLimits.Of(market), "", surroundings);
        RestClient rest = new(
            new RestClientOptions { BaseAddress = places.Rest, Jitter = surroundings.Jitter }, surroundings.Http, requests.Budget, new BybitRestDialect(), requests.Clock);
        BybitSymbols symbols = new(market, venue, request.Symbols);
        BybitClient client = new(market, new BybitConnection(rest, Signer: null, symbols, requests.Clock));
        VenueResult<bool> loaded = await client.RefreshSymbolsAsync(cancellation).ConfigureAwait(false);
        if (symbols.Missing(loaded, request.Symbols) is { } error)
        {
            requests.Dispose();
            return VenueResult<MarketStream>.Failed(error);
        }

        MarketFeed feed = new(
            new MarketFeedOptions
            {
                Venue = BybitStreams.Of(market, places.Streams),
                Instruments = symbols.Instruments,
                Channels = request.Channels,
                Observer = request.Observer,
                OnTicker = request.OnTicker,
                Output = request.Output,
                Jitter = surroundings.Jitter,
                PingInterval = surroundings.PingInterval,
                ConnectBudget = new SlidingWindow(ConnectLimit, ConnectWindow, surroundings.Time),
            },
            surroundings.Sockets,
            surroundings.Time,
            surroundings.Logger);
        return VenueResult<MarketStream>.Ok(MarketStream.Of(venue, feed, requests));
    }

    /// <inheritdoc/>
    [SuppressMessage("Reliability", "CA2000:Dispose objects before losing scope", Justification = "The account owns what its calls share and disposes of it.")]
    public override AccountAccess OpenAccount(AccountRequest request, VenueSurroundings surroundings)
    {
        ArgumentNullException.ThrowIfNull(request);
        BybitAccountOptions options = new()
        {
            Market = BybitMarkets.Of(request.Venue),
            Endpoints = BybitEndpoints.Of(request.Place),
            Credentials = request.Credentials,
            Symbols = request.Symbols,
        };
        return new BybitAccount(options, BybitAccount.RequestsOf(options, surroundings), surroundings);
    }

    /// <inheritdoc/>
    [SuppressMessage("Reliability", "CA2000:Dispose objects before losing scope", Justification = "The history owns what it is made of and disposes of it.")]
    public override VenueResult<IMarketHistory> OpenHistory(HistoryRequest request, VenueSurroundings surroundings)
    {
        ArgumentNullException.ThrowIfNull(request);
        BybitMarket market = BybitMarkets.Of(request.Venue);
        Uri place = BybitEndpoints.Of(request.Place).Rest;
        VenueRequests requests = new(place, BybitLimits.Of(market), "", surroundings);
        return VenueResult<IMarketHistory>.Ok(new BybitHistory(market, VenueOf(request.Venue, place), requests, surroundings));
    }

    private static VenueId VenueOf(string venue, Uri place) => new(place.IsLoopback ? "sim-" + venue : venue);

    /// <inheritdoc/>
    public override VenueStreams? Recorded(string venue) => BybitStreams.Of(BybitMarkets.Of(venue), BybitEndpoints.Live.Streams);

    /// <inheritdoc/>
    public override string? Recognize(ReadOnlySpan<byte> message) => message.StartsWith("{\"topic\":\""u8) ? BybitMarkets.Linear : null;
}
