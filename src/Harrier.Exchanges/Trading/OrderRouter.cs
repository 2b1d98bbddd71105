using System.Threading.Channels;
using Harrier.Domain;
using Harrier.Engine.Execution;
using Harrier.Engine.Risk;
using Harrier.Exchanges.Results;

namespace Harrier.Exchanges.Trading;

/// <summary>A call about an order that failed, for the log.</summary>
/// <param name="Order">Which order.</param>
/// <param name="Error">What went wrong.</param>
/// <param name="IsUnsettled">True when it could not be found out whether the order exists: a person has to look.</param>
public readonly record struct OrderTrouble(ClientOrderId Order, VenueError Error, bool IsUnsettled);

/// <summary>
/// Sends the engine's orders. Submit and Cancel return at once; one loop starts the calls in the order they came, and calls about the
/// same order wait for each other. A lost answer is asked after, never sent again.
/// </summary>
public sealed partial class OrderRouter : IAsyncDisposable
{
    private const int QueueSize = 4096;
    private const int CancelAttempts = 6;
    private static readonly TimeSpan CancelPause = TimeSpan.FromMilliseconds(500);

    private readonly OrderRouterParts _parts;
    private readonly Channel<(TrackedOrder Order, bool IsCancel)> _queue = Channel.CreateBounded<(TrackedOrder, bool)>(QueueSize);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _loop;
    private bool _isDisposed;
    private int _waiting;

    /// <summary>Starts the loop.</summary>
    public OrderRouter(OrderRouterParts parts)
    {
        ArgumentNullException.ThrowIfNull(parts);
        _parts = parts;
        parts.Tracker.FillsMissing += OnFillsMissing;
        parts.Tracker.Backwards += OnBackwards;
        _loop = Task.Run(LoopAsync);
    }

    /// <summary>Called for calls that failed, from any thread.</summary>
    public event Action<OrderTrouble>? Trouble;

    /// <summary>Sends an order. Whatever comes of it arrives as reports of the tracker.</summary>
    public void Submit(ApprovedOrder order)
    {
        ArgumentNullException.ThrowIfNull(order);
        Instrument instrument = _parts.Instruments[order.Intent.Instrument.Index];
        decimal? price = _parts.PriceOf(instrument.Id);
        OrderRequest wanted = RequestOf(order.Id, instrument, in order.Intent, price);
        VenueResult<OrderRequest> fitted = _parts.Fit(wanted, price);
        TrackedOrder tracked = _parts.Tracker.Register(order.Id, instrument, fitted.IsOk ? fitted.Value : wanted, order.Bot);
        tracked.Heard = _parts.Heard();
        if (!fitted.IsOk)
        {
            RejectReason reason = fitted.Error.Kind == VenueErrorKind.RefusedLocally ? RejectReason.NotSupported : RejectReasons.Of(fitted.Error.Kind);
            Refuse(tracked, fitted.Error, reason);
        }
        else if (!TryStart(tracked) && !TryQueue(tracked, isCancel: false))
        {
            Refuse(tracked, new VenueError(VenueErrorKind.RefusedLocally, Outcome.NotDone, 0, "too many orders wait to be sent"), RejectReason.Throttled);
        }
    }

    /// <summary>Asks to cancel an order; unknown and finished ones are passed over.</summary>
    public void Cancel(ClientOrderId id)
    {
        if (_parts.Tracker.TryFind(id, out TrackedOrder? order) && !order.IsFinal && !TryQueue(order, isCancel: true))
        {
            Trouble?.Invoke(new OrderTrouble(id, new VenueError(VenueErrorKind.RefusedLocally, Outcome.NotDone, 0, "too many orders wait to be sent"), false));
        }
    }

    /// <summary>Reads an order and its executions and applies what is new.</summary>
    public async Task<VenueResult<VenueOrder>> RefreshAsync(TrackedOrder order, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(order);
        VenueResult<VenueOrder> shown = await _parts.Client.QueryAsync(order.Key(_parts.SeparateConditionals), cancellation).ConfigureAwait(false);
        if (shown.IsOk)
        {
            await AdoptAsync(order, shown.Value, cancellation).ConfigureAwait(false);
        }

        return shown;
    }

    /// <summary>Applies an order as the venue shows it, and reads executions that it implies and that nobody told of.</summary>
    public async Task AdoptAsync(TrackedOrder order, VenueOrder shown, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(order);
        _parts.Tracker.Apply(order, shown);
        if (order.IsMissingFills && !order.IsFinal)
        {
            await ReadFillsAsync(order, cancellation).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, true))
        {
            return;
        }

        _parts.Tracker.FillsMissing -= OnFillsMissing;
        _parts.Tracker.Backwards -= OnBackwards;
        _queue.Writer.TryComplete();
        await _stop.CancelAsync().ConfigureAwait(false);
        await _loop.ConfigureAwait(false);
        await Task.WhenAll(Asking()).ConfigureAwait(false);
        _stop.Dispose();
    }

    /// <summary>The order of an intent in the venue's units.</summary>
    internal static OrderRequest RequestOf(ClientOrderId id, Instrument instrument, in OrderIntent intent, decimal? price)
    {
        bool trails = intent.Type == OrderType.TrailingStop;
        return new OrderRequest
        {
            Symbol = instrument.Symbol,
            ClientId = id.ToString(),
            Side = intent.Side,
            Type = intent.Type,
            Quantity = instrument.ToDecimal(intent.Size),
            Price = intent.Type is OrderType.Limit or OrderType.StopLimit ? instrument.ToDecimal(intent.Limit) : 0,
            Trigger = intent.Type is OrderType.Stop or OrderType.StopLimit or OrderType.TakeProfit ? instrument.ToDecimal(intent.Trigger) : 0,

            // Venues trail by a share of the price; our distance in ticks becomes one at the price now. 0, without a price, is refused.
            TrailingFraction = trails && price is > 0 and decimal now ? intent.TrailingDistance * instrument.Definition.TickSize / now : 0,
            TimeInForce = intent.TimeInForce,
            PostOnly = intent.PostOnly,
            ReduceOnly = intent.ReduceOnly,
            PositionSide = intent.PositionSide,
        };
    }

    private async Task LoopAsync()
    {
        List<Task> calls = [];
        try
        {
            List<(TrackedOrder Order, bool IsCancel)> waiting = [];
            while (await _queue.Reader.WaitToReadAsync(_stop.Token).ConfigureAwait(false))
            {
                waiting.Clear();
                while (_queue.Reader.TryRead(out (TrackedOrder, bool) next))
                {
                    waiting.Add(next);
                }

                calls.RemoveAll(static c => c.IsCompleted);
                foreach (IReadOnlyList<(TrackedOrder Order, bool IsCancel)> group in CancelBurst.Group(waiting, _parts.Client.CancelBatchLimit, MayJoin))
                {
                    calls.Add(group.Count == 1 ? Start(group[0].Order, group[0].IsCancel) : StartTogether([.. group.Select(g => g.Order)]));
                }

                Interlocked.Add(ref _waiting, -waiting.Count);
            }
        }
        catch (OperationCanceledException)
        {
            // Told to stop; what was sent is reconciled at the next start.
        }

        await Task.WhenAll(calls).ConfigureAwait(false);
    }

    private bool TryQueue(TrackedOrder order, bool isCancel)
    {
        Interlocked.Increment(ref _waiting);
        if (_queue.Writer.TryWrite((order, isCancel)))
        {
            return true;
        }

        Interlocked.Decrement(ref _waiting);
        return false;
    }

    // Calls start in the order they came: none may wait, not even as one that others have to wait for.
    private bool TryStart(TrackedOrder order)
    {
        if (!_parts.SendsAtOnce || Volatile.Read(ref _waiting) > 0 || _stop.IsCancellationRequested || !Freeing(order).All(static call => call.IsCompleted))
        {
            return false;
        }

        Keep(Start(order, isCancel: false));
        return true;
    }

    // One that is still being sent has to wait for its own answer, and must not keep the others waiting.
    private bool MayJoin(TrackedOrder order) => order.Calls.IsCompleted && !order.Key(_parts.SeparateConditionals).IsConditional;

    private Task Start(TrackedOrder order, bool isCancel)
    {
        order.IsCancelBegun |= isCancel;
        return order.Calls = AfterAsync(isCancel ? order.Calls : Task.WhenAll(Freeing(order)), order, isCancel);
    }

    // On spot a waiting sale holds the coins back: what sells them in its place has to wait until it is canceled.
    private IEnumerable<Task> Freeing(TrackedOrder order) => order is { Instrument.Kind: InstrumentKind.Spot, Request.ReduceOnly: true }
        ? _parts.Tracker.Working.Where(o => o.IsCancelBegun && o.Request.Symbol == order.Request.Symbol && o.Request.Side == order.Request.Side).Select(static o => o.Calls).Append(order.Calls)
        : [order.Calls];

    private Task StartTogether(IReadOnlyList<TrackedOrder> orders)
    {
        Task call = CancelTogetherAsync(orders);
        foreach (TrackedOrder order in orders)
        {
            order.IsCancelBegun = true;
            order.Calls = call;
        }

        return call;
    }

    private async Task CancelTogetherAsync(IReadOnlyList<TrackedOrder> orders)
    {
        // The loop must not wait for a call's synchronous part.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        try
        {
            OrderKey[] keys = [.. orders.Select(o => o.Key(_parts.SeparateConditionals))];
            VenueResult<IReadOnlyList<VenueResult<VenueOrder>>> canceled = await _parts.Client.CancelManyAsync(keys[0].Symbol, keys, _stop.Token).ConfigureAwait(false);
            List<TrackedOrder> left = [];
            for (int i = 0; i < orders.Count; i++)
            {
                VenueOrder? shown = canceled.IsOk && canceled.Value[i].IsOk ? canceled.Value[i].Value : null;
                if (shown is not null)
                {
                    await AdoptAsync(orders[i], shown, _stop.Token).ConfigureAwait(false);
                }

                if (shown is not { IsFinal: true })
                {
                    left.Add(orders[i]);
                }
            }

            // These are canceled and asked after one by one; a cancel may be repeated.
            await Task.WhenAll(left.Select(CancelAsync)).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // Told to stop.
        }
    }

    private async Task AfterAsync(Task before, TrackedOrder order, bool isCancel)
    {
        // Asynchronous from the start: the loop must not wait for a call's synchronous part, nor a call for the loop.
        await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        try
        {
            await (isCancel ? CancelAsync(order) : PlaceAsync(order)).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // Told to stop.
        }
    }

    private async Task PlaceAsync(TrackedOrder order)
    {
        // Written down before the first byte leaves, or a crash would make an order that nobody knows of. An exit goes out all the same.
        if (!_parts.Tracker.Record.TrySync() && !order.Request.ReduceOnly)
        {
            Refuse(order, new VenueError(VenueErrorKind.RefusedLocally, Outcome.NotDone, 0, "the account journal cannot be written"), RejectReason.NotSupported);
            return;
        }

        Timestamp sent = Timestamp.From(_parts.Time.GetUtcNow());
        if (order.Heard is { } heard)
        {
            _parts.Leaves(sent - heard);
        }

        VenueResult<VenueOrder> placed = await SendAsync(order).ConfigureAwait(false);
        if (placed.IsOk)
        {
            // Executions that the answer implies but does not hold come on the stream, or are read a little later.
            _parts.Tracker.Apply(order, placed.Value);
            if (placed.Value.Status == VenueOrderStatus.Unknown && !IsShown(order))
            {
                // A receipt of the venue's gate. Calls about the order go on meanwhile: a cancel does not wait for it.
                Keep(ConfirmAsync(order, sent));
            }

            return;
        }

        if (placed.Error.Outcome == Outcome.NotDone)
        {
            Refuse(order, placed.Error, RejectReasons.Of(placed.Error.Kind));
            return;
        }

        Trouble?.Invoke(new OrderTrouble(order.Id, placed.Error, false));
        await ResolveAsync(order, placed.Error, sent).ConfigureAwait(false);
    }

    // Where bots share a position the venue would measure an exit by their sum, and refuse it. As one that might open it may be too small, or want margin: then it is tried as one that only reduces.
    private async Task<VenueResult<VenueOrder>> SendAsync(TrackedOrder order)
    {
        OrderRequest request = order.Request;
        if (!request.ReduceOnly || !_parts.IsShared(order.Instrument.Id))
        {
            return await _parts.Client.PlaceAsync(request, _stop.Token).ConfigureAwait(false);
        }

        VenueResult<VenueOrder> placed = await _parts.Client.PlaceAsync(request with { ReduceOnly = false }, _stop.Token).ConfigureAwait(false);
        bool mayPassAsExit = placed is { IsOk: false, Error: { Outcome: Outcome.NotDone, Kind: VenueErrorKind.InvalidOrder or VenueErrorKind.InsufficientFunds } };
        return mayPassAsExit && request.Type != OrderType.TrailingStop
            ? await _parts.Client.PlaceAsync(request, _stop.Token).ConfigureAwait(false)
            : placed;
    }

    private async Task CancelAsync(TrackedOrder order)
    {
        for (int attempt = 1; attempt <= CancelAttempts && !order.IsFinal; attempt++)
        {
            VenueResult<VenueOrder> canceled = await _parts.Client.CancelAsync(order.Key(_parts.SeparateConditionals), _stop.Token).ConfigureAwait(false);
            if (canceled.IsOk)
            {
                await AdoptAsync(order, canceled.Value, _stop.Token).ConfigureAwait(false);
                if (canceled.Value.IsFinal)
                {
                    return;
                }
            }
            else
            {
                // "Not found" is not "canceled": it may just have filled. And a cancel may be repeated, whatever became of the first.
                Trouble?.Invoke(new OrderTrouble(order.Id, canceled.Error, attempt == CancelAttempts));
                await RefreshAsync(order, _stop.Token).ConfigureAwait(false);
            }

            if (!order.IsFinal && attempt < CancelAttempts)
            {
                await Task.Delay(canceled.Error.RetryAfter ?? CancelPause * attempt, _parts.Time, _stop.Token).ConfigureAwait(false);
            }
        }
    }

    private void OnBackwards(TrackedOrder order)
    {
        if (!order.IsCancelBegun)
        {
            order.IsCancelBegun = true;
            Cancel(order.Id);
        }
    }

    private void OnFillsMissing(TrackedOrder order) => _ = ReadLaterAsync(order);

    private async Task ReadLaterAsync(TrackedOrder order)
    {
        try
        {
            // The rest may be on its way on the stream; asking at once would cost a call for each partial fill.
            await Task.Delay(CancelPause, _parts.Time, _stop.Token).ConfigureAwait(false);
            if (order is { IsMissingFills: true, IsFinal: false })
            {
                await ReadFillsAsync(order, _stop.Token).ConfigureAwait(false);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException)
        {
            // Told to stop.
        }
    }

    private async Task ReadFillsAsync(TrackedOrder order, CancellationToken cancellation)
    {
        VenueOrderId? traded = order.IsConditional && _parts.SeparateConditionals ? order.ChildId : order.VenueId;
        if (traded is null)
        {
            return;
        }

        VenueResult<IReadOnlyList<OwnTrade>> trades = await _parts.Client.TradesAsync(new HistoryQuery(order.Request.Symbol, OrderId: traded), cancellation).ConfigureAwait(false);
        if (trades.IsOk)
        {
            _parts.Tracker.Apply(trades.Value);
        }
        else
        {
            Trouble?.Invoke(new OrderTrouble(order.Id, trades.Error, false));
        }
    }

    private void Refuse(TrackedOrder order, VenueError error, RejectReason reason)
    {
        Trouble?.Invoke(new OrderTrouble(order.Id, error, false));
        _parts.Tracker.Refuse(order, reason);
    }
}
