using Harrier.Domain;
using Harrier.Engine.Strategies;
using Harrier.Strategies;
using Harrier.Tests.Features.Indicators;
using Harrier.Tests.Support;

namespace Harrier.Tests.Strategies;

public sealed class HybridTests
{
    /// <summary>Readings: systems specification, section 5.4, obtained by running the original on the shared series.</summary>
    [Fact]
    public void OnBar_SharedSeries_ReadsWhatTheOriginalReads()
    {
        EngineHarness harness = new(new Hybrid(new HybridSettings()));
        harness.Feed(SampleBars.Lcg(120));
        harness.Last.Number("rsi").ShouldBe(44.8279035683, 1e-9);
        harness.Last.Number("macd_histogram").ShouldBe(0.0123792927879, 1e-11);
        harness.Last.Number("upper_band").ShouldBe(103.896938627, 1e-9);
        harness.Last.Number("lower_band").ShouldBe(101.161030535, 1e-9);
        harness.Last.Number("fast_sma").ShouldBe(102.528984581, 1e-9);
        harness.Last.Number("slow_sma").ShouldBe(103.383081693, 1e-9);

        // RSI and bands say nothing, the histogram is positive, the averages point down: 1 against 1 of 4.
        harness.Last.Side.ShouldBe(SignalSide.Hold);
        harness.Last.Confidence.ShouldBe(0);
    }

    [Fact]
    public void OnBar_WeakSignals_AreShownAndNotTraded()
    {
        EngineHarness harness = new(new Hybrid(new HybridSettings()), new HarnessOptions { Kind = InstrumentKind.LinearPerpetual });
        harness.Deposit(10_000);
        int expected = 0;
        foreach (Harrier.Features.Ohlcv bar in SampleBars.Lcg(400))
        {
            int before = harness.Venue.Submitted.Count;
            harness.Feed(bar);
            if (harness.Signals.Count > 0 && harness.Venue.Submitted.Count > before)
            {
                harness.Last.Confidence.ShouldBeGreaterThanOrEqualTo(0.5);
                expected++;
            }
        }

        expected.ShouldBeGreaterThan(0);
        harness.Signals.ShouldContain(signal => signal.Side != SignalSide.Hold && signal.Confidence < 0.5);
        harness.Signals.ShouldAllBe(signal => (signal.Side != SignalSide.Hold && signal.Confidence >= 0.5) == (bool)signal.Meta["tradable"]!);
    }

    [Fact]
    public void OnBar_FlatSeries_Holds()
    {
        EngineHarness harness = new(new Hybrid(new HybridSettings()));
        harness.FeedRepeated(60, new(100, 100, 100, 100, 1));
        harness.Signals.Count.ShouldBe(11);
        harness.Signals.ShouldAllBe(signal => signal.Side == SignalSide.Hold && signal.Confidence == 0);
    }
}
