using Harrier.Domain;
using Harrier.Engine.Execution;

namespace Harrier.Simulation.Books;

/// <summary>Our own resting orders of one side: best price first, at one price the oldest.</summary>
internal sealed class RestingOrders(bool isAsk)
{
    private readonly List<QueuedOrder> _orders = [];

    public int Count => _orders.Count;

    public QueuedOrder this[int index] => _orders[index];

    public void Add(QueuedOrder order)
    {
        int index = _orders.Count;
        while (index > 0 && IsBetter(order.Intent.Limit.Value, _orders[index - 1].Intent.Limit.Value))
        {
            index--;
        }

        _orders.Insert(index, order);
    }

    public bool Remove(QueuedOrder order) => _orders.Remove(order);

    /// <summary>True when a limit comes before a price on this side.</summary>
    public bool IsBetter(long limit, long price) => isAsk ? limit < price : limit > price;

    public void Save(ref StateWriter writer)
    {
        writer.Write(_orders.Count);
        foreach (QueuedOrder order in _orders)
        {
            order.Save(ref writer);
        }
    }

    public void Restore(ref StateReader reader, OrderManager orders)
    {
        _orders.Clear();
        int count = reader.ReadCount();
        for (int i = 0; i < count; i++)
        {
            _orders.Add(QueuedOrder.Restore(ref reader, orders));
        }
    }
}
