using Harrier.Domain;
using Harrier.Tests.Support;

namespace Harrier.Tests.Features.Bars;

/// <summary>Bricks of ten ticks, laid by hand.</summary>
public sealed class RenkoBarsTests
{
    [Fact]
    public void Update_PriceOneBrickOn_ClosesOneInTheSameDirection() =>
        Bricks(103, 109, 110, 119, 120).ShouldBe([(100, 110), (110, 120)]);

    [Fact]
    public void Update_Reversal_NeedsTwoBricksAndOpensWhereTheLastOneDid() =>
        Bricks(100, 110, 120, 111, 101, 100, 91, 90).ShouldBe([(100, 110), (110, 120), (110, 100), (100, 90)]);

    [Fact]
    public void Update_FirstMoveDown_StartsAtTheLevelBelowTheFirstPrice() =>
        Bricks(107, 91, 90, 109, 110).ShouldBe([(100, 90), (100, 110)]);

    [Fact]
    public void Update_Jump_LaysSeveralBricksOfWhichTheFirstHasTheVolume()
    {
        List<Bar> bars = SampleTrades.Build(SampleTrades.Builder("renko:10"), SampleTrades.At(105, 102, 134));

        bars.Select(bar => (bar.Open.Value, bar.Close.Value)).ShouldBe([(100L, 110L), (110, 120), (120, 130)]);
        bars.Select(bar => bar.Volume).ShouldBe([3.0, 0, 0]);
        bars.Select(bar => bar.TradeCount).ShouldBe([3, 0, 0]);
        bars.Select(bar => bar.CloseTime.Nanos).ShouldBe([2 * Timestamp.NanosPerSecond, (2 * Timestamp.NanosPerSecond) + 1, (2 * Timestamp.NanosPerSecond) + 2]);
    }

    [Fact]
    public void Update_Wicks_AreThePricesSeenSinceTheBrickBefore()
    {
        List<Bar> bars = SampleTrades.Build(SampleTrades.Builder("renko:10"), SampleTrades.At(100, 92, 110, 118, 99, 125, 89));

        bars.Select(bar => (bar.High.Value, bar.Low.Value)).ShouldBe([(110L, 92L), (120, 99), (125, 100), (100, 90)]);
    }

    private static (long, long)[] Bricks(params long[] prices) =>
        [.. SampleTrades.Build(SampleTrades.Builder("renko:10"), SampleTrades.At(prices)).Select(bar => (bar.Open.Value, bar.Close.Value))];
}
