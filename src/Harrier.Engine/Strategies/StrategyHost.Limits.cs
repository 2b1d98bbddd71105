using Harrier.Domain;
using Harrier.Engine.Execution;
using Harrier.Engine.Portfolio;
using Harrier.Engine.Risk;

namespace Harrier.Engine.Strategies;

/// <content>What follows when a limit of the account is reached. Bots go on: their strategies hear the market, and their entries are refused.</content>
internal sealed partial class StrategyHost
{
    private static readonly TimeSpan LeavePause = TimeSpan.FromSeconds(10);

    /// <summary>Comes after everything else that an input led to, so that positions and protective orders are up to date.</summary>
    public void ObeyLimits()
    {
        Tend();
        AccountRisk account = parts.Risk.Account;
        if (!account.IsMeasured)
        {
            return;
        }

        account.CountTrips(Now);
        while (account.TryTakeAlert(out AlertKind kind))
        {
            parts.Alerts.Raise(new EngineAlert(kind, new BotId(-1), new InstrumentId(-1), default, Now));
        }

        if (account.TakeCancel())
        {
            CancelEntries(null);
        }

        if (account.ReasonToLeave is { } purpose && Now >= account.RetryAt && LeaveAll(purpose))
        {
            account.RetryAt = Now + LeavePause;
        }
    }

    // What works and could open or grow a position: it was let through before the limit was reached.
    public void CancelEntries(Bot? only)
    {
        IReadOnlyList<Order> working = parts.Orders.Working;
        for (int i = 0; i < working.Count; i++)
        {
            Order order = working[i];
            long held = Position(_bots[order.Bot.Index], order.Intent.Instrument).Size.Value;
            bool reduces = order.Intent.ReduceOnly || (held != 0 && held > 0 == (order.Intent.Side == OrderSide.Sell));
            if (!reduces && (only is null || order.Bot == only.Id))
            {
                Cancel(order.Id);
            }
        }
    }

    /// <returns>True when there was anything to close.</returns>
    private bool LeaveAll(OrderPurpose purpose)
    {
        bool any = false;
        foreach (Bot bot in _bots)
        {
            bot.Reversal = SignalSide.Hold;
            foreach (Instrument instrument in bot.Instruments)
            {
                Position position = Position(bot, instrument.Id);
                if (!position.IsFlat && !IsExiting(bot, instrument.Id))
                {
                    any = true;
                    Target(bot, instrument, default, purpose);
                }
            }
        }

        return any;
    }

    // What keeps an order working counts as an exit on its way.
    private bool IsExiting(Bot bot, InstrumentId instrument)
    {
        IReadOnlyList<Order> working = parts.Orders.Working;
        for (int i = 0; i < working.Count; i++)
        {
            ref readonly OrderIntent intent = ref working[i].Intent;
            if (working[i].Bot == bot.Id && intent is { ReduceOnly: true, Type: OrderType.Market } && intent.Instrument == instrument)
            {
                return true;
            }
        }

        return false;
    }
}
