using Harrier.Engine.Strategies;
using Harrier.Features;
using Harrier.Strategies;
using Harrier.Tests.Features.Indicators;
using Harrier.Tests.Support;

namespace Harrier.Tests.Strategies;

/// <summary>Expected values: systems specification, section 1.2, obtained by running the original.</summary>
public sealed class BreakoutTests
{
    private static readonly Ohlcv Quiet = new(100, 101, 99, 100, 10);

    [Theory]
    [InlineData(101.5, 16, SignalSide.Buy, 0.5, true)]
    [InlineData(101.5, 15, SignalSide.Hold, 0, false)]
    [InlineData(98, 30, SignalSide.Sell, 1, true)]
    [InlineData(101, 30, SignalSide.Hold, 0, true)]
    public void OnBar_AfterAQuietRange_MeetsTheOriginal(double close, double volume, SignalSide side, double confidence, bool confirmed)
    {
        EngineHarness harness = AfterQuiet(Quiet);
        harness.FeedRepeated(1, Bar(close, volume));
        harness.Last.Side.ShouldBe(side);
        Math.Round(harness.Last.Confidence, 3).ShouldBe(confidence);
        harness.Last.Meta["volume_confirmed"].ShouldBe(confirmed);
        harness.Last.Number("recent_high").ShouldBe(101);
        harness.Last.Number("recent_low").ShouldBe(99);
    }

    [Fact]
    public void OnBar_BeforeMinimumData_SaysNothing() => AfterQuiet(Quiet).Signals.ShouldBeEmpty();

    [Fact]
    public void OnBar_DataWithoutVolume_TrustsThePrice()
    {
        EngineHarness harness = AfterQuiet(Quiet with { Volume = 0 });
        harness.FeedRepeated(1, Bar(101.5, 0));
        harness.Last.Side.ShouldBe(SignalSide.Buy);
        Math.Round(harness.Last.Confidence, 3).ShouldBe(0.5);
    }

    [Fact]
    public void OnBar_RangeOfNothing_HasNoConfidence()
    {
        EngineHarness harness = AfterQuiet(new Ohlcv(100, 100, 100, 100, 0));
        harness.FeedRepeated(1, new Ohlcv(100, 101, 100, 101, 0));
        harness.Last.Side.ShouldBe(SignalSide.Buy);
        harness.Last.Confidence.ShouldBe(0);
    }

    [Fact]
    public void OnBar_SecondBreakoutUpwards_IsAHold()
    {
        EngineHarness harness = AfterQuiet(Quiet);
        harness.FeedRepeated(1, Bar(101.5, 16)).FeedRepeated(1, Bar(103, 40));
        harness.Signals.Select(signal => signal.Side).ShouldBe([SignalSide.Buy, SignalSide.Hold]);
        harness.Last.Confidence.ShouldBe(0);
    }

    [Fact]
    public void OnBar_SharedSeries_MeetsTheOriginal()
    {
        EngineHarness harness = new(new Breakout(new BreakoutSettings()));
        harness.Feed(SampleBars.Lcg(60));
        harness.Last.Side.ShouldBe(SignalSide.Hold);
        harness.Last.Meta["volume_confirmed"].ShouldBe(false);
        Math.Round(harness.Last.Number("recent_high"), 2).ShouldBe(103.14);
        Math.Round(harness.Last.Number("recent_low"), 2).ShouldBe(98.39);
    }

    private static EngineHarness AfterQuiet(Ohlcv quiet) => new EngineHarness(new Breakout(new BreakoutSettings())).FeedRepeated(24, quiet);

    private static Ohlcv Bar(double close, double volume) => new(100, Math.Max(101, close), Math.Min(99, close), close, volume);
}
