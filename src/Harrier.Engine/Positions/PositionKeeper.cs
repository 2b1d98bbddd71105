using Harrier.Domain;
using Harrier.Engine.Execution;
using Harrier.Engine.Portfolio;
using Harrier.Engine.Strategies;

namespace Harrier.Engine.Positions;

/// <summary>
/// Keeps the positions of one bot's planned entries: from the entry order over stop, targets and rules to the last exit. The rules are asked with
/// every bar, trade, book and timer; what they sell can only make a position smaller, and no limit of risk is asked about it.
/// </summary>
internal sealed partial class PositionKeeper(Bot bot, ExitRules? rules) : IStateful
{
    // Two timers per instrument, with a number that no strategy can use.
    private const int TimersPerInstrument = 2;
    private static readonly TimeSpan RetryPause = TimeSpan.FromSeconds(10);

    private readonly KeptPosition[] _kept = [.. bot.Instruments.Select(_ => new KeptPosition())];
    private int _open;

    /// <summary>The owner of this keeper's timers.</summary>
    public BotId TimerOwner => new(-2 - bot.Id.Index);

    /// <summary>The plan in force in an instrument; null without one.</summary>
    public KeptPosition? PlanIn(InstrumentId instrument) => _kept[IndexOf(instrument)] is { HasPlan: true } kept ? kept : null;

    /// <summary>The bot of a timer's owner; negative when the owner is no keeper.</summary>
    public static int BotOf(BotId owner) => -2 - owner.Index;

    /// <summary>Asks for the features that the rules read.</summary>
    public void Start()
    {
        if (rules is not null)
        {
            ShareFeatures(rules);
        }
    }

    /// <summary>An entry was sent.</summary>
    public void OnEntrySent(ClientOrderId order, in EntryPlan plan, decimal risk)
    {
        int index = IndexOf(plan.Instrument);
        _kept[index].Begin(order, in plan, risk);
        if (plan is { Limit: not null, TimeToLive: { } life })
        {
            SetTimer((index * TimersPerInstrument) + 1, bot.Host.Now + life);
        }
    }

    /// <summary>An order that closes the position was sent, by whomever: no second one beside it.</summary>
    public void OnExitSent(InstrumentId instrument, ClientOrderId order)
    {
        if (_kept[IndexOf(instrument)] is { IsOpen: true } kept)
        {
            kept.Exit = order;
        }
    }

    /// <summary>Comes before the protective orders hear of the fill: they need the plan's stop.</summary>
    public void BeforeFill(in Fill fill)
    {
        KeptPosition kept = _kept[IndexOf(fill.Instrument)];
        if (kept.Entry.Sequence == 0 || fill.Order != kept.Entry)
        {
            return;
        }

        Instrument instrument = InstrumentOf(fill.Instrument);
        Position position = bot.Host.Position(bot, fill.Instrument);
        if (!kept.IsOpen)
        {
            _open++;
            bot.Protection.Plan(fill.Instrument, kept.InitialStop);
            position.Tag(kept.Setup, kept.Confluence);
        }

        kept.Enter(fill.Size.Value, position.AveragePrice(instrument), instrument.ToDecimal(kept.InitialStop), instrument.Definition.TickSize);
        position.InitialRisk = kept.Risk * instrument.ToDecimal(new SizeLots(kept.EntryLots));
    }

    /// <summary>Comes after the protective orders have been brought up to date.</summary>
    public void OnFill(in Fill fill)
    {
        KeptPosition kept = _kept[IndexOf(fill.Instrument)];
        if (!kept.HasPlan)
        {
            return;
        }

        bool isEntry = fill.Order == kept.Entry;
        kept.Entry = bot.Host.IsWorking(kept.Entry) ? kept.Entry : default;
        Position position = bot.Host.Position(bot, fill.Instrument);
        if (position.IsFlat || position.IsLong != kept.IsLong)
        {
            OnFlat(fill.Instrument);
            return;
        }

        if (!kept.IsOpen)
        {
            return;
        }

        if (isEntry)
        {
            OnEntered(kept, fill.Instrument);
        }
        else
        {
            kept.IsSettled = true;
            OnTargetFill(kept, in fill);
        }
    }

    /// <summary>Nothing is left of the position.</summary>
    public void OnFlat(InstrumentId instrument)
    {
        KeptPosition kept = _kept[IndexOf(instrument)];
        if (!kept.IsOpen)
        {
            return;
        }

        _open--;
        CancelOrders(kept);
        kept.Close();
    }

    /// <summary>An order ended without being filled whole.</summary>
    public void OnOrder(in OrderEvent news, Order order)
    {
        KeptPosition kept = _kept[IndexOf(order.Intent.Instrument)];
        if (!kept.HasPlan || news.Kind is not (OrderEventKind.Canceled or OrderEventKind.Rejected or OrderEventKind.Expired))
        {
            return;
        }

        if (news.Order == kept.Entry)
        {
            kept.Entry = default;
            if (!kept.IsOpen)
            {
                kept.Clear();
            }
        }
        else if (news.Order == kept.Exit)
        {
            kept.Exit = default;
            Pause(kept, order.Intent.Instrument);
        }
        else
        {
            OnTargetEnded(kept, order);
        }
    }

    /// <summary>A timer of this keeper is due.</summary>
    public void OnTimer(int number)
    {
        int index = number / TimersPerInstrument;
        if (number % TimersPerInstrument == 0)
        {
            Evaluate(index, isBar: false);
            SetRuleTimer(index);
        }
        else if (bot.Host.IsWorking(_kept[index].Entry))
        {
            bot.Host.Cancel(_kept[index].Entry);
        }
    }

    /// <summary>A bar, trade or book of an instrument came, or time passed.</summary>
    public void OnMarket(InstrumentId instrument, bool isBar = false)
    {
        if (_open > 0)
        {
            Evaluate(IndexOf(instrument), isBar);
        }
    }

    /// <summary>The features were measured anew though no event came.</summary>
    public void OnClock()
    {
        for (int i = 0; i < _kept.Length && _open > 0; i++)
        {
            Evaluate(i, isBar: false);
        }
    }

    public void Save(ref StateWriter writer)
    {
        foreach (KeptPosition kept in _kept)
        {
            kept.Save(ref writer);
        }
    }

    public void Restore(ref StateReader reader)
    {
        _open = 0;
        foreach (KeptPosition kept in _kept)
        {
            kept.Restore(ref reader);
            _open += kept.IsOpen ? 1 : 0;
        }
    }

    private void OnEntered(KeptPosition kept, InstrumentId instrument)
    {
        if (rules is not null && !kept.IsSettled)
        {
            PlaceTargets(kept, InstrumentOf(instrument));
            SetRuleTimer(IndexOf(instrument));
        }
    }

    /// <summary>Closes a position at the market, and ends everything that could open it again.</summary>
    private void Leave(int index, OrderPurpose reason)
    {
        KeptPosition kept = _kept[index];
        Instrument instrument = bot.Instruments[index];
        kept.IsSettled = true;
        Cancel(kept.Entry);
        Cancel(kept.AddOn);
        if (instrument.Kind == InstrumentKind.Spot)
        {
            Cancel(kept.First.Order);
            Cancel(kept.Second.Order);
        }

        if (bot.Host.Target(bot, instrument, default, reason) is null && kept.IsOpen)
        {
            Pause(kept, instrument.Id);
        }
    }

    private void Pause(KeptPosition kept, InstrumentId instrument)
    {
        kept.RetryAt = bot.Host.Now + RetryPause;
        SetRuleTimer(IndexOf(instrument));
    }

    private void CancelOrders(KeptPosition kept)
    {
        Cancel(kept.Entry);
        Cancel(kept.AddOn);
        Cancel(kept.First.Order);
        Cancel(kept.Second.Order);
    }

    private void Cancel(ClientOrderId order)
    {
        if (order.Sequence != 0)
        {
            bot.Host.Cancel(order);
        }
    }

    private void SetTimer(int number, Timestamp due) => bot.Host.SetTimer(TimerOwner, number, due);

    private Instrument InstrumentOf(InstrumentId instrument) => bot.Instruments[IndexOf(instrument)];

    private int IndexOf(InstrumentId instrument)
    {
        for (int i = 0; i < bot.Instruments.Count; i++)
        {
            if (bot.Instruments[i].Id == instrument)
            {
                return i;
            }
        }

        throw new InvariantException($"bot {bot.Id} trades instrument {instrument}");
    }
}
