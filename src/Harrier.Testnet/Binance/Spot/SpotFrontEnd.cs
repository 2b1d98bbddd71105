using Harrier.Testnet.Binance.Shared;
using Harrier.Testnet.Hosting;
using Harrier.Testnet.Hosting.Faults;
using Harrier.Testnet.Hosting.Sockets;
using Microsoft.AspNetCore.Http;

namespace Harrier.Testnet.Binance.Spot;

/// <summary>Binance Spot: requests under <c>/api/v3</c> and <c>/sapi</c>, streams under <c>/ws</c> and <c>/stream</c>, the WebSocket API.</summary>
public sealed class SpotFrontEnd : IFrontEnd, IDisposable
{
    /// <summary>Venue id.</summary>
    public const string VenueName = "binance-spot";

    private const int Unlimited = 1_000_000_000;

    private readonly SpotMarket _market;
    private readonly SpotStreams _streams;
    private readonly SpotUserStreams _users;
    private readonly RestServer _rest;
    private readonly StreamServer _streamServer;
    private readonly SocketApiServer _socketApi;

    /// <summary>Serves a spot exchange.</summary>
    /// <param name="facts">The exchange.</param>
    /// <param name="options">Limits and sockets.</param>
    /// <param name="faults">What goes wrong.</param>
    /// <param name="time">Clock of delays, limits of messages and lives of sockets.</param>
    public SpotFrontEnd(MarketFacts facts, TestnetOptions options, FaultInjector faults, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(facts);
        ArgumentNullException.ThrowIfNull(options);
        Limits = MakeLimits(options.IsUnlimited);
        _market = new SpotMarket(facts, Limits);
        StreamHub hub = new();
        _streams = new SpotStreams(_market, hub);
        _users = new SpotUserStreams(facts.Core, Limits);
        ApiGate gate = new(facts.Core, Limits, SpotEndpoints.Of(_market, _users));
        StreamServerOptions sockets = new(VenueName, options.Sockets)
        {
            Now = () => facts.Core.Now,
            MaxMessages = options.IsUnlimited ? Unlimited : 5,
        };
        _rest = new RestServer(VenueName, gate, faults, time);
        _streamServer = new StreamServer(sockets, hub, faults, time);
        _socketApi = new SocketApiServer(sockets, gate, faults, time, _users.Forget);
    }

    /// <inheritdoc/>
    public string Venue => VenueName;

    /// <inheritdoc/>
    public RequestLimits Limits { get; }

    /// <inheritdoc/>
    public bool Claims(string path) =>
        path.StartsWith("/api/", StringComparison.Ordinal) || path.StartsWith("/sapi/", StringComparison.Ordinal) || path.StartsWith("/dapi/", StringComparison.Ordinal)
        || path.StartsWith("/ws-api/v3", StringComparison.Ordinal) || IsStream(path);

    /// <inheritdoc/>
    public Task HandleAsync(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        string path = context.Request.Path.Value ?? "";
        if (path.StartsWith("/ws-api/", StringComparison.Ordinal))
        {
            return _socketApi.ServeAsync(context);
        }

        if (!IsStream(path))
        {
            return _rest.HandleAsync(context);
        }

        bool isCombined = path.StartsWith("/stream", StringComparison.Ordinal);
        string names = isCombined ? context.Request.Query["streams"].ToString() : path.Length > 4 ? path[4..] : "";
        return _streamServer.ServeAsync(context, names.Split('/', StringSplitOptions.RemoveEmptyEntries), isCombined);
    }

    /// <inheritdoc/>
    public void Tick()
    {
        foreach (Core.ListedInstrument instrument in _market.Core.Listings)
        {
            _market.Tape.Finish(instrument);
        }

        _streams.Tick();
    }

    /// <inheritdoc/>
    public void OnTransfer(Core.ExchangeAccount account, string asset, decimal amount) => _users.OnTransfer(account, asset, amount);

    /// <inheritdoc/>
    public void Dispose()
    {
        _streams.Dispose();
        _users.Dispose();
    }

    private static bool IsStream(string path) =>
        path is "/ws" or "/stream" || path.StartsWith("/ws/", StringComparison.Ordinal) || path.StartsWith("/stream/", StringComparison.Ordinal);

    // The limits as recorded in 2025-08, raw requests as announced for 2026-04-02.
    private static RequestLimits MakeLimits(bool isUnlimited) => new(
        new RateRule("REQUEST_WEIGHT", "MINUTE", 1, isUnlimited ? Unlimited : 6000),
        new RateRule("RAW_REQUESTS", "MINUTE", 5, isUnlimited ? Unlimited : 300_000),
        [
            new RateRule("ORDERS", "SECOND", 10, isUnlimited ? Unlimited : 100),
            new RateRule("ORDERS", "DAY", 1, isUnlimited ? Unlimited : 200_000),
        ]);
}
