using Harrier.Domain;
using Harrier.Features;
using Harrier.Features.Levels;
using Harrier.Features.Microstructure;
using Harrier.Strategies.Breakouts;
using Harrier.Strategies.Setups;

namespace Harrier.Tests.Strategies.Breakouts;

/// <summary>Expected values: systems specification, section 2.6; where the original places a stop on the wrong side, what it should have done by hand.</summary>
public sealed class BreakoutConditionTests
{
    private static readonly BreakoutRules Rules = new();

    [Fact]
    public void Momentum_SyntheticFixtureOfTheOriginal_HasItsStopBelowTheEntry()
    {
        // The original answers with entry 100.15 and stop 100.28, the lowest low of ten bars.
        BreakoutFacts facts = Momentum(Rising());
        facts.Bars.LowestLow(10).ShouldBe(100.28, 1e-9);
        SetupDecision setup = MomentumCondition.Judge(in facts, Rules);
        setup.Refusal.ShouldBeNull();
        setup.Entry.ShouldBe(100.15, 1e-9);
        setup.Stop.ShouldBe(100.15 - (1.2 * 0.05), 1e-9);
        setup.Stop.ShouldBeLessThan(setup.Entry);
        setup.Confidence.ShouldBe((0.4 * 0.925) + 0.3 + (0.2 * Math.Min(1, 0.12 / 0.16 / 0.8)), 1e-9);
    }

    [Fact]
    public void Momentum_BothStopsValid_TakesTheFartherOne()
    {
        BarWindow bars = Rising();
        BreakoutFacts facts = Momentum(bars) with { Atr = 1 };
        MomentumCondition.Judge(in facts, Rules).Stop.ShouldBe(100.15 - 1.2, 1e-9);
        StopChoice.Of(OrderSide.Buy, 100, 98, 99).ShouldBe(98);
        StopChoice.Of(OrderSide.Sell, 100, 102, 101).ShouldBe(102);
    }

    [Fact]
    public void StopChoice_NoneOnTheLosingSide_IsNone()
    {
        double.IsNaN(StopChoice.Of(OrderSide.Buy, 100, 100, 100.01)).ShouldBeTrue();
        double.IsNaN(StopChoice.Of(OrderSide.Sell, 100, 100, 99)).ShouldBeTrue();
        double.IsNaN(StopChoice.Of(OrderSide.Buy, 100, double.NaN)).ShouldBeTrue();
    }

    [Fact]
    public void Momentum_AnyConditionMissing_NamesIt()
    {
        BreakoutFacts facts = Momentum(Rising());
        Refusal(facts with { Price = 100.15 }).ShouldBe("signal:momentum:level");
        Refusal(facts, Rules with { MomentumVolumeMultiplier = 5.1 }).ShouldBe("signal:momentum:volume");
        Refusal(facts, Rules with { MomentumBodyRatioMin = 0.8 }).ShouldBe("signal:momentum:body");
        Refusal(facts with { Imbalance = 0.17 }).ShouldBe("signal:momentum:imbalance");
        Refusal(facts with { Imbalance = 0.18 }).ShouldBeNull();
        Refusal(facts, Rules with { VwapGapMaxAtr = 2.2 }).ShouldBe("signal:momentum:vwap_gap");
        Refusal(facts with { IsApproachedWell = false }).ShouldBe("signal:momentum:approach");
        Refusal(facts with { Bars = new BarWindow() }).ShouldBe("signal:momentum:bars");
    }

    [Fact]
    public void Momentum_BookOfSellers_RefusesALong()
    {
        // The original took the size of the imbalance without its sign.
        BreakoutFacts facts = Momentum(Rising()) with { Imbalance = -0.9 };
        Refusal(facts).ShouldBe("signal:momentum:imbalance");
    }

    [Fact]
    public void Momentum_Mirrored_IsAShortWithItsStopAbove()
    {
        BarWindow bars = new();
        for (int i = 0; i < 40; i++)
        {
            double close = i == 39 ? 100 - 0.51 : 100 - (0.01 * i);
            double open = i == 0 ? 100 : i == 39 ? 100 - 0.39 : close + 0.01;
            bars.Add(new Ohlcv(open, Math.Max(open, close) + 0.02, Math.Min(open, close) - 0.02, close, i == 39 ? 5000 : 1000));
        }

        BreakoutFacts facts = Momentum(bars) with { Side = OrderSide.Sell, Level = Level(LevelKind.Support, 99.7) };
        SetupDecision setup = MomentumCondition.Judge(in facts, Rules);
        setup.IsValid.ShouldBeTrue(setup.Refusal);
        setup.Side.ShouldBe(OrderSide.Sell);
        setup.Stop.ShouldBeGreaterThan(setup.Entry);
    }

    [Fact]
    public void Retest_FixtureOfTheOriginal_MeetsItsEntryStopAndConfidence()
    {
        SetupDecision setup = RetestCondition.Judge(Retest(), Rules);
        setup.Refusal.ShouldBeNull();
        setup.Side.ShouldBe(OrderSide.Buy);
        setup.Entry.ShouldBe(50.601, 1e-9);
        setup.Stop.ShouldBe(50.3879360046, 1e-9);
        setup.Confidence.ShouldBe(0.844946581197, 1e-6);
        BreakoutFacts facts = Retest();
        RetestCondition.Pierce(in facts).ShouldBe(0.02, 1e-9);
        (Rules.RetestMaxPierceAtr * facts.Atr).ShouldBe(0.0448255981626, 1e-12);
        facts.Bars.VolumeActivity.ShouldBe(0.923076923077, 1e-9);
    }

    [Fact]
    public void Retest_PriceMoreThanHalfAPercentAway_IsNone() =>
        RetestCondition.Judge(Retest() with { Price = 50.5 * 1.0051 }, Rules).Refusal.ShouldBe("signal:retest:level");

    [Fact]
    public void Retest_WickTooDeep_IsNone() =>
        RetestCondition.Judge(Retest() with { Price = 50.45 }, Rules).Refusal.ShouldBe("signal:retest:pierce");

    [Theory]
    [InlineData(70, 100, null)]
    [InlineData(69.9, 100, "signal:retest:tpm_on_touch")]
    [InlineData(70, double.NaN, "signal:retest:tpm_on_touch")]
    [InlineData(0, 0, "signal:retest:tpm_on_touch")]
    public void Retest_WithATape_AsksForAShareOfTheHoursMean(double rate, double mean, string? refusal) =>
        RetestCondition.Judge(Retest() with { HasTape = true, TradesPerMinute = rate, MeanTradesPerMinute = mean }, Rules).Refusal.ShouldBe(refusal);

    [Fact]
    public void Retest_VolumeDriedUp_IsNone() =>
        RetestCondition.Judge(Retest(), Rules with { RetestVolumeRatio = 0.93 }).Refusal.ShouldBe("signal:retest:volume");

    [Theory]
    [InlineData(OrderSide.Buy, 50000, 0.1, 49990)]
    [InlineData(OrderSide.Buy, 50123.45, 0.1, 50113.4)]
    [InlineData(OrderSide.Sell, 50123.45, 0.1, 50133.5)]
    [InlineData(OrderSide.Buy, 100, 0.01, 99.98)]
    [InlineData(OrderSide.Sell, 100, 0.01, 100.02)]
    public void LimitPrice_TwoBasisPoints_RoundsToThePassiveSide(OrderSide side, double level, double tick, double expected) =>
        PrelevelCondition.LimitPrice(side, level, 2, tick).ShouldBe(expected, 1e-7);

    [Fact]
    public void Prelevel_ApproachTurnsBadOrLevelBroken_IsNone()
    {
        BreakoutFacts facts = Momentum(Shifted(-0.7)) with { Price = 99.8 };
        SetupDecision setup = PrelevelCondition.Judge(in facts, Rules, 0.01);
        setup.IsValid.ShouldBeTrue(setup.Refusal);
        setup.Entry.ShouldBe(99.98, 1e-9);
        setup.Stop.ShouldBeLessThan(setup.Entry);
        BreakoutFacts bad = facts with { IsApproachedWell = false };
        PrelevelCondition.Judge(in bad, Rules, 0.01).Refusal.ShouldBe("signal:prelevel:approach");
        BreakoutFacts broken = facts with { Price = 100 };
        PrelevelCondition.Judge(in broken, Rules, 0.01).Refusal.ShouldBe("signal:prelevel:broken");
    }

    [Theory]
    [InlineData(OrderSide.Sell, 2.5, OrderSide.Buy, 100.02, null)]
    [InlineData(OrderSide.Sell, 2.6, OrderSide.Buy, 100.02, "signal:density:eaten")]
    [InlineData(OrderSide.Buy, 2.5, OrderSide.Buy, 100.02, "signal:density:side")]
    [InlineData(OrderSide.Buy, 2.5, OrderSide.Sell, 99.98, null)]
    [InlineData(OrderSide.Sell, 2.5, OrderSide.Buy, 99.5, "signal:density:level")]
    [InlineData(OrderSide.Sell, 2.5, OrderSide.Buy, 100.6, "signal:density:level")]
    public void Density_EatenWall_IsEnteredOnItsOtherSide(OrderSide wallSide, double left, OrderSide side, double price, string? refusal)
    {
        Wall wall = new()
        {
            Side = wallSide,
            Low = new PriceTicks(1),
            High = new PriceTicks(2),
            Price = price,
            Size = left,
            InitialSize = 10,
            MaxSize = 10,
            Consumed = 7,
            Strength = 3,
            ThresholdRatio = 0.4,
            IsEaten = left <= 2.5,
            Since = default,
        };
        BreakoutFacts facts = Momentum(Shifted(-0.5)) with { Price = 100, Side = side, Atr = 1 };
        SetupDecision setup = DensityCondition.Judge(in facts, Rules, in wall, new DensitySettings());
        setup.Refusal.ShouldBe(refusal);
        if (refusal is null)
        {
            StopChoice.IsLosing(side, setup.Entry, setup.Stop).ShouldBeTrue();
            setup.Confidence.ShouldBe((0.4 * 0.925) + (0.3 * 7 / 7.5) + (0.2 * Math.Min(1, 12 / 14.0)), 1e-9);
        }
    }

    [Fact]
    public void RememberedBreakouts_SevenDays_AreKeptAndFoundWithinOnePercent()
    {
        RememberedBreakouts past = new();
        past.Add(100, OrderSide.Buy, Day(0));
        past.Add(100.5, OrderSide.Sell, Day(1));
        past.At(101, TimeSpan.FromDays(7), Day(1)).ShouldNotBeNull().Side.ShouldBe(OrderSide.Sell);
        past.At(99.4, TimeSpan.FromDays(7), Day(1)).ShouldNotBeNull().Side.ShouldBe(OrderSide.Buy);
        past.At(98.9, TimeSpan.FromDays(7), Day(1)).ShouldBeNull();
        past.At(99.4, TimeSpan.FromHours(23), Day(1)).ShouldBeNull();
        past.Add(50, OrderSide.Buy, Day(7.5));
        past.Count.ShouldBe(2);
        for (int i = 0; i < 300; i++)
        {
            past.Add(60, OrderSide.Buy, Day(7.5));
        }

        past.Count.ShouldBe(RememberedBreakouts.Capacity);
    }

    private static Timestamp Day(double days) => new((long)(days * 86400 * Timestamp.NanosPerSecond));

    private static string? Refusal(BreakoutFacts facts, BreakoutRules? rules = null) => MomentumCondition.Judge(in facts, rules ?? Rules).Refusal;

    private static PriceLevel Level(LevelKind kind, double price) => new()
    {
        Kind = kind,
        Price = price,
        Touches = 5,
        Strength = 0.9,
        FirstTouch = default,
        LastTouch = default,
        BaseHeight = double.NaN,
        KnownAt = default,
    };

    // Level 100, 40 bars rising 0.01 a bar, the last close 0.12 higher on a volume of 5000; lows 0.02 under the body.
    private static BarWindow Rising() => Shifted(0);

    private static BarWindow Shifted(double by)
    {
        BarWindow bars = new();
        for (int i = 0; i < 40; i++)
        {
            double open = 100 + by + (0.01 * i);
            double close = i == 39 ? open + 0.12 : open;
            bars.Add(new Ohlcv(open, close + 0.02, open - 0.02, close, i == 39 ? 5000 : 1000));
        }

        return bars;
    }

    private static BreakoutFacts Momentum(BarWindow bars) => new()
    {
        Level = Level(LevelKind.Resistance, 100),
        Score = 0.925,
        Side = OrderSide.Buy,
        Price = bars[0].Close,
        Bars = bars,
        Atr = 0.05,
    };

    private static BreakoutFacts Retest()
    {
        BarWindow bars = new();
        for (int i = 0; i < 20; i++)
        {
            bars.Add(new Ohlcv(50.6, 50.7, i == 19 ? 50.48 : 50.5, 50.55, i < 15 ? 13 : 12));
        }

        return new BreakoutFacts
        {
            Level = Level(LevelKind.Resistance, 50.5),
            Score = 0.725,
            Side = OrderSide.Buy,
            Price = 50.55,
            Bars = bars,
            Atr = 0.0448255981626 / 0.4,
            HoursSinceBreakout = 0.583333333333,
        };
    }
}
