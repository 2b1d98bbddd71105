using Harrier.Domain;
using Harrier.Engine.Execution;
using Harrier.Engine.Portfolio;
using Harrier.Engine.Positions;
using Harrier.Engine.Risk;

namespace Harrier.Engine.Strategies;

/// <content>Planned entries: checked, sized, sent, and handed to the keeper of positions.</content>
internal sealed partial class StrategyHost
{
    public bool IsWorking(ClientOrderId order) => order.Sequence != 0 && parts.Orders.Find(order) is not null;

    /// <summary>True while the venue has an order.</summary>
    public bool IsAccepted(ClientOrderId order) =>
        order.Sequence != 0 && parts.Orders.Find(order) is { State: OrderState.Accepted or OrderState.PartiallyFilled };

    public void SetTimer(BotId owner, int number, Timestamp due) => parts.Time.SetBotTimer(owner, number, due);

    /// <summary>What leaving a position would get: the other side's best price of a verified book, else the mark.</summary>
    public PriceTicks ExitPrice(InstrumentId instrument, bool isLong) =>
        parts.Market.Book(instrument) is { Bids.Count: > 0, Asks.Count: > 0 } book
            ? new PriceTicks(isLong ? book.Bids.BestTicks : book.Asks.BestTicks)
            : parts.Market.Mark(instrument);

    public EntryDecision Enter(Bot bot, in EntryPlan plan)
    {
        if (!bot.Owns(plan.Instrument))
        {
            throw new ArgumentException($"bot {bot.Id} does not trade instrument {plan.Instrument}", nameof(plan));
        }

        ArgumentException.ThrowIfNullOrWhiteSpace(plan.Setup);
        Instrument instrument = parts.Table[plan.Instrument];
        Announce(bot, new Signal(plan.Side == OrderSide.Buy ? SignalSide.Buy : SignalSide.Sell, plan.Confidence));
        PriceTicks entry = plan.Limit ?? parts.Market.Mark(plan.Instrument);
        OrderIntent intent = IntentOf(in plan, default);
        DenyReason reason = CheckPlan(bot, in plan, entry);
        if (reason.Rule != DenyRule.None)
        {
            return Refuse(bot, in intent, (default, EntryCaps.None), reason);
        }

        (SizeLots Size, EntryCaps Caps) sized = SizeOf(bot, in plan, instrument.ToDecimal(entry));
        intent = IntentOf(in plan, sized.Size);
        decimal smallest = Math.Max(instrument.MinNotional, bot.Entries.MinValue);
        decimal worth = instrument.Notional(sized.Size, entry);
        if (sized.Size >= instrument.MinLots && worth < smallest)
        {
            return Refuse(bot, in intent, sized, new DenyReason(DenyRule.MinNotional, worth, smallest));
        }

        ClientOrderId? sent = Submit(bot, in intent, out reason);
        if (sent is { } order)
        {
            bot.Keeper.OnEntrySent(order, in plan, Math.Abs(instrument.ToDecimal(entry) - instrument.ToDecimal(plan.Stop)));
        }

        return new EntryDecision(sent, sized.Size, sized.Caps, reason);
    }

    private EntryDecision Refuse(Bot bot, in OrderIntent intent, (SizeLots Size, EntryCaps Caps) sized, DenyReason reason)
    {
        Deny(bot, in intent, in reason);
        return new EntryDecision(null, sized.Size, sized.Caps, reason);
    }

    private DenyReason CheckPlan(Bot bot, in EntryPlan plan, PriceTicks entry)
    {
        Instrument instrument = parts.Table[plan.Instrument];
        if (!bot.IsRunning)
        {
            return new DenyReason(DenyRule.BotStopped, 0, 0);
        }

        if (entry.Value <= 0)
        {
            return new DenyReason(DenyRule.StaleMarket, 0, 0);
        }

        bool isLosing = plan.Side == OrderSide.Buy ? plan.Stop < entry : plan.Stop > entry;
        if (!isLosing || plan.Stop.Value <= 0)
        {
            return new DenyReason(DenyRule.StopSide, instrument.ToDecimal(plan.Stop), instrument.ToDecimal(entry));
        }

        if (!bot.Allows(new Signal(plan.Side == OrderSide.Buy ? SignalSide.Buy : SignalSide.Sell, plan.Confidence)))
        {
            double least = bot.Strategy.MinimumConfidence;
            return new DenyReason(DenyRule.Vetoed, (decimal)plan.Confidence, plan.Confidence < least ? (decimal)least : 1);
        }

        Position position = Position(bot, plan.Instrument);
        if (!position.IsFlat)
        {
            return new DenyReason(DenyRule.PositionOpen, instrument.ToDecimal(position.Size), 0);
        }

        return bot.Keeper.PlanIn(plan.Instrument) is null ? default : new DenyReason(DenyRule.EntryPending, 1, 1);
    }

    private (SizeLots Size, EntryCaps Caps) SizeOf(Bot bot, in EntryPlan plan, decimal entry)
    {
        Instrument instrument = parts.Table[plan.Instrument];
        decimal stop = Math.Abs(entry - instrument.ToDecimal(plan.Stop)) / entry;
        PositionSizing.Basis facts = FactsOf(bot, instrument, entry, stop) with { IsShort = plan.Side == OrderSide.Sell, HasLimit = plan.Limit is not null };
        return EntrySizing.Size(instrument, bot.Sizing, bot.Entries, new EntrySizing.Basis(facts, DepthValue(in plan, bot.Entries.DepthRange)));
    }

    // The value of what the entry would take: the asks for a buy.
    private decimal? DepthValue(in EntryPlan plan, decimal range)
    {
        if (parts.Market.Book(plan.Instrument) is not { } book)
        {
            return null;
        }

        bool isBuy = plan.Side == OrderSide.Buy;
        BookSide side = isBuy ? book.Asks : book.Bids;
        decimal bound = side.BestTicks * (isBuy ? 1 + range : 1 - range);
        Instrument instrument = parts.Table[plan.Instrument];
        decimal value = 0;
        foreach (BookLevel level in side)
        {
            if (isBuy ? level.Price.Value > bound : level.Price.Value < bound)
            {
                break;
            }

            value += instrument.Notional(level.Size, level.Price);
        }

        return value;
    }

    private static OrderIntent IntentOf(in EntryPlan plan, SizeLots size) => new()
    {
        Instrument = plan.Instrument,
        Side = plan.Side,
        Type = plan.Limit is null ? OrderType.Market : OrderType.Limit,
        Limit = plan.Limit ?? default,
        PostOnly = plan.PostOnly,
        Size = size,
    };
}
