using Harrier.Domain;
using Harrier.Engine;
using Harrier.Engine.Strategies;
using Harrier.Features.Indicators;
using Harrier.Features.Microstructure;
using Harrier.Storage.Journal;
using Harrier.Tests.Support;

namespace Harrier.Tests.Engine.Strategies;

/// <summary>Features on trades and books inside an engine: shared, fed before strategies hear, saved with it, the same in replay, and nobody looks ahead.</summary>
public sealed class MarketFeaturesTests
{
    [Fact]
    public void Features_AskedForTwice_AreOne()
    {
        FeatureSet features = new FeatureRig().Features;
        features.TradeFlow(FeatureRig.Id).ShouldBeSameAs(features.TradeFlow(FeatureRig.Id));
        features.Book(FeatureRig.Id).ShouldBeSameAs(features.Book(FeatureRig.Id, new BookFeatureSettings()));
        features.Density(FeatureRig.Id).ShouldBeSameAs(features.Density(FeatureRig.Id, new DensitySettings { Strength = 7.0 }));
        features.Density(FeatureRig.Id).ShouldNotBeSameAs(features.Density(FeatureRig.Id, new DensitySettings { Strength = 5 }));
        features.Activity(FeatureRig.Id).ShouldBeSameAs(features.Activity(FeatureRig.Id));
        Should.Throw<ArgumentException>(() => features.Share(FeatureRig.Id, "tradeflow", () => new Sma(3))).Message.ShouldContain("is a TradeFlow, asked for as Sma");
        Should.Throw<ArgumentException>(() => features.Share(FeatureRig.Id, "other", () => new ActivityIndex())).Message.ShouldContain("neither bars nor trades");
    }

    [Fact]
    public void Strategy_WhenAnEventComes_SeesTheFeaturesAfterIt()
    {
        Watcher watcher = new();
        FeatureRig rig = new(5, watcher);
        rig.Snapshot(1, [(50000, 1)], [(50010, 1)]);
        rig.Change(2, [(50000, 2)], [(50020, 3)]);
        rig.Trade(3, 2);
        rig.Trade(3.5, 1, isSell: true);
        rig.Fault(4);
        rig.Change(5, [(50000, 9)], []);
        rig.Snapshot(6, [(50005, 1)], [(50010, 4)]);
        watcher.Heard.ShouldBe(
        [
            "book 10000 10002 mid 50005",
            "book 10000 10002 mid 50005",
            "trade 1 delta 2",
            "trade 2 delta 1",
            "book 10001 10002 mid 50007.5",
        ]);
    }

    [Fact]
    public void OnBook_OfASecondInstrument_ComesWithItsName()
    {
        TwoBooks strategy = new();
        EngineHarness harness = new(strategy, new HarnessOptions { InstrumentCount = 2 });
        foreach (int id in (int[])[1, 0])
        {
            harness.Engine.Process(new MarketEvent { ExchangeTime = default, ReceivedTime = default, Price = default, Instrument = new InstrumentId(id), Kind = MarketEventKind.BookClear });
            harness.Engine.Process(new MarketEvent
            {
                ExchangeTime = default,
                ReceivedTime = default,
                Price = new PriceTicks(7),
                Size = new SizeLots(1),
                Instrument = new InstrumentId(id),
                Kind = MarketEventKind.BookLevel,
                LastInBatch = true,
            });
        }

        strategy.Heard.ShouldBe([1, 0]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Restore_AtAnyInput_ContinuesBitEqual(int seed)
    {
        IReadOnlyList<RandomMarket.Input> inputs = RandomMarket.Make(seed, 700);
        Random random = new(seed);
        FeatureRig unbroken = WithAll();
        FeatureRig restarted = WithAll();
        foreach (RandomMarket.Input input in inputs)
        {
            input.Feed(unbroken.Engine);
            input.Feed(restarted.Engine);
            if (random.Next(60) == 0)
            {
                byte[] state = restarted.Engine.Save();
                restarted = WithAll();
                restarted.Engine.Restore(state);
                restarted.Engine.Save().ShouldBe(state);
                Text(restarted).ShouldBe(Text(unbroken));
            }
        }

        Text(restarted).ShouldBe(Text(unbroken));
        restarted.Engine.StateHash().ShouldBe(unbroken.Engine.StateHash());
    }

    [Fact]
    public void Restore_StateCutShort_Throws()
    {
        FeatureRig rig = WithAll();
        foreach (RandomMarket.Input input in RandomMarket.Make(4, 60))
        {
            input.Feed(rig.Engine);
        }

        byte[] state = rig.Engine.Save();
        for (int length = 0; length < state.Length; length += 101)
        {
            byte[] cut = state[..length];
            Should.Throw<InvalidDataException>(() => WithAll().Engine.Restore(cut));
        }
    }

    [Fact]
    public void Features_OnDataCutAtAnInstant_EqualThoseOnAllData()
    {
        IReadOnlyList<RandomMarket.Input> inputs = RandomMarket.Make(7, 900);
        List<string> whole = [];
        FeatureRig all = WithAll();
        foreach (RandomMarket.Input input in inputs)
        {
            input.Feed(all.Engine);
            whole.Add(Text(all));
        }

        Random random = new(7);
        for (int i = 0; i < 25; i++)
        {
            int cut = random.Next(inputs.Count);
            FeatureRig part = WithAll();
            foreach (RandomMarket.Input input in inputs.Take(cut + 1))
            {
                input.Feed(part.Engine);
            }

            Text(part).ShouldBe(whole[cut]);
        }
    }

    [Fact]
    public void Reading_AsOftenAsOneLikes_ChangesNothing()
    {
        FeatureRig read = WithAll();
        FeatureRig unread = WithAll();
        foreach (RandomMarket.Input input in RandomMarket.Make(9, 600))
        {
            input.Feed(read.Engine);
            input.Feed(unread.Engine);
            Text(read);
        }

        read.Engine.StateHash().ShouldBe(unread.Engine.StateHash());
    }

    [Fact]
    public void Inputs_ForAllFeatures_AllocateNothingAfterWarmUp()
    {
        // Played again and again, each time after the last: what grows has grown by then.
        IReadOnlyList<RandomMarket.Input> once = RandomMarket.Make(11, 6000, isCalm: true);
        long length = once[^1].Time.Nanos - once[0].Time.Nanos + 1_000_000_000;
        RandomMarket.Input[][] rounds = [.. Enumerable.Range(0, 4).Select(round => once.Select(input => input.After(length * round)).ToArray())];
        long bytes = Allocation.Least(() =>
        {
            FeatureRig rig = WithAll();
            BookFeatures book = rig.Features.Book(FeatureRig.Id);
            TradeFlow flow = rig.Features.TradeFlow(FeatureRig.Id);
            Feed(rig, rounds[0], book, flow);
            Feed(rig, rounds[1], book, flow);
            Feed(rig, rounds[2], book, flow);
            return () => Feed(rig, rounds[3], book, flow);
        });
        bytes.ShouldBe(0);

        static void Feed(FeatureRig rig, IReadOnlyList<RandomMarket.Input> inputs, BookFeatures book, TradeFlow flow)
        {
            for (int i = 0; i < inputs.Count; i++)
            {
                inputs[i].Feed(rig.Engine);
                flow.At(rig.Now);
                _ = (flow.Latency(rig.Now), flow.SizeQuantile(0.9, rig.Now), book.Imbalance(30), book.Slope(30), book.FlowImbalance(rig.Now));
            }
        }
    }

    [Fact]
    public void Replay_OfAJournal_GivesTheSameFeatures()
    {
        using TemporaryFolder folder = new();
        string path = Path.Combine(folder.Path, "journal");
        FeatureRig shape = new();
        TradingEngine live;
        using (FileJournal journal = new(path, new JournalIdentity("test", "abc", [shape.Instrument.Definition])))
        {
            live = new TradingEngine(OptionsWith(new AllFeatures()), new EngineSurroundings(new RecordingVenue(), journal));
            foreach (RandomMarket.Input input in RandomMarket.Make(13, 1500))
            {
                input.Feed(live);
            }
        }

        TradingEngine? replayed = null;
        ReplayOutcome outcome = JournalReplay.Run(
            new JournalReader(path), venue => replayed = new TradingEngine(OptionsWith(new AllFeatures()), new EngineSurroundings(venue)));
        outcome.Divergence.ShouldBeNull();
        outcome.StateHash.ShouldBe(live.StateHash());
        replayed!.Features.Activity(FeatureRig.Id).Reading.ShouldBe(live.Features.Activity(FeatureRig.Id).Reading);
        replayed.Features.Density(FeatureRig.Id).WallCount.ShouldBe(live.Features.Density(FeatureRig.Id).WallCount);

        EngineOptions OptionsWith(Strategy strategy) => new FeatureRig(0.1m, strategy).Engine.Options with { Bots = [new BotDefinition { Strategy = new AllFeatures(), Instruments = [FeatureRig.Id] }] };
    }

    private static FeatureRig WithAll()
    {
        FeatureRig rig = new();
        Ask(rig.Features, FeatureRig.Id);
        return rig;
    }

    private static void Ask(FeatureSet features, InstrumentId id)
    {
        features.TradeFlow(id);
        features.Book(id);
        features.Density(id, new DensitySettings { Strength = 4, LookBack = TimeSpan.FromSeconds(60) });
        features.Density(id);
        features.Activity(id);
    }

    private static string Text(FeatureRig rig)
    {
        Timestamp now = rig.Now;
        TradeFlow flow = rig.Features.TradeFlow(FeatureRig.Id);
        BookFeatures book = rig.Features.Book(FeatureRig.Id);
        DensityDetector walls = rig.Features.Density(FeatureRig.Id, new DensitySettings { Strength = 4, LookBack = TimeSpan.FromSeconds(60) });
        string found = string.Join(';', Enumerable.Range(0, walls.WallCount).Select(i => walls[i].ToString()));
        return string.Create(
            System.Globalization.CultureInfo.InvariantCulture,
            $"{flow.At(now)} {flow.Latency(now)} {flow.SizeQuantile(0.5, now):R} {rig.Features.Activity(FeatureRig.Id).Reading} {book.Top} {book.Imbalance(30):R} {book.FlowImbalance(now):R} {book.LastFlowImbalance:R} {book.DepthAgo(TimeSpan.FromSeconds(5), now)} {walls.MedianSize:R} {found}");
    }

    private sealed class AllFeatures : Strategy
    {
        protected override void OnStart() => Ask(Features, Instrument.Id);
    }

    private sealed class Watcher : Strategy
    {
        private TradeFlow _flow = null!;
        private BookFeatures _book = null!;

        public List<string> Heard { get; } = [];

        protected override void OnStart()
        {
            _flow = Features.TradeFlow(Instrument.Id);
            _book = Features.Book(Instrument.Id);
        }

        protected override void OnTrade(in MarketEvent trade) => Heard.Add(FormattableString.Invariant($"trade {trade.TradeId} delta {_flow.At(Now).CumulativeDelta}"));

        protected override void OnBook(in BookTop top) =>
            Heard.Add(FormattableString.Invariant($"book {top.Bid.Price.Value} {top.Ask.Price.Value} mid {_book.Mid}"));
    }

    private sealed class TwoBooks : Strategy
    {
        public List<int> Heard { get; } = [];

        protected override void OnBook(InstrumentId instrument, in BookTop top) => Heard.Add(instrument.Index);
    }
}
