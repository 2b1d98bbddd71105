using Harrier.Domain;
using Harrier.Engine.Execution;
using Harrier.Engine.Risk;
using Harrier.Exchanges.Binance.Mapping;
using Harrier.Exchanges.Requests;
using Harrier.Exchanges.Results;
using Harrier.Exchanges.Symbols;
using Harrier.Exchanges.Trading;
using Harrier.Exchanges.Transport;
using Harrier.Exchanges.Wire;
using Microsoft.Extensions.Logging;

namespace Harrier.Exchanges.Binance;

/// <summary>The outside world of an account: how calls and streams leave this process.</summary>
/// <param name="Http">Makes requests; nothing below it may retry.</param>
/// <param name="Sockets">Opens sockets.</param>
/// <param name="Time">The clock.</param>
/// <param name="Logger">Takes what a person may want to know.</param>
public sealed record VenueSurroundings(HttpMessageInvoker Http, ISocketFactory Sockets, TimeProvider Time, ILogger Logger);

/// <summary>One account at the venue: sends the engine's orders, follows its private stream and keeps both in agreement.</summary>
public sealed partial class BinanceVenue : IVenue, IAsyncDisposable
{
    private static readonly TimeSpan ReconcilePause = TimeSpan.FromSeconds(2);

    // A request may be stamped up to a second ahead of the venue's clock.
    private static readonly TimeSpan LargestSkew = TimeSpan.FromSeconds(1);

    private readonly VenueSurroundings _surroundings;
    private readonly ServerClock _clock;
    private readonly OrderRouter _router;
    private readonly WebSocketConnection _stream;
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly SemaphoreSlim _reconciling = new(1, 1);
    private Task _run = Task.CompletedTask;
    private readonly TimeSpan? _auditEvery;
    private TaskCompletionSource _auditNow = NewSignal();
    private Task _reconcile = Task.CompletedTask;
    private Task _audit = Task.CompletedTask;

    /// <summary>Wires the parts; nothing is sent before <see cref="StartAsync"/>.</summary>
    public BinanceVenue(BinanceVenueOptions options, VenueSurroundings surroundings)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(surroundings);
        _surroundings = surroundings;
        TimeProvider time = surroundings.Time;
        _clock = new ServerClock(time);
        Symbols = new BinanceSymbols(options.Market, null, [.. options.Instruments.OrderBy(i => i.Id.Index).Select(i => i.Symbol)]);
        _auditEvery = options.AuditEvery;
        RequestBudget budget = new(
            new RequestBudgetOptions { Rules = BinanceLimits.Defaults(options.Market), Ledger = options.Ledger, AccountScope = options.Credentials.Scope }, time);
        BinanceSigner signer = new(options.Credentials, options.ReceiveWindow);
        RestClient rest = Rest(options, options.Endpoints.Rest, budget);
        BinanceConnection connection = new(rest, budget, signer, Symbols)
        {
            Wallet = options.Endpoints.Wallet == options.Endpoints.Rest ? rest : Rest(options, options.Endpoints.Wallet, budget),
        };
        Client = options.Market == BinanceMarket.Spot ? new BinanceSpotClient(connection) : new BinanceLinearClient(connection);
        _clock.UseProbe(Client.ServerTimeAsync);
        Tracker = new OrderTracker(options.Instruments, options.Reports, time);
        _router = new OrderRouter(new OrderRouterParts
        {
            Client = Client,
            Tracker = Tracker,
            Instruments = options.Instruments,
            Fit = Fit,
            PriceOf = options.PriceOf,
            SeparateConditionals = options.Market == BinanceMarket.UsdM,
            Unknown = options.Unknown ?? new UnknownOutcomeOptions { QuietTime = options.ReceiveWindow + LargestSkew },
            StreamSoundSince = () => Session?.SoundSince,
            AccountAgrees = options.AccountAgrees ?? (static _ => Task.FromResult<bool?>(true)),
            Time = time,
        });
        _router.Trouble += OnTrouble;
        Session = new AccountSession(Client, Tracker, _router, time);
        Budget = budget;
        Census = connection.Census;
        _stream = Stream(options, signer, new UserEventReader(options.Market, connection.Census));
    }

    /// <summary>The calls of the account.</summary>
    public BinanceClient Client { get; }

    /// <summary>Symbols and their rules.</summary>
    public BinanceSymbols Symbols { get; }

    /// <summary>Follows the orders.</summary>
    public OrderTracker Tracker { get; }

    /// <summary>The account's news.</summary>
    public AccountSession Session { get; }

    /// <summary>The request budget.</summary>
    public RequestBudget Budget { get; }

    /// <summary>Counts of what the venue sent and nobody knows.</summary>
    public WireCensus Census { get; }

    /// <summary>The private stream's connection, for the hub.</summary>
    public WebSocketConnection Connection => _stream;

    /// <summary>Measures the clock, reads the symbols, opens the private stream and reads the account.</summary>
    /// <returns>Success once the picture of the account is right; the error that stood in the way otherwise.</returns>
    public async Task<VenueResult<bool>> StartAsync(CancellationToken cancellation)
    {
        await _clock.RefreshAsync(cancellation).ConfigureAwait(false);
        VenueResult<bool> symbols = await Client.RefreshSymbolsAsync(cancellation).ConfigureAwait(false);
        if (!symbols.IsOk)
        {
            return symbols;
        }

        // A wrong key is known here and not after ten attempts at a stream.
        VenueResult<AccountSnapshot> account = await Client.AccountAsync(cancellation).ConfigureAwait(false);
        if (!account.IsOk)
        {
            return account.As<bool>();
        }

        if (account.Value.IsHedgeMode)
        {
            return VenueResult<bool>.Failed(new VenueError(
                VenueErrorKind.NotSupported, Outcome.NotDone, 0, "the account keeps long and short positions apart (hedge mode), which is not supported: switch it to one-way mode"));
        }

        _run = _stream.RunAsync(_stop.Token);
        await _ready.Task.WaitAsync(cancellation).ConfigureAwait(false);
        _audit = _auditEvery is { } every ? AuditAsync(every) : Task.CompletedTask;
        return VenueResult<bool>.Ok(true);
    }

    /// <inheritdoc/>
    public void Submit(ApprovedOrder order) => _router.Submit(order);

    /// <inheritdoc/>
    public void Cancel(ClientOrderId order) => _router.Cancel(order);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _router.Trouble -= OnTrouble;
        await _stop.CancelAsync().ConfigureAwait(false);
        await _run.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _reconcile.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _audit.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _router.DisposeAsync().ConfigureAwait(false);
        _clock.Dispose();
        _reconciling.Dispose();
        _stop.Dispose();
    }

    private RestClient Rest(BinanceVenueOptions options, Uri origin, RequestBudget budget) => new(
        new RestClientOptions { BaseAddress = origin, Jitter = options.Jitter },
        _surroundings.Http,
        budget,
        new BinanceRestDialect(options.Market),
        _clock);

    private WebSocketConnection Stream(BinanceVenueOptions options, BinanceSigner signer, UserEventReader reader)
    {
        UserStreamSink sink = new(OnNews, OnSubscribed, Session.OnLost);
        IConnectionHandler handler;
        Func<CancellationToken, ValueTask<Uri>> address;
        if (Client is BinanceLinearClient linear)
        {
            LinearUserStream stream = new(linear, options.Endpoints.Streams, reader, sink);
            (handler, address) = (stream, stream.AddressAsync);
        }
        else
        {
            Uri api = new(options.Endpoints.WebSocketApi, "/ws-api/v3");
            (handler, address) = (new SpotUserStream(signer, _clock, reader, sink), _ => ValueTask.FromResult(api));
        }

        WebSocketConnectionOptions settings = new()
        {
            Name = (options.Market == BinanceMarket.Spot ? "spot" : "usdm") + "-account",
            Address = address,
            BackOff = new BackOff { Jitter = options.Jitter },
            MessagesPerSecond = 5,
        };
        return new WebSocketConnection(options.Tune(settings), _surroundings.Sockets, handler, _surroundings.Time, _surroundings.Logger);
    }

    private VenueResult<OrderRequest> Fit(OrderRequest request, decimal? price) => Symbols.TryFind(request.Symbol, out SymbolRules? rules, out _)
        ? Client.Fit(rules, request, price)
        : VenueResult<OrderRequest>.Failed(new VenueError(VenueErrorKind.UnknownSymbol, Outcome.NotDone, 0, $"the venue does not list {request.Symbol}"));

    private void OnNews(AccountEvent news)
    {
        Session.OnEvent(news);
        if (news is UnreadMessage { IsDamaged: true })
        {
            // It told something that nobody will tell again.
            Volatile.Read(ref _auditNow).TrySetResult();
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private async Task AuditAsync(TimeSpan every)
    {
        while (true)
        {
            await Task.WhenAny(Task.Delay(every, _surroundings.Time, _stop.Token), Volatile.Read(ref _auditNow).Task).ConfigureAwait(false);
            _stop.Token.ThrowIfCancellationRequested();
            Volatile.Write(ref _auditNow, NewSignal());
            await _reconciling.WaitAsync(_stop.Token).ConfigureAwait(false);
            try
            {
                ReconcileOutcome outcome = Session.IsSuspect ? default : await Session.AuditAsync(_stop.Token).ConfigureAwait(false);
                if (outcome.Error is { } error)
                {
                    LogReconcileFailed(_surroundings.Logger, error.Kind, error.Message);
                    await Task.Delay(error.RetryAfter ?? ReconcilePause, _surroundings.Time, _stop.Token).ConfigureAwait(false);
                }
            }
            finally
            {
                _reconciling.Release();
            }
        }
    }

    private void OnSubscribed()
    {
        Session.OnLost();
        _reconcile = ReconcileAsync();
    }

    private async Task ReconcileAsync()
    {
        try
        {
            await _reconciling.WaitAsync(_stop.Token).ConfigureAwait(false);
            try
            {
                for (ReconcileOutcome outcome = default; !outcome.IsComplete;)
                {
                    outcome = await Session.ReconcileAsync(_stop.Token).ConfigureAwait(false);
                    if (outcome.Error is { } error)
                    {
                        LogReconcileFailed(_surroundings.Logger, error.Kind, error.Message);
                        await Task.Delay(error.RetryAfter ?? ReconcilePause, _surroundings.Time, _stop.Token).ConfigureAwait(false);
                    }
                }

                _ready.TrySetResult();
            }
            finally
            {
                _reconciling.Release();
            }
        }
        catch (OperationCanceledException)
        {
            // Told to stop.
        }
    }

    private void OnTrouble(OrderTrouble trouble)
    {
        if (trouble.IsUnsettled)
        {
            LogUnsettled(_surroundings.Logger, trouble.Order, trouble.Error.Kind, trouble.Error.Message);
        }
        else
        {
            LogTrouble(_surroundings.Logger, trouble.Order, trouble.Error.Kind, trouble.Error.Outcome, trouble.Error.Message);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Reading the account again failed, {Kind}: {Detail}")]
    private static partial void LogReconcileFailed(ILogger logger, VenueErrorKind kind, string detail);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A call about order {Order} failed, {Kind}, effect {Outcome}: {Detail}")]
    private static partial void LogTrouble(ILogger logger, ClientOrderId order, VenueErrorKind kind, Outcome outcome, string detail);

    [LoggerMessage(Level = LogLevel.Error, Message = "What became of order {Order} could not be found out, {Kind}: {Detail}; look at the venue")]
    private static partial void LogUnsettled(ILogger logger, ClientOrderId order, VenueErrorKind kind, string detail);
}
