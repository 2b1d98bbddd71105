using Harrier.Domain;
using Harrier.Engine.Execution;
using Harrier.Engine.Strategies;
using Harrier.Features;
using Harrier.Strategies;
using Harrier.Strategies.Lifecycle;
using Harrier.Strategies.Setups;
using Harrier.Tests.Features.Patterns;
using Harrier.Tests.Support;

namespace Harrier.Tests.Strategies;

/// <summary>What strategies on setups do with a setup: enter once, keep the stop, leave.</summary>
public sealed class SetupStrategyTests
{
    [Fact]
    public void Momentum_BreakOfALevel_BuysWithItsStopAtTheVenue()
    {
        EngineHarness harness = Broken(InstrumentKind.LinearPerpetual, out BreakoutMomentum strategy);
        harness.Last.Side.ShouldBe(SignalSide.Buy, harness.Last.ToString());
        double stop = harness.Last.Number("stop");
        stop.ShouldBeLessThan(harness.Last.Number("entry"));
        harness.Venue.Submitted.ShouldHaveSingleItem();
        strategy.Signals.Live[0].Status.ShouldBe(SignalStatus.Active);
        strategy.Signals.Live[0].Order.ShouldBe(harness.Venue.Submitted[0].Id.Sequence);
        harness.Fill(0, 100.6);
        strategy.Signals.Ended(0).Status.ShouldBe(SignalStatus.Executed);

        // The stop is at the venue before the next bar; what is left to say is HOLD.
        OrderIntent placed = harness.Venue.Submitted[1].Intent;
        (placed.Type, placed.Side, placed.Purpose, placed.ReduceOnly).ShouldBe((OrderType.Stop, OrderSide.Sell, OrderPurpose.StopLoss, true));
        harness.Instrument.ToDouble(placed.Trigger).ShouldBe(stop, 1e-9);
        harness.FeedRepeated(1, new Ohlcv(100.6, 100.7, 100.5, 100.6, 100));
        harness.Last.Side.ShouldBe(SignalSide.Hold);
    }

    [Fact]
    public void Momentum_WithoutTapeAndBook_SaysSo()
    {
        EngineHarness harness = Broken(InstrumentKind.Spot, out _);
        harness.Last.Meta["missing"].ShouldBe("tape+book");
        harness.Last.Meta["setup"].ShouldBe("momentum");
        harness.Last.Meta["confluence"].ShouldBeOfType<string>().ShouldContain("level");
    }

    [Fact]
    public void Momentum_EntriesVetoed_FailAndAreNotCalledTwice()
    {
        BreakoutMomentum strategy = new(new BreakoutMomentumSettings());
        EngineHarness harness = new(strategy, new HarnessOptions { Vetoes = [new NoEntries()] });
        harness.Deposit(10_000m).Feed(Range()).FeedRepeated(1, Breaking);
        harness.Last.Side.ShouldBe(SignalSide.Buy);
        harness.Venue.Submitted.ShouldBeEmpty();
        strategy.Signals.Ended(0).Status.ShouldBe(SignalStatus.Failed);
    }

    [Fact]
    public void Momentum_Watched_ReportsTheSeriesOfLevels()
    {
        DecisionTape tape = new();
        BreakoutMomentum strategy = new(new BreakoutMomentumSettings());
        EngineHarness harness = new(strategy);
        harness.Engine.DecisionObserver = tape;
        harness.Deposit(10_000m).Feed(Range()).FeedRepeated(1, Breaking);
        tape.Names.ShouldContain("round_number_bonus");
        tape.Names.ShouldContain("cascade_bonus");
        tape.Names.ShouldContain("approach_ok");
        tape.Decisions.ShouldContain(one => one.Component == "signal" && one.Passed);
    }

    [Fact]
    public void Density_BarsAlone_HoldsAndSaysWhy()
    {
        EngineHarness harness = new(new DensityBreakout(new DensityBreakoutSettings()));
        harness.Feed(Range());
        harness.Signals.ShouldAllBe(signal => signal.Side == SignalSide.Hold);
        harness.Last.Meta["missing"].ShouldBe("tape+book");
        harness.Last.Meta["reason"].ShouldBe("signal:density:no_book_or_trades");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Wyckoff_TextbookAccumulation_BuysOnceWithItsStopUnderTheSpring(int seed)
    {
        // Acceptance 14 of the systems specification.
        ClosedBar[] bars = Textbook.Accumulation(seed);
        double spring = bars.Skip(40).Min(bar => bar.Low);
        EngineHarness harness = new(new Wyckoff(new WyckoffStrategySettings()), new HarnessOptions { Vetoes = [new NoEntries()] });
        for (int i = 0; i < bars.Length; i++)
        {
            harness.Feed(bars[i].Values with { OpenTime = new Timestamp(i * 300L * Timestamp.NanosPerSecond) });
        }

        ObservedSignal buy = harness.Signals.Where(signal => signal.Side != SignalSide.Hold).ShouldHaveSingleItem();
        buy.Side.ShouldBe(SignalSide.Buy);
        buy.Meta["setup"].ShouldBe("spring");
        buy.Meta["phase"].ShouldBeOneOf("C", "D");
        buy.Number("stop").ShouldBeLessThan(spring);
        buy.Number("stop").ShouldBeLessThan(buy.Number("entry"));
    }

    [Fact]
    public void Names_EveryKind_HasOne()
    {
        foreach (SetupKind kind in Enum.GetValues<SetupKind>())
        {
            (SetupNames.Of(kind).Length > 0).ShouldBe(kind != SetupKind.None);
        }

        SetupNames.Of(Confluences.Level | Confluences.Wyckoff | Confluences.Flow).ShouldBe("level+wyckoff+flow");
    }

    private static Ohlcv Breaking => new(100.02, 100.62, 100, 100.6, 500);

    private static EngineHarness Broken(InstrumentKind kind, out BreakoutMomentum strategy)
    {
        strategy = new BreakoutMomentum(new BreakoutMomentumSettings());
        EngineHarness harness = new(strategy, new HarnessOptions { Kind = kind });
        return harness.Deposit(10_000m).Feed(Range()).FeedRepeated(1, Breaking);
    }

    // A range between 99.5 and 100.1 that ends near its upper edge.
    private static Ohlcv[] Range()
    {
        Ohlcv[] bars = new Ohlcv[60];
        for (int i = 0; i < bars.Length; i++)
        {
            double middle = i >= 50 ? 99.95 : 99.8 + (0.2 * Math.Sin(i * 0.9));
            bars[i] = new Ohlcv(middle, middle + 0.1, middle - 0.1, middle + 0.02, 100, new Timestamp(i * 300L * Timestamp.NanosPerSecond));
        }

        return bars;
    }

    private sealed class DecisionTape : IDecisionObserver
    {
        public List<StrategyDecision> Decisions { get; } = [];

        public HashSet<string> Names { get; } = [];

        public void OnDecision(BotId bot, Timestamp time, in StrategyDecision decision, ReadOnlySpan<(string Name, double Value)> payload)
        {
            Decisions.Add(decision);
            foreach ((string name, _) in payload)
            {
                Names.Add(name);
            }
        }
    }
}
