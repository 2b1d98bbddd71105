using Harrier.Domain;

namespace Harrier.Testnet.Core;

/// <summary>The accounts of the venue itself. Together with all others, each asset sums to zero.</summary>
/// <param name="Fees">Takes fees and pays rebates.</param>
/// <param name="Clearing">Counterparty of every profit taken and of funding on linear markets.</param>
/// <param name="Insurance">Pays for losses beyond the margin.</param>
/// <param name="Outside">Where deposits come from; its balances are the negative of all deposits.</param>
public sealed record VenueAccounts(ExchangeAccount Fees, ExchangeAccount Clearing, ExchangeAccount Insurance, ExchangeAccount Outside);

/// <summary>Where orders are entered, changed and ended, so that every index agrees.</summary>
internal sealed class OrderRegistry(EventFan events, AssetTable assets)
{
    private readonly Commitments _commitments = new(events);
    private readonly PriorityQueue<ExchangeOrder, (long Time, long Id)> _goodTill = new();
    private long _lastId;

    /// <summary>The venue's time, set at the start of each command.</summary>
    public Timestamp Now { get; set; }

    /// <summary>The number given last.</summary>
    public long LastId => _lastId;

    public long NextId() => ++_lastId;

    /// <summary>Gives only numbers beyond this one from now on.</summary>
    public void SkipTo(long id) => _lastId = Math.Max(_lastId, id);

    public string AssetName(int index) => assets.Name(index);

    /// <summary>Enters an accepted order everywhere and tells it.</summary>
    public void Enter(ExchangeOrder order, OrderEventKind kind = OrderEventKind.New)
    {
        order.Created = order.Updated = Now;
        ExchangeAccount account = order.Account;
        account.Open.Add(order.Id, order);
        if (order.ClientId.Length > 0)
        {
            account.OpenByClientId[ClientKey(order)] = order;
        }

        if (account.IsHouse)
        {
            return;
        }

        account.Orders.Add(order);
        Count(order, 1);
        _commitments.Update(order);
        if (order.Terms.GoodTill != default && order.Terms.TimeInForce == ExchangeTimeInForce.GTD)
        {
            _goodTill.Enqueue(order, (order.Terms.GoodTill.Nanos, order.Id));
        }

        events.Order(order, order.IsConditional ? OrderEventKind.ConditionalNew : kind);
    }

    /// <summary>Enters an order as an earlier process left it, without telling it; orders come in the order of their numbers.</summary>
    public void Restore(ExchangeOrder order)
    {
        ExchangeAccount account = order.Account;
        account.Orders.Add(order);
        if (!order.IsOpen)
        {
            return;
        }

        account.Open.Add(order.Id, order);
        if (order.OwnClientId.Length > 0)
        {
            account.OpenByClientId[ClientKey(order)] = order;
        }

        Count(order, 1);
        if (order.HasStopPrice && !order.IsWorking)
        {
            order.Instrument.Trading.Waiting.Add(order);
        }
        else if (order.RestsInBook)
        {
            order.Instrument.Trading.Restore(order);
        }

        _commitments.Update(order);
        if (order.Terms.GoodTill != default && order.Terms.TimeInForce == ExchangeTimeInForce.GTD)
        {
            _goodTill.Enqueue(order, (order.Terms.GoodTill.Nanos, order.Id));
        }
    }

    /// <summary>Takes a waiting order out of the queue of triggers.</summary>
    public void StartWorking(ExchangeOrder order)
    {
        if (!order.IsWorking && order.HasStopPrice)
        {
            order.Instrument.Trading.Waiting.Remove(order);
            if (!order.Account.IsHouse)
            {
                order.Account.Position(order.Instrument).WaitingCount--;
            }
        }

        order.IsWorking = true;
        order.WorkingSince = order.Updated = Now;
        Commit(order);
        events.Working(order);
    }

    public void Commit(ExchangeOrder order) => _commitments.Update(order);

    /// <summary>Ends an open order that is not being matched; what is left of it leaves the book.</summary>
    public void End(ExchangeOrder order, ExchangeOrderStatus status, OrderEventKind kind, string? reason)
    {
        order.Instrument.Trading.Cancel(order);
        order.Status = status;
        order.Updated = Now;
        order.EndReason = reason;
        Forget(order);
        events.Order(order, kind, reason: reason);
        TellParent(order);
    }

    /// <summary>Removes an ended order from everything that knows open orders.</summary>
    public void Forget(ExchangeOrder order)
    {
        if (!order.Account.Open.Remove(order.Id))
        {
            return;
        }

        order.Instrument.Trading.Orders.Remove(order.Id);
        if (order.OwnClientId.Length > 0)
        {
            order.Account.OpenByClientId.Remove(ClientKey(order));
        }

        if (order.HasStopPrice && !order.IsWorking)
        {
            order.Instrument.Trading.Waiting.Remove(order);
        }

        if (!order.Account.IsHouse)
        {
            Count(order, -1);
            _commitments.Update(order);
        }
    }

    /// <summary>Makes a reduce-only order smaller, or ends it when nothing may be left.</summary>
    public void ShrinkTo(ExchangeOrder order, decimal left)
    {
        if (left <= 0)
        {
            End(order, ExchangeOrderStatus.Expired, OrderEventKind.Expired, ExpiryReasons.NothingToReduce);
            return;
        }

        order.Quantity -= order.Remaining - left;
        order.Updated = Now;
        Commit(order);
        events.Order(order, OrderEventKind.Replaced, reason: ExpiryReasons.NothingToReduce);
    }

    /// <summary>Tells that a conditional order is finished when its child is.</summary>
    public void TellParent(ExchangeOrder child)
    {
        if (child.ParentConditionalId != 0 && !child.IsOpen && child.Parent is ExchangeOrder parent)
        {
            parent.Updated = Now;
            events.Order(parent, OrderEventKind.ConditionalFinished);
        }
    }

    /// <summary>The next order whose time came, or null.</summary>
    public ExchangeOrder? NextOverdue()
    {
        while (_goodTill.TryPeek(out ExchangeOrder? order, out (long Time, long Id) due) && (!order.IsOpen || due.Time <= Now.Nanos))
        {
            _goodTill.Dequeue();
            if (order.IsOpen)
            {
                return order;
            }
        }

        return null;
    }

    private static (int Instrument, bool IsConditional, string ClientId) ClientKey(ExchangeOrder order) =>
        (order.Instrument.Index, order.IsConditional, order.OwnClientId);

    private static void Count(ExchangeOrder order, int by)
    {
        ExchangePosition standing = order.Account.Position(order.Instrument);
        standing.OpenCount += order.IsConditional ? 0 : by;
        standing.WaitingCount += order.HasStopPrice && !order.IsWorking ? by : 0;
        standing.ReduceOnlyCount += order.Terms.ReduceOnly && !order.IsConditional ? by : 0;
    }
}
