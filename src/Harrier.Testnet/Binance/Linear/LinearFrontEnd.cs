using Harrier.Testnet.Binance.Shared;
using Harrier.Testnet.Core;
using Harrier.Testnet.Hosting;
using Harrier.Testnet.Hosting.Faults;
using Harrier.Testnet.Hosting.Sockets;
using Microsoft.AspNetCore.Http;

namespace Harrier.Testnet.Binance.Linear;

/// <summary>USD-M futures: requests under <c>/fapi</c>, the WebSocket API, and streams split by kind.</summary>
public sealed class LinearFrontEnd : IFrontEnd, IDisposable
{
    /// <summary>Venue id without the prefix of simulated data.</summary>
    public const string VenueId = "binance-usdm";

    private const string SocketApi = "/ws-fapi/v1";
    private const int MaxMessages = 10;
    private const int Unlimited = 1_000_000_000;

    private readonly MarketFacts _facts;
    private readonly RestServer _rest;
    private readonly SocketApiServer _socketApi;
    private readonly StreamServer _public;
    private readonly StreamServer _market;
    private readonly StreamServer _private;
    private readonly LinearListenKeys _keys;
    private readonly LinearMarketStreams _marketStreams;
    private readonly LinearUserStreams _userStreams;
    private readonly LinearIncome _income;

    /// <summary>A front end of an exchange; it listens to the exchange from now on.</summary>
    /// <param name="facts">The exchange.</param>
    /// <param name="options">How it is served.</param>
    /// <param name="faults">What goes wrong.</param>
    /// <param name="time">Clock of delays and the life of sockets.</param>
    public LinearFrontEnd(MarketFacts facts, TestnetOptions options, FaultInjector faults, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(facts);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(faults);
        _facts = facts;
        ExchangeCore core = facts.Core;
        StreamServerOptions sockets = new(VenueId, options.Sockets) { MaxMessages = options.IsUnlimited ? Unlimited : MaxMessages, Now = () => core.Now };
        _public = new StreamServer(sockets, new StreamHub(), faults, time);
        _market = new StreamServer(sockets, new StreamHub(), faults, time);
        _private = new StreamServer(sockets, new StreamHub(), faults, time);
        _keys = new LinearListenKeys(core);
        _userStreams = new LinearUserStreams(core, _keys, _private.Hub);
        _marketStreams = new LinearMarketStreams(facts, _public.Hub, _market.Hub);
        _income = new LinearIncome(core);
        Limits = MakeLimits(options.IsUnlimited);
        ApiGate gate = new(core, Limits, Endpoints());
        _rest = new RestServer(VenueId, gate, faults, time);
        _socketApi = new SocketApiServer(sockets, gate, faults, time, static _ => { });
        lock (core.Gate)
        {
            core.Subscribe(_userStreams);
            core.Subscribe(_marketStreams);
            core.Subscribe(_income);
        }
    }

    /// <inheritdoc/>
    public string Venue => VenueId;

    /// <inheritdoc/>
    public RequestLimits Limits { get; }

    /// <inheritdoc/>
    public bool Claims(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return path.StartsWith("/fapi/", StringComparison.Ordinal) || path == SocketApi || Kind(path) is not null;
    }

    /// <inheritdoc/>
    public Task HandleAsync(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        string path = context.Request.Path.Value ?? "";
        if (path == SocketApi)
        {
            return _socketApi.ServeAsync(context);
        }

        return Kind(path) is { } kind ? ServeStreamsAsync(context, kind, path[(kind.Length + 2)..]) : _rest.HandleAsync(context);
    }

    /// <inheritdoc/>
    public void Tick()
    {
        _marketStreams.Tick();
        _userStreams.Tick();
    }

    /// <inheritdoc/>
    public void OnTransfer(ExchangeAccount account, string asset, decimal amount)
    {
        // The account's balance event tells it.
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _marketStreams.Dispose();
        _userStreams.Dispose();
    }

    private static string? Kind(string path)
    {
        foreach (string kind in (ReadOnlySpan<string>)["public", "market", "private"])
        {
            string rest = path.Length > kind.Length + 2 && path.StartsWith("/" + kind + "/", StringComparison.Ordinal) ? path[(kind.Length + 2)..] : "";
            if (rest is "ws" or "stream" || rest.StartsWith("ws/", StringComparison.Ordinal))
            {
                return kind;
            }
        }

        return null;
    }

    private static RequestLimits MakeLimits(bool isUnlimited) => new(
        new RateRule("REQUEST_WEIGHT", "MINUTE", 1, isUnlimited ? Unlimited : 2400),
        new RateRule("RAW_REQUESTS", "MINUTE", 5, Unlimited),
        [
            new RateRule("ORDERS", "SECOND", 10, isUnlimited ? Unlimited : 300),
            new RateRule("ORDERS", "MINUTE", 1, isUnlimited ? Unlimited : 1200),
        ]);

    private List<ApiEndpoint> Endpoints()
    {
        LinearOrderApi orders = new(_facts.Core);
        return
        [
            .. new LinearMarketApi(_facts, Limits).Endpoints,
            .. new LinearPriceApi(_facts).Endpoints,
            .. orders.Endpoints,
            .. new LinearBatchApi(orders).Endpoints,
            .. new LinearAlgoApi(_facts.Core).Endpoints,
            .. new LinearAccountApi(_facts.Core, _income).Endpoints,
            .. new LinearSettingsApi(_facts.Core, _userStreams).Endpoints,
            .. _keys.Endpoints,
        ];
    }

    // Paths are ws, ws/<streams>, or stream with the streams in the query.
    private Task ServeStreamsAsync(HttpContext context, string kind, string rest)
    {
        bool isCombined = rest == "stream";
        string names = isCombined ? context.Request.Query["streams"].ToString() : rest.Length > 3 ? rest[3..] : "";
        List<string> streams = [.. names.Split('/', StringSplitOptions.RemoveEmptyEntries)];
        if (kind == "private")
        {
            AddPrivate(streams, context.Request.Query);
        }

        StreamServer server = kind switch
        {
            "public" => _public,
            "market" => _market,
            _ => _private,
        };
        return server.ServeAsync(context, streams, isCombined);
    }

    private static void AddPrivate(List<string> streams, IQueryCollection query)
    {
        string events = query["events"].ToString();
        foreach (string? key in query["listenKey"])
        {
            if (string.IsNullOrEmpty(key))
            {
                continue;
            }

            if (events.Length == 0)
            {
                streams.Add(key);
            }
            else
            {
                streams.AddRange(events.Split('/', StringSplitOptions.RemoveEmptyEntries).Select(e => LinearUserStreams.TopicOf(key, e)));
            }
        }
    }
}
