using Harrier.Domain;
using Harrier.Engine.Execution;

namespace Harrier.Engine.Positions;

/// <content>
/// Targets. On contracts they rest at the venue as reduce-only limit orders beside the stop. On spot the coins can wait for one order only, the stop,
/// so the engine watches the price and sells at the market; it does so too for a resting target that the venue did not keep.
/// </content>
internal sealed partial class PositionKeeper
{
    private void PlaceTargets(KeptPosition kept, Instrument instrument)
    {
        if (instrument.Kind == InstrumentKind.Spot)
        {
            return;
        }

        Rest(kept, instrument, (rules!.FirstTarget, OrderPurpose.FirstTarget), ref kept.First);
        Rest(kept, instrument, (rules.SecondTarget, OrderPurpose.SecondTarget), ref kept.Second);
    }

    private void Rest(KeptPosition kept, Instrument instrument, (ProfitTarget? Target, OrderPurpose Purpose) what, ref TargetState state)
    {
        if (what.Target is not { } target || state.IsWatched || state.Sold > 0)
        {
            return;
        }

        // The entry grew: the share of it did.
        ClientOrderId old = state.Order;
        state.Order = default;
        Cancel(old);
        SizeLots size = ShareOf(kept, target);
        if (size.IsZero)
        {
            state.IsWatched = true;
            return;
        }

        ClientOrderId? sent = bot.Host.Submit(bot, new OrderIntent
        {
            Instrument = instrument.Id,
            Side = kept.IsLong ? OrderSide.Sell : OrderSide.Buy,
            Type = OrderType.Limit,
            Limit = PriceOf(kept, instrument, target),
            Size = size,
            ReduceOnly = true,
            Purpose = what.Purpose,
        });
        state.Order = sent ?? default;
        state.IsWatched = sent is null;
    }

    private void OnTargetFill(KeptPosition kept, in Fill fill)
    {
        int index = IndexOf(fill.Instrument);
        if (fill.Order == kept.First.Order && kept.First.Order.Sequence != 0)
        {
            kept.First.Sold += fill.Size.Value;
            if (!bot.Host.IsWorking(kept.First.Order))
            {
                kept.First.Order = default;
                OnFirstDone(kept, index, fill.Price);
            }
        }
        else if (fill.Order == kept.Second.Order && kept.Second.Order.Sequence != 0)
        {
            kept.Second.Sold += fill.Size.Value;
            if (!bot.Host.IsWorking(kept.Second.Order))
            {
                kept.Second.Order = default;
                kept.Second.IsDone = true;
                ResizeStop(fill.Instrument);
            }
        }
    }

    // The market is where the target was filled: the mark may still be of before.
    private void OnFirstDone(KeptPosition kept, int index, PriceTicks market)
    {
        kept.First.IsDone = true;
        kept.IsSettled = true;
        Cancel(kept.Entry);
        if (!bot.Host.IsWorking(kept.Exit))
        {
            MoveToBreakeven(kept, index, market);
        }
    }

    private void OnTargetEnded(KeptPosition kept, Order order)
    {
        InstrumentId instrument = order.Intent.Instrument;
        if (order.Id == kept.First.Order)
        {
            End(ref kept.First);
        }
        else if (order.Id == kept.Second.Order)
        {
            End(ref kept.Second);
        }
        else
        {
            return;
        }

        if (InstrumentOf(instrument).Kind == InstrumentKind.Spot && kept.IsOpen && !bot.Host.IsWorking(kept.Exit))
        {
            // What was to be sold is held still, and the stop was made smaller for it.
            ResizeStop(instrument);
        }

        Pause(kept, instrument);
    }

    // Where it is and for what it is there: only made as large as the position is now.
    private void ResizeStop(InstrumentId instrument) =>
        bot.Protection.Move(InstrumentOf(instrument), bot.Protection.PlannedStop(instrument), bot.Protection.PlannedPurpose(instrument));

    private static void End(ref TargetState state)
    {
        state.Order = default;
        state.IsWatched = true;
    }

    private void WatchTargets(KeptPosition kept, int index)
    {
        bool isSpot = bot.Instruments[index].Kind == InstrumentKind.Spot;
        if (!kept.First.IsDone)
        {
            Watch(kept, index, (rules!.FirstTarget, OrderPurpose.FirstTarget, isSpot), ref kept.First);
        }
        else if (!kept.Second.IsDone)
        {
            Watch(kept, index, (rules!.SecondTarget, OrderPurpose.SecondTarget, isSpot), ref kept.Second);
        }
    }

    private void Watch(KeptPosition kept, int index, (ProfitTarget? Target, OrderPurpose Purpose, bool IsSpot) what, ref TargetState state)
    {
        bool isWatched = (what.IsSpot || state.IsWatched) && state.Order.Sequence == 0;
        if (what.Target is not { } target || !isWatched)
        {
            return;
        }

        Instrument instrument = bot.Instruments[index];
        PriceTicks price = bot.Host.ExitPrice(instrument.Id, kept.IsLong);
        if (kept.Direction * (price.Value - PriceOf(kept, instrument, target).Value) < 0)
        {
            return;
        }

        SizeLots held = bot.Host.Closable(bot, instrument);
        SizeLots part = new(Math.Min(ShareOf(kept, target).Value - state.Sold, held.Value));
        if (part.Value <= 0 || (what.IsSpot && IsTooSmall(instrument, part, price)))
        {
            state.IsDone = true;
            if (what.Purpose == OrderPurpose.FirstTarget)
            {
                OnFirstDone(kept, index, price);
            }
        }
        else if (part == held || (what.IsSpot && IsTooSmall(instrument, held - part, price)))
        {
            Leave(index, what.Purpose);
        }
        else
        {
            SellPart(kept, instrument, (part, what.Purpose), ref state);
        }
    }

    private void SellPart(KeptPosition kept, Instrument instrument, (SizeLots Size, OrderPurpose Purpose) part, ref TargetState state)
    {
        kept.IsSettled = true;
        state.IsWatched = true;
        if (instrument.Kind == InstrumentKind.Spot)
        {
            bot.Protection.Move(instrument, bot.Protection.PlannedStop(instrument.Id), bot.Protection.PlannedPurpose(instrument.Id), part.Size);
        }

        ClientOrderId? sent = bot.Host.Submit(bot, new OrderIntent
        {
            Instrument = instrument.Id,
            Side = kept.IsLong ? OrderSide.Sell : OrderSide.Buy,
            Type = OrderType.Market,
            Size = part.Size,
            ReduceOnly = true,
            Purpose = part.Purpose,
        });
        state.Order = sent ?? default;
        if (sent is null)
        {
            Pause(kept, instrument.Id);
        }
    }

    private static SizeLots ShareOf(KeptPosition kept, ProfitTarget target) => new((long)decimal.Floor(kept.EntryLots * target.Share));

    // Rounded away from the entry: the farther price is the one that was asked for.
    private static PriceTicks PriceOf(KeptPosition kept, Instrument instrument, ProfitTarget target)
    {
        double price = (double)(kept.EntryPrice + (kept.Direction * target.R * kept.Risk));
        return new PriceTicks(Math.Max(1, (kept.IsLong ? instrument.CeilingToTicks(price) : instrument.FloorToTicks(price)).Value));
    }

    private static bool IsTooSmall(Instrument instrument, SizeLots size, PriceTicks price) =>
        size < instrument.MinLots || instrument.Notional(size, price) < instrument.MinNotional;
}
