using System.Diagnostics.CodeAnalysis;
using Harrier.Cli.Options;
using Harrier.Cli.Streaming;
using Harrier.Domain;
using Harrier.Exchanges.Binance;
using Harrier.Exchanges.Binance.Feeds;
using Harrier.Exchanges.Feeds;
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

    /// <summary>Where a market is reached.</summary>
    public static BinanceEndpoints EndpointsOf(BinanceMarket market, EndpointChoice choice) => choice.Kind switch
    {
        EndpointKind.Live => BinanceEndpoints.Live(market),
        EndpointKind.Testnet => BinanceEndpoints.Testnet(market),
        _ => BinanceEndpoints.At(choice.Address!, SocketOf(choice.Address!), SocketOf(choice.Address!)),
    };

    /// <summary>The market of a venue's full name.</summary>
    public static BinanceMarket MarketOf(string venue) => venue == "binance-usdm" ? BinanceMarket.UsdM : BinanceMarket.Spot;

    /// <summary>What the processes of this machine use of a place's limits; null for an exchange on this machine, which is nobody else's.</summary>
    public static MachineLedger? LedgerOf(Uri place, TimeProvider time)
    {
        if (place.IsLoopback)
        {
            return null;
        }

        string folder = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
        return MachineLedger.Open(Path.Combine(folder, "harrier", "requests"), place.Host, time);
    }

    /// <summary>Loads the symbols and makes their feed; it does not run yet.</summary>
    /// <exception cref="InputException">A symbol is not one of the venue's.</exception>
    /// <exception cref="VenueUnreachableException">The venue did not answer.</exception>
    [SuppressMessage("Reliability", "CA2000:Dispose objects before losing scope", Justification = "The stream owns what it is made of and disposes of it.")]
    public static async Task<MarketStream> OpenStreamAsync(StreamRequest request, TimeProvider time, ILogger logger, CancellationToken stop)
    {
        BinanceMarket market = MarketOf(request.Venue.Name);
        BinanceEndpoints endpoints = EndpointsOf(market, request.Endpoint);
        VenueId venue = endpoints.Rest.IsLoopback ? new VenueId("sim-" + request.Venue.Name) : request.Venue;
        Func<double> jitter = Jitter(time);
        HttpMessageInvoker http = RestTransport.Create();
        BinanceSymbols symbols = new(market, venue, request.Symbols);
        MachineLedger? ledger = LedgerOf(endpoints.Rest, time);
        RequestBudget budget = new(new RequestBudgetOptions { Rules = BinanceLimits.Defaults(market), Ledger = ledger }, time);
        ServerClock clock = new(time);
        RestClient rest = new(new RestClientOptions { BaseAddress = endpoints.Rest, Jitter = jitter }, http, budget, new BinanceRestDialect(market), clock);
        MarketStream? stream = null;
        try
        {
            await LoadAsync(market, new BinanceConnection(rest, budget, Signer: null, symbols), stop).ConfigureAwait(false);
            BinanceDepthSource depth = new(market, rest, symbols, BinanceDepthSource.DepthFor(request.Symbols.Count));
            MarketFeedOptions options = new()
            {
                Venue = BinanceStreams.Of(market, endpoints.Streams, depth.GetAsync),
                Instruments = Chosen(request, symbols),
                Channels = request.Channels,
                Jitter = jitter,
                ConnectBudget = new SlidingWindow(ConnectLimit, _connectWindow, time),
            };
            MarketFeed feed = new(options, new HttpSocketFactory(http), time, logger);
            stream = new MarketStream(venue, feed.RunAsync, feed.Read, feed.Connections, (() => feed.Messages, ledger is null ? [http, budget, clock] : [http, budget, clock, ledger]));
            return stream;
        }
        finally
        {
            if (stream is null)
            {
                http.Dispose();
                budget.Dispose();
                ledger?.Dispose();
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

    private static Uri SocketOf(Uri address) => new UriBuilder(address) { Scheme = address.Scheme == "https" ? "wss" : "ws", Port = address.Port }.Uri;

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
