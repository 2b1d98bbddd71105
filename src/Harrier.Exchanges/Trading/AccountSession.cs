using Harrier.Domain;
using Harrier.Exchanges.Results;

namespace Harrier.Exchanges.Trading;

/// <summary>What came of reading an account again.</summary>
/// <param name="IsComplete">True when everything could be read; otherwise what is missing is read at the next attempt.</param>
/// <param name="Error">What could not be read.</param>
public readonly record struct ReconcileOutcome(bool IsComplete, VenueError? Error);

/// <summary>
/// Keeps our picture of an account right across losses of its private stream. After each connect news are held back while open orders,
/// executions, balances and positions are read, and applied after that.
/// </summary>
public sealed class AccountSession
{
    // Executions are read again from a little before the last one seen: venues order them by a clock that is not ours.
    private static readonly TimeSpan Overlap = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private readonly TradingClient _client;
    private readonly OrderTracker _tracker;
    private readonly OrderRouter _router;
    private readonly TimeProvider _time;
    private readonly Queue<AccountEvent> _held = new();
    private Timestamp? _lastSeen;
    private bool _isHolding;
    private int _resyncs;
    private int _losses;
    private int _toldHoldings;

    /// <summary>No stream is connected yet.</summary>
    public AccountSession(TradingClient client, OrderTracker tracker, OrderRouter router, TimeProvider time)
    {
        _client = client;
        _tracker = tracker;
        _router = router;
        _time = time;
    }

    /// <summary>Called with all news in their order, from the stream and from reading again.</summary>
    public event Action<AccountEvent>? News;

    /// <summary>True while the picture is not known to be right: from the loss of the stream to the end of reading again.</summary>
    public bool IsSuspect { get; private set; } = true;

    /// <summary>Since when the picture has been right without a break; null while it is not.</summary>
    public Timestamp? SoundSince { get; private set; }

    /// <summary>How often the account was read again.</summary>
    public int Resyncs => Volatile.Read(ref _resyncs);

    /// <summary>Takes news of the stream.</summary>
    public void OnEvent(AccountEvent news)
    {
        ArgumentNullException.ThrowIfNull(news);
        lock (_gate)
        {
            if (_isHolding)
            {
                _held.Enqueue(news);
                return;
            }
        }

        Apply(news);
    }

    /// <summary>The stream is lost: nothing that is read later may be overtaken by what comes from now on.</summary>
    public void OnLost()
    {
        lock (_gate)
        {
            _losses++;
            IsSuspect = true;
            SoundSince = null;
            _isHolding = true;
        }
    }

    /// <summary>Reads the account after the stream is subscribed again, then applies what was held back.</summary>
    public async Task<ReconcileOutcome> ReconcileAsync(CancellationToken cancellation)
    {
        OnLost();
        int losses = Losses();
        bool isRight = false;
        try
        {
            VenueError? error = await ReadAsync(cancellation).ConfigureAwait(false);
            isRight = error is null;
            return new ReconcileOutcome(isRight, error);
        }
        finally
        {
            Interlocked.Increment(ref _resyncs);
            Release(losses, isRight);
        }
    }

    /// <summary>
    /// Reads the account while the stream lives, because a stream that lost a message does not say so. Nothing is held back: of orders only
    /// what is new counts, and holdings that the stream told of meanwhile are left for the next time.
    /// </summary>
    public async Task<ReconcileOutcome> AuditAsync(CancellationToken cancellation)
    {
        VenueError? error = await OrdersAsync(cancellation).ConfigureAwait(false)
            ?? await ExecutionsAsync(cancellation).ConfigureAwait(false)
            ?? await HoldingsAsync(onlyIfQuiet: true, cancellation).ConfigureAwait(false);
        return new ReconcileOutcome(error is null, error);
    }

    private int Losses()
    {
        lock (_gate)
        {
            return _losses;
        }
    }

    private async Task<VenueError?> ReadAsync(CancellationToken cancellation) =>
        await OrdersAsync(cancellation).ConfigureAwait(false)
        ?? await ExecutionsAsync(cancellation).ConfigureAwait(false)
        ?? await HoldingsAsync(onlyIfQuiet: false, cancellation).ConfigureAwait(false);

    /// <summary>Applies what was held back.</summary>
    private void Release(int losses, bool isRight)
    {
        while (true)
        {
            AccountEvent? next;
            lock (_gate)
            {
                if (!_held.TryDequeue(out next))
                {
                    _isHolding = false;

                    // Lost again while it was read: what was read is old already, and the next connect reads once more.
                    IsSuspect = !isRight || losses != _losses;
                    SoundSince = IsSuspect ? null : Timestamp.From(_time.GetUtcNow());
                    return;
                }
            }

            Apply(next);
        }
    }

    private void Apply(AccountEvent news)
    {
        if (news is OrderUpdate update)
        {
            _tracker.Apply(update);
            _lastSeen = update.Trade is not null && (_lastSeen is null || update.Time > _lastSeen) ? update.Time : _lastSeen;
        }

        else
        {
            Interlocked.Increment(ref _toldHoldings);
        }

        News?.Invoke(news);
    }

    private async Task<VenueError?> OrdersAsync(CancellationToken cancellation)
    {
        Timestamp started = Timestamp.From(_time.GetUtcNow());
        IReadOnlyList<TrackedOrder> working = _tracker.Working;
        VenueResult<IReadOnlyList<VenueOrder>> open = await _client.OpenOrdersAsync(null, cancellation).ConfigureAwait(false);
        if (!open.IsOk)
        {
            return open.Error;
        }

        Dictionary<string, VenueOrder> byClientId = new(StringComparer.Ordinal);
        foreach (VenueOrder order in open.Value)
        {
            // A triggered order and the order it made carry the same id; the one that trades counts.
            if (!order.IsConditional || !byClientId.ContainsKey(order.ClientId))
            {
                byClientId[order.ClientId] = order;
            }
        }

        foreach (TrackedOrder order in working)
        {
            if (byClientId.TryGetValue(order.Request.ClientId, out VenueOrder? shown))
            {
                await _router.AdoptAsync(order, shown, cancellation).ConfigureAwait(false);
            }
            else if (order.IsAccepted)
            {
                // It was there and is not open any more. One that was never accepted is being sent: who sends it asks after it.
                VenueResult<VenueOrder> ended = await _router.RefreshAsync(order, cancellation).ConfigureAwait(false);
                if (!ended.IsOk && ended.Error.Kind != VenueErrorKind.OrderNotFound)
                {
                    return ended.Error;
                }
            }
        }

        _lastSeen ??= started;
        return null;
    }

    private async Task<VenueError?> ExecutionsAsync(CancellationToken cancellation)
    {
        Timestamp from = (_lastSeen ?? Timestamp.From(_time.GetUtcNow())) + -Overlap;
        foreach (string symbol in _tracker.Working.Select(o => o.Request.Symbol).Distinct(StringComparer.Ordinal))
        {
            VenueResult<IReadOnlyList<OwnTrade>> trades = await _client.TradesAsync(new HistoryQuery(symbol, from, Limit: 1000), cancellation).ConfigureAwait(false);
            if (!trades.IsOk)
            {
                return trades.Error;
            }

            _tracker.Apply(trades.Value);
        }

        return null;
    }

    private async Task<VenueError?> HoldingsAsync(bool onlyIfQuiet, CancellationToken cancellation)
    {
        const string Cause = "RECONCILE";
        int told = Volatile.Read(ref _toldHoldings);

        // The time of the question, not of the answer: what happened between them may be in neither.
        Timestamp asked = Timestamp.From(_time.GetUtcNow());
        VenueResult<AccountSnapshot> account = await _client.AccountAsync(cancellation).ConfigureAwait(false);
        if (!account.IsOk)
        {
            return account.Error;
        }

        VenueResult<IReadOnlyList<VenuePosition>> positions = await _client.PositionsAsync(cancellation).ConfigureAwait(false);
        if (!positions.IsOk)
        {
            return positions.Error;
        }

        if (onlyIfQuiet && told != Volatile.Read(ref _toldHoldings))
        {
            return null;
        }

        News?.Invoke(new BalancesChanged(asked, account.Value.Balances, Cause) { IsWhole = true });
        News?.Invoke(new PositionsChanged(asked, positions.Value) { IsWhole = true });
        return null;
    }
}
