using System.Diagnostics.CodeAnalysis;
using Harrier.Domain;
using Harrier.Engine.Execution;
using Harrier.Engine.Reconciliation;

namespace Harrier.Exchanges.Trading;

/// <summary>What the tracker met that should be rare.</summary>
/// <param name="Foreign">Messages about orders that are not ours.</param>
/// <param name="Duplicates">Executions told more than once, booked once.</param>
/// <param name="Stale">Messages older than what was known: a smaller cumulative size, an open state after the end.</param>
/// <param name="LateFills">Executions told after the end of their order was reported.</param>
/// <param name="OverFills">Executions beyond the size of their order.</param>
/// <param name="OffGrid">Executions at prices or sizes that are not on the instrument's grid.</param>
/// <param name="Announced">Executions told early without a fee, not booked yet.</param>
public readonly record struct TrackerStatistics(long Foreign, long Duplicates, long Stale, long LateFills, long OverFills, long OffGrid, long Announced);

/// <summary>
/// Turns what a venue says about our orders, by whatever way, in whatever order and how often, into execution reports: each execution
/// once, the end after all executions, nothing after the end. Reports leave under a lock, one after the other.
/// </summary>
public sealed partial class OrderTracker
{
    private readonly Lock _gate = new();
    private readonly IReadOnlyList<Instrument> _instruments;
    private readonly Action<ExecutionReport> _sink;
    private readonly TimeProvider _time;
    private readonly Dictionary<string, TrackedOrder> _byClientId = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Symbol, VenueOrderId Id), TrackedOrder> _byVenueId = [];
    private readonly Dictionary<(string Symbol, VenueOrderId Id), TrackedOrder> _byConditionalId = [];
    private readonly HashSet<(string Symbol, VenueTradeId Trade)> _foreignTrades = [];
    private readonly HashSet<(string Symbol, VenueTradeId Trade)> _announced = [];
    private TrackerStatistics _statistics;
    private Timestamp _lastReceived;

    /// <summary>Knows no order.</summary>
    /// <param name="instruments">The engine's instruments; reports count in their ticks and lots.</param>
    /// <param name="sink">Takes the reports; called under a lock, so it must only pass them on.</param>
    /// <param name="time">The clock.</param>
    /// <param name="record">What is known of the account, and where it is kept; null for a record of this tracker alone.</param>
    public OrderTracker(IReadOnlyList<Instrument> instruments, Action<ExecutionReport> sink, TimeProvider time, AccountRecord? record = null)
    {
        _instruments = instruments;
        _sink = sink;
        _time = time;
        Record = record ?? new AccountRecord();
    }

    /// <summary>The book of the account: all that this tracker learns goes into it.</summary>
    public AccountRecord Record { get; }

    /// <summary>Called, outside of any report, when executions are known to be missing: they have to be read.</summary>
    public event Action<TrackedOrder>? FillsMissing;

    /// <summary>Called, outside of any report, for a stop that waits for the wrong side: it has to be canceled, and ends as refused.</summary>
    public event Action<TrackedOrder>? Backwards;

    /// <summary>Called for executions and ends of orders that are not ours.</summary>
    public event Action<OrderUpdate>? ForeignOrder;

    /// <summary>Counts of what should be rare.</summary>
    public TrackerStatistics Statistics
    {
        get
        {
            lock (_gate)
            {
                return _statistics with { Announced = _announced.Count };
            }
        }
    }

    /// <summary>Orders whose end was not reported yet.</summary>
    public IReadOnlyList<TrackedOrder> Working
    {
        get
        {
            lock (_gate)
            {
                return [.. _byClientId.Values.Where(o => !o.IsFinal)];
            }
        }
    }

    /// <summary>Registers an order; must happen before it is sent, because its news may come before the answer.</summary>
    public TrackedOrder Register(ClientOrderId id, Instrument instrument, OrderRequest request, BotId bot = default)
    {
        ArgumentNullException.ThrowIfNull(instrument);
        ArgumentNullException.ThrowIfNull(request);
        lock (_gate)
        {
            Timestamp now = Timestamp.From(_time.GetUtcNow());
            TrackedOrder order = new(id, instrument, request, now) { Bot = bot };
            _byClientId.Add(request.ClientId, order);
            Record.Take(new OrderIntended(now, FactMapping.Of(request, FactMapping.TermsOf(instrument), bot)));
            return order;
        }
    }

    /// <summary>The order with an id of ours.</summary>
    public bool TryFind(ClientOrderId id, [NotNullWhen(true)] out TrackedOrder? order)
    {
        lock (_gate)
        {
            return _byClientId.TryGetValue(id.ToString(), out order);
        }
    }

    /// <summary>Applies news of the private stream.</summary>
    public void Apply(OrderUpdate update)
    {
        ArgumentNullException.ThrowIfNull(update);
        TrackedOrder? order;
        lock (_gate)
        {
            order = Find(update);
            if (order is null)
            {
                Foreign(update);
            }
            else if (update.IsPartial)
            {
                Announce(order, update);
            }
            else
            {
                Book(order, update.Trade);
                if (update.IsExecutionOnly)
                {
                    TryEnd(order);
                }
                else
                {
                    Take(order, update.Order, update.Time, update.Reason);

                    // The end may have been told before this, the last of the executions.
                    TryEnd(order);
                }
            }
        }

        Raise(order, update);
    }

    /// <summary>Applies the answer to a call: the order as the venue shows it now.</summary>
    public void Apply(TrackedOrder order, VenueOrder shown)
    {
        ArgumentNullException.ThrowIfNull(order);
        ArgumentNullException.ThrowIfNull(shown);
        lock (_gate)
        {
            Learn(order, shown, parent: null);
            foreach (OwnTrade fill in shown.Fills)
            {
                Book(order, fill);
            }

            Take(order, shown, shown.Updated ?? Timestamp.From(_time.GetUtcNow()), shown.RawStatus);
        }

        Raise(order, null);
    }

    /// <summary>Applies executions that were read, whoever's they are; those of other orders are left alone.</summary>
    public void Apply(IEnumerable<OwnTrade> trades)
    {
        ArgumentNullException.ThrowIfNull(trades);
        lock (_gate)
        {
            foreach (OwnTrade trade in trades)
            {
                if (_byVenueId.TryGetValue((trade.Symbol, trade.OrderId), out TrackedOrder? order) || _byClientId.TryGetValue(trade.ClientId, out order))
                {
                    Book(order, trade);
                    TryEnd(order);
                }
            }
        }
    }

    /// <summary>Applies what a comparison with the venue concluded.</summary>
    public void Apply(AccountFact fact)
    {
        ArgumentNullException.ThrowIfNull(fact);
        lock (_gate)
        {
            switch (fact)
            {
                case FillTold told when _byClientId.TryGetValue(told.Fill.ClientId, out TrackedOrder? order):
                    _byVenueId[(told.Fill.Symbol, told.Fill.OrderId)] = order;
                    Book(order, told.Fill);
                    TryEnd(order);
                    break;
                case OrderMoved { Standing: >= OrderStanding.Filled } moved when _byClientId.TryGetValue(moved.ClientId, out TrackedOrder? order):
                    EndForgotten(order, moved);
                    break;
                default:
                    Tell(Record.Take(fact), fact);
                    break;
            }
        }
    }

    /// <summary>Reports that the answer to an order was lost, or that it could not be found out about in time.</summary>
    public void Doubt(TrackedOrder order, bool isEscalated)
    {
        ArgumentNullException.ThrowIfNull(order);
        lock (_gate)
        {
            if (!order.IsFinal && !order.IsAccepted)
            {
                Timestamp now = Timestamp.From(_time.GetUtcNow());
                Record.Take(new OrderMoved(now, order.Request.ClientId, isEscalated ? OrderStanding.Escalated : OrderStanding.Unknown, null));
                Report(new ExecutionReport { Kind = isEscalated ? ExecutionKind.Escalated : ExecutionKind.OutcomeUnknown, Order = order.Id, Time = now, ReceivedTime = default });
            }
        }
    }

    /// <summary>Takes up the orders that the record knew before this process, and reports what it knows of them again: an engine books it once.</summary>
    /// <returns>Those that may exist or not, to be asked after.</returns>
    public IReadOnlyList<TrackedOrder> Resume()
    {
        lock (_gate)
        {
            return Record.Read(book => Resumed(book));
        }
    }

    /// <summary>Reports that an order was never placed.</summary>
    public void Refuse(TrackedOrder order, RejectReason reason)
    {
        ArgumentNullException.ThrowIfNull(order);
        lock (_gate)
        {
            if (!order.IsFinal && order.Executed == 0)
            {
                End(order, ExecutionKind.Rejected, reason, Timestamp.From(_time.GetUtcNow()));
            }
        }
    }

    /// <summary>Forgets orders that ended before an instant, so that a long run does not keep them all.</summary>
    public void Forget(Timestamp registeredBefore)
    {
        lock (_gate)
        {
            foreach (TrackedOrder order in _byClientId.Values.Where(o => o.IsFinal && o.Registered < registeredBefore).ToArray())
            {
                _byClientId.Remove(order.Request.ClientId);
                _byVenueId.Remove((order.Request.Symbol, order.ChildId ?? order.VenueId ?? 0));
                _byConditionalId.Remove((order.Request.Symbol, order.VenueId ?? 0));
            }
        }
    }

    private TrackedOrder? Find(OrderUpdate update)
    {
        VenueOrder shown = update.Order;
        if (!_byClientId.TryGetValue(shown.ClientId, out TrackedOrder? order))
        {
            bool found = (update.ParentId is VenueOrderId parent && _byConditionalId.TryGetValue((shown.Symbol, parent), out order))
                || (shown.IsConditional ? _byConditionalId : _byVenueId).TryGetValue((shown.Symbol, shown.VenueId), out order);
            if (!found)
            {
                return null;
            }
        }

        Learn(order!, shown, update.ParentId);
        return order;
    }

    private void Learn(TrackedOrder order, VenueOrder shown, VenueOrderId? parent)
    {
        string symbol = order.Request.Symbol;
        if (shown.IsConditional)
        {
            order.VenueId = shown.VenueId;
            order.ChildId ??= shown.ChildId;
            order.LivesApart = true;
            _byConditionalId[(symbol, shown.VenueId)] = order;
        }
        else if (parent is not null || (order.VenueId is VenueOrderId known && known != shown.VenueId && order.IsConditional))
        {
            order.VenueId ??= parent;
            order.ChildId = shown.VenueId;
        }
        else
        {
            order.VenueId ??= shown.VenueId;
        }

        if ((shown.IsConditional ? order.ChildId : shown.VenueId) is VenueOrderId traded)
        {
            _byVenueId[(symbol, traded)] = order;
        }
    }
}
