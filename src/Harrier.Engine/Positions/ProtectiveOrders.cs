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

        if (position.IsFlat || grew)
        {
            CancelLegs(ref legs);
        }

        legs.Covered = position.Size.Value;
        if (grew)
        {
            Place(ref legs, bot.Instruments[index], position);
        }
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

    /// <summary>A protective order that the venue or our gate refused leaves the position naked: close it at the market instead.</summary>
    public void OnOrder(in OrderEvent orderEvent, InstrumentId instrument)
    {
        bool lost = orderEvent.Kind is OrderEventKind.Rejected or OrderEventKind.Expired;
        int index = IndexOf(instrument);
        if (lost && orderEvent.Rejected != RejectReason.NothingToReduce && _legs[index].Has(orderEvent.Order)
            && !bot.Host.Position(bot, instrument).IsFlat)
        {
            bot.Host.Target(bot, bot.Instruments[index], default, orderEvent.Purpose);
        }
    }

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

    private void Place(ref Legs legs, Instrument instrument, Position position)
    {
        decimal entry = position.AveragePrice(instrument);
        int direction = position.IsLong ? 1 : -1;
        if (settings.StopLoss is { } stop)
        {
            // Rounded away from the entry: the later trigger is the dearer one.
            double price = (double)(entry * (1 - (direction * stop)));
            PriceTicks trigger = AtLeastOne(direction > 0 ? instrument.FloorToTicks(price) : instrument.CeilingToTicks(price));
            legs.Stop = Send(instrument, position, OrderType.Stop, trigger, OrderPurpose.StopLoss);
            position.InitialRisk ??= Math.Abs(entry - instrument.ToDecimal(trigger)) * Math.Abs(instrument.ToDecimal(position.Size));
        }

        if (settings.TrailingStop is { } trail)
        {
            long distance = Math.Max(1, instrument.CeilingToTicks((double)(entry * trail)).Value);
            legs.Trail = Send(instrument, position, OrderType.TrailingStop, new PriceTicks(distance), OrderPurpose.TrailingStop);
            position.InitialRisk ??= instrument.Notional(new SizeLots(Math.Abs(position.Size.Value)), new PriceTicks(distance));
        }

        if (settings.TakeProfit is { } target)
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
            Size = new SizeLots(Math.Abs(position.Size.Value)),
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
        legs = default;
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

        public readonly bool Has(ClientOrderId order) => order == Stop || order == Target || order == Trail;
    }
}
