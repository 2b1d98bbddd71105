using Harrier.Domain;
using Harrier.Hosting.Control;

namespace Harrier.Api.Orders;

/// <summary>The orders of a run as it told them: all that work, and the newest of those that ended while it ran. Safe to use from any thread.</summary>
public sealed class OrderBoard
{
    /// <summary>Ended orders that are kept.</summary>
    public const int MostEnded = 2000;

    private readonly Dictionary<(string Account, ClientOrderId Id), BotOrder> _orders = [];
    private readonly Queue<(string Account, ClientOrderId Id)> _ended = new();
    private readonly Lock _gate = new();

    /// <summary>The orders, oldest first by when they were sent.</summary>
    public IReadOnlyList<BotOrder> All
    {
        get
        {
            lock (_gate)
            {
                return [.. _orders.Values.OrderBy(static order => order.SubmittedAt.Nanos).ThenBy(static order => order.Account, StringComparer.Ordinal).ThenBy(static order => order.Id.Sequence)];
            }
        }
    }

    /// <summary>Takes a step of an order.</summary>
    public void Take(BotOrder order)
    {
        ArgumentNullException.ThrowIfNull(order);
        lock (_gate)
        {
            (string, ClientOrderId) key = (order.Account, order.Id);
            bool wasEnded = _orders.TryGetValue(key, out BotOrder? before) && !before.IsWorking;
            _orders[key] = order;
            if (order.IsWorking || wasEnded)
            {
                return;
            }

            _ended.Enqueue(key);
            if (_ended.Count > MostEnded)
            {
                _orders.Remove(_ended.Dequeue());
            }
        }
    }
}
