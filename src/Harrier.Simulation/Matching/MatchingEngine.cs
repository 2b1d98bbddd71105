namespace Harrier.Simulation.Matching;

/// <summary>
/// Order-by-order book of one instrument with price-time priority, in whole ticks and lots. Calls are cheap and allocate nothing once the
/// pools have grown to the largest book; the same calls give the same results. Prices are not negative. One thread.
/// </summary>
/// <typeparam name="TSink">Hears trades and level changes.</typeparam>
public sealed partial class MatchingEngine<TSink>
    where TSink : IMatchingSink
{
    private readonly LevelSide _bids;
    private readonly LevelSide _asks;
    private TSink _sink;
    private OrderIndex _index;
    private OrderNode[] _nodes;
    private long[] _hidden = [];
    private long[] _peaks = [];
    private int _used;
    private int _free = -1;

    /// <summary>An empty book.</summary>
    /// <param name="sink">Hears trades and level changes.</param>
    /// <param name="capacity">Resting orders to make room for at once; grows when needed.</param>
    /// <param name="windowTicks">Ticks of each side around the market that are found without a search; 24 bytes each.</param>
    public MatchingEngine(TSink sink, int capacity = 1024, int windowTicks = 16_384)
    {
        _sink = sink;
        _bids = new LevelSide(highIsBest: true, windowTicks);
        _asks = new LevelSide(highIsBest: false, windowTicks);
        _index = new OrderIndex(capacity);
        _nodes = new OrderNode[Math.Max(capacity, 16)];
    }

    /// <summary>Number of resting orders.</summary>
    public int Orders { get; private set; }

    /// <summary>Number of bid levels.</summary>
    public int BidLevels => _bids.Count;

    /// <summary>Number of ask levels.</summary>
    public int AskLevels => _asks.Count;

    /// <summary>Best bid in ticks, or -1.</summary>
    public long BestBid => _bids.Best;

    /// <summary>Best ask in ticks, or -1.</summary>
    public long BestAsk => _asks.Best;

    /// <summary>Matches an order against the book and lets it rest, as its terms say.</summary>
    public MatchResult Submit(in MatchOrder order)
    {
        LevelSide other = order.IsSell ? _bids : _asks;
        bool crosses = other.Best >= 0 && (order.IsSell ? other.Best >= order.Price : other.Best <= order.Price);
        if (!crosses)
        {
            if (order.TimeInForce is MatchTimeInForce.Rest or MatchTimeInForce.PostOnly)
            {
                Insert(order, order.Size);
                return new MatchResult(MatchEnd.Resting, 0, order.Size);
            }

            return new MatchResult(order.TimeInForce == MatchTimeInForce.AllOrNothing ? MatchEnd.NotAll : MatchEnd.NoMoreOffered, 0, order.Size);
        }

        return order.TimeInForce switch
        {
            MatchTimeInForce.PostOnly => new MatchResult(MatchEnd.WouldTake, 0, order.Size),
            MatchTimeInForce.AllOrNothing when !IsOffered(order) => new MatchResult(MatchEnd.NotAll, 0, order.Size),
            _ => Take(order, other),
        };
    }

    /// <summary>Lets an order rest without matching, even when the book is crossed by it: for rebuilding a book someone else matched.</summary>
    public void Insert(in MatchOrder order) => Insert(order, order.Size);

    /// <summary>Takes size from a resting order; it keeps its place in the queue and is removed when nothing is left.</summary>
    /// <returns>False when the order does not rest here.</returns>
    public bool Reduce(long id, long by)
    {
        int slot = _index.Find(id, _nodes, out int at);
        if (slot < 0)
        {
            return false;
        }

        ref OrderNode node = ref _nodes[at];
        long left = node.Size + Hidden(node, at) - by;
        if (left <= 0)
        {
            Remove(slot, at, ref node);
            return true;
        }

        Shrink(at, ref node, by);
        return true;
    }

    /// <summary>Removes a resting order.</summary>
    /// <returns>False when the order does not rest here.</returns>
    public bool Cancel(long id)
    {
        int slot = _index.Find(id, _nodes, out int at);
        if (slot < 0)
        {
            return false;
        }

        Remove(slot, at, ref _nodes[at]);
        return true;
    }

    /// <summary>Replaces a resting order by one of the same id, which loses its place in the queue and may match.</summary>
    /// <param name="order">The order as it shall be; its size is what is still to be filled.</param>
    /// <returns>Null when the order does not rest here.</returns>
    public MatchResult? Amend(in MatchOrder order) => Cancel(order.Id) ? Submit(order) : null;

    /// <summary>Lots of a resting order, shown or not; 0 when it does not rest here.</summary>
    public long SizeOf(long id) => _index.Find(id, _nodes, out int at) < 0 ? 0 : _nodes[at].Size + Hidden(_nodes[at], at);

    /// <summary>The next level behind a price, or -1; the best for a negative price.</summary>
    public long NextPrice(bool isSell, long price)
    {
        LevelSide side = isSell ? _asks : _bids;
        return price < 0 ? side.Best : side.Worse(price);
    }

    /// <summary>The level of a price; empty when there are no orders.</summary>
    public MatchLevel LevelAt(bool isSell, long price)
    {
        LevelSide side = isSell ? _asks : _bids;
        if (!side.TryGet(price, out Level level))
        {
            return new MatchLevel(price, 0, 0);
        }

        return new MatchLevel(price, level.Size, level.Count);
    }

    /// <summary>Copies levels, best first.</summary>
    /// <returns>How many there were to copy.</returns>
    public int CopyLevels(bool isSell, Span<MatchLevel> into)
    {
        LevelSide side = isSell ? _asks : _bids;
        int count = 0;
        for (long price = side.Best; price >= 0 && count < into.Length; price = side.Worse(price))
        {
            ref Level level = ref side.At(price);
            into[count++] = new MatchLevel(price, level.Size, level.Count);
        }

        return count;
    }

    /// <summary>Copies the ids of the orders of a level in the order in which they will be filled.</summary>
    /// <returns>How many were copied.</returns>
    public int CopyQueue(bool isSell, long price, Span<long> into)
    {
        LevelSide side = isSell ? _asks : _bids;
        if (!side.TryGet(price, out Level level))
        {
            return 0;
        }

        int count = 0;
        for (int at = level.Head; at >= 0 && count < into.Length; at = _nodes[at].Next)
        {
            into[count++] = _nodes[at].Id;
        }

        return count;
    }

    private long Hidden(in OrderNode node, int at) => (node.Traits & OrderTraits.Iceberg) != 0 ? _hidden[at] : 0;
}
