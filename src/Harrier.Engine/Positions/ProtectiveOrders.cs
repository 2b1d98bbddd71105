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

    private readonly Legs[] _legs = new Legs[bot.Instruments.Count];

    public void OnFill(in Fill fill)
    {
        int index = IndexOf(fill.Instrument);
        Position position = bot.Host.Position(bot, fill.Instrument);
        ref Legs legs = ref _legs[index];
        bool grew = position.Size.Value != 0
            && (Math.Sign(position.Size.Value) != Math.Sign(legs.Covered) || Math.Abs(position.Size.Value) > Math.Abs(legs.Covered));
        if (fill.Purpose is OrderPurpose.StopLoss or OrderPurpose.TrailingStop or OrderPurpose.TakeProfit)
        {
            // The exit has begun: what is left of the entry must not buy back what the exit sells.
            bot.Host.CancelStarted(bot, fill.Instrument, fill.Side == OrderSide.Sell ? OrderSide.Buy : OrderSide.Sell);
        }

        if (position.IsFlat)
        {
            OnFlat(fill.Instrument);
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
        ref Legs legs = ref _legs[IndexOf(instrument)];
        CancelLegs(ref legs);
        legs = default;
    }

    public void OnBar(in Bar bar)
    {
        if (settings.TimeStop is not { } longest || !bot.Owns(bar.Instrument))
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
        ref Legs legs = ref _legs[IndexOf(order.Intent.Instrument)];
        bool ended = orderEvent.Kind is OrderEventKind.Canceled or OrderEventKind.Rejected or OrderEventKind.Expired;
        if (!ended)
        {
            legs.Confirm(orderEvent);
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

        if (isExit)
        {
            Restore(ref legs, order, isExit: true);
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

    /// <summary>On spot the coins that a waiting order would sell are held back for it: an exit frees them first.</summary>
    public void MakeRoom(Instrument instrument)
    {
        if (instrument.Kind == InstrumentKind.Spot)
        {
            CancelLegs(ref _legs[IndexOf(instrument.Id)]);
        }
    }

    /// <summary>An order that closes the position was sent; when it fails, the position is protected again.</summary>
    public void OnExitSent(InstrumentId instrument, ClientOrderId order) => _legs[IndexOf(instrument)].Exit = order;

    public void Save(ref StateWriter writer)
    {
        foreach (Legs legs in _legs)
        {
            writer.WriteRaw(in legs);
        }
    }

    public void Restore(ref StateReader reader)
    {
        for (int i = 0; i < _legs.Length; i++)
        {
            _legs[i] = reader.ReadRaw<Legs>();
        }
    }

    private void OnCanceledByOthers(ref Legs legs, Order order)
    {
        if (settings.WhenCanceled == CanceledProtection.LeaveToOwner)
        {
            legs.IsLeft = 1;
            bot.Host.Raise(bot, AlertKind.ProtectionLeft, order.Intent.Instrument);
            return;
        }

        Restore(ref legs, order, isExit: false);
    }

    // A few times in a minute: whoever takes the orders away again and again, or a venue that keeps none, leaves only the exit.
    private void Restore(ref Legs legs, Order order, bool isExit)
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

    private void Exit(ref Legs legs, Order order)
    {
        legs.Unguarded = default;
        bot.Host.Raise(bot, AlertKind.ExitInsteadOfStop, order.Intent.Instrument);
        bot.Host.Target(bot, bot.Instruments[IndexOf(order.Intent.Instrument)], default, order.Intent.Purpose);
    }

    private void Place(ref Legs legs, Instrument instrument, Position position, OrderPurpose? only = null)
    {
        decimal entry = position.AveragePrice(instrument);
        int direction = position.IsLong ? 1 : -1;
        if (settings.StopLoss is { } stop && (only is null or OrderPurpose.StopLoss))
        {
            // Rounded away from the entry: the later trigger is the dearer one.
            double price = (double)(entry * (1 - (direction * stop)));
            PriceTicks trigger = AtLeastOne(direction > 0 ? instrument.FloorToTicks(price) : instrument.CeilingToTicks(price));
            legs.Stop = Send(instrument, position, OrderType.Stop, trigger, OrderPurpose.StopLoss);
            position.InitialRisk ??= Math.Abs(entry - instrument.ToDecimal(trigger)) * Math.Abs(instrument.ToDecimal(position.Size));
        }

        if (settings.TrailingStop is { } trail && (only is null or OrderPurpose.TrailingStop))
        {
            long distance = Math.Max(1, instrument.CeilingToTicks((double)(entry * trail)).Value);
            legs.Trail = Send(instrument, position, OrderType.TrailingStop, new PriceTicks(distance), OrderPurpose.TrailingStop);
            position.InitialRisk ??= instrument.Notional(new SizeLots(Math.Abs(position.Size.Value)), new PriceTicks(distance));
        }

        if (settings.TakeProfit is { } target && (only is null or OrderPurpose.TakeProfit))
        {
            double price = (double)(entry * (1 + (direction * target)));
            PriceTicks limit = AtLeastOne(direction > 0 ? instrument.CeilingToTicks(price) : instrument.FloorToTicks(price));
            legs.Target = Send(instrument, position, OrderType.Limit, limit, OrderPurpose.TakeProfit);
        }
    }

    // The price is trigger, limit or distance, by the type of order.
    private ClientOrderId Send(Instrument instrument, Position position, OrderType type, PriceTicks price, OrderPurpose purpose)
    {
        ClientOrderId? sent = bot.Host.Submit(bot, new OrderIntent
        {
            Instrument = instrument.Id,
            Side = position.IsLong ? OrderSide.Sell : OrderSide.Buy,
            Type = type,
            Size = bot.Host.Closable(bot, instrument),
            Trigger = type == OrderType.Stop ? price : default,
            Limit = type == OrderType.Limit ? price : default,
            TrailingDistance = type == OrderType.TrailingStop ? price.Value : 0,
            ReduceOnly = true,
            Purpose = purpose,
        });
        if (sent is null && type != OrderType.Limit)
        {
            bot.Host.Target(bot, instrument, default, purpose);
        }

        return sent ?? default;
    }

    private void CancelLegs(ref Legs legs)
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

    private static PriceTicks AtLeastOne(PriceTicks price) => new(Math.Max(1, price.Value));

    private struct Legs
    {
        public ClientOrderId Stop;
        public ClientOrderId Target;
        public ClientOrderId Trail;
        public long Covered;

        /// <summary>The order that closes the position; the default when none was sent.</summary>
        public ClientOrderId Exit;

        /// <summary>The stop placed for one that was lost, until the venue confirms it.</summary>
        public ClientOrderId Unguarded;
        public Timestamp LostAt;
        public int Losses;

        /// <summary>1 once the owner took the position over.</summary>
        public int IsLeft;

        public readonly bool HasAny => Stop.Sequence != 0 || Trail.Sequence != 0;

        public void Confirm(in OrderEvent news)
        {
            if (news.Kind == OrderEventKind.Accepted && news.Order == Unguarded)
            {
                Unguarded = default;
            }
        }

        /// <summary>Forgets one of the protective orders.</summary>
        /// <returns>False when the order is none of them.</returns>
        public bool Drop(ClientOrderId order)
        {
            bool isStop = order == Stop;
            bool isTarget = order == Target;
            bool isTrail = order == Trail;
            Stop = isStop ? default : Stop;
            Target = isTarget ? default : Target;
            Trail = isTrail ? default : Trail;
            return isStop || isTarget || isTrail;
        }
    }
}
