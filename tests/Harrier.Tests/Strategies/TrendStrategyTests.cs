using Harrier.Domain;
using Harrier.Engine.Strategies;
using Harrier.Strategies;
using Harrier.Tests.Support;

namespace Harrier.Tests.Strategies;

/// <summary>The strategies whose rules can be followed by eye, on prices made for them.</summary>
public sealed class TrendStrategyTests
{
    [Fact]
    public void SmaCross_AveragesCrossTwice_CallsEachCrossOnce()
    {
        // Averages of 1 and 2 bars: fast above slow whenever the price rose.
        EngineHarness harness = new(new SmaCross(new SmaCrossSettings { Fast = 1, Slow = 2 }));
        harness.FeedCloses(10, 11, 12, 12, 11, 10, 13);
        Sides(harness).ShouldBe([SignalSide.Buy, SignalSide.Hold, SignalSide.Hold, SignalSide.Sell, SignalSide.Hold, SignalSide.Buy]);
        harness.Last.Number("fast_sma").ShouldBe(13);
        harness.Last.Number("slow_sma").ShouldBe(11.5);
    }

    [Fact]
    public void SmaCross_FirstBarOfTheSlowAverage_IsTheFirstSignal()
    {
        EngineHarness harness = new(new SmaCross(new SmaCrossSettings()));
        harness.FeedCloses([.. Enumerable.Range(0, 50).Select(i => 100.0 + i)]);
        Sides(harness).ShouldBe([SignalSide.Buy]);
        harness.Last.Confidence.ShouldBe(1);
    }

    [Fact]
    public void EmaCross_AveragesCross_CallsTheCross()
    {
        // EMA 1 is the price; EMA 3 starts at the mean 11 of 10, 11, 12 and moves half of the way: 12, 10.
        EngineHarness harness = new(new EmaCross(new EmaCrossSettings { Fast = 1, Slow = 3 }));
        harness.FeedCloses(10, 11, 12, 13, 8);
        Sides(harness).ShouldBe([SignalSide.Buy, SignalSide.Hold, SignalSide.Sell]);
        harness.Last.Number("slow_ema").ShouldBe(10);
    }

    [Fact]
    public void Crosses_FastNotBelowSlow_AreRefused()
    {
        Should.Throw<StrategyInputException>(() => new SmaCross(new SmaCrossSettings { Fast = 50 })).Faults
            .ShouldBe([new StrategyFault("fast", "50", "below slow, 50")]);
        Should.Throw<StrategyInputException>(() => new EmaCross(new EmaCrossSettings { Fast = 26 }));
    }

    [Fact]
    public void DonchianTrend_BreakoutAndWayBack_EntersAtTheLongAndLeavesAtTheShortChannel()
    {
        EngineHarness harness = new(new DonchianTrend(new DonchianTrendSettings { Entry = 4, Exit = 2 }));

        // The channel of 4 is 10..12 before 13 breaks it; 11 is below the last two lows, 12 and 13, yet above the four, so it only exits.
        harness.FeedCloses(10, 12, 11, 12, 13, 11, 11, 9, 9, 9, 10);
        Sides(harness).ShouldBe([SignalSide.Buy, SignalSide.Exit, SignalSide.Hold, SignalSide.Sell, SignalSide.Hold, SignalSide.Hold, SignalSide.Exit]);
    }

    [Fact]
    public void BuyAndHold_AnyPrices_BuysAtTheFirstBar()
    {
        EngineHarness harness = new(new BuyAndHold());
        harness.FeedCloses(10, 5, 20);
        Sides(harness).ShouldBe([SignalSide.Buy, SignalSide.Hold, SignalSide.Hold]);
    }

    [Theory]
    [InlineData(InstrumentKind.Spot, 0)]
    [InlineData(InstrumentKind.LinearPerpetual, -1)]
    public void SmaCross_SellSignal_ClosesOnSpotAndGoesShortOnAContract(InstrumentKind kind, int direction)
    {
        EngineHarness harness = new(new SmaCross(new SmaCrossSettings { Fast = 1, Slow = 2 }), new HarnessOptions { Kind = kind });
        harness.Deposit(10_000).FeedCloses(10, 11);
        harness.Fill(0, 11);
        harness.FeedCloses(10);
        harness.Fill(1, 10);
        if (kind == InstrumentKind.LinearPerpetual)
        {
            // The position is closed first; the order on the other side follows when it is flat.
            harness.Fill(2, 10);
        }

        Math.Sign(harness.Engine.Portfolio.Position(default, harness.Instrument.Id).Size.Value).ShouldBe(direction);
    }

    private static IEnumerable<SignalSide> Sides(EngineHarness harness) => harness.Signals.Select(signal => signal.Side);
}
