using System.Globalization;
using Harrier.Simulation.Matching;

namespace Harrier.Testnet.Core;

/// <summary>Takes, works, amends and cancels orders.</summary>
/// <param name="registry">Every index of orders.</param>
/// <param name="events">Who hears of it.</param>
/// <param name="namesOrders">Whether orders and cancels without a client id are given one.</param>
internal sealed class OrderDesk(OrderRegistry registry, EventFan events, bool namesOrders)
{
    /// <summary>Checks an order and takes it; what follows from it (triggers, shrinking) is the caller's.</summary>
    /// <param name="account">Whose.</param>
    /// <param name="instrument">In what.</param>
    /// <param name="asked">What was asked for.</param>
    /// <param name="parent">The conditional order whose trigger makes this one.</param>
    public Placement Place(ExchangeAccount account, ListedInstrument instrument, in NewOrder asked, ExchangeOrder? parent = null)
    {
        NewOrder order = asked;
        Refusal? refusal = OrderChecks.Review(account, instrument, order) ?? Fit(account, instrument, ref order) ?? Funds.Review(account, instrument, order);
        if (refusal is not null || order.DryRun)
        {
            return new Placement(null, refusal);
        }

        bool waits = OrderChecks.Waits(order.Type);
        long id = registry.NextId();
        if (order.ClientId.Length == 0 && namesOrders && !account.IsHouse)
        {
            order = order with { ClientId = MadeId(id) };
        }

        ExchangeOrder made = new(id, account, instrument, order)
        {
            IsConditional = waits && instrument.Kind == MarketKind.Linear,
            ParentConditionalId = parent?.Id ?? 0,
            Parent = parent,
            TriggerPrice = order.StopPrice,
            StartsAbove = waits && TriggerDesk.StartsAbove(instrument, order),
        };
        if (parent is not null)
        {
            parent.ChildOrderId = id;
            parent.Status = ExchangeOrderStatus.Triggered;
            events.Order(parent, OrderEventKind.ConditionalTriggered);
        }

        if (waits)
        {
            made.Status = made.IsConditional ? ExchangeOrderStatus.Untriggered : ExchangeOrderStatus.New;
            registry.Enter(made);
            TriggerDesk.Arm(made);
        }
        else
        {
            made.IsWorking = true;
            registry.Enter(made);
            Work(made);
        }

        return new Placement(made, null);
    }

    /// <summary>Takes an order without asking the account: the exchange closes a position itself.</summary>
    public ExchangeOrder Force(ExchangeAccount account, ListedInstrument instrument, in NewOrder order)
    {
        ExchangeOrder made = new(registry.NextId(), account, instrument, order) { IsWorking = true, IsLiquidation = true };
        registry.Enter(made, OrderEventKind.Liquidation);
        Work(made);
        return made;
    }

    /// <summary>Sends an entered order to the book and ends it when its terms say so.</summary>
    public void Work(ExchangeOrder order)
    {
        registry.StartWorking(order);
        InstrumentBook book = order.Instrument.Trading;
        bool isMarket = !order.HasLimitPrice;
        bool isPaidFromBalance = isMarket && order.Instrument.Kind == MarketKind.Spot && !order.Terms.IsSell && !order.Account.IsHouse;
        decimal budget = isPaidFromBalance ? order.Account.SpendableOf(order.Instrument.QuoteAsset) : 0;
        MatchResult result = isPaidFromBalance && budget <= 0
            ? new MatchResult(MatchEnd.BudgetSpent, 0, 1)
            : book.Submit(order, new MatchTerms(isMarket, TimeInForce(order, isMarket), budget));
        if (result.End == MatchEnd.Resting)
        {
            book.Orders.Add(order.Id, order);

            // Self-trade prevention may have taken some of it on the way without a fill.
            registry.Commit(order);
        }
        else if (order.IsOpen)
        {
            EndTaker(order, result.End, isMarket);
        }
        else
        {
            registry.Forget(order);
        }
    }

    /// <summary>Cancels an order for its owner.</summary>
    public void Cancel(ExchangeOrder order, string cancelClientId)
    {
        if (namesOrders && order.Instrument.Kind == MarketKind.Spot && !order.Account.IsHouse)
        {
            order.OriginalClientId = order.ClientId;
            order.ClientId = cancelClientId.Length > 0 ? cancelClientId : MadeId(registry.NextId());
        }

        registry.End(order, ExchangeOrderStatus.Canceled, order.IsConditional ? OrderEventKind.ConditionalCanceled : OrderEventKind.Canceled, null);
    }

    /// <summary>Makes an order smaller in place.</summary>
    public Refusal? Reduce(ExchangeOrder order, decimal quantity)
    {
        if (quantity == order.Quantity)
        {
            return new Refusal(RefusalReason.NothingChanged, $"quantity {quantity}");
        }

        if (quantity > order.Quantity || quantity <= order.Quantity - order.Remaining)
        {
            return new Refusal(RefusalReason.NotAmendable, $"quantity {quantity} of {order.Quantity}, done {order.Quantity - order.Remaining}");
        }

        Refusal? refusal = OrderChecks.Size(order.Instrument, quantity, isMarket: false)
            ?? (order.HasLimitPrice ? OrderChecks.Worth(order.Instrument, order.Price, quantity) : null);
        if (refusal is not null)
        {
            return refusal;
        }

        order.Instrument.Trading.Reduce(order, order.Quantity - quantity);
        order.Quantity = quantity;
        order.Updated = registry.Now;
        registry.Commit(order);
        events.Order(order, OrderEventKind.Replaced);
        return null;
    }

    /// <summary>Gives a resting limit order a new price or size; it goes to the end of the queue and may match.</summary>
    public Refusal? Replace(ExchangeOrder order, decimal quantity, decimal price)
    {
        ListedInstrument instrument = order.Instrument;
        if (order.IsConditional || !order.HasLimitPrice || !order.IsWorking)
        {
            return new Refusal(RefusalReason.NotAmendable, order.Terms.Type.ToString());
        }

        if (quantity == order.Quantity && price == order.Price)
        {
            return new Refusal(RefusalReason.NothingChanged, $"{quantity} at {price}");
        }

        if (order.Terms.ReduceOnly)
        {
            quantity = Math.Min(quantity, order.Quantity - order.Remaining + Room(order.Account, instrument, order.Terms.IsSell));
        }

        Refusal? refusal = OrderChecks.PriceFilter(instrument, price) ?? OrderChecks.Band(instrument, price) ?? OrderChecks.Size(instrument, quantity, isMarket: false)
            ?? (order.Terms.ReduceOnly ? null : OrderChecks.Worth(instrument, price, quantity)) ?? Funds.ReviewChange(order, quantity, price);
        bool isPostOnly = TimeInForce(order, isMarket: false) == MatchTimeInForce.PostOnly;
        if (refusal is null && isPostOnly && !instrument.IsAcceptedFirst && instrument.Trading.WouldTake(order.Terms.IsSell, price))
        {
            refusal = new Refusal(RefusalReason.WouldTake, $"{price}");
        }

        if (refusal is not null)
        {
            return refusal;
        }

        if (quantity <= order.Quantity - order.Remaining)
        {
            registry.End(order, ExchangeOrderStatus.Canceled, OrderEventKind.Canceled, null);
            return null;
        }

        instrument.Trading.Cancel(order);
        (order.Quantity, order.Price, order.Updated) = (quantity, price, registry.Now);
        registry.Commit(order);
        events.Order(order, OrderEventKind.Replaced);
        Work(order);
        return null;
    }

    /// <summary>Gives an order that waits for its trigger another size, price or trigger.</summary>
    public Refusal? ChangeWaiting(ExchangeOrder order, in OrderChange change)
    {
        ListedInstrument instrument = order.Instrument;
        NewOrder terms = order.Terms with
        {
            Quantity = change.Quantity ?? order.Quantity,
            Price = order.HasLimitPrice ? change.Price ?? order.Price : 0,
            StopPrice = change.StopPrice ?? order.Terms.StopPrice,
        };
        if (terms == order.Terms)
        {
            return new Refusal(RefusalReason.NothingChanged, $"{terms.Quantity} at {terms.Price}");
        }

        Refusal? refusal = OrderChecks.ReviewWaiting(instrument, terms) ?? Funds.ReviewChange(order, terms.Quantity, order.HasLimitPrice ? terms.Price : terms.StopPrice);
        if (refusal is not null)
        {
            return refusal;
        }

        order.Terms = terms;
        (order.Quantity, order.Price, order.TriggerPrice, order.Updated) = (terms.Quantity, terms.Price, terms.StopPrice, registry.Now);
        instrument.Trading.TriggersCheckedAt = default;
        registry.Commit(order);
        events.Order(order, OrderEventKind.Replaced);
        return null;
    }

    private static string MadeId(long number) => string.Create(CultureInfo.InvariantCulture, $"x{number:D21}");

    // Turns a quote amount into a quantity and cuts a reduce-only order to its position.
    private static Refusal? Fit(ExchangeAccount account, ListedInstrument instrument, ref NewOrder order)
    {
        if (order.QuoteQuantity > 0)
        {
            decimal quantity = instrument.Trading.Sweep(order.IsSell, 0, order.QuoteQuantity).Quantity;
            if (quantity == 0 && instrument.Trading.Levels(!order.IsSell) == 0)
            {
                return new Refusal(RefusalReason.NoLiquidity, "empty book");
            }

            order = order with { Quantity = quantity };
            return account.IsHouse ? null : OrderChecks.Size(instrument, quantity, isMarket: true);
        }

        if (instrument.Kind == MarketKind.Linear && order.ReduceOnly && !OrderChecks.Waits(order.Type))
        {
            decimal room = Room(account, instrument, order.IsSell);
            if (room <= 0)
            {
                return new Refusal(RefusalReason.ReduceOnly, $"position {account.Position(instrument).Quantity}");
            }

            order = order with { Quantity = Math.Min(order.Quantity, room) };
        }

        return null;
    }

    // What a reduce-only order may take from the position.
    private static decimal Room(ExchangeAccount account, ListedInstrument instrument, bool isSell)
    {
        decimal held = account.Position(instrument).Quantity;
        return Math.Max(0, isSell ? held : -held);
    }

    private static MatchTimeInForce TimeInForce(ExchangeOrder order, bool isMarket) => order.Terms.TimeInForce switch
    {
        _ when order.Terms.Type == ExchangeOrderType.LimitMaker => MatchTimeInForce.PostOnly,
        ExchangeTimeInForce.FOK => MatchTimeInForce.AllOrNothing,
        ExchangeTimeInForce.IOC => MatchTimeInForce.Immediate,
        _ when isMarket => MatchTimeInForce.Immediate,
        ExchangeTimeInForce.PostOnly => MatchTimeInForce.PostOnly,
        _ => MatchTimeInForce.Rest,
    };

    private void EndTaker(ExchangeOrder order, MatchEnd end, bool isMarket)
    {
        bool isSelfTrade = end is MatchEnd.SelfTrade or MatchEnd.Done;
        string reason = end switch
        {
            _ when isSelfTrade => ExpiryReasons.SelfTrade,
            MatchEnd.NotAll => ExpiryReasons.AllOrNothing,
            MatchEnd.WouldTake => ExpiryReasons.WouldTake,
            _ when isMarket => ExpiryReasons.NoLiquidity,
            _ => ExpiryReasons.ImmediateRest,
        };
        registry.End(order, isSelfTrade ? ExchangeOrderStatus.ExpiredInMatch : ExchangeOrderStatus.Expired, OrderEventKind.Expired, reason);
    }
}
