using Harrier.Domain;
using Harrier.Engine.Execution;
using Harrier.Engine.Portfolio;
using Harrier.Engine.Strategies;
using Harrier.Features.Indicators;
using Harrier.Features.Microstructure;

namespace Harrier.Engine.Positions;

/// <content>
/// The rules, in the order in which they are asked: longest hold, time stop, panic, no progress; then targets, and with a closed bar the
/// chandelier stop and the add-on.
/// </content>
internal sealed partial class PositionKeeper
{
    // The unit of a TimeSpan: an age that is longer by less is not longer.
    private const long NanosPerAge = 100;

    private readonly ChandelierExit?[] _chandeliers = new ChandelierExit?[bot.Instruments.Count];
    private readonly Ema?[] _averages = new Ema?[bot.Instruments.Count];
    private readonly ActivityTracker?[] _activity = new ActivityTracker?[bot.Instruments.Count];

    private void ShareFeatures(ExitRules asked)
    {
        for (int i = 0; i < bot.Instruments.Count; i++)
        {
            InstrumentId id = bot.Instruments[i].Id;
            if (asked.ChandelierMultiple is { } multiple)
            {
                string name = FormattableString.Invariant($"chandelier:{asked.ChandelierBars}:{multiple:R}");
                _chandeliers[i] = bot.Host.Features.Share(id, name, () => new ChandelierExit(asked.ChandelierBars, multiple));
            }

            if (asked.AddOn is { } addOn)
            {
                _averages[i] = bot.Host.Features.Share(id, $"ema:{addOn.AverageBars}", () => new Ema(addOn.AverageBars));
            }

            if (asked.PanicDrop is not null)
            {
                _activity[i] = bot.Host.Features.Activity(id);
            }
        }
    }

    private void Evaluate(int index, bool isBar)
    {
        KeptPosition kept = _kept[index];
        if (rules is null || !kept.IsOpen || bot.Host.Now < kept.RetryAt)
        {
            return;
        }

        Instrument instrument = bot.Instruments[index];
        Position position = bot.Host.Position(bot, instrument.Id);
        if (position.IsFlat || bot.Host.IsWorking(kept.Exit))
        {
            return;
        }

        if (ReasonToLeave(kept, index, position) is { } reason)
        {
            Leave(index, reason);
            return;
        }

        WatchTargets(kept, index);
        if (isBar && kept.IsOpen && !bot.Host.IsWorking(kept.Exit))
        {
            Trail(kept, index);
            Grow(kept, index);
        }
    }

    private OrderPurpose? ReasonToLeave(KeptPosition kept, int index, Position position)
    {
        TimeSpan age = bot.Host.Now - position.EntryTime;
        if (age > rules!.MaxHold)
        {
            return OrderPurpose.MaxHold;
        }

        if (age > rules.TimeStop)
        {
            return OrderPurpose.TimeStop;
        }

        if (rules.PanicDrop is { } drop && _activity[index]!.IsDroppingBy(drop))
        {
            return OrderPurpose.PanicActivityDrop;
        }

        bool isSlow = age > rules.NoProgressAfter && !kept.First.IsDone && ProgressOf(kept, index) < rules.NoProgressR;
        return isSlow ? OrderPurpose.NoProgress : null;
    }

    /// <summary>Profit of a unit in multiples of the initial risk, at what can be got now.</summary>
    private decimal ProgressOf(KeptPosition kept, int index)
    {
        Instrument instrument = bot.Instruments[index];
        return kept.Direction * (instrument.ToDecimal(bot.Host.ExitPrice(instrument.Id, kept.IsLong)) - kept.EntryPrice) / kept.Risk;
    }

    // Only after breakeven; a stop that the market has passed already is an exit at once.
    private void Trail(KeptPosition kept, int index)
    {
        if (!kept.IsAtBreakeven || _chandeliers[index] is not { IsReady: true } chandelier)
        {
            return;
        }

        Instrument instrument = bot.Instruments[index];
        PriceTicks stop = kept.IsLong ? instrument.FloorToTicks(chandelier.LongStop) : instrument.CeilingToTicks(chandelier.ShortStop);
        MoveStop(kept, index, (stop, OrderPurpose.Chandelier), bot.Host.ExitPrice(instrument.Id, kept.IsLong));
    }

    private void MoveToBreakeven(KeptPosition kept, int index, PriceTicks market)
    {
        Instrument instrument = bot.Instruments[index];
        if (rules!.Breakeven is not { } beyond)
        {
            ResizeStop(instrument.Id);
            return;
        }

        kept.IsAtBreakeven = true;
        double price = (double)(kept.EntryPrice * (1 + (kept.Direction * beyond)));
        PriceTicks stop = kept.IsLong ? instrument.CeilingToTicks(price) : instrument.FloorToTicks(price);
        if (!MoveStop(kept, index, (stop, OrderPurpose.BreakevenStop), market))
        {
            // Already better: it is only made as small as the position has become.
            ResizeStop(instrument.Id);
        }
    }

    /// <summary>Moves the stop where that improves it.</summary>
    /// <returns>False when the stop stays where it is.</returns>
    private bool MoveStop(KeptPosition kept, int index, (PriceTicks Price, OrderPurpose Reason) stop, PriceTicks market)
    {
        Instrument instrument = bot.Instruments[index];
        long current = bot.Protection.PlannedStop(instrument.Id).Value;
        if (kept.Direction * (stop.Price.Value - current) <= 0)
        {
            return false;
        }

        if (kept.Direction * (market.Value - stop.Price.Value) <= 0)
        {
            Leave(index, stop.Reason);
            return true;
        }

        bot.Protection.Move(instrument, stop.Price, stop.Reason);
        return true;
    }

    // Asked with closed bars only, and once: an order that the gate refuses is not asked for again and again.
    private void Grow(KeptPosition kept, int index)
    {
        if (rules!.AddOn is not { } rule || kept.IsAddOnSpent || bot.Condition != BotCondition.Running || _averages[index] is not { IsReady: true } average)
        {
            return;
        }

        Instrument instrument = bot.Instruments[index];
        decimal price = instrument.ToDecimal(bot.Host.ExitPrice(instrument.Id, kept.IsLong));
        decimal mean = (decimal)average.Value;
        if (ProgressOf(kept, index) < rule.FromR || Math.Abs(price - mean) > rule.MaxDistance * mean)
        {
            return;
        }

        decimal held = Math.Abs(instrument.ToDecimal(bot.Host.Position(bot, instrument.Id).Size));
        kept.IsAddOnSpent = true;
        kept.IsSettled = true;
        kept.AddOn = bot.Host.Submit(bot, new OrderIntent
        {
            Instrument = instrument.Id,
            Side = kept.IsLong ? OrderSide.Buy : OrderSide.Sell,
            Type = OrderType.Market,
            Size = instrument.FloorToLots(held * rule.Share),
            Purpose = OrderPurpose.AddOn,
        }) ?? default;
    }

    // The next instant at which time alone can change what the rules say; ages count strictly.
    private void SetRuleTimer(int index)
    {
        KeptPosition kept = _kept[index];
        if (rules is null || !kept.IsOpen)
        {
            return;
        }

        Timestamp entered = bot.Host.Position(bot, bot.Instruments[index].Id).EntryTime;
        long now = bot.Host.Now.Nanos;
        long due = long.MaxValue;
        foreach (TimeSpan? age in (ReadOnlySpan<TimeSpan?>)[rules.MaxHold, rules.TimeStop, rules.NoProgressAfter])
        {
            long at = age is { } span ? (entered + span).Nanos + NanosPerAge : long.MaxValue;
            due = at > now && at < due ? at : due;
        }

        due = kept.RetryAt.Nanos > now ? Math.Min(due, kept.RetryAt.Nanos) : due;
        if (due < long.MaxValue)
        {
            SetTimer(index * TimersPerInstrument, new Timestamp(due));
        }
    }
}
