namespace Harrier.Bench.Matching;

/// <summary>What an event of the stream does.</summary>
public enum OrderStreamAction : byte
{
    /// <summary>A limit order.</summary>
    Add,

    /// <summary>A cancel.</summary>
    Delete,

    /// <summary>An order made smaller.</summary>
    Reduce,
}

/// <summary>One event; price and quantity in ticks and lots.</summary>
public readonly record struct OrderStreamEvent(long Id, long Price, long Quantity, OrderStreamAction Action, bool IsBuy);

/// <summary>
/// The seeded stream of order events on which the performance anchors' books are timed; the C++ and C# harnesses make the same one.
/// </summary>
public static class OrderStream
{
    /// <summary>Makes a stream.</summary>
    /// <param name="count">Number of events.</param>
    /// <param name="seed">Seed of the generator (SplitMix64).</param>
    /// <param name="live">Resting orders about which the stream settles.</param>
    /// <param name="crossing">Share of new orders that cross the spread.</param>
    public static OrderStreamEvent[] Make(int count, ulong seed, int live, double crossing)
    {
        Generator random = new(seed);
        OrderStreamEvent[] events = new OrderStreamEvent[count];
        List<OrderStreamEvent> resting = [];
        long id = 1;
        long middle = 100_000;
        for (int i = 0; i < count; i++)
        {
            if (random.Next() < 0.001)
            {
                middle += random.Next() < 0.5 ? 1 : -1;
            }

            double grow = resting.Count < live ? 0.6 : 0.45;
            events[i] = random.Next() < grow || resting.Count == 0
                ? Add(random, middle, crossing, (id++, resting))
                : Change(random, resting);
        }

        return events;
    }

    private static OrderStreamEvent Add(Generator random, long middle, double crossing, (long Id, List<OrderStreamEvent> Resting) book)
    {
        bool isBuy = random.Next() < 0.5;
        long quantity = 1 + (long)(random.Next() * 1000);
        long offset = (long)(8 * ((1 / (random.Next() + 0.004)) - 1)) + 1;
        bool crosses = random.Next() < crossing;
        offset = crosses ? 20 : offset;
        OrderStreamEvent added = new(book.Id, isBuy == crosses ? middle + offset : middle - offset, quantity, OrderStreamAction.Add, isBuy);
        if (!crosses)
        {
            book.Resting.Add(added);
        }

        return added;
    }

    private static OrderStreamEvent Change(Generator random, List<OrderStreamEvent> resting)
    {
        int at = (int)(random.Next() * resting.Count);
        if (random.Next() < 0.7 && resting.Count > 64)
        {
            at = resting.Count - 1 - (int)(random.Next() * 64);
        }

        OrderStreamEvent order = resting[at];
        if (order.Quantity > 1 && random.Next() < 0.15)
        {
            long by = order.Quantity / 2;
            resting[at] = order with { Quantity = order.Quantity - by };
            return order with { Action = OrderStreamAction.Reduce, Quantity = by };
        }

        resting[at] = resting[^1];
        resting.RemoveAt(resting.Count - 1);
        return order with { Action = OrderStreamAction.Delete, Quantity = 0 };
    }

    private sealed class Generator(ulong seed)
    {
        private ulong _state = seed;

        public double Next()
        {
            ulong mixed = _state += 0x9E3779B97F4A7C15UL;
            mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9UL;
            mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EBUL;
            return ((mixed ^ (mixed >> 31)) >> 11) * (1.0 / 9007199254740992.0);
        }
    }
}
