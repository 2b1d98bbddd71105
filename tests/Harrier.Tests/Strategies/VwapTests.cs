using Harrier.Domain;
using Harrier.Engine.Strategies;
using Harrier.Features;
using Harrier.Strategies;
using Harrier.Tests.Features.Indicators;
using Harrier.Tests.Support;

namespace Harrier.Tests.Strategies;

/// <summary>Expected values: systems specification, section 1.2, obtained by running the original, whose window is all it is given.</summary>
public sealed class VwapTests
{
    [Theory]
    [InlineData(95, SignalSide.Buy, 99.0, -4.04, 1)]
    [InlineData(106, SignalSide.Sell, 101.2, 4.74, 1)]
    public void OnBar_FarFromTheAverage_MeetsTheOriginal(double last, SignalSide side, double vwap, double percent, double confidence) =>
        Check(Fed(1, last).Last, (side, confidence), vwap, percent);

    [Fact]
    public void OnBar_NearTheAverage_MeetsTheOriginal() => Check(Fed(0, 101).Last, (SignalSide.Hold, 0.399), 100.2, 0.8);

    [Fact]
    public void OnBar_SharedSeries_MeetsTheOriginal()
    {
        // The original sees the 60 bars at once and has called nothing before; in a stream it would have sold earlier.
        EngineHarness harness = new(new Vwap(new VwapSettings { Anchor = VwapAnchor.Cumulative }));
        harness.Feed(SampleBars.Lcg(60));
        Math.Round(harness.Last.Number("vwap"), 2).ShouldBe(100.02);
        Math.Round(100 * harness.Last.Number("deviation"), 2).ShouldBe(2.75);
        harness.Last.Confidence.ShouldBe(1);
        harness.Signals.Last(signal => signal.Side != SignalSide.Hold).Side.ShouldBe(SignalSide.Sell);
    }

    [Fact]
    public void OnBar_FewerThanFiveBars_SaysNothing() =>
        new EngineHarness(new Vwap(new VwapSettings())).FeedRepeated(4, new Ohlcv(100, 100, 100, 100, 1)).Signals.ShouldBeEmpty();

    [Theory]
    [InlineData(VwapAnchor.Session)]
    [InlineData(VwapAnchor.Rolling)]
    [InlineData(VwapAnchor.Cumulative)]
    public void OnBar_NoVolume_HoldsWithoutConfidence(VwapAnchor anchor)
    {
        EngineHarness harness = new(new Vwap(new VwapSettings { Anchor = anchor, Window = 3 }));
        harness.FeedRepeated(8, new Ohlcv(100, 110, 90, 105, 0));
        harness.Signals.ShouldAllBe(signal => signal.Side == SignalSide.Hold && signal.Confidence == 0);
        harness.Signals.Count.ShouldBe(4);
        harness.Last.Meta["vwap"].ShouldBeNull();
    }

    [Fact]
    public void OnBar_NewUtcDay_StartsTheSessionAfresh()
    {
        Timestamp midnight = Timestamp.FromUnixSeconds(86_400);
        EngineHarness harness = new(new Vwap(new VwapSettings()));
        harness.FeedRepeated(288, new Ohlcv(100, 100, 100, 100, 1));
        harness.Feed(new Ohlcv(200, 200, 200, 200, 1, midnight));
        harness.Last.Number("vwap").ShouldBe(200);
        harness.Last.Side.ShouldBe(SignalSide.Hold);
    }

    [Fact]
    public void OnBar_RollingAnchor_ForgetsBarsBeforeTheWindow()
    {
        EngineHarness harness = new(new Vwap(new VwapSettings { Anchor = VwapAnchor.Rolling, Window = 5 }));
        harness.FeedRepeated(10, new Ohlcv(100, 100, 100, 100, 1)).FeedRepeated(5, new Ohlcv(200, 200, 200, 200, 1));
        harness.Last.Number("vwap").ShouldBe(200);
    }

    private static EngineHarness Fed(double reach, double last)
    {
        EngineHarness harness = new(new Vwap(new VwapSettings { Anchor = VwapAnchor.Cumulative }));
        foreach (double close in (double[])[100, 100, 100, 100, last])
        {
            harness.FeedRepeated(1, new Ohlcv(close, close + reach, close - reach, close, 10));
        }

        return harness;
    }

    private static void Check(ObservedSignal signal, (SignalSide Side, double Confidence) expected, double vwap, double percent)
    {
        signal.Side.ShouldBe(expected.Side);
        Math.Round(signal.Confidence, 3).ShouldBe(expected.Confidence);
        Math.Round(signal.Number("vwap"), 2).ShouldBe(vwap);
        Math.Round(100 * signal.Number("deviation"), 2).ShouldBe(percent);
    }
}
