using Harrier.Domain;
using Harrier.Engine.Strategies;
using Harrier.Research.Backtests;
using Harrier.Research.Replays;
using Harrier.Research.Reports;
using Harrier.Simulation.Books;
using Harrier.Tests.Support;

namespace Harrier.Tests.Research.Replays;

/// <summary>Runs with their checks and results.</summary>
public sealed class ReplayRunnerTests
{
    private static readonly MarketTape Tape = RandomTapes.Make(11, 4000).Tape;
    private static readonly TapeSurvey Survey = TapeSurvey.Of(Tape, new BarSpec(Timestamp.NanosPerSecond, BarKind.Time, BarSource.Aggregated));

    [Fact]
    public void Run_Twice_GivesTheSameResult()
    {
        BacktestResult first = Run(() => new RandomTapes.Trader(3));
        BacktestResult second = Run(() => new RandomTapes.Trader(3));
        ResultJson.ToText(second).ShouldBe(ResultJson.ToText(first));
        first.Trades.Count.ShouldBeGreaterThan(5);
        first.Checks.Single(check => check.Name == "books").Passed.ShouldBeTrue();
        first.Checks.Single(check => check.Name == "leakage").Passed.ShouldBeTrue();
        first.Equity.Points[^1].Equity.ShouldBe(first.FinalEquity);
        first.Manifest.DataHash.ShouldBe(Survey.DataHash);
        first.Manifest.Bars.ShouldBe(Survey.Series[0].Extent.Count);
    }

    [Fact]
    public void Run_WithAnotherLatency_IsAnotherConfiguration()
    {
        BacktestResult fast = Run(() => new RandomTapes.Trader(3), new ReplaySettings { Fills = TapeScenario.Instant });
        BacktestResult slow = Run(() => new RandomTapes.Trader(3), new ReplaySettings { Fills = new BookFillOptions { Entry = new ConstantLatency(500) } });
        slow.Manifest.ConfigHash.ShouldNotBe(fast.Manifest.ConfigHash);
        slow.Manifest.StateHash.ShouldNotBe(fast.Manifest.StateHash);
        slow.Assumptions.ShouldContain(KeyValuePair.Create("order_entry_latency", (object?)"constant, 500 ms"));
        slow.Assumptions.ShouldContain(KeyValuePair.Create("resolution", (object?)"book"));
    }

    [Fact]
    public void Run_StrategyThatKnowsTheFuture_IsCaughtByTheLeakageCheck()
    {
        // Each instance looks at what the instance before it saw last: in the repetitions that is the future of the run.
        Peeker.LastPrice = 0;
        BacktestResult result = Run(() => new Peeker());
        result.Checks.Single(check => check.Name == "leakage").Passed.ShouldBeFalse();
    }

    [Fact]
    public void Survey_OfATape_CountsWhatItHolds()
    {
        TapeScenario tape = new TapeScenario().UsualBook(1000).Ask(1100, 101, 3).Fault(1200).Trade(1500, OrderSide.Buy, 100, 1, received: 1400)
            .Snapshot(1700, [(99, 1)], [(101, 1)]).Mark(1800, 100);
        TapeSurvey survey = TapeSurvey.Of(tape.Tape, new BarSpec(Timestamp.NanosPerSecond, BarKind.Time, BarSource.Aggregated));
        (survey.Trades, survey.BookMessages, survey.LevelChanges, survey.Snapshots, survey.Marks, survey.Faults).ShouldBe((2, 3, 7, 2, 1, 1));
        survey.NegativeLatencies.ShouldBe(1);

        // From the first event to the first snapshot, and from the fault to the next.
        survey.WithoutBook.ShouldBe(TimeSpan.FromMilliseconds(1000 + 500));
        survey.Series[0].Extent.Count.ShouldBe(1);
        survey.DataHash.ShouldNotBe(TapeSurvey.Of(new TapeScenario().UsualBook(1000).Tape, new BarSpec(Timestamp.NanosPerSecond, BarKind.Time, BarSource.Aggregated)).DataHash);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    public void Survey_OfMoreBarsThanAreKept_MakesTheSameBarsAgain(int kept)
    {
        BarSpec second = new(Timestamp.NanosPerSecond, BarKind.Time, BarSource.Aggregated);
        TapeSurvey survey = TapeSurvey.Of(Tape, second, barsInMemory: kept);
        survey.DataHash.ShouldBe(Survey.DataHash);
        BarHistory again = survey.Series[0];
        again.ShouldNotBeOfType<BarSeries>();
        Bar[] expected = [.. Survey.Series[0].ReadBlocks().SelectMany(block => block.ToArray())];
        expected.Length.ShouldBeGreaterThan(30);
        for (int i = 0; i < 2; i++)
        {
            again.ReadBlocks().SelectMany(block => block.ToArray()).ShouldBe(expected);
        }

        again.Extent.ShouldBe(Survey.Series[0].Extent);
        BacktestResult result = Run(() => new RandomTapes.Trader(3), series: survey.Series);
        ResultJson.ToText(result).ShouldBe(ResultJson.ToText(Run(() => new RandomTapes.Trader(3))));
    }

    private static BacktestResult Run(Func<Strategy> create, ReplaySettings? replay = null, IReadOnlyList<BarHistory>? series = null) => ReplayRunner.Run(
        new BacktestSettings { StrategyKey = "TEST", Parameters = [], CreateStrategy = create, Fills = RandomTapes.Perpetual.Fills },
        new ReplayInput
        {
            Tape = Tape,
            Settings = replay ?? new ReplaySettings(),
            Bars = new BacktestInput { Series = series ?? Survey.Series, DataHash = Survey.DataHash },
            Events = Survey.Events,
            From = Survey.First,
        });

    private sealed class Peeker : Strategy
    {
        private readonly long _seen = LastPrice;

        public static long LastPrice { get; set; }

        protected override void OnTrade(in MarketEvent trade)
        {
            LastPrice = trade.Price.Value;
            if (Position.IsFlat && !HasWorkingOrders && _seen % 2 == 0)
            {
                Buy(new SizeLots(1), trade.Price);
            }
            else if (!HasWorkingOrders)
            {
                Sell(new SizeLots(1), trade.Price);
            }
        }
    }
}
