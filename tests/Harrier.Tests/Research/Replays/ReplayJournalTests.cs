using Harrier.Domain;
using Harrier.Engine;
using Harrier.Engine.Execution;
using Harrier.Engine.Strategies;
using Harrier.Features.Microstructure;
using Harrier.Research.Backtests;
using Harrier.Research.Replays;
using Harrier.Simulation.Books;
using Harrier.Storage.Journal;
using Harrier.Tests.Support;

namespace Harrier.Tests.Research.Replays;

/// <summary>The journal of a replay, fed into a fresh engine, gives every feature and every decision again, bit by bit.</summary>
public sealed class ReplayJournalTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Journal => Path.Combine(_folder.Path, "journal");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Run_JournalReplayed_GivesTheSameFeaturesAndDecisions(int seed)
    {
        (BacktestSettings settings, ReplayInput input, List<FeatureTrader> traders) = Scene(seed);
        string config = BacktestAssumptions.Hash(settings, ReplayAssumptions.Describe(settings, input));
        BacktestResult result;
        using (FileJournal journal = new(Journal, new JournalIdentity("1.2.3", config, [input.Tape.Instruments[0].Definition])))
        {
            result = ReplayRunner.Run(settings, input, journal: journal);
        }

        ReplayOutcome outcome = JournalReplay.Run(
            new JournalReader(Journal),
            venue => new TradingEngine(BacktestSession.EngineOptionsOf(settings, input.Bars.Series, config), new EngineSurroundings(venue)));

        outcome.Divergence.ShouldBeNull();
        outcome.StateHash.ShouldBe(result.Manifest.StateHash);
        outcome.Decisions.ShouldBeGreaterThan(20);
        FeatureTrader live = traders[0];
        FeatureTrader replayed = traders[^1];
        replayed.ShouldNotBeSameAs(live);
        live.Readings.Count.ShouldBeGreaterThan(1000);
        live.Readings.Distinct().Count().ShouldBeGreaterThan(100);
        replayed.Readings.ShouldBe(live.Readings);
    }

    [Fact]
    public void Run_AnotherTapeInItsPlace_HasOtherFeatures()
    {
        (BacktestSettings settings, ReplayInput input, List<FeatureTrader> traders) = Scene(1);
        ReplayRunner.Run(settings, input);
        (BacktestSettings otherSettings, ReplayInput otherInput, List<FeatureTrader> others) = Scene(2);
        ReplayRunner.Run(otherSettings, otherInput);
        others[0].Readings.ShouldNotBe(traders[0].Readings);
    }

    private static (BacktestSettings Settings, ReplayInput Input, List<FeatureTrader> Traders) Scene(int seed)
    {
        MarketTape tape = RandomTapes.Make(seed, 3000).Tape;
        TapeSurvey survey = TapeSurvey.Of(tape, new BarSpec(Timestamp.NanosPerSecond, BarKind.Time, BarSource.Aggregated));
        List<FeatureTrader> traders = [];
        BacktestSettings settings = new()
        {
            StrategyKey = "TEST",
            Parameters = [],
            CreateStrategy = () =>
            {
                traders.Add(new FeatureTrader());
                return traders[^1];
            },
            Fills = RandomTapes.Perpetual.Fills,
            InitialBalance = RandomTapes.Perpetual.Balance,
            RunChecks = false,
        };
        return (settings, new ReplayInput
        {
            Tape = tape,
            Settings = new ReplaySettings { Fills = new BookFillOptions { Entry = new LogNormalLatency(8), Response = new LogNormalLatency(8) } },
            Bars = new BacktestInput { Series = survey.Series, DataHash = survey.DataHash },
            Events = survey.Events,
            From = survey.First,
        }, traders);
    }

    /// <summary>Notes the bits of all features at each book and trades by some of them.</summary>
    private sealed class FeatureTrader : Strategy
    {
        private TradeFlow _flow = null!;
        private BookFeatures _book = null!;
        private ActivityTracker _activity = null!;
        private DensityDetector _walls = null!;
        private int _books;

        public List<long> Readings { get; } = [];

        protected override void OnStart()
        {
            _book = Features.Book(Instrument.Id);
            _walls = Features.Density(Instrument.Id);
            _activity = Features.Activity(Instrument.Id);
            _flow = Features.TradeFlow(Instrument.Id);
        }

        protected override void OnBook(in BookTop top)
        {
            TradeFlowReading flow = _flow.At(Now);
            double imbalance = _book.LevelImbalance(10) ?? double.NaN;
            foreach (double value in (ReadOnlySpan<double>)[flow.TradesPerMinute60s, flow.VolumeDelta60s, imbalance, _book.FlowImbalance(Now) ?? double.NaN, _activity.Index, _walls.WallCount])
            {
                Readings.Add(BitConverter.DoubleToInt64Bits(value));
            }

            if (++_books % 10 != 0)
            {
                return;
            }

            OrderSide side = imbalance + flow.VolumeDelta60s > 0 ? OrderSide.Buy : OrderSide.Sell;
            if (Position.IsFlat || Position.IsLong == (side == OrderSide.Sell))
            {
                Send(new OrderIntent { Instrument = Instrument.Id, Side = side, Type = OrderType.Market, Size = new SizeLots(3) });
            }
        }

        protected override void SaveState(ref StateWriter writer) => writer.Write(_books);

        protected override void RestoreState(ref StateReader reader) => _books = reader.ReadInt32();
    }
}
