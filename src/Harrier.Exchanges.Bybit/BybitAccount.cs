using Harrier.Exchanges.Bybit.Feeds;
using Harrier.Exchanges.Bybit.Mapping;
using Harrier.Exchanges.Requests;
using Harrier.Exchanges.Results;
using Harrier.Exchanges.Symbols;
using Harrier.Exchanges.Trading;
using Harrier.Exchanges.Transport;
using Harrier.Exchanges.Venues;
using Harrier.Exchanges.Wire;

namespace Harrier.Exchanges.Bybit;

/// <summary>What an account at the venue is made of.</summary>
public sealed record BybitAccountOptions
{
    /// <summary>Which market.</summary>
    public required BybitMarket Market { get; init; }

    /// <summary>Where it is reached; there is no default, because a mistake would cost real money.</summary>
    public required BybitEndpoints Endpoints { get; init; }

    /// <summary>Key and secret.</summary>
    public required ApiCredentials Credentials { get; init; }

    /// <summary>Symbols that are traded, in the order of the engine's instruments; empty for all, in the venue's order.</summary>
    public IReadOnlyList<string> Symbols { get; init; } = [];

    /// <summary>How late a signed call may be at the venue's gate.</summary>
    public TimeSpan ReceiveWindow { get; init; } = BybitSigner.DefaultReceiveWindow;
}

/// <summary>One market of an account: its calls, its limits and its private stream.</summary>
public sealed class BybitAccount : TradingAccess
{
    private static readonly TimeSpan QuietTime = TimeSpan.FromSeconds(60);

    private readonly BybitAccountOptions _options;
    private readonly BybitClient _client;
    private readonly BybitSigner _signer;
    private readonly Func<double> _jitter;

    /// <summary>Wires the parts; nothing is sent.</summary>
    /// <param name="options">What it is made of.</param>
    /// <param name="requests">What its calls share; disposed of with it.</param>
    /// <param name="surroundings">The outside world.</param>
    public BybitAccount(BybitAccountOptions options, VenueRequests requests, VenueSurroundings surroundings)
        : base(requests)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(surroundings);
        _options = options;
        _jitter = surroundings.Jitter;
        _signer = new BybitSigner(options.Credentials, options.ReceiveWindow);
        Symbols = new BybitSymbols(options.Market, null, options.Symbols is { Count: > 0 } chosen ? chosen : null);
        RestClient rest = new(new RestClientOptions { BaseAddress = options.Endpoints.Rest, Jitter = _jitter }, surroundings.Http, Budget, new BybitRestDialect(), Clock);
        BybitConnection connection = new(rest, _signer, Symbols, Clock);
        Census = connection.Census;
        _client = new BybitClient(options.Market, connection);
        Clock.UseProbe(_client.ServerTimeAsync);
    }

    /// <inheritdoc/>
    public override TradingClient Client => _client;

    /// <inheritdoc/>
    public override BybitSymbols Symbols { get; }

    /// <inheritdoc/>
    public override bool IsSpot => _options.Market == BybitMarket.Spot;

    /// <summary>Counts of what the venue sent and nobody knows.</summary>
    public WireCensus Census { get; }

    /// <inheritdoc/>
    /// <remarks>
    /// The venue checks the receive window at its gate only and bounds nothing behind it: a lost request may still come into being long after.
    /// So absence counts after a minute, which is when a person is told of it as well; asking goes on until it is proven.
    /// </remarks>
    public override UnknownOutcomeOptions Unknown => new() { QuietTime = QuietTime, EscalateAfter = QuietTime };

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
        Uri address = new(_options.Endpoints.Streams, "/v5/private");
        BybitUserStream stream = new((_signer, Clock), new UserEventReader(_options.Market, Symbols, Census), sink);
        return new UserStream(stream, BybitStreams.Pinged(new WebSocketConnectionOptions
        {
            Name = _options.Market.Category() + "-account",
            Address = _ => ValueTask.FromResult(address),
            BackOff = new BackOff { Jitter = _jitter },
        }));
    }

    /// <summary>What the calls of an account share.</summary>
    public static VenueRequests RequestsOf(BybitAccountOptions options, VenueSurroundings surroundings)
    {
        ArgumentNullException.ThrowIfNull(options);
        return new VenueRequests(options.Endpoints.Rest, BybitLimits.Of(options.Market), options.Credentials.Scope, surroundings);
    }
}
