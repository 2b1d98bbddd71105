using Harrier.Features.Portfolio;

namespace Harrier.Tests.Features.Portfolio;

public sealed class LookScheduleTests
{
    // The priorities of the guide, and one that was left at its default.
    private static readonly TradingPair[] Pairs =
        [TradingPair.Parse("XRP-USD"), TradingPair.Parse("ETH-USD", 90), TradingPair.Parse("BTC-USD", 100), TradingPair.Parse("LTC-USD", 500, isEnabled: false)];

    [Fact]
    public void IntervalOf_Priorities_AreTenPointsAnIteration() =>
        Pairs.Select(pair => LookSchedule.IntervalOf(pair, Pairs)).ShouldBe([11, 2, 1, 0]);

    [Fact]
    public void Due_ManyIterations_LooksMoreOftenWherePriorityIsHigher()
    {
        string[] looks = [.. Enumerable.Range(0, 22).SelectMany(i => LookSchedule.Due(Pairs, i)).Select(pair => pair.Symbol)];

        looks.Count(symbol => symbol == "BTC-USD").ShouldBe(22);
        looks.Count(symbol => symbol == "ETH-USD").ShouldBe(11);
        looks.Count(symbol => symbol == "XRP-USD").ShouldBe(2);
        looks.ShouldNotContain("LTC-USD");
        LookSchedule.Due(Pairs, 0).Select(pair => pair.Symbol).ShouldBe(["BTC-USD", "ETH-USD", "XRP-USD"]);
    }

    [Fact]
    public void IntervalOf_FarBelow_StaysWithinTheLongest() =>
        LookSchedule.IntervalOf(TradingPair.Parse("XRP-USD", -1000), [TradingPair.Parse("BTC-USD", 1000)]).ShouldBe(LookSchedule.LongestInterval);
}
