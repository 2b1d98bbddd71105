using Harrier.Domain;
using Harrier.Engine.Execution;
using Harrier.Engine.Portfolio;
using Harrier.Engine.Strategies;

namespace Harrier.Engine.Positions;

/// <summary>
/// Keeps stop, target and trailing stop of every position of one bot: placed when a position opens or grows, canceled when it
/// ends, never larger than the position (all are reduce-only).
/// </summary>
internal sealed class ProtectiveOrders(Bot bot, ProtectionSettings settings) : IStateful
{
    private const int MostLosses = 3;
    private static readonly TimeSpan LossWindow = TimeSpan.FromMinutes(1);

    private readonly ProtectionLegs[] _legs = new ProtectionLegs[bot.Instruments.Count];

    /// <summary>What is kept; a change holds from the next position on.</summary>
    public ProtectionSettings Settings { get; set; } = settings;

    /// <summary>A fill was booked.</summary>
    /// <param name="fill">The fill.</param>
    /// <param name="isOvershoot">True for what an exit traded beyond its position, and for what takes it back: it is not kept, and what is kept stays protected as it is.</param>
    public void OnFill(in Fill fill, bool isOvershoot)
    {
        int index = IndexOf(fill.Instrument);
        Position position = bot.Host.Position(bot, fill.Instrument);
        ref ProtectionLegs legs = ref _legs[index];
        bool grew = position.Size.Value != 0
            && (Math.Sign(position.Size.Value) != Math.Sign(legs.Covered) || Math.Abs(position.Size.Value) > Math.Abs(legs.Covered));
        if (IsExit(fill.Purpose))
        {
            // The exit has begun: what is left of the entry must not buy back what the exit sells.
            bot.Host.CancelStarted(bot, fill.Instrument, fill.Side == OrderSide.Sell ? OrderSide.Buy : OrderSide.Sell);
        }

        if (position.IsFlat)
        {
            OnFlat(fill.Instrument);
            return;
        }

        if (isOvershoot)
        {
            if (Math.Sign(position.Size.Value) != Math.Sign(legs.Covered))
            {
                // They protected what is gone: each that trades now would trade too much as well.
                OnFlat(fill.Instrument);
            }

            return;
        }

        if (!IsKept(in legs))
        {
            return;
        }

        if (grew)
        {
            CancelLegs(ref legs);
        }

        legs.Covered = position.Size.Value;
        if (grew && legs.IsLeft == 0)
        {
            Place(ref legs, bot.Instruments[index], position);
        }
    }

    /// <summary>Nothing is left to protect, and what was remembered of the position ends with it.</summary>
    public void OnFlat(InstrumentId instrument)
    {
        ref ProtectionLegs legs = ref _legs[IndexOf(instrument)];
        CancelLegs(ref legs);
        legs = default;
    }

    public void OnBar(in Bar bar)
    {
        if (Settings.TimeStop is not { } longest || !bot.Owns(bar.Instrument))
        {
            return;
        }

        Position position = bot.Host.Position(bot, bar.Instrument);
        bool isDue = !position.IsFlat && bot.Host.Now - position.EntryTime >= longest;
        if (isDue && !bot.Host.HasWorkingFor(bot, bar.Instrument, OrderPurpose.TimeStop))
        {
            bot.Host.Target(bot, bot.Instruments[IndexOf(bar.Instrument)], default, OrderPurpose.TimeStop);
        }
    }

    /// <summary>
    /// A protective order that the venue refused leaves the position naked: it is closed at the market instead. One that somebody else canceled
    /// is placed again, or left to the owner, as the settings say. An exit that failed leaves the position as it was: protected again.
    /// </summary>
    public void OnOrder(in OrderEvent orderEvent, Order order)
    {
        ref ProtectionLegs legs = ref _legs[IndexOf(order.Intent.Instrument)];
        bool ended = orderEvent.Kind is OrderEventKind.Canceled or OrderEventKind.Rejected or OrderEventKind.Expired;
        if (!ended)
        {
            legs.Confirm(orderEvent);
            return;
        }

        if (!IsKept(in legs))
        {
            return;
        }

        bool isLeg = legs.Drop(orderEvent.Order);
        bool isExit = legs.Exit == orderEvent.Order;
        legs.Exit = isExit ? default : legs.Exit;
        bool isMeant = isLeg && order.IsCancelAsked && orderEvent.Kind == OrderEventKind.Canceled;
        if ((!isLeg && !isExit) || isMeant || bot.Host.Position(bot, order.Intent.Instrument).IsFlat)
        {
            return;
        }

        if (orderEvent.Rejected == RejectReason.NothingToReduce)
        {
            // The venue has no such position any more, and the account's next comparison tells so: asking again would change nothing.
            legs.Unguarded = default;
            return;
        }

        if (isExit || orderEvent.Rejected == RejectReason.ProvenAbsent)
        {
            // Nobody refused a stop that was never there: the next one may get there.
            Restore(ref legs, order, isExit);
        }
        else if (orderEvent.Kind == OrderEventKind.Canceled)
        {
            OnCanceledByOthers(ref legs, order);
        }
        else
        {
            Exit(ref legs, order);
        }
    }

    /// <summary>True while the position has lost its stop and the venue has not confirmed the new one.</summary>
    public bool IsUnguarded(InstrumentId instrument) => _legs[IndexOf(instrument)].Unguarded.Sequence != 0;

    /// <summary>True while a stop or a trailing stop of the position is accepted by the venue.</summary>
    public bool IsProtected(InstrumentId instrument)
    {
        ref readonly ProtectionLegs legs = ref _legs[IndexOf(instrument)];
        return bot.Host.IsAccepted(legs.Stop) || bot.Host.IsAccepted(legs.Trail);
    }

    /// <summary>The stop of a planned entry, to be placed when the position opens, in place of that of the Settings.</summary>
    public void Plan(InstrumentId instrument, PriceTicks stop)
    {
        ref ProtectionLegs legs = ref _legs[IndexOf(instrument)];
        legs.Planned = stop;
        legs.PlannedPurpose = (long)OrderPurpose.StopLoss;
    }

    /// <summary>Where the stop of a planned entry stands; 0 without a plan.</summary>
    public PriceTicks PlannedStop(InstrumentId instrument) => _legs[IndexOf(instrument)].Planned;

    /// <summary>Why it stands there.</summary>
    public OrderPurpose PlannedPurpose(InstrumentId instrument) => (OrderPurpose)_legs[IndexOf(instrument)].PlannedPurpose;

    /// <summary>
    /// Moves the stop of a planned entry, and sizes it to the position less what another order is about to sell. Where coins are held back for a
    /// waiting order the old one goes first; elsewhere the new one comes first, so that the position is never without.
    /// </summary>
    public void Move(Instrument instrument, PriceTicks stop, OrderPurpose purpose, SizeLots leaving = default)
    {
        ref ProtectionLegs legs = ref _legs[IndexOf(instrument.Id)];
        legs.Planned = stop;
        legs.PlannedPurpose = (long)purpose;
        Position position = bot.Host.Position(bot, instrument.Id);
        if (legs.IsLeft != 0 || bot.Host.IsWorking(legs.Exit) || position.IsFlat)
        {
            return;
        }

        ClientOrderId old = legs.Stop;
        if (instrument.Kind == InstrumentKind.Spot)
        {
            CancelLeg(old);
        }

        legs.Stop = default;
        ClientOrderId sent = Send(instrument, position, OrderType.Stop, stop, (purpose, leaving));
        legs.Stop = sent;
        if (instrument.Kind != InstrumentKind.Spot)
        {
            CancelLeg(old);
        }

        bool waitsForOld = legs.Unguarded == old && old.Sequence != 0;
        legs.Unguarded = waitsForOld ? sent : legs.Unguarded;
    }

    /// <summary>On spot the coins that a waiting order would sell are held back for it: an exit frees them first.</summary>
    public void MakeRoom(Instrument instrument)
    {
        if (instrument.Kind == InstrumentKind.Spot)
        {
            CancelLegs(ref _legs[IndexOf(instrument.Id)]);
        }
    }

    /// <summary>An order that closes the position was sent; when it fails, the position is protected again.</summary>
    public void OnExitSent(InstrumentId instrument, ClientOrderId order)
    {
        ref ProtectionLegs legs = ref _legs[IndexOf(instrument)];
        legs.Exit = IsKept(in legs) ? order : default;
    }

    public void Save(ref StateWriter writer)
    {
        foreach (ProtectionLegs legs in _legs)
        {
            writer.WriteRaw(in legs);
        }
    }

    public void Restore(ref StateReader reader)
    {
        for (int i = 0; i < _legs.Length; i++)
        {
            _legs[i] = reader.ReadRaw<ProtectionLegs>();
        }
    }

    private void OnCanceledByOthers(ref ProtectionLegs legs, Order order)
    {
        if (Settings.WhenCanceled == CanceledProtection.LeaveToOwner)
        {
            legs.IsLeft = 1;
            bot.Host.Raise(bot, AlertKind.ProtectionLeft, order.Intent.Instrument);
            return;
        }

        Restore(ref legs, order, isExit: false);
    }

    // A few times in a minute: whoever takes the orders away again and again, or a venue that keeps none, leaves only the exit.
    private void Restore(ref ProtectionLegs legs, Order order, bool isExit)
    {
        InstrumentId instrument = order.Intent.Instrument;
        if (isExit && (legs.HasAny || legs.IsLeft != 0))
        {
            return;
        }

        legs.Losses = bot.Host.Now - legs.LostAt > LossWindow ? 1 : legs.Losses + 1;
        legs.LostAt = bot.Host.Now;
        if (legs.Losses <= MostLosses)
        {
            bot.Host.Raise(bot, AlertKind.ProtectionReplaced, instrument);
            int index = IndexOf(instrument);
            OrderPurpose? only = isExit ? null : order.Intent.Purpose;
            Place(ref legs, bot.Instruments[index], bot.Host.Position(bot, instrument), only);
            legs.Unguarded = only == OrderPurpose.TakeProfit ? legs.Unguarded : legs.Stop.Sequence != 0 ? legs.Stop : legs.Trail;
        }
        else if (isExit)
        {
            bot.Host.Raise(bot, AlertKind.Unprotected, instrument);
        }
        else
        {
            Exit(ref legs, order);
        }
    }

    private void Exit(ref ProtectionLegs legs, Order order)
    {
        legs.Unguarded = default;
        bot.Host.Raise(bot, AlertKind.ExitInsteadOfStop, order.Intent.Instrument);
        bot.Host.Target(bot, bot.Instruments[IndexOf(order.Intent.Instrument)], default, order.Intent.Purpose);
    }

    private void Place(ref ProtectionLegs legs, Instrument instrument, Position position, OrderPurpose? only = null)
    {
        decimal entry = position.AveragePrice(instrument);
        int direction = position.IsLong ? 1 : -1;
        if (legs.Planned.Value > 0)
        {
            if (only is null || IsStop(only.Value))
            {
                legs.Stop = Send(instrument, position, OrderType.Stop, legs.Planned, ((OrderPurpose)legs.PlannedPurpose, default));
            }
        }
        else if (Settings.StopLoss is { } stop && (only is null or OrderPurpose.StopLoss))
        {
            // Rounded away from the entry: the later trigger is the dearer one.
            double price = (double)(entry * (1 - (direction * stop)));
            PriceTicks trigger = AtLeastOne(direction > 0 ? instrument.FloorToTicks(price) : instrument.CeilingToTicks(price));
            legs.Stop = Send(instrument, position, OrderType.Stop, trigger, (OrderPurpose.StopLoss, default));
            position.InitialRisk ??= Math.Abs(entry - instrument.ToDecimal(trigger)) * Math.Abs(instrument.ToDecimal(position.Size));
        }

        if (Settings.TrailingStop is { } trail && (only is null or OrderPurpose.TrailingStop))
        {
            long distance = Math.Max(1, instrument.CeilingToTicks((double)(entry * trail)).Value);
            legs.Trail = Send(instrument, position, OrderType.TrailingStop, new PriceTicks(distance), (OrderPurpose.TrailingStop, default));
            position.InitialRisk ??= instrument.Notional(new SizeLots(Math.Abs(position.Size.Value)), new PriceTicks(distance));
        }

        if (Settings.TakeProfit is { } target && (only is null or OrderPurpose.TakeProfit))
        {
            double price = (double)(entry * (1 + (direction * target)));
            PriceTicks limit = AtLeastOne(direction > 0 ? instrument.CeilingToTicks(price) : instrument.FloorToTicks(price));
            legs.Target = Send(instrument, position, OrderType.Limit, limit, (OrderPurpose.TakeProfit, default));
        }
    }

    // The price is trigger, limit or distance, by the type of order.
    private ClientOrderId Send(Instrument instrument, Position position, OrderType type, PriceTicks price, (OrderPurpose Purpose, SizeLots Leaving) order)
    {
        SizeLots size = bot.Host.Closable(bot, instrument) - order.Leaving - bot.Host.Leaving(bot, instrument);
        if (size.Value <= 0)
        {
            // Another order sells all of it already.
            return default;
        }

        ClientOrderId? sent = bot.Host.Submit(bot, new OrderIntent
        {
            Instrument = instrument.Id,
            Side = position.IsLong ? OrderSide.Sell : OrderSide.Buy,
            Type = type,
            Size = size,
            Trigger = type == OrderType.Stop ? price : default,
            Limit = type == OrderType.Limit ? price : default,
            TrailingDistance = type == OrderType.TrailingStop ? price.Value : 0,
            ReduceOnly = true,
            Purpose = order.Purpose,
        });
        if (sent is null && type != OrderType.Limit)
        {
            bot.Host.Target(bot, instrument, default, order.Purpose);
        }

        return sent ?? default;
    }

    private void CancelLegs(ref ProtectionLegs legs)
    {
        CancelLeg(legs.Stop);
        CancelLeg(legs.Target);
        CancelLeg(legs.Trail);
        legs.Stop = legs.Target = legs.Trail = legs.Unguarded = default;
    }

    private void CancelLeg(ClientOrderId order)
    {
        if (order.Sequence != 0)
        {
            bot.Host.Cancel(order);
        }
    }

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

    private bool IsKept(in ProtectionLegs legs) => Settings.IsActive || legs.Planned.Value > 0;

    private static bool IsStop(OrderPurpose purpose) => purpose is OrderPurpose.StopLoss or OrderPurpose.BreakevenStop or OrderPurpose.Chandelier;

    private static bool IsExit(OrderPurpose purpose) =>
        IsStop(purpose) || purpose is OrderPurpose.TrailingStop or OrderPurpose.TakeProfit or OrderPurpose.FirstTarget or OrderPurpose.SecondTarget;

    private static PriceTicks AtLeastOne(PriceTicks price) => new(Math.Max(1, price.Value));
}
