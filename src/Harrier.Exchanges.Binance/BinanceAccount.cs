using Harrier.Exchanges.Binance.Mapping;
using Harrier.Exchanges.Requests;
using Harrier.Exchanges.Results;
using Harrier.Exchanges.Symbols;
using Harrier.Exchanges.Trading;
using Harrier.Exchanges.Transport;
using Harrier.Exchanges.Venues;
using Harrier.Exchanges.Wire;

namespace Harrier.Exchanges.Binance;

/// <summary>One account of a market: its calls, its limits and its private stream.</summary>
public sealed class BinanceAccount : TradingAccess
{
    // A request may be stamped up to a second ahead of the venue's clock.
    private static readonly TimeSpan LargestSkew = TimeSpan.FromSeconds(1);

    private readonly BinanceAccountOptions _options;
    private readonly BinanceClient _client;
    private readonly BinanceSigner _signer;
    private readonly Func<double> _jitter;

    /// <summary>Wires the parts; nothing is sent.</summary>
    /// <param name="options">What it is made of.</param>
    /// <param name="requests">What its calls share; disposed of with it.</param>
    /// <param name="surroundings">The outside world.</param>
    public BinanceAccount(BinanceAccountOptions options, VenueRequests requests, VenueSurroundings surroundings)
        : base(requests)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(surroundings);
        _options = options;
        _jitter = surroundings.Jitter;
        _signer = new BinanceSigner(options.Credentials, options.ReceiveWindow);
        Symbols = new BinanceSymbols(options.Market, null, options.Symbols is { Count: > 0 } chosen ? chosen : null);
        BinanceEndpoints places = options.Endpoints;
        RestClient rest = Rest(places.Rest, surroundings.Http);
        BinanceConnection connection = new(rest, Budget, _signer, Symbols)
        {
            Wallet = places.Wallet == places.Rest ? rest : Rest(places.Wallet, surroundings.Http),
        };
        _client = options.Market == BinanceMarket.Spot ? new BinanceSpotClient(connection) : new BinanceLinearClient(connection);
        Clock.UseProbe(_client.ServerTimeAsync);
    }

    /// <inheritdoc/>
    public override TradingClient Client => _client;

    /// <inheritdoc/>
    public override BinanceSymbols Symbols { get; }

    /// <inheritdoc/>
    public override bool IsSpot => _options.Market == BinanceMarket.Spot;

    /// <summary>Counts of what the venue sent and nobody knows.</summary>
    public WireCensus Census => _client.Connection.Census;

    /// <inheritdoc/>
    /// <remarks>The venue checks the receive window again before its engine, so that after it nothing of a lost request can still happen.</remarks>
    public override UnknownOutcomeOptions Unknown => new() { QuietTime = _options.ReceiveWindow + LargestSkew };

    /// <inheritdoc/>
    public override bool SeparateConditionals => _options.Market == BinanceMarket.UsdM;

    /// <inheritdoc/>
    public override Task<VenueResult<bool>> RefreshSymbolsAsync(CancellationToken cancellation) => _client.RefreshSymbolsAsync(cancellation);

    /// <inheritdoc/>
    public override VenueResult<OrderRequest> Fit(OrderRequest request, decimal? price)
    {
        ArgumentNullException.ThrowIfNull(request);
        return Symbols.TryFind(request.Symbol, out SymbolRules? rules, out _)
            ? _client.Fit(rules, request, price)
            : VenueResult<OrderRequest>.Failed(new VenueError(VenueErrorKind.UnknownSymbol, Outcome.NotDone, 0, $"the venue does not list {request.Symbol}"));
    }

    /// <inheritdoc/>
    public override UserStream OpenStream(UserStreamSink sink)
    {
        ArgumentNullException.ThrowIfNull(sink);
        UserEventReader reader = new(_options.Market, Census);
        IConnectionHandler handler;
        Func<CancellationToken, ValueTask<Uri>> address;
        if (_client is BinanceLinearClient linear)
        {
            LinearUserStream stream = new(linear, _options.Endpoints.Streams, reader, sink);
            (handler, address) = (stream, stream.AddressAsync);
        }
        else
        {
            Uri api = new(_options.Endpoints.WebSocketApi, "/ws-api/v3");
            (handler, address) = (new SpotUserStream(_signer, Clock, reader, sink), _ => ValueTask.FromResult(api));
        }

        return new UserStream(handler, new WebSocketConnectionOptions
        {
            Name = (_options.Market == BinanceMarket.Spot ? "spot" : "usdm") + "-account",
            Address = address,
            BackOff = new BackOff { Jitter = _jitter },
            MessagesPerSecond = 5,
        });
    }

    /// <summary>What the calls of an account share.</summary>
    public static VenueRequests RequestsOf(BinanceAccountOptions options, VenueSurroundings surroundings)
    {
        ArgumentNullException.ThrowIfNull(options);
        return new VenueRequests(options.Endpoints.Rest, BinanceLimits.Defaults(options.Market), options.Credentials.Scope, surroundings);
    }

    private RestClient Rest(Uri origin, HttpMessageInvoker http) =>
        new(new RestClientOptions { BaseAddress = origin, Jitter = _jitter }, http, Budget, new BinanceRestDialect(_options.Market), Clock);
}
