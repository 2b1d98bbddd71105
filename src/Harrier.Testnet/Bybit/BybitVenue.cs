using Harrier.Testnet.Bybit.Accounts;
using Harrier.Testnet.Bybit.Market;
using Harrier.Testnet.Bybit.Requests;
using Harrier.Testnet.Bybit.Streams;
using Harrier.Testnet.Bybit.Trading;
using Harrier.Testnet.Core;
using Harrier.Testnet.Hosting;
using Harrier.Testnet.Hosting.Faults;
using Harrier.Testnet.Hosting.Sockets;
using Microsoft.AspNetCore.Http;

namespace Harrier.Testnet.Bybit;

// The front ends are handed over to the host's owner, which disposes them, and which the analyzer cannot follow.
#pragma warning disable CA2000

/// <summary>
/// The venue's protocol, version 5, in front of two exchanges: requests, public sockets of spot and linear, private sockets, the order socket. Spot and
/// linear share one wallet, the unified account.
/// </summary>
public sealed class BybitVenue
{
    internal const string PublicSockets = "/v5/public/";
    private const string PrivateSocket = "/v5/private";
    private const string TradeSocket = "/v5/trade";
    private const int MostSpotTopics = 10;
    private const int Unlimited = 1_000_000_000;
    private const int MostConnects = 500;

    private readonly BybitMarkets _markets;
    private readonly BybitRest _rest;
    private readonly Dictionary<string, BybitSocketServer> _sockets = new(StringComparer.Ordinal);

    /// <summary>A venue that listens to its exchanges from now on.</summary>
    /// <param name="spot">Spot.</param>
    /// <param name="linear">Linear contracts, made with <see cref="CoreOptions"/> so that they share the wallets of spot.</param>
    /// <param name="options">How it is served.</param>
    /// <param name="faults">What goes wrong.</param>
    /// <param name="time">Clock of delays and silence.</param>
    /// <exception cref="ArgumentException">The two do not share their wallets.</exception>
    public BybitVenue(MarketFacts spot, MarketFacts linear, TestnetOptions options, FaultInjector faults, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(spot);
        ArgumentNullException.ThrowIfNull(linear);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(faults);
        if (linear.Core.Options.SharesWalletsOf != spot.Core)
        {
            throw new ArgumentException("the markets of a unified account share their wallets", nameof(linear));
        }

        BybitDesk spotDesk = new(new BybitMarket(BybitMarket.SpotCategory, spot, options.Seed));
        BybitDesk linearDesk = new(new BybitMarket(BybitMarket.LinearCategory, linear, options.Seed));
        _markets = new BybitMarkets(spotDesk.Market, linearDesk.Market);
        BybitExits exits = new(linearDesk);
        _markets.AfterEachCommand(exits.Settle);
        BybitLedger ledger = new();
        List<BybitEndpoint> endpoints = Endpoints([spotDesk, linearDesk], exits, ledger);
        BybitLimits limits = new(endpoints, options.IsUnlimited);
        Limits = limits.All;
        BybitGate gate = new(_markets, endpoints, limits);
        _rest = new BybitRest(gate, faults, time);
        RateWindow connects = new(new RateRule("CONNECT", "MINUTE", 5, options.IsUnlimited ? Unlimited : MostConnects));
        Sockets sockets = new(new BybitSocketOptions(options.Sockets, connects, () => spot.Core.Now), faults, time);
        StreamHub privateHub = new();
        BybitSubscriptions subscriptions = new(privateHub, new BybitPrivateTopics(), _markets.Gate);
        BybitLogin login = new(_markets);
        _sockets.Add(PrivateSocket, sockets.Serve(BybitMarkets.Venue, new BybitPrivateOperations(subscriptions, login, () => spot.Core.Now)));
        _sockets.Add(TradeSocket, sockets.Serve(BybitMarkets.Venue, new BybitTradeOperations(gate, login, faults, time)));
        lock (_markets.Gate)
        {
            linear.Core.Subscribe(exits);
            spot.Core.Subscribe(ledger.Hear(spotDesk.Market));
            linear.Core.Subscribe(ledger.Hear(linearDesk.Market));
        }

        Markets =
        [
            Serve(spotDesk, exits: null, privateHub, sockets),
            Serve(linearDesk, exits, privateHub, sockets),
        ];
    }

    /// <summary>Spot and linear, for the host.</summary>
    public IReadOnlyList<HostedMarket> Markets { get; }

    internal RequestLimits Limits { get; }

    /// <summary>What the exchanges of the venue are made of.</summary>
    /// <param name="listings">Instruments, for both.</param>
    /// <param name="spot">Null for the spot market, else the spot exchange with which linear contracts share the wallets.</param>
    public static ExchangeCoreOptions CoreOptions(IReadOnlyList<ListingTerms> listings, ExchangeCore? spot = null) => new()
    {
        Kind = spot is null ? MarketKind.Spot : MarketKind.Linear,
        Listings = [.. listings.Select(l => l with { MaxOrders = 500, MaxConditionalOrders = spot is null ? 30 : 10, MaxLeverage = 100 })],
        MakerFee = spot is null ? 0.001m : 0.0002m,
        TakerFee = spot is null ? 0.001m : 0.00055m,
        DefaultLeverage = 10,
        SharesWalletsOf = spot,
        AcceptsBeforeMatching = true,
        NamesOrders = false,
    };

    internal static bool IsPublicSocket(string path) => path.StartsWith(PublicSockets, StringComparison.Ordinal);

    internal Task HandleAsync(HttpContext context)
    {
        string path = context.Request.Path.Value ?? "";
        return _sockets.TryGetValue(path, out BybitSocketServer? sockets) ? sockets.ServeAsync(context) : _rest.HandleAsync(context);
    }

    internal void Settle() => _markets.Settle();

    private HostedMarket Serve(BybitDesk desk, BybitExits? exits, StreamHub privateHub, Sockets sockets)
    {
        BybitMarket market = desk.Market;
        StreamHub hub = new();
        BybitFrontEnd frontEnd = new(this, desk, hub, (new BybitWalletText(_markets), exits is null ? null : new BybitPositionText(market, exits), privateHub));
        BybitSubscriptions subscriptions = new(hub, frontEnd.PublicStreams, _markets.Gate) { MostPerMessage = market.IsSpot ? MostSpotTopics : 0 };
        _sockets.Add(PublicSockets + market.Category, sockets.Serve(market.Venue, new BybitPublicOperations(subscriptions)));
        return new HostedMarket(market.Facts, frontEnd);
    }

    private List<BybitEndpoint> Endpoints(IReadOnlyList<BybitDesk> desks, BybitExits exits, BybitLedger ledger)
    {
        BybitOrderApi orders = new(desks);
        return
        [
            .. new BybitMarketApi(_markets).Endpoints,
            .. new BybitListing(_markets).Endpoints,
            .. new BybitPriceApi(_markets).Endpoints,
            .. orders.Endpoints,
            .. new BybitBatchApi(orders).Endpoints,
            .. new BybitOrderQueries(orders, ledger).Endpoints,
            .. new BybitAccountApi(_markets).Endpoints,
            .. new BybitPositionApi(_markets.Linear, exits).Endpoints,
            .. new BybitLedgerApi(_markets, ledger).Endpoints,
        ];
    }

    private sealed record Sockets(BybitSocketOptions Options, FaultInjector Faults, TimeProvider Time)
    {
        public BybitSocketServer Serve(string venue, IBybitOperations operations) => new(venue, operations, Options, Faults, Time);
    }
}
