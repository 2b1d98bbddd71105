using Harrier.Engine.Strategies;
using Harrier.Strategies;
using Harrier.Tests.Features.Indicators;
using Harrier.Tests.Support;

namespace Harrier.Tests.Strategies;

/// <summary>Expected values: systems specification, section 1.2, obtained by running the original.</summary>
public sealed class MeanReversionTests
{
    private static readonly double[] Alternating = [.. Enumerable.Range(0, 24).Select(i => i % 2 == 0 ? 101.0 : 99.0)];

    [Fact]
    public void OnBar_BeforeMinimumData_SaysNothing() => Fed(Enumerable.Repeat(100.0, 24)).Signals.ShouldBeEmpty();

    [Fact]
    public void OnBar_FlatSeries_HoldsWithoutConfidence()
    {
        EngineHarness harness = Fed(Enumerable.Repeat(100.0, 25));
        harness.Last.Side.ShouldBe(SignalSide.Hold);
        harness.Last.Confidence.ShouldBe(0);
    }

    [Theory]
    [InlineData(90, SignalSide.Buy, -4.249)]
    [InlineData(110, SignalSide.Sell, 4.249)]
    public void OnBar_JumpOutOfAFlatSeries_IsCalledWithFullConfidence(double last, SignalSide side, double z) =>
        Check(Fed([.. Enumerable.Repeat(100.0, 24), last]).Last, (side, 1, z));

    [Theory]
    [InlineData(90, 103.97, 99.5, 95.03)]
    [InlineData(110, 104.97, 100.5, 96.03)]
    public void Describe_JumpOutOfAFlatSeries_HasTheBands(double last, double upper, double middle, double lower) =>
        CheckBands(Fed([.. Enumerable.Repeat(100.0, 24), last]).Last, upper, middle, lower);

    [Theory]
    [InlineData(100, SignalSide.Hold, 0.008, 0.05)]
    [InlineData(102, SignalSide.Hold, 0.266, 1.774)]
    [InlineData(97, SignalSide.Buy, 1, -2.34)]
    public void OnBar_AfterAlternation_MeetsTheOriginal(double last, SignalSide side, double confidence, double z) =>
        Check(Fed([.. Alternating, last]).Last, (side, confidence, z));

    [Theory]
    [InlineData(100, 101.95, 99.95, 97.95)]
    [InlineData(97, 102.19, 99.8, 97.41)]
    public void Describe_AfterAlternation_HasTheBands(double last, double upper, double middle, double lower) =>
        CheckBands(Fed([.. Alternating, last]).Last, upper, middle, lower);

    /// <summary>
    /// The original is called with the same 24 closes and another last one each time. Fed between the steps, the 24 closes fill the window
    /// again and are neither far from the mean nor near it. Where the original says HOLD and forgets its side, this strategy says EXIT.
    /// </summary>
    [Fact]
    public void OnBar_OneInstanceOverSeveralBars_CallsOnceAndExits()
    {
        (double Close, SignalSide Side, double Confidence)[] steps =
        [
            (97, SignalSide.Buy, 1), (96.5, SignalSide.Hold, 0.3), (98.5, SignalSide.Hold, 0.196), (100, SignalSide.Exit, 0.008),
            (96, SignalSide.Buy, 1), (103.5, SignalSide.Sell, 1), (100.2, SignalSide.Exit, 0.036),
        ];
        EngineHarness harness = new(new MeanReversion(new MeanReversionSettings()));
        foreach ((double close, SignalSide side, double confidence) in steps)
        {
            int before = harness.Signals.Count;
            harness.FeedCloses(Alternating);
            harness.Signals.Skip(before).ShouldAllBe(signal => signal.Side == SignalSide.Hold);
            harness.FeedCloses(close);
            harness.Last.Side.ShouldBe(side);
            Math.Round(harness.Last.Confidence, 3).ShouldBe(confidence);
        }
    }

    [Fact]
    public void OnBar_SharedSeries_MeetsTheOriginal()
    {
        // The original looks at the 60th bar alone; a stream may have called a side before and can then exit or repeat.
        EngineHarness harness = new(new MeanReversion(new MeanReversionSettings()));
        harness.Feed(SampleBars.Lcg(60));
        Check(harness.Last, (SignalSide.Hold, 0.179, 1.192));
        CheckBands(harness.Last, 103.82, 101.24, 98.66);
    }

    [Fact]
    public void OnBar_SharedSeriesWithOtherSettings_MeetsTheOriginal()
    {
        EngineHarness harness = new(new MeanReversion(new MeanReversionSettings { Window = 10, StdDevFactor = 1.5, ZEntry = 1 }));
        harness.Feed(SampleBars.Lcg(60).AsSpan(44));
        Check(harness.Last, (SignalSide.Sell, 0.939, 1.272));
        CheckBands(harness.Last, 102.88, 102.16, 101.45);
    }

    [Fact]
    public void Constructor_ExitBeyondEntry_IsRefused()
    {
        StrategyInputException refused = Should.Throw<StrategyInputException>(() => new MeanReversion(new MeanReversionSettings { ZExit = 3 }));
        refused.Faults.ShouldBe([new StrategyFault("z_exit", "3", "at most z_entry, 2")]);
    }

    private static EngineHarness Fed(IEnumerable<double> closes) =>
        new EngineHarness(new MeanReversion(new MeanReversionSettings())).FeedCloses([.. closes]);

    private static void Check(ObservedSignal signal, (SignalSide Side, double Confidence, double Z) expected)
    {
        signal.Side.ShouldBe(expected.Side);
        Math.Round(signal.Confidence, 3).ShouldBe(expected.Confidence);
        Math.Round(signal.Number("z_score"), 3).ShouldBe(expected.Z);
    }

    private static void CheckBands(ObservedSignal signal, double upper, double middle, double lower)
    {
        Math.Round(signal.Number("upper_band"), 2).ShouldBe(upper);
        Math.Round(signal.Number("moving_average"), 2).ShouldBe(middle);
        Math.Round(signal.Number("lower_band"), 2).ShouldBe(lower);
    }
}
