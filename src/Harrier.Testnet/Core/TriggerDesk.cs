namespace Harrier.Testnet.Core;

/// <summary>Watches the orders that wait for a price.</summary>
internal sealed class TriggerDesk(OrderDesk desk, OrderRegistry registry, EventFan events)
{
    /// <summary>Lets an order wait for its trigger.</summary>
    public static void Arm(ExchangeOrder order)
    {
        InstrumentBook book = order.Instrument.Trading;
        decimal now = OrderChecks.TriggerSource(order.Instrument, order.Terms);
        book.Waiting.Add(order);
        book.TriggersCheckedAt = default;
        if (order.Terms.Trails && order.Terms.StopPrice == 0)
        {
            Trail(order, now);
        }
    }

    /// <summary>Whether the price has to rise to where an order begins to trail.</summary>
    public static bool StartsAbove(ListedInstrument instrument, in NewOrder terms) => terms.StopPrice >= OrderChecks.TriggerSource(instrument, terms);

    /// <summary>Lets an order of an earlier process go on waiting; one that trails at once and had not begun begins now.</summary>
    public static void Resume(ExchangeOrder order)
    {
        if (order.Terms.Trails && order.Terms.StopPrice == 0 && !order.IsTrailing)
        {
            Trail(order, OrderChecks.TriggerSource(order.Instrument, order.Terms));
        }
    }

    /// <summary>Fires the oldest order whose trigger is reached.</summary>
    /// <returns>False when there is none.</returns>
    public bool FireNext(ListedInstrument instrument)
    {
        InstrumentBook book = instrument.Trading;
        (decimal Last, decimal Mark) prices = (instrument.LastPrice, instrument.MarkPrice);
        if (book.Waiting.Count == 0 || book.TriggersCheckedAt == prices || instrument.Status != ListingStatus.Trading)
        {
            return false;
        }

        foreach (ExchangeOrder order in book.Waiting)
        {
            if (IsReached(order))
            {
                Fire(order);
                return true;
            }
        }

        book.TriggersCheckedAt = prices;
        return false;
    }

    // True once the price it looks at is at or beyond the trigger; moves the trigger of trailing orders.
    private static bool IsReached(ExchangeOrder order)
    {
        decimal now = OrderChecks.TriggerSource(order.Instrument, order.Terms);
        if (now == 0)
        {
            return false;
        }

        if (order.Terms.Trails)
        {
            if (!order.IsTrailing && !(order.StartsAbove ? now >= order.Terms.StopPrice : now <= order.Terms.StopPrice))
            {
                return false;
            }

            Trail(order, now);
        }

        return OrderChecks.TriggersAbove(order.Terms) ? now >= order.TriggerPrice : now <= order.TriggerPrice;
    }

    private static void Trail(ExchangeOrder order, decimal now)
    {
        bool above = OrderChecks.TriggersAbove(order.Terms);
        order.TrailBest = !order.IsTrailing ? now : above ? Math.Min(order.TrailBest, now) : Math.Max(order.TrailBest, now);
        order.IsTrailing = now > 0;
        decimal distance = order.Terms.TrailingDistance > 0 ? order.Terms.TrailingDistance : order.TrailBest * order.Terms.TrailingDeltaBps / 10_000m;
        order.TriggerPrice = order.TrailBest + (above ? distance : -distance);
    }

    private void Fire(ExchangeOrder order)
    {
        if (!order.IsConditional)
        {
            order.IsTriggered = true;
            events.Order(order, OrderEventKind.ConditionalTriggered);
            desk.Work(order);
            return;
        }

        registry.StartWorking(order);
        Placement placement = desk.Place(order.Account, order.Instrument, Child(order), order);
        registry.Forget(order);
        if (placement.Refusal is Refusal refusal)
        {
            order.Status = ExchangeOrderStatus.Rejected;
            order.EndReason = refusal.Reason.ToString();
            events.Order(order, OrderEventKind.ConditionalRejected, reason: order.EndReason);
        }
    }

    private static NewOrder Child(ExchangeOrder parent)
    {
        NewOrder terms = parent.Terms;
        bool isTaken = parent.Account.OpenByClientId.ContainsKey((parent.Instrument.Index, false, terms.ClientId));
        return terms with
        {
            Type = parent.HasLimitPrice ? ExchangeOrderType.Limit : ExchangeOrderType.Market,
            Quantity = terms.ClosePosition ? Math.Abs(parent.Account.Position(parent.Instrument).Quantity) : terms.Quantity,
            ReduceOnly = terms.ReduceOnly || terms.ClosePosition,
            ClosePosition = false,
            StopPrice = 0,
            TrailingDeltaBps = 0,
            TrailingDistance = 0,
            ClientId = isTaken ? string.Empty : terms.ClientId,
        };
    }
}
