using Harrier.Domain;
using Harrier.Engine.Portfolio;
using Harrier.Engine.Risk;

namespace Harrier.Engine.Execution;

/// <summary>Knows every working order, holds back its funds and moves it through its states. Ids are run and sequence.</summary>
public sealed class OrderManager : IStateful
{
    // Executions remembered to recognize one that a venue reports twice.
    private const int RememberedTrades = 4096;

    private readonly uint _run;
    private readonly Ledger _ledger;
    private readonly DoubtfulOrders _doubts;
    private readonly List<Order> _working = [];
    private readonly HashSet<(int Instrument, VenueTradeId Trade)> _tradeSet = [];
    private readonly Queue<(int Instrument, VenueTradeId Trade)> _tradeOrder = new();
    private int _sequence;

    internal OrderManager(uint run, Ledger ledger, DoubtfulOrders doubts)
    {
        _run = run;
        _ledger = ledger;
        _doubts = doubts;
    }

    /// <summary>Orders not in a terminal state, oldest first.</summary>
    public IReadOnlyList<Order> Working => _working;

    /// <summary>The id that the next order gets.</summary>
    public ClientOrderId NextId => new(_run, _sequence + 1);

    /// <summary>Orders sent so far.</summary>
    public int Submitted => _sequence;

    /// <summary>Orders refused by the venue so far, by its reason.</summary>
    public RefusalCounts<RejectReason> Rejections { get; } = new();

    /// <summary>Reports about orders that are not known or already finished, and fills reported twice.</summary>
    public int Unmatched { get; private set; }

    /// <inheritdoc/>
    public void Save(ref StateWriter writer)
    {
        writer.Write(_sequence);
        writer.Write(Rejections);
        writer.Write(Unmatched);
        writer.Write(_working.Count);
        foreach (Order order in _working)
        {
            order.Save(ref writer);
        }

        writer.Write(_tradeOrder.Count);
        foreach ((int instrument, VenueTradeId trade) in _tradeOrder)
        {
            writer.Write(instrument);
            writer.WriteRaw(in trade);
        }
    }

    /// <inheritdoc/>
    public void Restore(ref StateReader reader)
    {
        _working.Clear();
        _tradeSet.Clear();
        _tradeOrder.Clear();
        _doubts.Clear();
        _sequence = reader.ReadInt32();
        reader.Read(Rejections);
        Unmatched = reader.ReadInt32();
        int orders = reader.ReadCount();
        for (int i = 0; i < orders; i++)
        {
            Order order = Order.Restore(ref reader);
            _doubts.Move(in order.Intent, OrderState.Submitted, order.State);
            _working.Add(order);
        }

        int trades = reader.ReadCount();
        for (int i = 0; i < trades; i++)
        {
            Remember(reader.ReadInt32(), reader.ReadRaw<VenueTradeId>());
        }
    }

    /// <summary>True for an execution that was taken before; the last few thousand are remembered.</summary>
    public bool HasTrade(InstrumentId instrument, VenueTradeId trade) => _tradeSet.Contains((instrument.Index, trade));

    /// <summary>The working order with an id, or null.</summary>
    public Order? Find(ClientOrderId id)
    {
        for (int i = _working.Count - 1; i >= 0; i--)
        {
            if (_working[i].Id == id)
            {
                return _working[i];
            }
        }

        return null;
    }

    internal Order Register(ApprovedOrder approved, in Reservation reservation, Timestamp now)
    {
        Invariant.That(approved.Id == NextId, "an approved order carries the next id");
        _sequence++;
        Order order = new(approved, now) { Locked = reservation.Amount, LockedAssetIndex = reservation.Asset };
        if (reservation.Amount != 0)
        {
            _ledger.Post(order.Bot, LedgerAccount.Free, LedgerAccount.Locked, reservation.Asset, reservation.Amount);
        }

        _working.Add(order);
        return order;
    }

    /// <summary>Applies a report that is not a fill.</summary>
    /// <returns>The order; null when the report is about none that works.</returns>
    internal Order? Apply(in ExecutionReport report)
    {
        Order? order = Find(report.Order);
        if (order is null)
        {
            Unmatched++;
            return null;
        }

        if (report.Kind is ExecutionKind.Accepted or ExecutionKind.OutcomeUnknown or ExecutionKind.Escalated)
        {
            return Hear(order, report.Kind) ? order : null;
        }

        if (report.Kind == ExecutionKind.Rejected)
        {
            Rejections.Add(report.Reason);
        }

        Move(order, report.Kind switch
        {
            ExecutionKind.Canceled => OrderState.Canceled,
            ExecutionKind.Expired => OrderState.Expired,
            _ => OrderState.Rejected,
        });
        Finish(order);
        return order;
    }

    /// <summary>The operator has looked: escalated orders are in doubt as others are, and asked after still.</summary>
    internal void ClearEscalations()
    {
        foreach (Order order in _working)
        {
            if (order.State == OrderState.Escalated)
            {
                Move(order, OrderState.Unknown);
            }
        }
    }

    /// <summary>Applies a fill and frees the funds held back for the part that traded.</summary>
    /// <returns>The order; null when it does not work, or the venue reported this execution before.</returns>
    internal Order? ApplyFill(in ExecutionReport report)
    {
        Order? order = Find(report.Order);
        if (order is null || !Remember(order.Intent.Instrument.Index, report.TradeId))
        {
            Unmatched++;
            return null;
        }

        decimal freed = report.Size == order.Remaining
            ? order.Locked
            : decimal.Round(order.Locked * report.Size.Value / order.Remaining.Value, Position.SplitDecimals);
        OrderState before = order.State;
        order.AddExecution(report.Size);
        _doubts.Move(in order.Intent, before, order.State);
        Free(order, freed);
        if (!order.IsWorking)
        {
            Finish(order);
        }

        return order;
    }

    internal bool Remember(int instrument, VenueTradeId trade)
    {
        if (!_tradeSet.Add((instrument, trade)))
        {
            return false;
        }

        _tradeOrder.Enqueue((instrument, trade));
        if (_tradeOrder.Count > RememberedTrades)
        {
            _tradeSet.Remove(_tradeOrder.Dequeue());
        }

        return true;
    }

    // Acceptance may come after a fill, or be told twice; a doubt may come after the order was shown.
    private bool Hear(Order order, ExecutionKind kind)
    {
        if (kind == ExecutionKind.Accepted)
        {
            if (order.State == OrderState.Submitted || OrderStates.IsDoubtful(order.State))
            {
                Move(order, OrderState.Accepted);
            }

            return true;
        }

        OrderState next = kind == ExecutionKind.OutcomeUnknown ? OrderState.Unknown : OrderState.Escalated;
        bool moves = order.Executed.IsZero && OrderStates.MayMove(order.State, next);
        if (moves)
        {
            Move(order, next);
        }

        return moves;
    }

    private void Move(Order order, OrderState state)
    {
        _doubts.Move(in order.Intent, order.State, state);
        order.MoveTo(state);
    }

    private void Finish(Order order)
    {
        Free(order, order.Locked);
        _working.Remove(order);
    }

    private void Free(Order order, decimal amount)
    {
        if (amount != 0)
        {
            _ledger.Post(order.Bot, LedgerAccount.Locked, LedgerAccount.Free, order.LockedAssetIndex, amount);
            order.Locked -= amount;
        }
    }
}
