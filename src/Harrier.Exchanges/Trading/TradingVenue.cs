using Harrier.Domain;
using Harrier.Engine.Execution;
using Harrier.Engine.Reconciliation;
using Harrier.Engine.Risk;
using Harrier.Exchanges.Results;
using Harrier.Exchanges.Transport;
using Harrier.Exchanges.Venues;
using Microsoft.Extensions.Logging;

namespace Harrier.Exchanges.Trading;

/// <summary>One account at the venue: sends the engine's orders, follows its private stream and keeps both in agreement.</summary>
public sealed partial class TradingVenue : IVenue, IAsyncDisposable
{
    private static readonly TimeSpan ReconcilePause = TimeSpan.FromSeconds(2);

    private readonly VenueSurroundings _surroundings;
    private readonly OrderRouter _router;
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly SemaphoreSlim _reconciling = new(1, 1);
    private Task _run = Task.CompletedTask;
    private readonly TimeSpan? _auditEvery;
    private readonly TimeSpan _auditSoon;
    private readonly Action<Difference> _halted;
    private TaskCompletionSource _auditNow = NewSignal();
    private Task _reconcile = Task.CompletedTask;
    private Task _audit = Task.CompletedTask;
    private readonly SymbolUpkeep _symbols;
    private Task _upkeep = Task.CompletedTask;

    /// <summary>Wires the parts; nothing is sent before <see cref="StartAsync"/>.</summary>
    /// <param name="access">The account; disposed of with this.</param>
    /// <param name="options">How it is traded.</param>
    /// <param name="surroundings">The outside world.</param>
    public TradingVenue(TradingAccess access, TradingVenueOptions options, VenueSurroundings surroundings)
    {
        ArgumentNullException.ThrowIfNull(access);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(surroundings);
        Access = access;
        _surroundings = surroundings;
        _auditEvery = options.AuditEvery;
        _auditSoon = options.AuditSoon;
        _halted = options.EntriesHalted;
        TimeProvider time = surroundings.Time;
        Tracker = new OrderTracker(options.Instruments, options.Reports, time, options.Record);
        _router = new OrderRouter(new OrderRouterParts
        {
            Client = access.Client,
            Tracker = Tracker,
            Instruments = options.Instruments,
            Fit = access.Fit,
            PriceOf = options.PriceOf,
            IsShared = options.IsShared,
            SendsAtOnce = options.SendsAtOnce,
            Heard = options.Heard,
            Leaves = options.Leaves,
            SeparateConditionals = access.SeparateConditionals,
            Unknown = options.Unknown ?? access.Unknown,
            StreamSoundSince = () => Session?.SoundSince,
            AccountAgrees = options.AccountAgrees ?? (stop => Session!.AgreesAsync(stop)),
            Time = time,
        });
        _symbols = new SymbolUpkeep(access.RefreshSymbolsAsync, time);
        _router.Trouble += OnTrouble;
        Session = new AccountSession(access.Client, Tracker, _router, time, new AccountSessionOptions
        {
            Policy = options.Policy,
            Instruments = options.Instruments,
            ClockOffset = () => access.Clock.Offset,
            SeparateConditionals = access.SeparateConditionals,
        });
        Session.Found += OnFound;
        UserStream stream = access.OpenStream(new UserStreamSink(OnNews, OnSubscribed, Session.OnLost));
        Connection = new WebSocketConnection(options.Tune(stream.Connection), surroundings.Sockets, stream.Handler, time, surroundings.Logger);
    }

    /// <summary>The account at its venue.</summary>
    public TradingAccess Access { get; }

    /// <summary>The calls of the account.</summary>
    public TradingClient Client => Access.Client;

    /// <summary>Follows the orders.</summary>
    public OrderTracker Tracker { get; }

    /// <summary>The account's news.</summary>
    public AccountSession Session { get; }

    /// <summary>The private stream's connection, for the hub.</summary>
    public WebSocketConnection Connection { get; }

    /// <summary>Measures the clock, reads the symbols, opens the private stream and reads the account.</summary>
    /// <returns>Success once the picture of the account is right; the error that stood in the way otherwise.</returns>
    public async Task<VenueResult<bool>> StartAsync(CancellationToken cancellation)
    {
        await Access.Clock.RefreshAsync(cancellation).ConfigureAwait(false);
        VenueResult<bool> symbols = await Access.RefreshSymbolsAsync(cancellation).ConfigureAwait(false);
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

        _router.Resume(Tracker.Resume());
        _run = Connection.RunAsync(_stop.Token);
        await _ready.Task.WaitAsync(cancellation).ConfigureAwait(false);
        _upkeep = _symbols.RunAsync(error => LogSymbolsFailed(_surroundings.Logger, error.Kind, error.Message), _stop.Token);
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
        await _upkeep.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _router.DisposeAsync().ConfigureAwait(false);
        Access.Dispose();
        _reconciling.Dispose();
        _stop.Dispose();
    }

    private void OnNews(AccountEvent news)
    {
        Session.OnEvent(news);
        if (news is UnreadMessage { IsDamaged: true })
        {
            // It told something that nobody will tell again.
            Volatile.Read(ref _auditNow).TrySetResult();
        }
    }

    private void OnFound(Difference difference)
    {
        if (difference.Resolution.Kind == ResolutionKind.LookAgain)
        {
            // On its way, or not proven: nothing that a person needs to know.
            return;
        }

        LogDifference(_surroundings.Logger, difference.Kind, difference.Subject, difference.Ours, difference.Theirs, difference.Resolution.Kind);
        if (difference.Resolution.HaltsEntries)
        {
            _halted(difference);
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private async Task AuditAsync(TimeSpan every)
    {
        bool isPending = false;
        while (true)
        {
            await Task.WhenAny(Task.Delay(isPending && _auditSoon < every ? _auditSoon : every, _surroundings.Time, _stop.Token), Volatile.Read(ref _auditNow).Task).ConfigureAwait(false);
            _stop.Token.ThrowIfCancellationRequested();
            Volatile.Write(ref _auditNow, NewSignal());
            if (!await _reconciling.WaitAsync(TimeSpan.Zero, _stop.Token).ConfigureAwait(false))
            {
                // The account is being read at this moment.
                continue;
            }

            try
            {
                ReconcileOutcome outcome = Session.IsSuspect ? default : await Session.AuditAsync(_stop.Token).ConfigureAwait(false);
                isPending = outcome.IsPending;
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
        if (trouble.Error.Outcome == Outcome.Unknown)
        {
            // What the account shows may settle it sooner than asking after the order.
            Volatile.Read(ref _auditNow).TrySetResult();
        }

        _symbols.Note(trouble.Error);
        if (trouble.IsUnsettled)
        {
            LogUnsettled(_surroundings.Logger, trouble.Order, trouble.Error.Kind, trouble.Error.Message);
        }
        else
        {
            LogTrouble(_surroundings.Logger, trouble.Order, trouble.Error.Kind, trouble.Error.Outcome, trouble.Error.Message);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The account differs, {Kind}, {Subject}: ours '{Ours}', theirs '{Theirs}'; {Resolution}")]
    private static partial void LogDifference(ILogger logger, DifferenceKind kind, string subject, string ours, string theirs, ResolutionKind resolution);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Reading the account again failed, {Kind}: {Detail}")]
    private static partial void LogReconcileFailed(ILogger logger, VenueErrorKind kind, string detail);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Reading symbols and rules again failed, {Kind}: {Detail}")]
    private static partial void LogSymbolsFailed(ILogger logger, VenueErrorKind kind, string detail);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A call about order {Order} failed, {Kind}, effect {Outcome}: {Detail}")]
    private static partial void LogTrouble(ILogger logger, ClientOrderId order, VenueErrorKind kind, Outcome outcome, string detail);

    [LoggerMessage(Level = LogLevel.Error, Message = "What became of order {Order} could not be found out, {Kind}: {Detail}; look at the venue")]
    private static partial void LogUnsettled(ILogger logger, ClientOrderId order, VenueErrorKind kind, string detail);
}
