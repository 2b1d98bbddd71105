using Harrier.Domain;
using Harrier.Engine.Execution;
using Harrier.Engine.Risk;
using Harrier.Simulation.Fills;

namespace Harrier.Simulation.Books;

/// <summary>An order of ours at a venue whose trades and book are recorded.</summary>
internal sealed class QueuedOrder(ApprovedOrder order) : SimulatedOrder(order)
{
    /// <summary>Lots of others that stand ahead of it at its price; infinite where no book tells.</summary>
    public double Front { get; set; }

    /// <summary>Lots that traded at its price since the book spoke of that level: the next size of the level has them in it already.</summary>
    public long TradedSince { get; set; }

    /// <summary>True once it is filled or ended.</summary>
    public bool IsDone { get; set; }

    public new void Save(ref StateWriter writer)
    {
        base.Save(ref writer);
        writer.Write(Front);
        writer.Write(TradedSince);
    }

    /// <inheritdoc cref="SimulatedOrder.Restore"/>
    public static new QueuedOrder Restore(ref StateReader reader, OrderManager orders)
    {
        QueuedOrder order = new(ReadApproved(ref reader, orders));
        order.ReadProgress(ref reader);
        order.Front = reader.ReadDouble();
        order.TradedSince = reader.ReadInt64();
        return order;
    }
}
