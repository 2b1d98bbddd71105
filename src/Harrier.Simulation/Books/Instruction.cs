using Harrier.Domain;
using Harrier.Engine.Execution;
using Harrier.Engine.Risk;

namespace Harrier.Simulation.Books;

/// <summary>What is on its way to the venue: an order, or without one the cancellation of an order.</summary>
internal readonly record struct Instruction(ApprovedOrder? Order, ClientOrderId Cancel)
{
    public void Save(ref StateWriter writer)
    {
        ClientOrderId id = Order?.Id ?? Cancel;
        writer.Write(Order is not null);
        writer.WriteRaw(in id);
    }

    public static Instruction Restore(ref StateReader reader, OrderManager orders)
    {
        bool isOrder = reader.ReadBoolean();
        ClientOrderId id = reader.ReadRaw<ClientOrderId>();
        return isOrder
            ? new Instruction(orders.Find(id)?.Approved ?? throw new InvalidDataException($"the saved order {id} on its way does not work in the engine"), default)
            : new Instruction(null, id);
    }
}
