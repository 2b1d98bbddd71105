using Harrier.Simulation.Matching;

namespace Harrier.Tests.Simulation.Matching;

public sealed class MatchingEngineTests
{
    private readonly RecordingLog _log = new();
    private readonly MatchingEngine<RecordingSink> _engine;

    public MatchingEngineTests() => _engine = new MatchingEngine<RecordingSink>(new RecordingSink(_log, (_, size) => size));

    [Fact]
    public void Submit_SamePrice_FillsTheOldestFirst()
    {
        _engine.Submit(Sell(1, 100, 5));
        _engine.Submit(Sell(2, 100, 5));
        _engine.Submit(Sell(3, 99, 2));

        _engine.Submit(Buy(4, 100, 9)).ShouldBe(new MatchResult(MatchEnd.Done, 9, 0));

        _log.Trades.ShouldBe([(4, 3, 99, 2, 0, false), (4, 1, 100, 5, 0, false), (4, 2, 100, 2, 3, false)]);
        _engine.SizeOf(2).ShouldBe(3);
    }

    [Fact]
    public void Reduce_KeepsThePlaceInTheQueue_AmendLosesIt()
    {
        _engine.Submit(Sell(1, 100, 5));
        _engine.Submit(Sell(2, 100, 5));
        _engine.Reduce(1, 2).ShouldBeTrue();
        Queue(100).ShouldBe([1, 2]);

        _engine.Amend(Sell(1, 100, 3));

        Queue(100).ShouldBe([2, 1]);
    }

    [Fact]
    public void Submit_Iceberg_NextSliceGoesBehind()
    {
        _engine.Submit(Sell(1, 100, 25) with { Peak = 10 });
        _engine.Submit(Sell(2, 100, 4));
        _engine.LevelAt(isSell: true, 100).Size.ShouldBe(14);

        _engine.Submit(Buy(3, 100, 16));

        _log.Trades.Select(t => (t.Maker, t.Size)).ShouldBe([(1L, 10L), (2L, 4L), (1L, 2L)]);
        _engine.SizeOf(1).ShouldBe(13);
        _engine.LevelAt(isSell: true, 100).Size.ShouldBe(8);
    }

    [Fact]
    public void Submit_AllOrNothing_CountsHiddenSize()
    {
        _engine.Submit(Sell(1, 100, 25) with { Peak = 10 });

        _engine.Submit(Buy(2, 100, 26) with { TimeInForce = MatchTimeInForce.AllOrNothing }).End.ShouldBe(MatchEnd.NotAll);
        _engine.Submit(Buy(3, 100, 25) with { TimeInForce = MatchTimeInForce.AllOrNothing }).End.ShouldBe(MatchEnd.Done);
    }

    [Fact]
    public void Submit_Budget_BuysWholeLotsOnly()
    {
        _engine.Submit(Sell(1, 7, 10));
        MatchOrder order = Buy(2, long.MaxValue, 100) with { TimeInForce = MatchTimeInForce.Immediate, Budget = 48 };

        _engine.Submit(order).ShouldBe(new MatchResult(MatchEnd.BudgetSpent, 6, 94));
    }

    [Fact]
    public void Insert_CrossedBook_DoesNotMatch()
    {
        _engine.Insert(Sell(1, 100, 5));
        _engine.Insert(Buy(2, 101, 5));

        _log.Trades.ShouldBeEmpty();
        (_engine.BestBid, _engine.BestAsk).ShouldBe((101, 100));
    }

    [Fact]
    public void Submit_MarketFarFromTheWindow_IsFoundAgain()
    {
        for (int i = 0; i < 200; i++)
        {
            _engine.Submit(Sell(1000 + i, 1_000_000 + (i * 7), 1));
        }

        for (int i = 0; i < 200; i++)
        {
            _engine.Submit(Sell(2000 + i, 10_000_000 + i, 1));
        }

        MatchLevel[] levels = new MatchLevel[500];
        _engine.CopyLevels(isSell: true, levels).ShouldBe(400);
        levels.Take(400).Select(l => l.Price).ShouldBe(Enumerable.Range(0, 200).Select(i => 1_000_000L + (i * 7)).Concat(Enumerable.Range(0, 200).Select(i => 10_000_000L + i)));
        _engine.Submit(Buy(1, 1_000_000 + (199 * 7), 200)).End.ShouldBe(MatchEnd.Done);
        _engine.BestAsk.ShouldBe(10_000_000);
    }

    [Fact]
    public void Submit_MarketMovedAway_WindowFollowsWithEveryLevel()
    {
        _engine.Submit(Sell(1, 1_000_000, 1));
        _engine.Submit(Sell(2, 5_000_000, 3));
        _engine.Cancel(1);
        _engine.BestAsk.ShouldBe(5_000_000);
        for (int i = 1; i < 300; i++)
        {
            _engine.Submit(Sell(100 + i, 5_000_000 + (i * 101 % 299 * 60), i));
        }

        for (long price = -1, seen = 0; (price = _engine.NextPrice(isSell: true, price)) >= 0; seen++)
        {
            price.ShouldBe(5_000_000 + (seen * 60));
        }

        _engine.AskLevels.ShouldBe(299);
        _engine.Submit(Buy(900, 5_000_000 + (298 * 60), 3 + (299 * 300 / 2))).End.ShouldBe(MatchEnd.Done);
        (_engine.BestAsk, _engine.Orders, _engine.AskLevels).ShouldBe((-1, 0, 0));
    }

    [Fact]
    public void Submit_WarmEngine_AllocatesNothing()
    {
        MatchingEngine<QuietSink> engine = new(default, capacity: 4096);
        Churn(engine, 1);
        long before = GC.GetAllocatedBytesForCurrentThread();

        Churn(engine, 100_000);

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }

    private static void Churn(MatchingEngine<QuietSink> engine, long firstId)
    {
        for (long i = 0; i < 20_000; i++)
        {
            bool isSell = i % 2 == 0;
            engine.Submit(new MatchOrder { Id = firstId + i, IsSell = isSell, Price = 5000 + (isSell ? i * 37 % 90 : -(i * 37 % 90)) + (i % 11 == 0 ? isSell ? -40 : 40 : 0), Size = 1 + (i % 50), Account = (int)(i % 5) });
            if (i % 3 == 0)
            {
                engine.Cancel(firstId + (i / 2));
            }
        }

        for (long i = 0; i < 20_000; i++)
        {
            engine.Cancel(firstId + i);
        }
    }

    private static MatchOrder Sell(long id, long price, long size) => new() { Id = id, IsSell = true, Price = price, Size = size, Account = (int)id };

    private static MatchOrder Buy(long id, long price, long size) => new() { Id = id, Price = price, Size = size, Account = (int)id };

    private long[] Queue(long price)
    {
        long[] queue = new long[10];
        return queue[.._engine.CopyQueue(isSell: true, price, queue)];
    }

    private readonly struct QuietSink : IMatchingSink
    {
        public void OnTrade(in MatchTrade trade)
        {
        }

        public void OnPrevention(in MatchPrevention prevention)
        {
        }

        public void OnLevel(bool isSell, in MatchLevel level)
        {
        }

        public long Allowed(long makerId, long size) => size;
    }
}
