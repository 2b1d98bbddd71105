using Harrier.Domain;
using Harrier.Engine.Execution;

namespace Harrier.Simulation.Fills;

/// <content>How orders meet prices.</content>
public sealed partial class FillSimulator
{
    // Entries inside one bar after which the rest of the path is no longer planned anew; ends strategies that re-enter without end.
    private const int MaxReplans = 16;

    /// <summary>Lets every order act that can at one price, exits before entries, oldest first, until none can.</summary>
    private void TradeAt(Desk desk, long price, IExecutionSink sink)
    {
        while (ActNext(desk, price, exits: true) || ActNext(desk, price, exits: false))
        {
            Deliver(sink);
        }
    }

    // Exits come first because volume is short: an entry must not take what a stop needs.
    private bool ActNext(Desk desk, long price, bool exits)
    {
        foreach (SimulatedOrder order in desk.Orders)
        {
            if (order.Intent.ReduceOnly == exits && Act(desk, order, price))
            {
                return true;
            }
        }

        return false;
    }

    private void Walk(Desk desk, BotId bot, in Bar bar, IExecutionSink sink)
    {
        SimulatedAccount account = _accounts[bot];
        long price = bar.Open.Value;
        int replans = 0;
        BarPath path = BarPath.Plan(_options.Path, in bar, account.Position(desk.Instrument.Id), _options.Seed);
        while (path.TryNext(out long target))
        {
            int direction = Math.Sign(target - price);
            while (Step(desk, bot, ref price, target, sink) is { } before)
            {
                long after = account.Position(desk.Instrument.Id);
                bool entered = after != 0 && Math.Sign(after) != Math.Sign(before);
                if (entered && _options.Path <= PathModel.Optimistic && replans++ < MaxReplans)
                {
                    path = BarPath.AfterEntry(_options.Path, in bar, after, direction);
                    target = price;
                    break;
                }
            }

            foreach (SimulatedOrder order in desk.Orders)
            {
                if (order.Order.Bot == bot)
                {
                    order.Follow(target);
                }
            }

            price = target;
        }
    }

    /// <summary>Carries out the next thing that happens between the price and the target.</summary>
    /// <returns>The position before it; null when nothing happens on the way.</returns>
    private long? Step(Desk desk, BotId bot, ref long price, long target, IExecutionSink sink)
    {
        long before = _accounts[bot].Position(desk.Instrument.Id);
        foreach (SimulatedOrder order in desk.Orders)
        {
            if (order.Order.Bot == bot && order.IsNew && Act(desk, order, price))
            {
                Deliver(sink);
                return before;
            }
        }

        (SimulatedOrder? next, long level) = FindNext(desk, bot, price, target);
        long? liquidation = _accounts.LiquidationLevel(bot, desk.Instrument.Id);
        if (liquidation is { } limit && IsBetween(limit, price, target) && (next is null || Math.Abs(limit - price) < Math.Abs(level - price)))
        {
            price = limit;
            LiquidatePosition(desk, bot, sink);
            return before;
        }

        if (next is null)
        {
            return null;
        }

        price = level;
        ActAtLevel(desk, next, level);
        Deliver(sink);
        return before;
    }

    private (SimulatedOrder? Order, long Level) FindNext(Desk desk, BotId bot, long price, long target)
    {
        SimulatedOrder? next = null;
        long nearest = long.MaxValue;
        foreach (SimulatedOrder order in desk.Orders)
        {
            if (order.Order.Bot != bot || order.IsNew || !Reaches(desk, order, price, target, out long level))
            {
                continue;
            }

            // At the same price what hurts comes first: a trigger before a resting limit.
            long distance = (Math.Abs(level - price) * 2) + (order.IsAwake ? 1 : 0);
            if (distance < nearest)
            {
                nearest = distance;
                next = order;
            }
        }

        return (next, next is null ? 0 : Math.Sign(target - price) * (nearest / 2) + price);
    }

    // True when the order does something at a level on the way from the price to the target.
    private bool Reaches(Desk desk, SimulatedOrder order, long price, long target, out long level)
    {
        int direction = Math.Sign(target - price);
        if (!order.IsAwake)
        {
            level = order.TriggerLevel;
            return direction == order.TriggerDirection && IsBetween(level, price, target);
        }

        level = order.Intent.Limit.Value;
        bool meets = order.HasLimit && desk.Budget > 0 && direction == (order.IsBuy ? -1 : 1) && IsBetween(level, price, target);
        return meets && (_options.LimitRule == LimitFillRule.Touch || level != target);
    }

    private static bool IsBetween(long level, long from, long to) => from <= to ? level >= from && level <= to : level <= from && level >= to;

    // The order meets a price that the market has already reached: at the open, or when it arrives inside a bar.
    private bool Act(Desk desk, SimulatedOrder order, long price)
    {
        bool wasNew = order.IsNew;
        order.Follow(price);
        if (!order.IsAwake)
        {
            order.IsNew = false;
            if (!order.IsTriggeredAt(price))
            {
                return false;
            }

            order.IsAwake = true;
            wasNew = true;
        }

        if (desk.Budget <= 0 && order.Intent.TimeInForce == TimeInForce.GoodTilCanceled)
        {
            order.IsNew = order.HasLimit && wasNew;
            return false;
        }

        order.IsNew = false;
        return order.HasLimit ? ActLimit(desk, order, price, wasNew) : Take(desk, order, price);
    }

    private bool ActLimit(Desk desk, SimulatedOrder order, long price, bool isNew)
    {
        long limit = order.Intent.Limit.Value;
        bool crosses = order.IsBuy ? price <= limit : price >= limit;
        if (isNew && crosses)
        {
            if (order.Intent.PostOnly)
            {
                return End(desk, order, ExecutionKind.Rejected, RejectReason.PostOnlyWouldTake);
            }

            return Take(desk, order, price);
        }

        if (order.Intent.TimeInForce != TimeInForce.GoodTilCanceled)
        {
            return End(desk, order, ExecutionKind.Expired, RejectReason.None);
        }

        // A gap through a resting limit fills it at the open; a mere touch follows the limit rule.
        bool gapped = order.IsBuy ? price < limit : price > limit;
        return (gapped || (crosses && _options.LimitRule == LimitFillRule.Touch)) && Fill(desk, order, price, isMaker: true);
    }

    private void ActAtLevel(Desk desk, SimulatedOrder order, long level)
    {
        if (order.IsAwake)
        {
            Fill(desk, order, level, isMaker: true);
            return;
        }

        order.IsAwake = true;
        order.IsNew = order.HasLimit;
        if (desk.Budget > 0 || order.Intent.TimeInForce != TimeInForce.GoodTilCanceled)
        {
            order.IsNew = false;
            _ = order.HasLimit ? ActLimit(desk, order, level, isNew: true) : Take(desk, order, level);
        }
    }

    // Trades as a taker at a price and the slippage beyond it.
    private bool Take(Desk desk, SimulatedOrder order, long price)
    {
        if (order.Intent.TimeInForce == TimeInForce.FillOrKill && order.Remaining > desk.Budget)
        {
            return End(desk, order, ExecutionKind.Expired, RejectReason.None);
        }

        SlippageFacts facts = new(desk.Instrument.ToDouble(new SizeLots(Math.Min(order.Remaining, desk.Budget))), desk.BarVolume, desk.Volatility);
        double fraction = _options.Slippage.Fraction(in facts);
        double worse = price * (order.IsBuy ? 1 + fraction : 1 - fraction);
        long taken = order.IsBuy ? (long)Math.Ceiling(worse - 1e-9) : Math.Max(1, (long)Math.Floor(worse + 1e-9));
        if (order.HasLimit)
        {
            taken = order.IsBuy ? Math.Min(taken, order.Intent.Limit.Value) : Math.Max(taken, order.Intent.Limit.Value);
        }

        bool acted = Fill(desk, order, taken, isMaker: false);
        if (order.Remaining > 0 && order.Intent.TimeInForce == TimeInForce.ImmediateOrCancel && desk.Orders.Contains(order))
        {
            return End(desk, order, ExecutionKind.Expired, RejectReason.None);
        }

        return acted;
    }

    private bool Fill(Desk desk, SimulatedOrder order, long price, bool isMaker)
    {
        long lots = _accounts.Tradable(order, Math.Min(order.Remaining, desk.Budget));
        if (lots <= 0)
        {
            return order.Intent.ReduceOnly && _accounts.Tradable(order, order.Remaining) == 0
                && End(desk, order, ExecutionKind.Expired, RejectReason.NothingToReduce);
        }

        bool untouched = order.Remaining == order.Intent.Size.Value;
        if (_accounts.Book(order, lots, price, isMaker) is not { } fill)
        {
            // A venue refuses an order as a whole or, once some of it traded, ends the rest.
            return End(desk, order, untouched ? ExecutionKind.Rejected : ExecutionKind.Expired, RejectReason.InsufficientBalance);
        }

        desk.Budget -= desk.Budget == long.MaxValue ? 0 : lots;
        if (order.Remaining == 0)
        {
            desk.Orders.Remove(order);
        }

        _reports.Enqueue(VenueReports.OfFill(order, in fill, (isMaker, desk.Instrument.Quote), (_now, _now)));
        return true;
    }

    private bool End(Desk desk, SimulatedOrder order, ExecutionKind kind, RejectReason reason)
    {
        desk.Orders.Remove(order);
        Report(kind, order.Order.Id, reason);
        return true;
    }

    private void Liquidate(Desk desk, long price, IExecutionSink sink)
    {
        for (int bot = 0; bot < _accounts.All.Length; bot++)
        {
            if (_accounts.IsLiquidatedAt(new BotId(bot), desk.Instrument.Id, price))
            {
                LiquidatePosition(desk, new BotId(bot), sink);
            }
        }
    }

    private void LiquidatePosition(Desk desk, BotId bot, IExecutionSink sink)
    {
        foreach (Desk any in _desks)
        {
            for (int i = any.Orders.Count - 1; i >= 0; i--)
            {
                if (any.Orders[i].Order.Bot == bot)
                {
                    End(any, any.Orders[i], ExecutionKind.Canceled, RejectReason.None);
                }
            }
        }

        BookedFill fill = _accounts.TakeOver(bot, desk.Instrument.Id);
        _reports.Enqueue(VenueReports.OfLiquidation(bot, desk.Instrument, in fill, (_now, _now)));
        Deliver(sink);
    }
}
