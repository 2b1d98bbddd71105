using System.Diagnostics.CodeAnalysis;
using Harrier.Cli.Streaming;
using Harrier.Domain;
using Harrier.Exchanges.Binance;
using Harrier.Exchanges.Binance.Feeds;
using Harrier.Exchanges.Requests;
using Harrier.Exchanges.Results;
using Harrier.Exchanges.Transport;
using Harrier.Simulation.Randomness;
using Microsoft.Extensions.Logging;

namespace Harrier.Cli.Composition;

/// <summary>Joins the venue projects to the program.</summary>
internal static class Exchanges
{
    private const int ConnectLimit = 300;
    private static readonly TimeSpan _connectWindow = TimeSpan.FromMinutes(5);

    /// <summary>Where a venue is reached: <c>live</c>, <c>testnet</c> or an origin such as that of the built-in exchange.</summary>
    /// <exception cref="InputException">The text is none of these.</exception>
    public static BinanceEndpoints EndpointsOf(VenueId venue, string text)
    {
        BinanceMarket market = MarketOf(venue);
        return text switch
        {
            "live" => BinanceEndpoints.Live(market),
            "testnet" => BinanceEndpoints.Testnet(market),
            _ => OriginOf(text),
        };
    }

    /// <summary>Loads the symbols and makes their feed; it does not run yet.</summary>
    /// <exception cref="InputException">A symbol is not one of the venue's.</exception>
    /// <exception cref="VenueUnreachableException">The venue did not answer.</exception>
    [SuppressMessage("Reliability", "CA2000:Dispose objects before losing scope", Justification = "The stream owns what it is made of and disposes of it.")]
    public static async Task<MarketStream> OpenStreamAsync(StreamRequest request, TimeProvider time, ILogger logger, CancellationToken stop)
    {
        BinanceMarket market = MarketOf(request.Venue);
        BinanceEndpoints endpoints = EndpointsOf(request.Venue, request.Endpoint);
        VenueId venue = endpoints.Rest.IsLoopback ? new VenueId("sim-" + request.Venue.Name) : request.Venue;
        Func<double> jitter = Jitter(time);
        HttpMessageInvoker http = RestTransport.Create();
        BinanceSymbols symbols = new(market, venue, request.Symbols);
        RequestBudget budget = new(new RequestBudgetOptions { Rules = BinanceLimits.Defaults(market) }, time);
        ServerClock clock = new(time);
        RestClient rest = new(new RestClientOptions { BaseAddress = endpoints.Rest, Jitter = jitter }, http, budget, new BinanceRestDialect(market), clock);
        MarketStream? stream = null;
        try
        {
            await LoadAsync(market, new BinanceConnection(rest, budget, Signer: null, symbols), stop).ConfigureAwait(false);
            BinanceMarketFeedOptions options = new()
            {
                Market = market,
                Endpoints = endpoints,
                Instruments = Chosen(request, symbols),
                Channels = request.Channels,
                Jitter = jitter,
                ConnectBudget = new SlidingWindow(ConnectLimit, _connectWindow, time),
            };
            BinanceDepthSource depth = new(market, rest, symbols, BinanceDepthSource.DepthFor(request.Symbols.Count));
            BinanceMarketFeed feed = new(options, new HttpSocketFactory(http), depth.GetAsync, time, logger);
            stream = new MarketStream(venue, feed.RunAsync, feed.Read, feed.Connections, (() => feed.Messages, [http, budget, clock]));
            return stream;
        }
        finally
        {
            if (stream is null)
            {
                http.Dispose();
                budget.Dispose();
                clock.Dispose();
            }
        }
    }

    private static async Task LoadAsync(BinanceMarket market, BinanceConnection connection, CancellationToken stop)
    {
        BinanceClient client = market == BinanceMarket.Spot ? new BinanceSpotClient(connection) : new BinanceLinearClient(connection);
        VenueResult<bool> loaded = await client.RefreshSymbolsAsync(stop).ConfigureAwait(false);
        if (!loaded.IsOk)
        {
            throw new VenueUnreachableException(loaded.Error.Message);
        }
    }

    private static IReadOnlyList<Instrument> Chosen(StreamRequest request, BinanceSymbols symbols)
    {
        if (request.Symbols.FirstOrDefault(symbol => !symbols.TryFind(symbol, out _, out _)) is { } missing)
        {
            throw new InputException("symbols", missing, $"a symbol of {request.Venue}");
        }

        return symbols.Instruments;
    }

    private static BinanceMarket MarketOf(VenueId venue) => venue.Name == "binance-usdm" ? BinanceMarket.UsdM : BinanceMarket.Spot;

    private static BinanceEndpoints OriginOf(string text)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out Uri? uri) || uri.Scheme is not ("http" or "https" or "ws" or "wss") || uri.PathAndQuery != "/")
        {
            throw new InputException("endpoint", text, "live, testnet, or an origin without a path such as http://127.0.0.1:9900");
        }

        bool isSecure = uri.Scheme is "https" or "wss";
        Uri rest = new UriBuilder(uri) { Scheme = isSecure ? "https" : "http", Port = uri.Port }.Uri;
        Uri socket = new UriBuilder(uri) { Scheme = isSecure ? "wss" : "ws", Port = uri.Port }.Uri;
        return BinanceEndpoints.At(rest, socket, socket);
    }

    // Processes that an outage cut in one instant must not come back in one: the seed differs from start to start.
    private static Func<double> Jitter(TimeProvider time)
    {
        RandomStream random = new(time.GetUtcNow().Ticks ^ ((long)Environment.ProcessId << 40));
        Lock gate = new();
        return () =>
        {
            lock (gate)
            {
                return random.NextDouble();
            }
        };
    }
}
