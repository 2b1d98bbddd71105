using Harrier.Features;
using Harrier.Features.Patterns;

namespace Harrier.Tests.Features.Patterns;

/// <summary>The vector of the quant specification, section 7, and its negative tests; the same upside down.</summary>
public sealed class WyckoffVectorTests
{
    private const string Rows =
        "120,121,118,119,100 · 119,120,117,118,100 · 118,119,116,117,110 · 117,118,115,116,100 · 116,117,114,115,120 · 115,116,113,114,110 · 114,114,100,106,500 · "
        + "106,110,105,109,220 · 109,114,108,113,200 · 113,115,111,112,150 · 112,113,107,108,120 · 108,109,103,104,140 · 104,108,103,107,130 · 107,112,106,111,150 · "
        + "111,114,109,110,120 · 110,111,105,106,110 · 106,107,102,103,130 · 103,104,98,102,260 · 102,105,101,104,140 · 104,105,101,103,90 · 103,110,103,109,240 · "
        + "109,118,109,117,420 · 117,118,115,116,160 · 116,117,113,114,120 · 114,121,114,120,300";

    private static readonly WyckoffSettings _settings = new() { AverageBars = 5, MinRangeBars = 10 };

    [Fact]
    public void OnBar_Accumulation_MeetsTheVector()
    {
        WyckoffDetector detector = Fed(Bars());
        Shown(detector).ShouldBe("SC 6@6 A, AR 9@11 A, ST 11@11 B, SPRING 17@17 C, TEST 18@18 C, SOS 21@21 D, LPS 23@24 D");
        detector.Accumulation.Phase.ShouldBe(WyckoffPhase.E);
        detector.Accumulation.Support.ShouldBe(100);
        detector.Accumulation.Resistance.ShouldBe(115);
        detector.Accumulation.Target.ShouldBe(130);
        WyckoffSignal signal = detector.Signals.Recent.ToArray().ShouldHaveSingleItem();
        signal.IsBuy.ShouldBeTrue();
        signal.KnownIndex.ShouldBe(18);
        signal.Entry.ShouldBe(104);
        signal.Stop.ShouldBeLessThan(98);
        signal.Target.ShouldBe(130);
    }

    [Fact]
    public void OnBar_UpsideDown_IsADistribution()
    {
        WyckoffDetector detector = Fed([.. Bars().Select(Mirrored)]);
        Shown(detector).ShouldBe("BC 6@6 A, AR 9@11 A, ST 11@11 B, UTAD 17@17 C, TEST 18@18 C, SOW 21@21 D, LPSY 23@24 D");
        detector.Distribution.Phase.ShouldBe(WyckoffPhase.E);
        detector.Distribution.Support.ShouldBe(185);
        detector.Distribution.Resistance.ShouldBe(200);
        detector.Distribution.SpringPrice.ShouldBe(202);
        WyckoffSignal signal = detector.Signals.Recent.ToArray().ShouldHaveSingleItem();
        signal.IsBuy.ShouldBeFalse();
        signal.Entry.ShouldBe(196);
        signal.Stop.ShouldBeGreaterThan(202);
        signal.Target.ShouldBe(170);
    }

    [Theory]
    [InlineData(104, 98, 102, 600)] // more volume than the climax
    [InlineData(104, 98, 99, 260)] // no close back
    public void OnBar_Bar17NoSpring_NoneIsSeen(double high, double low, double close, double volume)
    {
        ClosedBar[] bars = Bars();
        bars[17] = bars[17] with { Values = bars[17].Values with { High = high, Low = low, Close = close, Volume = volume } };
        Shown(Fed(bars)).ShouldNotContain("SPRING");
    }

    [Fact]
    public void OnBar_Bar21Quiet_SpringAndTestWithoutStrength()
    {
        ClosedBar[] bars = Bars();
        bars[21] = bars[21] with { Values = bars[21].Values with { Volume = 200 } };
        string shown = Shown(Fed(bars));
        shown.ShouldContain("SPRING 17@17");
        shown.ShouldContain("TEST 18@18");
        shown.ShouldNotContain("SOS");
    }

    private static ClosedBar[] Bars() => ClosedBars.Parse(Rows);

    private static ClosedBar Mirrored(ClosedBar bar) => bar with
    {
        Values = bar.Values with { Open = 300 - bar.Open, High = 300 - bar.Low, Low = 300 - bar.High, Close = 300 - bar.Close },
    };

    private static WyckoffDetector Fed(ClosedBar[] bars)
    {
        WyckoffDetector detector = new(_settings);
        foreach (ClosedBar bar in bars)
        {
            detector.OnBar(in bar);
        }

        return detector;
    }

    private static string Shown(WyckoffDetector detector) =>
        string.Join(", ", detector.Events.Recent.ToArray().Select(e => $"{e.Code} {e.Index}@{e.KnownIndex} {e.Phase}"));
}
