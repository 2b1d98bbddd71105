using FsCheck;
using FsCheck.Fluent;
using Harrier.Domain;
using Harrier.Research.Metrics;
using Harrier.Tests.Support;

namespace Harrier.Tests.Research.Metrics;

public sealed class EquityRecorderTests
{
    private static readonly Timestamp Start = BacktestResults.Start;
    private static readonly Timestamp Never = new(long.MaxValue);

    [Fact]
    public void Observe_VectorA_DrawdownUlcerAndExposureAreAsPublished()
    {
        EquityRecorder recorder = BacktestResults.Daily(.02, -.01, .03, -.02, .01, 0, -.03, .04);
        recorder.LastEquity.ShouldBe(1038.5445096, 1e-6);
        recorder.MaxDrawdown!.Depth.ShouldBe(.039894, 1e-10);
        recorder.MaxDrawdown.Peak.ShouldBe(Day(3));
        recorder.MaxDrawdown.Trough.ShouldBe(Day(7));
        recorder.MaxDrawdown.Recovery.ShouldBeNull("1038.54 is below the peak of 1040.09");
        recorder.MaxDrawdown.Days.ShouldBe(5);
        recorder.UlcerIndex!.Value.ShouldBe(.0169625714, 1e-10);
        recorder.Exposure.ShouldBe(7d / 8);
        double[] equity = [1.02, 1.0098, 1.040094, 1.01929212, 1.0294850412, 1.0294850412, .99860049, 1.0385445096];
        recorder.MeanEquity!.Value.ShouldBe(equity.Average() * 1000, 1e-6);
        recorder.MeanGrossExposure!.Value.ShouldBe(7d / 8, 1e-12);
    }

    [Fact]
    public void MaxDrawdown_FirstLossBelowInitialEquity_CountsFromTheStart()
    {
        EquityRecorder recorder = BacktestResults.Daily(-.1, .2);
        recorder.MaxDrawdown!.Depth.ShouldBe(.1, 1e-12);
        recorder.MaxDrawdown.Peak.ShouldBe(Start);
        recorder.MaxDrawdown.Trough.ShouldBe(Day(1));
        recorder.MaxDrawdown.Recovery.ShouldBe(Day(2));
        recorder.MaxDrawdown.Days.ShouldBe(2);
    }

    [Fact]
    public void MaxDrawdown_LaterShallowerFall_KeepsTheDeepestAndItsRecovery()
    {
        EquityRecorder recorder = Observed(1100, 880, 1000, 1100, 1200, 1150);
        recorder.MaxDrawdown!.Depth.ShouldBe(.2, 1e-12);
        recorder.MaxDrawdown.Peak.ShouldBe(Day(1));
        recorder.MaxDrawdown.Recovery.ShouldBe(Day(4), "back at the peak is recovered");
    }

    [Fact]
    public void MaxDrawdown_FlatAtThePeakForLong_StartsWhenEquityLeftIt()
    {
        EquityRecorder recorder = Observed(1000, 1000, 1000, 900);
        recorder.MaxDrawdown!.Peak.ShouldBe(Day(3));
        recorder.MaxDrawdown.Days.ShouldBe(1);
    }

    [Fact]
    public void MaxDrawdown_NeverBelowAPeak_IsNull()
    {
        Observed(1000, 1000, 1001).MaxDrawdown.ShouldBeNull();
        Observed(1000, 1000, 1001).UlcerIndex.ShouldBe(0);
    }

    [Fact]
    public void Figures_NoBars_AreNull()
    {
        EquityRecorder recorder = Observed();
        recorder.MaxDrawdown.ShouldBeNull();
        recorder.UlcerIndex.ShouldBeNull();
        recorder.Exposure.ShouldBeNull();
        recorder.MeanEquity.ShouldBeNull();
        recorder.MeanGrossExposure.ShouldBeNull();
        recorder.ToDailyEquity().Returns().ShouldBeEmpty();
        recorder.ToDailyEquity().MonthlyReturns().ShouldBeEmpty();
    }

    [Fact]
    public void DailyEquity_DaysWithoutBars_RepeatTheCloseBefore()
    {
        EquityRecorder recorder = BacktestResults.Recorder(1000m, 10, TimeSpan.FromHours(12));
        recorder.Observe(Start + TimeSpan.FromHours(12), 1010, 0);
        recorder.Observe(Start + TimeSpan.FromHours(24), 1020, 0);
        recorder.Observe(Start + TimeSpan.FromHours(84), 1071, 0);
        double[] closes = recorder.ToDailyEquity().Closes.ToArray();
        closes.ShouldBe([1020, 1020, 1020, 1071]);
        double[] returns = recorder.ToDailyEquity().Returns();
        returns[0].ShouldBe(.02, 1e-12);
        returns[1].ShouldBe(0);
        returns[3].ShouldBe(.05, 1e-12);
    }

    [Fact]
    public void DailyEquity_RunBeyondTheExpectedEnd_KeepsAllDays()
    {
        EquityRecorder recorder = BacktestResults.Recorder(1000m, 1, TimeSpan.FromDays(1));
        for (int i = 1; i <= 500; i++)
        {
            recorder.Observe(Day(i), 1000 + i, 0);
        }

        recorder.ToDailyEquity().Closes.Length.ShouldBe(500);
        recorder.ToDailyEquity().Closes[499].ShouldBe(1500);
    }

    [Fact]
    public void MonthlyReturns_AcrossYears_ChainToTheTotalReturn()
    {
        EquityRecorder recorder = BacktestResults.Daily([.. Enumerable.Range(0, 400).Select(i => ((i * 7 % 13) - 6) / 1000d)]);
        IReadOnlyList<MonthlyReturn> months = recorder.ToDailyEquity().MonthlyReturns();
        months.Count.ShouldBe(14, "400 days from 2024-01-01 end on 2025-02-03");
        (months[0].Year, months[0].Month).ShouldBe((2024, 1));
        (months[^1].Year, months[^1].Month).ShouldBe((2025, 2));
        months.Aggregate(1000d, (equity, month) => equity * (1 + month.Return)).ShouldBe(recorder.LastEquity, 1e-9);
    }

    [Fact]
    public void Observe_EquityBelowZero_GivesFiniteFigures()
    {
        EquityRecorder recorder = Observed(500, -100, -50);
        recorder.MaxDrawdown!.Depth.ShouldBe(1.1, 1e-12);
        recorder.ToDailyEquity().Returns().ShouldAllBe(value => double.IsFinite(value));
        double.IsFinite(recorder.MeanGrossExposure!.Value).ShouldBeTrue();
    }

    [Fact]
    public void Observe_TimeBackwardsOrNotFinite_IsRefused()
    {
        EquityRecorder recorder = Observed(1000);
        Should.Throw<InvariantException>(() => recorder.Observe(Day(1), 1000, 0));
        Should.Throw<InvariantException>(() => recorder.Observe(Day(2), double.NaN, 0));
        Should.Throw<InvariantException>(() => recorder.Observe(Day(2), 1000, double.PositiveInfinity));
    }

    [Fact]
    public void Constructor_NoMoneyOrEndBeforeStart_IsRefused()
    {
        EquityRecorderSettings settings = BacktestResults.Recorder(1000m, 1, TimeSpan.FromDays(1)).Settings;
        Should.Throw<ArgumentException>(() => new EquityRecorder(settings with { InitialEquity = 0 }));
        Should.Throw<ArgumentException>(() => new EquityRecorder(settings with { End = new Timestamp(Start.Nanos - 1) }));
    }

    [Fact]
    public void Observe_AnyEquityPath_DrawdownEqualsTheNaiveTwin()
    {
        Prop.ForAll(Gen.Choose(50, 150).ListOf().ToArbitrary(), path =>
        {
            double[] equity = [.. path.Select(value => value * 10d)];
            EquityRecorder recorder = Observed(equity);
            double worst = 0;
            double squares = 0;
            for (int i = 0; i < equity.Length; i++)
            {
                double drawdown = 1 - (equity[i] / Math.Max(1000, equity[..(i + 1)].Max()));
                worst = Math.Max(worst, drawdown);
                squares += drawdown * drawdown;
            }

            (recorder.MaxDrawdown?.Depth ?? 0).ShouldBe(worst, 1e-12);
            (recorder.UlcerIndex ?? 0).ShouldBe(equity.Length == 0 ? 0 : Math.Sqrt(squares / equity.Length), 1e-12);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Observe_ExpectedRun_AllocatesNothing()
    {
        long bytes = Allocation.Least(() =>
        {
            EquityRecorder recorder = BacktestResults.Recorder(1000m, 20_000, TimeSpan.FromMinutes(15));
            return () =>
            {
                for (int i = 1; i <= 20_000; i++)
                {
                    Timestamp time = Start + TimeSpan.FromMinutes(15 * i);
                    recorder.Observe(time, 1000 + (i % 97), 10);
                    recorder.AddPoint(new EquityPoint(time, 1000m, 990m, 1m));
                }
            };
        });
        bytes.ShouldBe(0);
    }

    [Fact]
    public void WantsPoint_UpToTheLimit_TakesEveryBar()
    {
        EquityRecorder recorder = BacktestResults.Recorder(1000m, EquityRecorder.EveryBarLimit, TimeSpan.FromMinutes(1));
        recorder.WantsPoint(Start + TimeSpan.FromMinutes(7), Start + TimeSpan.FromMinutes(8)).ShouldBeTrue();
    }

    [Fact]
    public void WantsPoint_AboveTheLimit_TakesTheLastBarOfEachHourAndOfTheRun()
    {
        EquityRecorder recorder = BacktestResults.Recorder(1000m, EquityRecorder.EveryBarLimit + 1, TimeSpan.FromMinutes(1));
        int[] minutes = [1, 2, 59, 60, 61, 100, 101, 190, 191, 200];
        List<int> taken = [];
        for (int i = 0; i < minutes.Length; i++)
        {
            Timestamp next = i + 1 < minutes.Length ? Start + TimeSpan.FromMinutes(minutes[i + 1]) : Never;
            if (recorder.WantsPoint(Start + TimeSpan.FromMinutes(minutes[i]), next))
            {
                taken.Add(minutes[i]);
            }
        }

        taken.ShouldBe([60, 101, 200], "101 is the last bar of its hour because of a gap");
    }

    [Fact]
    public void WantsPoint_CurveNotKept_IsFalse()
    {
        EquityRecorderSettings settings = BacktestResults.Recorder(1000m, 10, TimeSpan.FromDays(1)).Settings;
        new EquityRecorder(settings with { KeepsCurve = false }).WantsPoint(Day(1), Never).ShouldBeFalse();
    }

    [Fact]
    public void AddPoint_PeakBetweenStoredPoints_DrawdownIsFromThatPeak()
    {
        EquityRecorder recorder = BacktestResults.Recorder(1000m, 3, TimeSpan.FromDays(1));
        recorder.Observe(Day(1), 1250, 0);
        recorder.Observe(Day(2), 1000, 0);
        recorder.AddPoint(new EquityPoint(Day(2), 1000m, 1000m, 0m));
        recorder.Observe(Day(3), 1300, 0);
        recorder.AddPoint(new EquityPoint(Day(3), 1300m, 1300m, 0m));
        recorder.Points.Length.ShouldBe(2);
        recorder.PointDrawdowns.ToArray().ShouldBe([.2, 0], 1e-12);
    }

    private static Timestamp Day(int number) => Start + TimeSpan.FromDays(number);

    private static EquityRecorder Observed(params double[] equity)
    {
        EquityRecorder recorder = BacktestResults.Recorder(1000m, equity.Length, TimeSpan.FromDays(1));
        for (int i = 0; i < equity.Length; i++)
        {
            recorder.Observe(Day(i + 1), equity[i], 0);
        }

        return recorder;
    }
}
