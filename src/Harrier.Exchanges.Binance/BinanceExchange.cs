using System.Diagnostics.CodeAnalysis;
using Harrier.Domain;
using Harrier.Engine.History;
using Harrier.Exchanges.Binance.Feeds;
using Harrier.Exchanges.Binance.History;
using Harrier.Exchanges.Feeds;
using Harrier.Exchanges.History;
using Harrier.Exchanges.Requests;
using Harrier.Exchanges.Results;
using Harrier.Exchanges.Trading;
using Harrier.Exchanges.Transport;
using Harrier.Exchanges.Venues;

namespace Harrier.Exchanges.Binance;

/// <summary>Spot and USD-M futures.</summary>
public sealed class BinanceExchange : Exchange
{
    private const int ConnectLimit = 300;
    private const string Spot = "binance-spot";
    private const string UsdM = "binance-usdm";
    private static readonly TimeSpan ConnectWindow = TimeSpan.FromMinutes(5);

    /// <inheritdoc/>
    public override IReadOnlyList<string> Venues { get; } = [Spot, UsdM];

    /// <inheritdoc/>
    [SuppressMessage("Reliability", "CA2000:Dispose objects before losing scope", Justification = "The stream owns what it is made of and disposes of it.")]
    public override async Task<VenueResult<MarketStream>> OpenMarketAsync(MarketRequest request, VenueSurroundings surroundings, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(surroundings);
        BinanceMarket market = MarketOf(request.Venue);
        BinanceEndpoints places = PlacesOf(market, request.Place);
        VenueId venue = VenueOf(request.Venue, places.Rest);
        BinanceSymbols symbols = new(market, venue, request.Symbols);
        VenueRequests requests = new(places.Rest, BinanceLimits.Defaults(market), "", surroundings);
        RestClient rest = new(
            new RestClientOptions { BaseAddress = places.Rest, Jitter = surroundings.Jitter }, surroundings.Http, requests.Budget, new BinanceRestDialect(market), requests.Clock);
        BinanceConnection connection = new(rest, requests.Budget, Signer: null, symbols);
        BinanceClient client = market == BinanceMarket.Spot ? new BinanceSpotClient(connection) : new BinanceLinearClient(connection);
        VenueResult<bool> loaded = await client.RefreshSymbolsAsync(cancellation).ConfigureAwait(false);
        if (symbols.Missing(loaded, request.Symbols) is { } error)
        {
            requests.Dispose();
            return VenueResult<MarketStream>.Failed(error);
        }

        BinanceDepthSource depth = new(market, rest, symbols, BinanceDepthSource.DepthFor(request.Symbols.Count));
        MarketFeedOptions options = new()
        {
            Venue = BinanceStreams.Of(market, places.Streams, depth.GetAsync),
            Instruments = symbols.Instruments,
            Channels = request.Channels,
            Observer = request.Observer,
            OnTicker = request.OnTicker,
            Output = request.Output,
            Jitter = surroundings.Jitter,
            PingInterval = surroundings.PingInterval,
            ConnectBudget = new SlidingWindow(ConnectLimit, ConnectWindow, surroundings.Time),
        };
        MarketFeed feed = new(options, surroundings.Sockets, surroundings.Time, surroundings.Logger);
        return VenueResult<MarketStream>.Ok(MarketStream.Of(venue, feed, requests));
    }

    /// <inheritdoc/>
    [SuppressMessage("Reliability", "CA2000:Dispose objects before losing scope", Justification = "The account owns what its calls share and disposes of it.")]
    public override AccountAccess OpenAccount(AccountRequest request, VenueSurroundings surroundings)
    {
        ArgumentNullException.ThrowIfNull(request);
        BinanceMarket market = MarketOf(request.Venue);
        BinanceAccountOptions options = new() { Market = market, Endpoints = PlacesOf(market, request.Place), Credentials = request.Credentials, Symbols = request.Symbols };
        return new BinanceAccount(options, BinanceAccount.RequestsOf(options, surroundings), surroundings);
    }

    /// <inheritdoc/>
    [SuppressMessage("Reliability", "CA2000:Dispose objects before losing scope", Justification = "The history owns what it is made of and disposes of it.")]
    public override VenueResult<IMarketHistory> OpenHistory(HistoryRequest request, VenueSurroundings surroundings)
    {
        ArgumentNullException.ThrowIfNull(request);
        BinanceMarket market = MarketOf(request.Venue);
        Uri place = PlacesOf(market, request.Place).Rest;
        BinanceBulkFiles? files = request.Place.Kind == PlaceKind.Live ? new BinanceBulkFiles(market, surroundings) : null;
        VenueRequests requests = new(place, BinanceLimits.Defaults(market), "", surroundings);
        return VenueResult<IMarketHistory>.Ok(new BinanceHistory(market, VenueOf(request.Venue, place), requests, surroundings, files));
    }

    private static VenueId VenueOf(string venue, Uri place) => new(place.IsLoopback ? "sim-" + venue : venue);

    /// <inheritdoc/>
    public override VenueStreams? Recorded(string venue)
    {
        BinanceMarket market = MarketOf(venue);
        return BinanceStreams.Of(
            market,
            BinanceEndpoints.Live(market).Streams,
            static (_, _) => Task.FromResult(VenueResult<ReadOnlyMemory<byte>>.Failed(new VenueError(VenueErrorKind.NotSupported, Outcome.NotDone, 0, "a recording is not asked"))));
    }

    /// <inheritdoc/>
    public override string? Recognize(ReadOnlySpan<byte> message) => message.IndexOf("\"depthUpdate\""u8) < 0 ? null
        : message.IndexOf("\"pu\":"u8) >= 0 ? UsdM : Venues[0];

    private static BinanceMarket MarketOf(string venue) => venue == UsdM ? BinanceMarket.UsdM : BinanceMarket.Spot;

    private static BinanceEndpoints PlacesOf(BinanceMarket market, VenuePlace place) => place.Kind switch
    {
        PlaceKind.Live => BinanceEndpoints.Live(market),
        PlaceKind.Testnet => BinanceEndpoints.Testnet(market),
        _ => BinanceEndpoints.At(place.Address!, place.Socket, place.Socket),
    };
}
