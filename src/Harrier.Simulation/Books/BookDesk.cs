using Harrier.Domain;
using Harrier.Engine.Execution;

namespace Harrier.Simulation.Books;

/// <summary>One instrument at a venue whose trades and book are recorded: its book and our orders.</summary>
internal sealed class BookDesk(Instrument instrument)
{
    public Instrument Instrument { get; } = instrument;

    public VenueBook Book { get; } = new();

    public RestingOrders Bids { get; } = new(isAsk: false);

    public RestingOrders Asks { get; } = new(isAsk: true);

    /// <summary>Orders that wait for their trigger, or for a book that can be believed; oldest first.</summary>
    public List<QueuedOrder> Waiting { get; } = [];

    /// <summary>Price of the last trade; 0 before the first.</summary>
    public long LastPrice { get; set; }

    /// <summary>True once a mark price was seen: then trades mark no more.</summary>
    public bool HasMarks { get; set; }

    public bool HasOrders => Bids.Count + Asks.Count + Waiting.Count > 0;

    public RestingOrders Side(bool isAsk) => isAsk ? Asks : Bids;

    public QueuedOrder? Find(ClientOrderId id)
    {
        foreach (QueuedOrder order in Waiting)
        {
            if (order.Order.Id == id)
            {
                return order;
            }
        }

        return Find(Bids, id) ?? Find(Asks, id);
    }

    public void Remove(QueuedOrder order)
    {
        order.IsDone = true;
        if (!Waiting.Remove(order))
        {
            Side(!order.IsBuy).Remove(order);
        }
    }

    /// <summary>Any order of a bot; null when it has none here.</summary>
    public QueuedOrder? AnyOf(BotId bot)
    {
        foreach (QueuedOrder order in Waiting)
        {
            if (order.Order.Bot == bot)
            {
                return order;
            }
        }

        return AnyOf(Bids, bot) ?? AnyOf(Asks, bot);
    }

    public void Save(ref StateWriter writer)
    {
        writer.Write(Book);
        writer.Write(LastPrice);
        writer.Write(HasMarks);
        Bids.Save(ref writer);
        Asks.Save(ref writer);
        writer.Write(Waiting.Count);
        foreach (QueuedOrder order in Waiting)
        {
            order.Save(ref writer);
        }
    }

    public void Restore(ref StateReader reader, OrderManager orders)
    {
        reader.Read(Book);
        LastPrice = reader.ReadInt64();
        HasMarks = reader.ReadBoolean();
        Bids.Restore(ref reader, orders);
        Asks.Restore(ref reader, orders);
        Waiting.Clear();
        int count = reader.ReadCount();
        for (int i = 0; i < count; i++)
        {
            Waiting.Add(QueuedOrder.Restore(ref reader, orders));
        }
    }

    private static QueuedOrder? Find(RestingOrders side, ClientOrderId id)
    {
        for (int i = 0; i < side.Count; i++)
        {
            if (side[i].Order.Id == id)
            {
                return side[i];
            }
        }

        return null;
    }

    private static QueuedOrder? AnyOf(RestingOrders side, BotId bot)
    {
        for (int i = 0; i < side.Count; i++)
        {
            if (side[i].Order.Bot == bot)
            {
                return side[i];
            }
        }

        return null;
    }
}
