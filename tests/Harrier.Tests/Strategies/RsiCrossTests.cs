using Harrier.Engine.Strategies;
using Harrier.Strategies;
using Harrier.Tests.Features.Indicators;
using Harrier.Tests.Support;

namespace Harrier.Tests.Strategies;

public sealed class RsiCrossTests
{
    /// <summary>Expected values: systems specification, section 1.2, obtained by running the original.</summary>
    [Fact]
    public void OnBar_SharedSeries_MeetsTheOriginal()
    {
        EngineHarness harness = Create();
        harness.Feed(SampleBars.Lcg(60));
        harness.Last.Side.ShouldBe(SignalSide.Hold);
        Math.Round(harness.Last.Number("rsi"), 2).ShouldBe(60.92);
        Math.Round(harness.Last.Confidence, 3).ShouldBe(0.218);
    }

    [Fact]
    public void OnBar_MinimumData_IsPeriodPlusFive() => Create().Feed(SampleBars.Lcg(19)).Signals.Count.ShouldBe(1);

    [Theory]
    [InlineData(1, SignalSide.Sell)]
    [InlineData(-1, SignalSide.Buy)]
    public void OnBar_OneWayMarket_IsCalledOnceWithFullConfidence(int direction, SignalSide side)
    {
        EngineHarness harness = Create();
        harness.FeedCloses([.. Enumerable.Range(0, 25).Select(i => 100.0 + (direction * i))]);
        harness.Signals[0].Side.ShouldBe(side);
        harness.Signals.Skip(1).ShouldAllBe(signal => signal.Side == SignalSide.Hold);
        harness.Signals.ShouldAllBe(signal => signal.Confidence == 1);
    }

    [Fact]
    public void OnBar_MarketThatNeverMoved_IsNotOversold()
    {
        EngineHarness harness = Create();
        harness.FeedRepeated(30, new(100, 100, 100, 100, 1));
        harness.Signals.ShouldAllBe(signal => signal.Side == SignalSide.Hold && signal.Confidence == 0);
    }

    [Fact]
    public void Constructor_LevelsTheWrongWayRound_AreRefused() =>
        Should.Throw<StrategyInputException>(() => new RsiCross(new RsiCrossSettings { Oversold = 80 })).Faults[0].Field.ShouldBe("oversold");

    private static EngineHarness Create() => new(new RsiCross(new RsiCrossSettings()));
}
