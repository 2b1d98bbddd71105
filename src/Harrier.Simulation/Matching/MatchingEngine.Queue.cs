using System.Runtime.CompilerServices;

namespace Harrier.Simulation.Matching;

// The queues: orders in, out and through.
public sealed partial class MatchingEngine<TSink>
{
    private LevelSide SideOf(in OrderNode node) => (node.Traits & OrderTraits.Sell) != 0 ? _asks : _bids;

    private void Insert(in MatchOrder order, long size)
    {
        int at = NewNode();
        _index.Add(order.Id, at);
        ref OrderNode node = ref _nodes[at];
        node.Id = order.Id;
        node.Price = order.Price;
        node.Size = size;
        node.Account = order.Account;
        node.Traits = (order.IsSell ? OrderTraits.Sell : OrderTraits.None) | (order.IsGuarded ? OrderTraits.Guarded : OrderTraits.None);
        if (order.Peak > 0 && order.Peak < size)
        {
            Hide(at, ref node, order.Peak);
        }

        LevelSide side = order.IsSell ? _asks : _bids;
        ref Level level = ref side.Open(order.Price);
        Append(ref level, ref node, at);
        level.Size += node.Size;
        Orders++;
        _sink.OnLevel(order.IsSell, new MatchLevel(order.Price, level.Size, level.Count));
    }

    private void Append(ref Level level, ref OrderNode node, int at)
    {
        node.Next = -1;
        if (level.Count++ == 0)
        {
            level.Head = level.Tail = at;
            node.Previous = -1;
            return;
        }

        node.Previous = level.Tail;
        _nodes[level.Tail].Next = at;
        level.Tail = at;
    }

    private void Unlink(ref Level level, in OrderNode node)
    {
        if (node.Previous >= 0)
        {
            _nodes[node.Previous].Next = node.Next;
        }
        else
        {
            level.Head = node.Next;
        }

        if (node.Next >= 0)
        {
            _nodes[node.Next].Previous = node.Previous;
        }
        else
        {
            level.Tail = node.Previous;
        }

        level.Count--;
    }

    private void Remove(int slot, int at, ref OrderNode node)
    {
        LevelSide side = SideOf(node);
        long price = node.Price;
        ref Level level = ref side.At(price);
        level.Size -= node.Size;
        Unlink(ref level, node);
        _index.RemoveAt(slot);
        Release(at, ref node);
        MatchLevel now = new(price, level.Size, level.Count);
        if (now.Orders == 0)
        {
            side.Close(price);
        }

        _sink.OnLevel(ReferenceEquals(side, _asks), now);
    }

    // Takes size from what is hidden first: what is shown is what others rely on.
    private void Shrink(int at, ref OrderNode node, long by)
    {
        long hidden = Hidden(node, at);
        long fromHidden = Math.Min(hidden, by);
        if (fromHidden > 0)
        {
            _hidden[at] -= fromHidden;
        }

        long fromShown = by - fromHidden;
        if (fromShown == 0)
        {
            return;
        }

        node.Size -= fromShown;
        LevelSide side = SideOf(node);
        ref Level level = ref side.At(node.Price);
        level.Size -= fromShown;
        _sink.OnLevel(ReferenceEquals(side, _asks), new MatchLevel(node.Price, level.Size, level.Count));
    }

    private void Release(int at, ref OrderNode node)
    {
        node.Next = _free;
        _free = at;
        Orders--;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int NewNode()
    {
        int at = _free;
        if (at >= 0)
        {
            _free = _nodes[at].Next;
            return at;
        }

        if (_used == _nodes.Length)
        {
            Array.Resize(ref _nodes, _used * 2);
        }

        return _used++;
    }

    private void Hide(int at, ref OrderNode node, long peak)
    {
        if (_hidden.Length <= at)
        {
            Array.Resize(ref _hidden, _nodes.Length);
            Array.Resize(ref _peaks, _nodes.Length);
        }

        _hidden[at] = node.Size - peak;
        _peaks[at] = peak;
        node.Size = peak;
        node.Traits |= OrderTraits.Iceberg;
    }
}
