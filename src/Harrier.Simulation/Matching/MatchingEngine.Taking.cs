namespace Harrier.Simulation.Matching;

// The arriving order's way through the other side.
public sealed partial class MatchingEngine<TSink>
{
    private enum Meeting : byte
    {
        Filled,
        Stop,
    }

    private MatchResult Take(in MatchOrder order, LevelSide other)
    {
        Sweep sweep = new() { Left = order.Size, Budget = order.Budget, End = MatchEnd.NoMoreOffered };
        while (sweep.Left > 0 && other.Best >= 0 && (order.IsSell ? other.Best >= order.Price : other.Best <= order.Price))
        {
            if (TakeLevel(order, other, ref sweep) == Meeting.Stop)
            {
                break;
            }
        }

        if (sweep.Left == 0)
        {
            return new MatchResult(MatchEnd.Done, sweep.Filled, 0);
        }

        if (sweep.End == MatchEnd.NoMoreOffered && order.TimeInForce == MatchTimeInForce.Rest)
        {
            Insert(order, sweep.Left);
            return new MatchResult(MatchEnd.Resting, sweep.Filled, sweep.Left);
        }

        return new MatchResult(sweep.End, sweep.Filled, sweep.Left);
    }

    private Meeting TakeLevel(in MatchOrder order, LevelSide other, ref Sweep sweep)
    {
        long price = other.Best;
        ref Level level = ref other.At(price);
        Meeting meeting = Meeting.Filled;
        while (sweep.Left > 0 && level.Count > 0 && meeting == Meeting.Filled)
        {
            int at = level.Head;
            ref OrderNode maker = ref _nodes[at];
            if ((maker.Traits & OrderTraits.Guarded) != 0 && !Guard(order, ref level, ref maker, at))
            {
                continue;
            }

            meeting = maker.Account == order.Account && order.SelfTrade != SelfTradeRule.Trade
                ? Prevent(order, ref level, at, ref sweep)
                : Fill(order, ref level, at, ref sweep);
        }

        MatchLevel now = new(price, level.Size, level.Count);
        if (now.Orders == 0)
        {
            other.Close(price);
        }

        _sink.OnLevel(!order.IsSell, now);
        return meeting;
    }

    private Meeting Fill(in MatchOrder order, ref Level level, int at, ref Sweep sweep)
    {
        ref OrderNode maker = ref _nodes[at];
        long size = Math.Min(sweep.Left, maker.Size);
        if (order.Budget > 0)
        {
            Int128 affordable = maker.Price == 0 ? size : sweep.Budget / maker.Price;
            if (affordable < size)
            {
                size = (long)affordable;
                sweep.End = MatchEnd.BudgetSpent;
            }

            if (size == 0)
            {
                return Meeting.Stop;
            }

            sweep.Budget -= (Int128)maker.Price * size;
        }

        sweep.Left -= size;
        sweep.Filled += size;
        MatchTrade trade = new()
        {
            TakerId = order.Id,
            MakerId = maker.Id,
            Price = maker.Price,
            Size = size,
            MakerLeft = maker.Size + Hidden(maker, at) - size,
            TakerAccount = order.Account,
            MakerAccount = maker.Account,
            TakerIsSell = order.IsSell,
        };
        TakeFromHead(ref level, at, size);
        _sink.OnTrade(trade);
        return sweep.End == MatchEnd.BudgetSpent ? Meeting.Stop : Meeting.Filled;
    }

    private Meeting Prevent(in MatchOrder order, ref Level level, int at, ref Sweep sweep)
    {
        ref OrderNode maker = ref _nodes[at];
        long whole = maker.Size + Hidden(maker, at);
        if (order.SelfTrade is SelfTradeRule.DropMaker or SelfTradeRule.DropBoth)
        {
            MatchPrevention gone = new(maker.Id, order.Id, whole, 0, IsGuard: false);
            RemoveHead(ref level, at);
            _sink.OnPrevention(gone);
        }
        else if (order.SelfTrade == SelfTradeRule.Decrement)
        {
            long size = Math.Min(sweep.Left, maker.Size);
            MatchPrevention less = new(maker.Id, order.Id, size, whole - size, IsGuard: false);
            sweep.Left -= size;
            TakeFromHead(ref level, at, size);
            _sink.OnPrevention(less);
        }

        if (order.SelfTrade is SelfTradeRule.DropTaker or SelfTradeRule.DropBoth)
        {
            sweep.End = MatchEnd.SelfTrade;
            return Meeting.Stop;
        }

        return Meeting.Filled;
    }

    // Asks how much of a guarded order may be filled and takes the excess from it; false when the order is gone.
    private bool Guard(in MatchOrder order, ref Level level, ref OrderNode maker, int at)
    {
        long whole = maker.Size + Hidden(maker, at);
        long allowed = Math.Min(whole, _sink.Allowed(maker.Id, whole));
        if (allowed == whole)
        {
            return true;
        }

        MatchPrevention prevention = new(maker.Id, order.Id, whole - allowed, allowed, IsGuard: true);
        if (allowed == 0)
        {
            RemoveHead(ref level, at);
        }
        else
        {
            long fromHidden = Math.Min(Hidden(maker, at), whole - allowed);
            if (fromHidden > 0)
            {
                _hidden[at] -= fromHidden;
            }

            maker.Size -= whole - allowed - fromHidden;
            level.Size -= whole - allowed - fromHidden;
        }

        _sink.OnPrevention(prevention);
        return allowed > 0;
    }

    private void TakeFromHead(ref Level level, int at, long size)
    {
        ref OrderNode maker = ref _nodes[at];
        level.Size -= size;
        maker.Size -= size;
        if (maker.Size > 0)
        {
            return;
        }

        long hidden = Hidden(maker, at);
        if (hidden == 0)
        {
            RemoveHead(ref level, at);
            return;
        }

        // The next slice of an iceberg goes to the end of the queue.
        long slice = Math.Min(hidden, _peaks[at]);
        _hidden[at] = hidden - slice;
        Unlink(ref level, maker);
        maker.Size = slice;
        Append(ref level, ref maker, at);
        level.Size += slice;
    }

    private void RemoveHead(ref Level level, int at)
    {
        ref OrderNode maker = ref _nodes[at];
        level.Size -= maker.Size;
        Unlink(ref level, maker);
        _index.RemoveAt(_index.Find(maker.Id, _nodes, out _));
        Release(at, ref maker);
    }

    // Whether an all-or-nothing order can be filled, with self-trade prevention taken into account.
    private bool IsOffered(in MatchOrder order)
    {
        LevelSide other = order.IsSell ? _bids : _asks;
        long needed = order.Size;
        for (long price = other.Best; price >= 0 && (order.IsSell ? price >= order.Price : price <= order.Price); price = other.Worse(price))
        {
            for (int at = other.At(price).Head; at >= 0; at = _nodes[at].Next)
            {
                ref OrderNode maker = ref _nodes[at];
                if (maker.Account == order.Account && order.SelfTrade != SelfTradeRule.Trade)
                {
                    if (order.SelfTrade == SelfTradeRule.DropMaker)
                    {
                        continue;
                    }

                    return false;
                }

                long whole = maker.Size + Hidden(maker, at);
                needed -= (maker.Traits & OrderTraits.Guarded) != 0 ? Math.Min(whole, _sink.Allowed(maker.Id, whole)) : whole;
                if (needed <= 0)
                {
                    return true;
                }
            }
        }

        return false;
    }

    private struct Sweep
    {
        public long Left;
        public long Filled;
        public Int128 Budget;
        public MatchEnd End;
    }
}
