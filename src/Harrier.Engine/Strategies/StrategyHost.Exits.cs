using Harrier.Domain;
using Harrier.Engine.Execution;
using Harrier.Engine.Portfolio;

namespace Harrier.Engine.Strategies;

/// <content>How positions are left: no larger than what can be sold, and what is too small to be sold is no position.</content>
internal sealed partial class StrategyHost
{
    /// <summary>True while an order placed for a purpose works.</summary>
    public bool HasWorkingFor(Bot bot, InstrumentId instrument, OrderPurpose purpose)
    {
        IReadOnlyList<Order> working = parts.Orders.Working;
        for (int i = 0; i < working.Count; i++)
        {
            if (working[i].Bot == bot.Id && working[i].Intent.Instrument == instrument && working[i].Intent.Purpose == purpose)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Cancels what is left of orders on one side that have begun to trade.</summary>
    public void CancelStarted(Bot bot, InstrumentId instrument, OrderSide side)
    {
        IReadOnlyList<Order> working = parts.Orders.Working;
        for (int i = 0; i < working.Count; i++)
        {
            Order order = working[i];
            if (order.Bot == bot.Id && order.Intent.Instrument == instrument && order.Intent.Side == side
                && order.Intent.Purpose == OrderPurpose.Signal && !order.Executed.IsZero)
            {
                Cancel(order.Id);
            }
        }
    }

    public ClientOrderId? Target(Bot bot, Instrument instrument, SizeLots size, OrderPurpose purpose)
    {
        Position position = Position(bot, instrument.Id);
        long delta = size.Value - position.Size.Value;
        if (delta == 0)
        {
            return null;
        }

        bool exits = size.IsZero;
        if (exits && IsDust(bot, instrument))
        {
            WriteOff(bot, instrument, purpose);
            return null;
        }

        if (exits)
        {
            bot.Protection.MakeRoom(instrument);
        }

        ClientOrderId? sent = Submit(bot, new OrderIntent
        {
            Instrument = instrument.Id,
            Side = delta > 0 ? OrderSide.Buy : OrderSide.Sell,
            Type = OrderType.Market,
            Size = exits ? Closable(bot, instrument) : new SizeLots(Math.Abs(delta)),
            ReduceOnly = exits,
            Purpose = purpose,
        });
        if (exits && sent is { } exit)
        {
            bot.Protection.OnExitSent(instrument.Id, exit);
            bot.Keeper.OnExitSent(instrument.Id, exit);
        }

        return sent;
    }

    /// <summary>What of a position an order can close: on spot no more than the bot owns, because fees may have been taken from it.</summary>
    public SizeLots Closable(Bot bot, Instrument instrument)
    {
        long held = Math.Abs(Position(bot, instrument.Id).Size.Value);
        if (instrument.Kind != InstrumentKind.Spot)
        {
            return new SizeLots(held);
        }

        decimal owned = parts.Portfolio.Ledger.Owned(bot.Id, parts.Table.BaseAsset(instrument.Id));
        return new SizeLots(Math.Min(held, instrument.FloorToLots(Math.Max(0, owned)).Value));
    }

    /// <summary>What of a spot position is being sold at the market: those coins cannot wait for a stop as well. Nothing on contracts, whose orders only reduce.</summary>
    public SizeLots Leaving(Bot bot, Instrument instrument)
    {
        SizeLots leaving = default;
        IReadOnlyList<Order> working = parts.Orders.Working;
        for (int i = 0; i < working.Count && instrument.Kind == InstrumentKind.Spot; i++)
        {
            ref readonly OrderIntent intent = ref working[i].Intent;
            bool isSold = working[i].Bot == bot.Id && intent.Instrument == instrument.Id && intent is { ReduceOnly: true, Type: OrderType.Market };
            leaving += isSold ? working[i].Remaining : default;
        }

        return leaving;
    }

    public void Raise(Bot bot, AlertKind kind, InstrumentId instrument) =>
        parts.Alerts.Raise(new EngineAlert(kind, bot.Id, instrument, Position(bot, instrument).Size, Now));

    // Contracts close any rest, because their venues take reduce-only orders of any size.
    private bool IsDust(Bot bot, Instrument instrument)
    {
        if (instrument.Kind != InstrumentKind.Spot || !Position(bot, instrument.Id).IsLong)
        {
            return false;
        }

        SizeLots closable = Closable(bot, instrument);
        PriceTicks mark = parts.Market.Mark(instrument.Id);
        return closable < instrument.MinLots || (mark.Value > 0 && instrument.Notional(closable, mark) < instrument.MinNotional);
    }

    // After an exit: a rest that no order could sell would be offered to the venue, and refused, for ever.
    private void SettleRest(Bot bot, in Fill fill)
    {
        Instrument instrument = parts.Table[fill.Instrument];
        if (fill.Side == OrderSide.Sell && IsDust(bot, instrument) && !IsLeaving(bot, instrument.Id))
        {
            WriteOff(bot, instrument, fill.Purpose);
        }
    }

    private void WriteOff(Bot bot, Instrument instrument, OrderPurpose purpose)
    {
        Raise(bot, AlertKind.DustLeft, instrument.Id);
        parts.Portfolio.WriteOff(bot.Id, instrument.Id, purpose, Now);
        bot.Protection.OnFlat(instrument.Id);
        bot.Keeper.OnFlat(instrument.Id);
    }

    // An order that has begun to sell may sell the rest as well, and one of the strategy's own was meant to.
    private bool IsLeaving(Bot bot, InstrumentId instrument)
    {
        IReadOnlyList<Order> working = parts.Orders.Working;
        for (int i = 0; i < working.Count; i++)
        {
            ref readonly OrderIntent intent = ref working[i].Intent;
            bool isMeant = intent.Purpose == OrderPurpose.Signal || !working[i].Executed.IsZero;
            if (working[i].Bot == bot.Id && intent.Instrument == instrument && intent.Side == OrderSide.Sell && isMeant)
            {
                return true;
            }
        }

        return false;
    }

    // Where bots share a position at the venue it does not see to it that exits only reduce: what two of them traded too much was nobody's wish.
    private void TakeBack(Bot bot, in Fill fill, SizeLots beyond)
    {
        if (beyond.Value == 0)
        {
            return;
        }

        Raise(bot, AlertKind.ExitOvershot, fill.Instrument);
        ClientOrderId? sent = Submit(bot, new OrderIntent
        {
            Instrument = fill.Instrument,
            Side = fill.Side == OrderSide.Buy ? OrderSide.Sell : OrderSide.Buy,
            Type = OrderType.Market,
            Size = beyond,
            ReduceOnly = true,
            Purpose = OrderPurpose.Overshoot,
        });
        if (sent is { } order)
        {
            bot.Protection.OnExitSent(fill.Instrument, order);
        }
    }

    // It did not get through whole: what the settings know of protection was placed, and a person is told.
    private void LookAfterOvershoot(Bot bot, OrderEventKind kind, Order order)
    {
        bool hasEnded = kind is OrderEventKind.Canceled or OrderEventKind.Rejected or OrderEventKind.Expired;
        if (hasEnded && order.Intent.Purpose == OrderPurpose.Overshoot && !Position(bot, order.Intent.Instrument).IsFlat)
        {
            Raise(bot, AlertKind.Unprotected, order.Intent.Instrument);
        }
    }

    private bool HasWorking(Bot bot, OrderSide? side)
    {
        IReadOnlyList<Order> working = parts.Orders.Working;
        for (int i = 0; i < working.Count; i++)
        {
            ref readonly OrderIntent intent = ref working[i].Intent;
            if (working[i].Bot == bot.Id && intent.Purpose == OrderPurpose.Signal && (side is null || (intent.Side == side && !intent.ReduceOnly)))
            {
                return true;
            }
        }

        return false;
    }

    private bool LacksStop(Bot bot, in OrderIntent intent)
    {
        if (intent.ReduceOnly || bot.Protection.IsUnguarded(intent.Instrument) != true)
        {
            return false;
        }

        return Grows(bot, in intent);
    }
}
