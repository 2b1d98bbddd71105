using Harrier.Simulation.Matching;

namespace Harrier.Tests.Simulation.Matching;

/// <summary>The same rules as the engine's, written the plain way: sorted lists of orders and a search for everything.</summary>
internal sealed class NaiveBook(RecordingLog log, Func<long, long, long> allowed)
{
    private readonly List<NaiveOrder> _bids = [];
    private readonly List<NaiveOrder> _asks = [];

    public IReadOnlyList<NaiveOrder> Side(bool isSell) => isSell ? _asks : _bids;

    public MatchResult Submit(in MatchOrder order)
    {
        List<NaiveOrder> other = order.IsSell ? _bids : _asks;
        bool crosses = other.Count > 0 && Reaches(order, other[0].Price);
        if (order.TimeInForce == MatchTimeInForce.PostOnly && crosses)
        {
            return new MatchResult(MatchEnd.WouldTake, 0, order.Size);
        }

        if (order.TimeInForce == MatchTimeInForce.AllOrNothing && !CanFill(order, other))
        {
            return new MatchResult(MatchEnd.NotAll, 0, order.Size);
        }

        (long left, long filled, Int128 spent) = (order.Size, 0, 0);
        MatchEnd end = MatchEnd.NoMoreOffered;
        while (left > 0 && other.Count > 0 && Reaches(order, other[0].Price) && end == MatchEnd.NoMoreOffered)
        {
            NaiveOrder maker = other[0];
            if (maker.IsGuarded && IsGuardedAway(order, maker, other))
            {
                continue;
            }

            if (maker.Account == order.Account && order.SelfTrade != SelfTradeRule.Trade)
            {
                (left, end) = Prevent(order, maker, left, end);
                continue;
            }

            long size = Math.Min(left, maker.Shown);
            if (order.Budget > 0 && maker.Price > 0 && (order.Budget - spent) / maker.Price < size)
            {
                size = (long)((order.Budget - spent) / maker.Price);
                end = MatchEnd.BudgetSpent;
            }

            if (size > 0)
            {
                (left, filled, spent) = (left - size, filled + size, spent + ((Int128)size * maker.Price));
                log.Trades.Add((order.Id, maker.Id, maker.Price, size, maker.Total - size, order.IsSell));
                Take(other, maker, size);
            }
        }

        return Finish(order, (end, filled, left));
    }

    public bool Reduce(long id, long by)
    {
        NaiveOrder? order = Find(id);
        if (order is null)
        {
            return false;
        }

        if (order.Total - by <= 0)
        {
            return Cancel(id);
        }

        order.CutTo(order.Total - by);
        return true;
    }

    public bool Cancel(long id) => Find(id) is NaiveOrder order && (_bids.Remove(order) || _asks.Remove(order));

    public NaiveOrder? Find(long id) => _bids.Find(o => o.Id == id) ?? _asks.Find(o => o.Id == id);

    private static bool Reaches(in MatchOrder order, long price) => order.IsSell ? price >= order.Price : price <= order.Price;

    private static void Take(List<NaiveOrder> side, NaiveOrder maker, long size)
    {
        maker.Shown -= size;
        if (maker.Shown > 0)
        {
            return;
        }

        side.Remove(maker);
        if (maker.Hidden > 0)
        {
            maker.Shown = Math.Min(maker.Hidden, maker.Peak);
            maker.Hidden -= maker.Shown;
            Enqueue(side, maker);
        }
    }

    private static void Enqueue(List<NaiveOrder> side, NaiveOrder order)
    {
        int at = side.FindIndex(o => order.IsSell ? o.Price > order.Price : o.Price < order.Price);
        side.Insert(at < 0 ? side.Count : at, order);
    }

    private bool IsGuardedAway(in MatchOrder order, NaiveOrder maker, List<NaiveOrder> side)
    {
        long allow = allowed(maker.Id, maker.Total);
        if (allow >= maker.Total)
        {
            return false;
        }

        log.Preventions.Add(new MatchPrevention(maker.Id, order.Id, maker.Total - allow, allow, IsGuard: true));
        maker.CutTo(allow);
        return allow == 0 && side.Remove(maker);
    }

    private MatchResult Finish(in MatchOrder order, (MatchEnd End, long Filled, long Left) sweep)
    {
        (MatchEnd end, long filled, long left) = sweep;
        if (left == 0)
        {
            return new MatchResult(MatchEnd.Done, filled, 0);
        }

        if (end != MatchEnd.NoMoreOffered || order.TimeInForce is not (MatchTimeInForce.Rest or MatchTimeInForce.PostOnly))
        {
            return new MatchResult(end, filled, left);
        }

        long shown = order.Peak > 0 ? Math.Min(order.Peak, left) : left;
        Enqueue(order.IsSell ? _asks : _bids, new NaiveOrder
        {
            Id = order.Id,
            Price = order.Price,
            Account = order.Account,
            IsSell = order.IsSell,
            IsGuarded = order.IsGuarded,
            Peak = order.Peak,
            Shown = shown,
            Hidden = left - shown,
        });
        return new MatchResult(MatchEnd.Resting, filled, left);
    }

    private (long Left, MatchEnd End) Prevent(in MatchOrder order, NaiveOrder maker, long left, MatchEnd end)
    {
        List<NaiveOrder> side = maker.IsSell ? _asks : _bids;
        if (order.SelfTrade == SelfTradeRule.Decrement)
        {
            long size = Math.Min(left, maker.Shown);
            log.Preventions.Add(new MatchPrevention(maker.Id, order.Id, size, maker.Total - size, IsGuard: false));
            Take(side, maker, size);
            return (left - size, end);
        }

        if (order.SelfTrade is SelfTradeRule.DropMaker or SelfTradeRule.DropBoth)
        {
            log.Preventions.Add(new MatchPrevention(maker.Id, order.Id, maker.Total, 0, IsGuard: false));
            side.Remove(maker);
        }

        return (left, order.SelfTrade == SelfTradeRule.DropMaker ? end : MatchEnd.SelfTrade);
    }

    private bool CanFill(in MatchOrder order, List<NaiveOrder> other)
    {
        long needed = order.Size;
        foreach (NaiveOrder maker in other)
        {
            if (needed <= 0 || !Reaches(order, maker.Price))
            {
                break;
            }

            if (maker.Account == order.Account && order.SelfTrade is not (SelfTradeRule.Trade or SelfTradeRule.DropMaker))
            {
                return false;
            }

            if (maker.Account != order.Account || order.SelfTrade == SelfTradeRule.Trade)
            {
                needed -= maker.IsGuarded ? Math.Min(maker.Total, allowed(maker.Id, maker.Total)) : maker.Total;
            }
        }

        return needed <= 0;
    }
}

internal sealed class NaiveOrder
{
    public required long Id { get; init; }

    public required long Price { get; init; }

    public required int Account { get; init; }

    public required bool IsSell { get; init; }

    public required bool IsGuarded { get; init; }

    public required long Peak { get; init; }

    public required long Shown { get; set; }

    public required long Hidden { get; set; }

    public long Total => Shown + Hidden;

    public void CutTo(long total)
    {
        long by = Total - total;
        long fromHidden = Math.Min(Hidden, by);
        Hidden -= fromHidden;
        Shown -= by - fromHidden;
    }
}

/// <summary>What a book said, to be compared.</summary>
internal sealed class RecordingLog
{
    public List<(long Taker, long Maker, long Price, long Size, long MakerLeft, bool IsSell)> Trades { get; } = [];

    public List<MatchPrevention> Preventions { get; } = [];

    public Dictionary<(bool IsSell, long Price), (long Size, int Orders)> Levels { get; } = [];
}

internal readonly struct RecordingSink(RecordingLog log, Func<long, long, long> allowed) : IMatchingSink
{
    public void OnTrade(in MatchTrade trade) => log.Trades.Add((trade.TakerId, trade.MakerId, trade.Price, trade.Size, trade.MakerLeft, trade.TakerIsSell));

    public void OnPrevention(in MatchPrevention prevention) => log.Preventions.Add(prevention);

    public void OnLevel(bool isSell, in MatchLevel level)
    {
        if (level.Orders == 0)
        {
            level.Size.ShouldBe(0);
            log.Levels.Remove((isSell, level.Price)).ShouldBeTrue();
            return;
        }

        log.Levels[(isSell, level.Price)] = (level.Size, level.Orders);
    }

    public long Allowed(long makerId, long size) => allowed(makerId, size);
}
