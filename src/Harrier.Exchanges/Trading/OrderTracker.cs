using System.Diagnostics.CodeAnalysis;
using Harrier.Domain;
using Harrier.Engine.Execution;

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
public sealed class OrderTracker
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
    public OrderTracker(IReadOnlyList<Instrument> instruments, Action<ExecutionReport> sink, TimeProvider time)
    {
        _instruments = instruments;
        _sink = sink;
        _time = time;
    }

    /// <summary>Called, outside of any report, when executions are known to be missing: they have to be read.</summary>
    public event Action<TrackedOrder>? FillsMissing;

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
    public TrackedOrder Register(ClientOrderId id, Instrument instrument, OrderRequest request)
    {
        ArgumentNullException.ThrowIfNull(instrument);
        ArgumentNullException.ThrowIfNull(request);
        lock (_gate)
        {
            TrackedOrder order = new(id, instrument, request, Timestamp.From(_time.GetUtcNow()));
            _byClientId.Add(request.ClientId, order);
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
                Take(order, update.Order, update.Time, update.Reason);
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
                if (_byVenueId.TryGetValue((trade.Symbol, trade.OrderId), out TrackedOrder? order))
                {
                    Book(order, trade);
                    TryEnd(order);
                }
            }
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

    private void Announce(TrackedOrder order, OrderUpdate update)
    {
        // It has no fee, and booking it would book the fill without one: the whole message follows, or is read.
        if (update.Trade is { } trade && !order.IsBooked(trade.TradeId))
        {
            _announced.Add((trade.Symbol, trade.TradeId));
            Accept(order, update.Time);
        }
        else
        {
            _statistics = _statistics with { Duplicates = _statistics.Duplicates + 1 };
        }
    }

    private void Foreign(OrderUpdate update)
    {
        _statistics = _statistics with { Foreign = _statistics.Foreign + 1 };
        if (update is not { IsVenueMade: true, Trade: { } trade } || !_foreignTrades.Add((trade.Symbol, trade.TradeId)))
        {
            return;
        }

        if (_instruments.FirstOrDefault(i => i.Symbol == trade.Symbol) is { } instrument)
        {
            Report(Filled(instrument, trade) with { Kind = ExecutionKind.Liquidated, Order = default, Instrument = instrument.Id, Side = trade.Side });
        }
    }

    private void Book(TrackedOrder order, OwnTrade? trade)
    {
        if (trade is null)
        {
            return;
        }

        _announced.Remove((trade.Symbol, trade.TradeId));
        if (order.IsBooked(trade.TradeId))
        {
            _statistics = _statistics with { Duplicates = _statistics.Duplicates + 1 };
            return;
        }

        if (order.IsFinal)
        {
            _statistics = _statistics with { LateFills = _statistics.LateFills + 1 };
            return;
        }

        if (order.Executed + trade.Quantity > order.Request.Quantity)
        {
            _statistics = _statistics with { OverFills = _statistics.OverFills + 1 };
            return;
        }

        order.AddTrade(trade.TradeId);
        order.Executed += trade.Quantity;
        order.ToldExecuted = Math.Max(order.ToldExecuted, order.Executed);
        order.IsAccepted = true;
        Report(Filled(order.Instrument, trade) with { Order = order.Id });
        if (order.Executed == order.Request.Quantity)
        {
            order.IsFinal = true;
        }
    }

    private void Take(TrackedOrder order, VenueOrder shown, Timestamp time, string reason)
    {
        bool isStale = shown.Executed < order.ToldExecuted || (order.IsFinal && !shown.IsFinal);
        if (isStale || order.IsFinal)
        {
            _statistics = isStale ? _statistics with { Stale = _statistics.Stale + 1 } : _statistics;
            return;
        }

        order.LastShown = shown;
        order.ToldExecuted = Math.Max(order.ToldExecuted, shown.Executed);
        if (shown.IsFinal)
        {
            order.PendingEnd ??= (shown.Status, shown.Executed, time, reason);
            TryEnd(order);
        }
        else if (shown.Status != VenueOrderStatus.Unknown)
        {
            Accept(order, time);
        }
    }

    // The end comes after all executions: while some are missing it waits.
    private void TryEnd(TrackedOrder order)
    {
        if (order.IsFinal || order.IsMissingFills || order.PendingEnd is not { } end)
        {
            return;
        }

        ExecutionKind kind = end.Status switch
        {
            VenueOrderStatus.Rejected when order.Executed == 0 => ExecutionKind.Rejected,
            VenueOrderStatus.Rejected or VenueOrderStatus.Expired => ExecutionKind.Expired,

            // A filled order that is smaller than what was sent: the venue shrank a reduce-only order.
            _ => ExecutionKind.Canceled,
        };
        End(order, kind, kind == ExecutionKind.Rejected ? RejectReasons.Of(end.Reason) : RejectReason.None, end.Time);
    }

    private void Accept(TrackedOrder order, Timestamp time)
    {
        if (!order.IsAccepted && !order.IsFinal)
        {
            order.IsAccepted = true;
            Report(new ExecutionReport { Kind = ExecutionKind.Accepted, Order = order.Id, Time = time, ReceivedTime = default });
        }
    }

    private void End(TrackedOrder order, ExecutionKind kind, RejectReason reason, Timestamp time)
    {
        order.IsFinal = true;
        Report(new ExecutionReport { Kind = kind, Order = order.Id, Reason = reason, Time = time, ReceivedTime = default });
    }

    private ExecutionReport Filled(Instrument instrument, OwnTrade trade)
    {
        decimal ticks = trade.Price / instrument.Definition.TickSize;
        decimal lots = trade.Quantity / instrument.Definition.LotSize;
        if (ticks != decimal.Truncate(ticks) || lots != decimal.Truncate(lots))
        {
            // The venue changed its grid while orders were open; the position is reconciled, the price is the nearest that can be said.
            _statistics = _statistics with { OffGrid = _statistics.OffGrid + 1 };
        }

        return new ExecutionReport
        {
            Kind = ExecutionKind.Filled,
            Order = default,
            TradeId = trade.TradeId,
            Price = new PriceTicks((long)decimal.Round(ticks)),
            Size = new SizeLots((long)decimal.Round(lots)),
            Fee = trade.Fee ?? 0,
            FeeAsset = trade.FeeAsset ?? instrument.Quote,
            IsMaker = trade.IsMaker,
            Time = trade.Time ?? Timestamp.From(_time.GetUtcNow()),
            ReceivedTime = default,
        };
    }

    private void Report(ExecutionReport report)
    {
        Timestamp now = Timestamp.From(_time.GetUtcNow());
        _lastReceived = now > _lastReceived ? now : _lastReceived;
        _sink(report with { ReceivedTime = _lastReceived });
    }

    private void Raise(TrackedOrder? order, OrderUpdate? update)
    {
        if (order is { IsMissingFills: true, IsFinal: false })
        {
            FillsMissing?.Invoke(order);
        }

        if (order is null && update is not null)
        {
            ForeignOrder?.Invoke(update);
        }
    }
}
