using Harrier.Domain;
using Harrier.Research.Backtests;
using Harrier.Research.Checks;
using Harrier.Simulation.Synthetic;

namespace Harrier.Tests.Research.Checks;

public sealed class DataCheckTests
{
    private static readonly BarSeries Clean = SyntheticMarket.Generate(new SyntheticMarketSettings { Seed = 9, Count = 1000 })[0];

    [Fact]
    public void Run_CleanBars_PassesAndFindsNothingThatMatters()
    {
        DataCheckReport report = DataCheck.Run(Clean);

        report.Passed.ShouldBeTrue(report.Detail);
        report.Bars.ShouldBe(1000);
        report.Detail.ShouldStartWith("BTCUSDT: 1000 bars");
    }

    [Theory]
    [InlineData(4, true)]
    [InlineData(5, true)]
    [InlineData(6, false)]
    public void Run_Gaps_FailAboveHalfAPercentOfMissingBars(int missing, bool passes)
    {
        // 5 of 1,000 bars are exactly the share that is allowed.
        DataCheckReport report = DataCheck.Run(Where((bar, i) => i < 300 || i >= 300 + missing));

        report.Passed.ShouldBe(passes);
        report.Gaps.ShouldBe(1);
        report.MissingBars.ShouldBe(missing);
        report.LongestGap.ShouldBe(missing);
        DataFinding gap = report.Findings.Single(finding => finding.Kind == DataFindingKind.Gap);
        gap.First.ShouldBe([Clean[300].OpenTime]);
        gap.Fails.ShouldBe(!passes);
    }

    [Fact]
    public void Run_SeveralGaps_CountsEachAndNamesTheLongest()
    {
        DataCheckReport report = DataCheck.Run(Where((bar, i) => i is not (100 or 200 or 201)));

        report.Gaps.ShouldBe(2);
        report.MissingBars.ShouldBe(3);
        report.LongestGap.ShouldBe(2);
        report.Detail.ShouldContain($"the longest 2 bars from {Clean[200].OpenTime}");
    }

    [Fact]
    public void Run_WrongPrint_FailsAndNamesTheBar()
    {
        DataCheckReport report = DataCheck.Run(Change(500, bar => bar with { Close = new PriceTicks(bar.Close.Value * 2), High = new PriceTicks(bar.Close.Value * 2) }));

        DataFinding finding = report.Findings[0];
        finding.Kind.ShouldBe(DataFindingKind.RevertingOutlier);
        finding.First.ShouldBe([Clean[500].OpenTime]);
        report.Passed.ShouldBeFalse();
    }

    [Fact]
    public void Run_SpikeThatTheWholeMarketTraded_OnlyInforms()
    {
        DataCheckReport report = DataCheck.Run(Change(500, bar => bar with { Close = new PriceTicks(bar.Close.Value * 2), High = new PriceTicks(bar.Close.Value * 2), Volume = bar.Volume * 50 }));

        report.Passed.ShouldBeTrue(report.Detail);
        report.Findings.ShouldContain(finding => finding.Kind == DataFindingKind.Jump);
    }

    [Fact]
    public void Run_LevelThatMovesAndStays_OnlyInforms()
    {
        Bar[] bars = Clean.Bars.ToArray();
        for (int i = 500; i < bars.Length; i++)
        {
            Bar bar = bars[i];
            bars[i] = bar with { Open = Half(bar.Open), High = Half(bar.High), Low = Half(bar.Low), Close = Half(bar.Close) };
        }

        DataCheckReport report = DataCheck.Run(Series(bars));

        report.Passed.ShouldBeTrue(report.Detail);
        report.Findings.Single(finding => finding.Kind == DataFindingKind.Jump).First.ShouldContain(Clean[500].OpenTime);

        static PriceTicks Half(PriceTicks price) => new(price.Value / 2);
    }

    [Fact]
    public void Run_LongWick_OnlyInforms() =>
        DataCheck.Run(Change(500, bar => bar with { Low = new PriceTicks(1) })).ShouldSatisfyAllConditions(
            report => report.Passed.ShouldBeTrue(),
            report => report.Findings.Single(finding => finding.Kind == DataFindingKind.Wick).First.ShouldBe([Clean[500].OpenTime]));

    [Fact]
    public void Run_BarsWithoutVolume_AreCountedInRuns()
    {
        DataCheckReport report = DataCheck.Run(Series([.. Clean.Bars.ToArray().Select((bar, i) => i is 10 or 11 or 50 ? bar with { Volume = 0 } : bar)]));

        report.ZeroVolumeBars.ShouldBe(3);
        DataFinding finding = report.Findings.Single(item => item.Kind == DataFindingKind.ZeroVolume);
        finding.Count.ShouldBe(2);
        finding.Fails.ShouldBeFalse();
        finding.Detail.ShouldContain("3 bars, the longest run 2");
    }

    [Fact]
    public void Run_OverlappingBars_Fail()
    {
        Bar[] bars = Clean.Bars.ToArray();
        bars[500] = bars[500] with { OpenTime = new Timestamp(bars[500].OpenTime.Nanos - 1) };

        DataCheckReport report = DataCheck.Run(Series(bars));

        report.Passed.ShouldBeFalse();
        report.Findings.ShouldContain(finding => finding.Kind == DataFindingKind.Overlap && finding.Count == 1);
        report.Findings.ShouldContain(finding => finding.Kind == DataFindingKind.Misaligned && finding.Count == 1);
    }

    [Fact]
    public void Run_OnePriceFinerThanAllOthers_IsPointedOut()
    {
        Bar[] bars = [.. Clean.Bars.ToArray().Select(bar => bar with { Open = Ten(bar.Open), High = Ten(bar.High), Low = Ten(bar.Low), Close = Ten(bar.Close) })];
        bars[7] = bars[7] with { High = bars[7].High + 1 };

        DataCheck.Run(Series(bars)).Findings.Single(finding => finding.Kind == DataFindingKind.SubTick).First.ShouldBe([bars[7].OpenTime]);

        static PriceTicks Ten(PriceTicks price) => new(price.Value / 10 * 10);
    }

    [Fact]
    public void Run_Intake_FailsOnRefusedAndContradictingRowsOnly()
    {
        DataCheck.Run(Clean, new DataIntake(1, 0, 0, 0)).Passed.ShouldBeFalse();
        DataCheck.Run(Clean, new DataIntake(0, 1, 0, 0)).Passed.ShouldBeFalse();
        DataCheckReport harmless = DataCheck.Run(Clean, new DataIntake(0, 0, 3, 4));
        harmless.Passed.ShouldBeTrue();
        harmless.Detail.ShouldContain("3 rows repeat another");
        harmless.Detail.ShouldContain("4 rows were out of order");
    }

    [Fact]
    public void Run_NoBars_Fails() => DataCheck.Run(Series([])).Passed.ShouldBeFalse();

    [Fact]
    public void Combine_OneFailure_FailsTheCheckNamedData()
    {
        CheckResult result = DataCheckReport.Combine([DataCheck.Run(Clean), DataCheck.Run(Clean, new DataIntake(1, 0, 0, 0))]);

        result.Name.ShouldBe("data");
        result.Passed.ShouldBeFalse();
        result.Detail.ShouldContain("1 rows break the rules of a bar");
    }

    private static BarSeries Where(Func<Bar, int, bool> keep) => Series([.. Clean.Bars.ToArray().Where(keep)]);

    private static BarSeries Change(int index, Func<Bar, Bar> change) => Series([.. Clean.Bars.ToArray().Select((bar, i) => i == index ? change(bar) : bar)]);

    private static BarSeries Series(Bar[] bars) => new(Clean.Instrument, Clean.Spec, bars, bars.Length);
}
