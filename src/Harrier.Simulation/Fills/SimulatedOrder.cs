using Harrier.Domain;
using Harrier.Engine.Execution;
using Harrier.Engine.Risk;

namespace Harrier.Simulation.Fills;

/// <summary>An order of ours at the simulated venue.</summary>
internal class SimulatedOrder(ApprovedOrder order)
{
    public ApprovedOrder Order { get; } = order;

    public ref readonly OrderIntent Intent => ref Order.Intent;

    public long Remaining { get; set; } = order.Intent.Size.Value;

    /// <summary>True until the order met its first price: a limit order that is marketable then takes, later it makes.</summary>
    public bool IsNew { get; set; } = true;

    /// <summary>True once a trigger price was reached, or when there is none.</summary>
    public bool IsAwake { get; set; } = order.Intent.Type is OrderType.Market or OrderType.Limit;

    /// <summary>Best price since the order arrived; moves the trigger of a trailing stop. 0 before the first.</summary>
    public long Best { get; set; }

    public bool IsBuy => Intent.Side == OrderSide.Buy;

    /// <summary>True when the order, once awake, rests at a limit.</summary>
    public bool HasLimit => Intent.Type is OrderType.Limit or OrderType.StopLimit;

    /// <summary>The price that wakes the order.</summary>
    public long TriggerLevel => Intent.Type == OrderType.TrailingStop
        ? Best + (IsBuy ? Intent.TrailingDistance : -Intent.TrailingDistance)
        : Intent.Trigger.Value;

    /// <summary>+1 when a rising price wakes the order, -1 when a falling one does.</summary>
    public int TriggerDirection => (Intent.Type == OrderType.TakeProfit) == IsBuy ? -1 : 1;

    public void Follow(long price)
    {
        if (Intent.Type == OrderType.TrailingStop)
        {
            Best = Best == 0 ? price : IsBuy ? Math.Min(Best, price) : Math.Max(Best, price);
        }
    }

    public bool IsTriggeredAt(long price) => TriggerDirection > 0 ? price >= TriggerLevel : price <= TriggerLevel;

    public void Save(ref StateWriter writer)
    {
        ClientOrderId id = Order.Id;
        writer.WriteRaw(in id);
        writer.Write(Remaining);
        writer.Write(IsNew);
        writer.Write(IsAwake);
        writer.Write(Best);
    }

    /// <summary>Reads an order; what it asks for is known to the engine only.</summary>
    public static SimulatedOrder Restore(ref StateReader reader, OrderManager orders)
    {
        SimulatedOrder order = new(ReadApproved(ref reader, orders));
        order.ReadProgress(ref reader);
        return order;
    }

    protected static ApprovedOrder ReadApproved(ref StateReader reader, OrderManager orders)
    {
        ClientOrderId id = reader.ReadRaw<ClientOrderId>();
        return orders.Find(id)?.Approved ?? throw new InvalidDataException($"the venue's saved order {id} does not work in the engine");
    }

    protected void ReadProgress(ref StateReader reader)
    {
        Remaining = reader.ReadInt64();
        IsNew = reader.ReadBoolean();
        IsAwake = reader.ReadBoolean();
        Best = reader.ReadInt64();
    }
}
