using Harrier.Domain;
using Harrier.Features;
using Harrier.Strategies.Scanning;
using Harrier.Tests.Features.Indicators;
using Harrier.Tests.Support;

namespace Harrier.Tests.Strategies.Scanning;

public sealed class BarMeasuresTests
{
    [Fact]
    public void Of_FlatMarketWithOneBusyBar_HasHandComputedValues()
    {
        // Five minutes a bar: 600 bars of volume 10 at 100, the last one of 50.
        BarSeries bars = Series([.. Enumerable.Range(0, 600).Select(i => new Ohlcv(100, 101, 99, 100, i == 599 ? 50 : 10))]);

        MarketFacts facts = BarMeasures.Of(bars, 2);

        facts.Close.ShouldBe(100);
        facts.Volume24H.ShouldBe(((287 * 10) + 50) * 100.0, 1e-6);
        facts.Surge5M.ShouldBe(5, 1e-12);
        facts.Surge1H.ShouldBe(((11 * 10) + 50) / 120.0, 1e-12);
        facts.AtrRange.ShouldBe(0.02, 1e-12);
        facts.BandWidthPercentile.ShouldBe(100);
    }

    [Fact]
    public void Of_FewBars_KnowsWhatTheyAreEnoughFor()
    {
        MarketFacts facts = BarMeasures.Of(Series([.. Enumerable.Range(0, 4).Select(_ => new Ohlcv(100, 101, 99, 100, 10))]), 2);
        facts.Close.ShouldBe(100);
        double.IsNaN(facts.Volume24H).ShouldBeTrue();
        double.IsNaN(facts.Surge5M).ShouldBeTrue();
        double.IsNaN(facts.Surge1H).ShouldBeTrue();
        double.IsNaN(facts.AtrRange).ShouldBeTrue();
        double.IsNaN(facts.BandWidthPercentile).ShouldBeTrue();
        double.IsNaN(facts.LevelStrength).ShouldBeTrue();
    }

    [Fact]
    public void Of_LaterBars_DoNotChangeWhatWasKnownBefore()
    {
        Ohlcv[] all = SampleBars.Lcg(500);
        MarketFacts before = BarMeasures.Of(Series(all[..400]), 2);
        BarMeasures.Of(Series(all[..400]), 2).ShouldBe(before);
        BarMeasures.Of(Series(all), 2).ShouldNotBe(before);
    }

    [Fact]
    public void Correlation_SameMirroredAndStill_IsOneMinusOneAndUnknown()
    {
        Ohlcv[] up = SampleBars.Lcg(200);
        Ohlcv[] down = [.. up.Select(bar => new Ohlcv(1e4 / bar.Open, 1e4 / bar.Low, 1e4 / bar.High, 1e4 / bar.Close, bar.Volume))];
        BarMeasures.Correlation(Series(up), Series(up)).ShouldBe(1, 1e-12);
        BarMeasures.Correlation(Series(up), Series(down)).ShouldBe(-1, 1e-3);
        double.IsNaN(BarMeasures.Correlation(Series(up), Series([.. up.Select(_ => new Ohlcv(100, 100, 100, 100, 1))]))).ShouldBeTrue();
        double.IsNaN(BarMeasures.Correlation(Series(up[..20]), Series(up[..20]))).ShouldBeTrue();
    }

    [Fact]
    public void Correlation_OneSeriesWithAHole_ComparesBarsThatCloseTogether()
    {
        Ohlcv[] bars = SampleBars.Lcg(200);
        BarSeries whole = Series(bars);
        Bar[] kept = [.. whole.Bars.ToArray().Where((_, i) => i != 150)];
        double found = BarMeasures.Correlation(whole, new BarSeries(whole.Instrument, whole.Spec, kept, kept.Length));
        found.ShouldBeInRange(0.9, 1);
        found.ShouldNotBe(1);
    }

    private static BarSeries Series(Ohlcv[] bars)
    {
        EngineHarness harness = new(new Harrier.Strategies.BuyAndHold());
        Bar[] made = new Bar[bars.Length];
        for (int i = 0; i < bars.Length; i++)
        {
            made[i] = harness.ToBar(bars[i] with { OpenTime = new Timestamp(i * 300L * Timestamp.NanosPerSecond) });
        }

        return new BarSeries(harness.Instrument, made[0].Spec, made, made.Length);
    }
}
