using Harrier.Domain;
using Harrier.Features.Microstructure;
using Harrier.Tests.Support;

namespace Harrier.Tests.Features.Microstructure;

/// <summary>Vectors of the published book manager (systems.md 2.2) and of quant.md 8, and a slow twin on random books.</summary>
public sealed class BookFeaturesTests
{
    private static readonly (decimal, decimal)[] Bids = [(50000, 1), (49990, 2), (49980, 1.5m), (49970, 10), (49960, 1.2m), (49950, 0.8m)];
    private static readonly (decimal, decimal)[] Asks = [(50010, 1), (50020, 1.5m), (50030, 12), (50040, 2), (50050, 1)];

    private readonly FeatureRig _rig = new();
    private readonly BookFeatures _book;

    public BookFeaturesTests() => _book = _rig.Features.Book(FeatureRig.Id);

    [Fact]
    public void Measures_OfThePublishedBook_AreThoseOfTheVectors()
    {
        _rig.Snapshot(1, Bids, Asks);
        _book.Mid!.Value.ShouldBe(50005, 1e-9);
        _book.SpreadBps!.Value.ShouldBe(1.99980002, 1e-8);
        _book.Imbalance(30)!.Value.ShouldBe(-0.0294117647, 1e-10);
        _book.Imbalance(10)!.Value.ShouldBe(-0.0542168675, 1e-10);
        _book.Imbalance(5)!.Value.ShouldBe(-0.5263157895, 1e-10);
        _book.Imbalance(2)!.Value.ShouldBe(0);
        _book.Imbalance(0.5)!.Value.ShouldBe(0, "neither side has a level so near");
        DepthPoint[] points = new DepthPoint[10];
        _book.CopyDepth(OrderSide.Buy, 50, points).ShouldBe(6);
        points.Take(6).Select(point => Math.Round(point.Cumulative, 9)).ShouldBe([1, 3, 4.5, 14.5, 15.7, 16.5]);
        _book.CopyDepth(OrderSide.Sell, 4, points).ShouldBe(3);
        points.Take(3).Select(point => Math.Round(point.Cumulative, 9)).ShouldBe([1, 2.5, 14.5]);
        _book.CopyDepth(OrderSide.Sell, 4, points.AsSpan(0, 2)).ShouldBe(2);
        _book.Depth(OrderSide.Buy, 50)!.Value.ShouldBe(16.5, 1e-9);
    }

    [Fact]
    public void CopyBuckets_OfThePublishedBook_AddsUpSpans()
    {
        _rig.Snapshot(1, Bids, Asks);
        DepthBucket[] buckets = new DepthBucket[10];
        _book.CopyBuckets(OrderSide.Buy, 300, 50, buckets).ShouldBe(2);
        buckets.Take(2).Select(bucket => (bucket.Low.Value, bucket.High.Value, Math.Round(bucket.Size, 9)))
            .ShouldBe([(499_800, 500_099, 4.5), (499_500, 499_799, 12.0)]);
        _book.CopyBuckets(OrderSide.Buy, 300, 50, buckets.AsSpan(0, 1)).ShouldBe(1);
        Math.Round(buckets[0].Size, 9).ShouldBe(4.5);
    }

    [Fact]
    public void Imbalance_OfLevels_IsThatOfTheVector()
    {
        _rig.Snapshot(1, [(100, 9), (99, 5), (98, 4)], [(101, 3), (102, 6), (103, 3)]);
        _book.LevelImbalance(1)!.Value.ShouldBe(0.5, 1e-12);
        _book.LevelImbalance(3)!.Value.ShouldBe(0.2, 1e-12);
        _book.WeightedMid!.Value.ShouldBe(100.75, 1e-9);
    }

    [Theory]
    [InlineData(100, 14, 5, 7)]
    [InlineData(100.5, 4, 8, 4)]
    public void FlowImbalance_OfTheVectors_IsConts(double bid, int bidSize, int askSize, double expected)
    {
        _rig.Snapshot(1, [(100, 10), (99, 3)], [(101, 8)]);
        _book.FlowImbalance(_rig.Now).ShouldBe(0);
        _rig.Change(2, [((decimal)bid, bidSize)], [(101, askSize)]);
        _book.LastFlowImbalance!.Value.ShouldBe(expected, 1e-9);
        _book.FlowImbalance(_rig.Now)!.Value.ShouldBe(expected, 1e-9);
        _book.FlowImbalance(FeatureRig.At(12))!.Value.ShouldBe(expected, 1e-9);
        _book.FlowImbalance(FeatureRig.At(12.001)).ShouldBe(0, "the window is ten seconds");
    }

    [Fact]
    public void SlopeAndWeightedSpread_OfASmallBook_AreThoseByHand()
    {
        // Distances from mid 100: 1 and 2 on both sides, that is 100 and 200 bps; cumulative bids 2, 5, asks 1, 5.
        _rig.Snapshot(1, [(99, 2), (98, 3)], [(101, 1), (102, 4)]);
        _book.Slope(300)!.Value.ShouldBe(((100 * 2) + (200 * 5) + (100 * 1) + (200 * 5)) / (2 * ((100.0 * 100) + (200 * 200))), 1e-12);
        _book.Slope(50).ShouldBeNull("nothing so near");
        double bid = ((99 * 2) + (98 * 3)) / 5.0;
        double ask = (101 + (102 * 4)) / 5.0;
        _book.LiquidityWeightedSpreadBps(300)!.Value.ShouldBe((ask - bid) / 100 * 1e4, 1e-9);
        _book.LiquidityWeightedSpreadBps(150)!.Value.ShouldBe(200, 1e-9);
    }

    [Fact]
    public void Values_OfABookInDoubt_AreNone()
    {
        DepthPoint[] points = new DepthPoint[4];
        ShouldSayNothing();
        _rig.Snapshot(1, Bids, Asks);
        _rig.Change(2, [(50000, 5)], []);
        _book.FlowImbalance(_rig.Now)!.Value.ShouldBe(4, 1e-9);
        _rig.Fault(10);
        ShouldSayNothing();
        _rig.Change(11, [(50000, 5)], []);
        ShouldSayNothing();
        _book.TimeUnverified(FeatureRig.At(14)).ShouldBe(TimeSpan.FromSeconds(4));
        _rig.Snapshot(15, Bids, Asks);
        _book.Mid.ShouldNotBeNull();
        _book.FlowImbalance(_rig.Now).ShouldBe(0, "a sum with a hole is no sum");
        _book.TimeUnverified(FeatureRig.At(20)).ShouldBe(TimeSpan.FromSeconds(5));

        void ShouldSayNothing()
        {
            (_book.Top, _book.Mid, _book.SpreadBps, _book.WeightedMid, _book.Imbalance(30), _book.LevelImbalance(1)).ShouldBe((null, null, null, null, null, null));
            (_book.Depth(OrderSide.Buy, 30), _book.Slope(30), _book.LiquidityWeightedSpreadBps(30), _book.FlowImbalance(_rig.Now), _book.LastFlowImbalance)
                .ShouldBe((null, null, null, null, null));
            _book.CopyDepth(OrderSide.Sell, 30, points).ShouldBe(0);
        }
    }

    [Fact]
    public void Values_OfAOneSidedBook_AreThoseThatNeedOneSide()
    {
        _rig.Snapshot(1, Bids, []);
        (_book.Mid, _book.SpreadBps, _book.Imbalance(30), _book.Slope(30)).ShouldBe((null, null, null, null));
        _book.Depth(OrderSide.Buy, 50)!.Value.ShouldBe(16.5, 1e-9);
        _book.Depth(OrderSide.Sell, 50).ShouldBeNull();
    }

    [Fact]
    public void DepthAgo_OfARing_IsTheBookOfThen()
    {
        _rig.Snapshot(1000.2, Bids, Asks);
        for (int i = 1; i < 400; i++)
        {
            _rig.Change(1000.2 + i, [(50000, i)], []);
        }

        DepthRecord then = _book.DepthAgo(TimeSpan.FromSeconds(10), _rig.Now).ShouldNotBeNull();
        then.Time.ShouldBe(FeatureRig.At(1389.2));
        then.Top.Bid.Size.Value.ShouldBe(389_000);
        then.Bids.Within5.ShouldBe(389 + 2 + 1.5, 1e-9);
        then.Bids.Within10.ShouldBe(389 + 2 + 1.5 + 10 + 1.2 + 0.8, 1e-9);
        then.Asks.Within5.ShouldBe(14.5 + 0, 1e-9);
        then.Asks.Within50.ShouldBe(17.5, 1e-9);
        _book.DepthAgo(TimeSpan.FromSeconds(10.5), _rig.Now).ShouldNotBeNull().Time.ShouldBe(FeatureRig.At(1388.2));
        _book.DepthAgo(TimeSpan.FromSeconds(299), _rig.Now).ShouldNotBeNull().Top.Bid.Size.Value.ShouldBe(100_000);
        _book.DepthAgo(TimeSpan.FromSeconds(302), _rig.Now).ShouldBeNull("the ring holds 300");
        _book.DepthAgo(TimeSpan.Zero, FeatureRig.At(1402)).ShouldBeNull("a record is good for two seconds");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Everything_OnRandomBooks_EqualsASlowCount(int seed)
    {
        NaiveDepth naive = new();
        int compared = 0;
        foreach (RandomMarket.Input input in RandomMarket.Make(seed, 1500))
        {
            input.Feed(_rig.Engine);
            if (!naive.Feed(in input))
            {
                continue;
            }

            compared++;
            (_book.Mid is null).ShouldBe(naive.Mid is null);
            if (naive.Mid is not { } mid)
            {
                continue;
            }

            _book.Mid!.Value.ShouldBe(mid * 0.1, 1e-6);
            foreach (double range in (double[])[3, 17.3, 60])
            {
                _book.Imbalance(range)!.Value.ShouldBe(naive.Imbalance(range), 1e-12);
                _book.Depth(OrderSide.Buy, range)!.Value.ShouldBe(naive.FromBest(false, range) * 0.001, 1e-6);
                _book.Depth(OrderSide.Sell, range)!.Value.ShouldBe(naive.FromBest(true, range) * 0.001, 1e-6);
                Same(_book.Slope(range), naive.Slope(range) * 0.001);
                Same(_book.LiquidityWeightedSpreadBps(range), naive.WeightedSpread(range));
            }

            _book.FlowImbalance(_rig.Now)!.Value.ShouldBe(naive.Flow(_rig.Now) * 0.001, 1e-6);
        }

        compared.ShouldBeGreaterThan(400);
    }

    private static void Same(double? actual, double? expected)
    {
        (actual is null).ShouldBe(expected is null);
        actual?.ShouldBe(expected!.Value, 1e-9 * Math.Abs(expected.Value) + 1e-9);
    }
}
