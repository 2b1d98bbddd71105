using Harrier.Features;
using Harrier.Features.Levels;

namespace Harrier.Tests.Features.Levels;

public sealed class ApproachTests
{
    [Fact]
    public void To_GradualRise_IsGoodWithTheTrueNumberOfSteps()
    {
        // The original divides by 10 where there are 9 steps: 0.0182889656574.
        Approach approach = To(49500, Closes(Enumerable.Range(0, 30).Select(i => 49010 + (10.0 * i))));
        approach.IsValid.ShouldBeTrue();
        approach.SlopePercentPerBar.ShouldBe(0.0182889656574 * 10 / 9, 1e-12);
        approach.ConsolidationBars.ShouldBe(3);
    }

    [Fact]
    public void To_FewBars_SaysSo()
    {
        Approach approach = To(100, Closes([100, 100, 100, 100, 100]));
        approach.Verdict.ShouldBe(ApproachVerdict.TooFewBars);
        approach.SlopePercentPerBar.ShouldBe(double.NaN);
    }

    [Fact]
    public void To_SteepRise_IsRefused()
    {
        Approach approach = To(118, Closes(Enumerable.Range(0, 10).Select(i => 100 + (2.0 * i))));
        approach.Verdict.ShouldBe(ApproachVerdict.TooSteep);
        approach.SlopePercentPerBar.ShouldBe(2, 1e-12);
    }

    [Fact]
    public void To_ClosesAroundTheLevel_IsGood() =>
        To(50000, Closes(Enumerable.Range(0, 12).Select(i => 49995 + (5.0 * (i % 3))))).IsValid.ShouldBeTrue();

    [Fact]
    public void To_SpikeAndReturn_IsSeen()
    {
        Approach approach = To(100, Closes([100, 100, 100, 100, 108, 100, 100, 100, 100, 100]));
        approach.Verdict.ShouldBe(ApproachVerdict.Spike);
        approach.SlopePercentPerBar.ShouldBe(0);
        approach.ExcursionPercent.ShouldBe(8, 1e-9);
    }

    [Fact]
    public void To_FarFromTheLevel_DoesNotConsolidate()
    {
        Approach approach = To(100.6, Closes([100, 100, 100, 100, 100, 100, 100, 100, 100, 100.4]));
        approach.Verdict.ShouldBe(ApproachVerdict.NoConsolidation);
        approach.ConsolidationBars.ShouldBe(1);
    }

    private static ClosedBar[] Closes(IEnumerable<double> closes) => ClosedBars.Of(closes.Select(c => (c, c, c, c, 1.0)));

    private static Approach To(double level, ClosedBar[] bars)
    {
        LevelDetector detector = new();
        foreach (ClosedBar bar in bars)
        {
            detector.OnBar(in bar);
        }

        return detector.ApproachTo(level);
    }
}
