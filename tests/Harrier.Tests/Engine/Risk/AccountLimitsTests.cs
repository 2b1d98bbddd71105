using Harrier.Domain;
using Harrier.Engine;
using Harrier.Engine.Positions;
using Harrier.Engine.Risk;
using Harrier.Engine.Strategies;
using Harrier.Tests.Support;

namespace Harrier.Tests.Engine.Risk;

/// <summary>Limits of the account through engine and simulated venue: 10,000 on the account, and a long of 100 units at 100 with its stop far away.</summary>
public sealed class AccountLimitsTests
{
    [Theory]
    [InlineData(82.1, false)]
    [InlineData(82.0, true)]
    public void KillSwitch_FiresAtItsLossFromThePeak(double price, bool fires)
    {
        PositionRig rig = Long(new RiskLimits { KillSwitchLoss = 0.18m });
        rig.Price((decimal)price);
        (rig.Engine.Risk.State == TradingState.Halted).ShouldBe(fires);
        rig.Purposes.Contains(OrderPurpose.KillSwitch).ShouldBe(fires);
        rig.Alerts.Any(alert => alert.Kind == AlertKind.KillSwitchFired).ShouldBe(fires);
        rig.Alerts.Any(alert => alert.Kind == AlertKind.KillSwitchNear).ShouldBe(!fires);
    }

    [Fact]
    public void KillSwitch_LatchesUntilTheOperatorResetsIt()
    {
        PositionRig rig = Long(new RiskLimits { KillSwitchLoss = 0.18m });
        rig.Price(110).Price(90.2m);
        rig.Price(90.2m);
        RoundTrip trip = rig.Trips.ShouldHaveSingleItem();
        (trip.ExitReason, trip.Pnl).ShouldBe((OrderPurpose.KillSwitch, -980m));
        rig.Working.ShouldBeEmpty();

        // Neither a better price, nor a new day, nor a restart, nor the end of a halt ends it: 11,000 to 9,020 were lost.
        rig.Price(200).Wait(TimeSpan.FromDays(2));
        rig = rig.Reborn();
        rig.Operate(OperatorAction.Resume);
        rig.Enter(OrderSide.Buy, 50).Refusal.ShouldBe(new DenyReason(DenyRule.KillSwitch, 0.18m, 0.18m));
        rig.Engine.Risk.State.ShouldBe(TradingState.Halted);

        rig.Operate(OperatorAction.ResetKillSwitch);
        rig.Engine.Risk.State.ShouldBe(TradingState.Active);
        rig.Enter(OrderSide.Buy, 150).IsSent.ShouldBeTrue();
    }

    [Fact]
    public void KillSwitch_ThatOnlyRefuses_LeavesPositionsToTheirStops()
    {
        PositionRig rig = Long(new RiskLimits { KillSwitchLoss = 0.18m, OnKillSwitch = LimitAction.Refuse });
        rig.Price(80).Price(80);
        rig.Held.IsFlat.ShouldBeFalse();
        rig.Purposes.ShouldBe([OrderPurpose.StopLoss]);

        // A stop closes the position though every entry is barred.
        rig.Price(59);
        rig.Trips.ShouldHaveSingleItem().ExitReason.ShouldBe(OrderPurpose.StopLoss);
    }

    [Fact]
    public void KillSwitch_WhenItFires_CancelsEntriesThatWork()
    {
        PositionRig rig = Long(new RiskLimits { KillSwitchLoss = 0.18m }, instruments: 2);
        rig.Enter(OrderSide.Buy, 40, 50, instrument: 1).IsSent.ShouldBeTrue();
        rig.Price(80);
        rig.Purposes.ShouldNotContain(OrderPurpose.Signal);
    }

    [Fact]
    public void KillSwitch_AfterAWithdrawal_CountsTheSameFraction()
    {
        PositionRig rig = new PositionRig(Options(new RiskLimits { KillSwitchLoss = 0.18m })).Deposit(10_000).Price(100);
        rig.Deposit(-5_000);
        rig.Engine.Risk.State.ShouldBe(TradingState.Active);
    }

    [Fact]
    public void DailyLoss_BarsEntriesForTheRestOfTheDay()
    {
        PositionRig rig = Long(new RiskLimits { MaxDailyLoss = 0.05m });
        rig.Price(96);
        rig.Alerts.ShouldHaveSingleItem().Kind.ShouldBe(AlertKind.DailyLossNear);
        rig.Price(95);
        rig.Engine.Risk.State.ShouldBe(TradingState.Reducing);
        rig.Held.IsFlat.ShouldBeFalse();

        // Won back, and barred still; then the next day, counted from what was there at midnight.
        rig.Price(120);
        rig.Engine.Risk.Barred.ShouldBe(new DenyReason(DenyRule.DailyLoss, 0.05m, 0.05m));
        rig.Wait(TimeSpan.FromDays(1));
        rig.Engine.Risk.State.ShouldBe(TradingState.Active);
        rig.Price(114.1m);
        rig.Engine.Risk.State.ShouldBe(TradingState.Active);
        rig.Price(114);
        rig.Engine.Risk.State.ShouldBe(TradingState.Reducing);
    }

    [Fact]
    public void DailyLoss_CountsFundingThatTheVenueTook_OnceForEachPayment()
    {
        PositionRig rig = Long(new RiskLimits { MaxDailyLoss = 0.05m });
        decimal equity = rig.Engine.Portfolio.Equity(default);
        rig.Funded("1", 300).Funded("1", 300);
        (rig.Engine.Portfolio.Equity(default), rig.Engine.Risk.State).ShouldBe((equity - 300, TradingState.Active));
        rig.Funded("2", -50).Funded("3", 250);
        (rig.Engine.Portfolio.Equity(default), rig.Engine.Risk.State).ShouldBe((equity - 500, TradingState.Reducing));
        rig.Engine.Portfolio.Ledger.Sum(0).ShouldBe(0);
    }

    [Fact]
    public void DailyLoss_ThatFlattens_ClosesWhatIsOpen()
    {
        PositionRig rig = Long(new RiskLimits { MaxDailyLoss = 0.05m, OnDailyLoss = LimitAction.Flatten });
        rig.Price(94).Price(94);
        rig.Trips.ShouldHaveSingleItem().ExitReason.ShouldBe(OrderPurpose.DailyLoss);
    }

    [Fact]
    public void Stop_ClosesWhileEveryLimitIsBroken()
    {
        PositionRig rig = Long(new RiskLimits { MaxDailyLoss = 0.05m, KillSwitchLoss = 0.1m, OnKillSwitch = LimitAction.Refuse, MaxPositions = 1, MaxLossesInARow = 1 });
        rig.Price(70);
        rig.Operate(OperatorAction.Halt);
        rig.Enter(OrderSide.Buy, 50).Refusal.Rule.ShouldBe(DenyRule.PositionOpen);
        rig.Price(59);
        (rig.Trips.ShouldHaveSingleItem().ExitReason, rig.Held.IsFlat).ShouldBe((OrderPurpose.StopLoss, true));
    }

    [Fact]
    public void LossesInARow_PauseEntries()
    {
        PositionRig rig = new PositionRig(Options(new RiskLimits { MaxLossesInARow = 2, LossPause = TimeSpan.FromMinutes(5) })).Deposit().Price(100);
        Lose(rig);
        rig.Engine.Risk.State.ShouldBe(TradingState.Active);
        Lose(rig);
        rig.Engine.Risk.State.ShouldBe(TradingState.Reducing);
        rig.Enter(OrderSide.Buy, 99).Refusal.ShouldBe(new DenyReason(DenyRule.LossesInARow, 2, 2));
        rig = rig.Reborn();
        rig.Prices(100, 5);
        rig.Enter(OrderSide.Buy, 99).IsSent.ShouldBeTrue();
    }

    [Fact]
    public void LossesInARow_AreForgottenWithAGain()
    {
        PositionRig rig = new PositionRig(Options(new RiskLimits { MaxLossesInARow = 2 }) with { Rules = Both }).Deposit().Price(100);
        Lose(rig);
        rig.Enter(OrderSide.Buy, 99);
        rig.Price(100).Price(103);
        rig.Trips[^1].Pnl.ShouldBePositive();
        rig.Price(100);
        Lose(rig);
        rig.Engine.Risk.State.ShouldBe(TradingState.Active);
    }

    [Fact]
    public void MaxPositions_CountsThoseBeingOpened()
    {
        PositionRig rig = new PositionRig(Options(new RiskLimits { MaxPositions = 2 }) with { Instruments = 3 }).Deposit(1_000_000);
        rig.Bar(Flat(100), Flat(100), Flat(100));
        rig.Enter(OrderSide.Buy, 99);
        rig.Bar(Flat(100), Flat(100), Flat(100));
        rig.Enter(OrderSide.Buy, 98, 99, instrument: 1).IsSent.ShouldBeTrue();
        rig.Enter(OrderSide.Buy, 99, instrument: 2).Refusal.ShouldBe(new DenyReason(DenyRule.MaxPositions, 2, 2));
    }

    [Fact]
    public void Correlation_OfAnEntryWithAPosition_IsBoundedInTheDirectionOfBoth()
    {
        PositionRig rig = new PositionRig(Options(new RiskLimits { MaxCorrelation = 0.9, CorrelationBars = 4 }) with { Instruments = 3 }).Deposit(1_000_000);
        rig.Bar(Flat(100), Flat(200), Flat(100));
        rig.Enter(OrderSide.Buy, 50);

        // The second moves with the first, the third against it.
        foreach (int step in (int[])[110, 99, 120])
        {
            rig.Bar(Flat(step), Flat(2 * step), Flat(200 - step));
        }

        rig.Enter(OrderSide.Buy, 50, instrument: 1).Refusal.ShouldBe(new DenyReason(DenyRule.CorrelationUnknown, 3, 4));
        rig = rig.Reborn();
        rig.Bar(Flat(115), Flat(230), Flat(85));
        DenyReason refusal = rig.Enter(OrderSide.Buy, 50, instrument: 1).Refusal;
        (refusal.Rule, refusal.Limit).ShouldBe((DenyRule.Correlation, 0.9m));
        ((double)refusal.Value).ShouldBe(1, 1e-9);
        rig.Enter(OrderSide.Sell, 190, instrument: 2).Refusal.Rule.ShouldBe(DenyRule.Correlation);
        rig.Enter(OrderSide.Sell, 300, instrument: 1).IsSent.ShouldBeTrue();
    }

    [Theory]
    [InlineData("MaxPositions")]
    [InlineData("MaxDailyLoss")]
    [InlineData("MaxCorrelation")]
    [InlineData("CorrelationBars")]
    [InlineData("MaxLossesInARow")]
    [InlineData("LossPause")]
    [InlineData("KillSwitchLoss")]
    public void Limits_OutOfRange_AreRefusedByName(string name)
    {
        RiskLimits limits = name switch
        {
            "MaxPositions" => new RiskLimits { MaxPositions = 0 },
            "MaxDailyLoss" => new RiskLimits { MaxDailyLoss = 0 },
            "MaxCorrelation" => new RiskLimits { MaxCorrelation = 1.1 },
            "CorrelationBars" => new RiskLimits { CorrelationBars = 1 },
            "MaxLossesInARow" => new RiskLimits { MaxLossesInARow = 0 },
            "LossPause" => new RiskLimits { LossPause = default },
            _ => new RiskLimits { KillSwitchLoss = 1.5m },
        };
        Should.Throw<ArgumentException>(() => new PositionRig(Options(limits))).ParamName.ShouldBe(name);
    }

    private static readonly ExitRules Both = new()
    {
        FirstTarget = new ProfitTarget(1, 1),
        SecondTarget = null,
        TimeStop = null,
    };

    private static (decimal, decimal, decimal, decimal) Flat(decimal price) => (price, price, price, price);

    private static PositionRigOptions Options(RiskLimits limits) => new()
    {
        Limits = limits,
        Rules = null,
        Sizing = new PositionSizing(SizingMethod.BaseAmount, 100),
    };

    private static PositionRig Long(RiskLimits limits, int instruments = 1)
    {
        PositionRig rig = new PositionRig(Options(limits) with { Instruments = instruments }).Deposit(10_000);
        rig.Bar([.. Enumerable.Repeat(Flat(100), instruments)]);
        rig.Enter(OrderSide.Buy, 60).IsSent.ShouldBeTrue();
        rig.Price(100);
        rig.Held.Size.Value.ShouldBe(10_000);
        return rig;
    }

    private static void Lose(PositionRig rig)
    {
        rig.Enter(OrderSide.Buy, 99).IsSent.ShouldBeTrue();
        rig.Price(100).Price(98).Price(100);
    }
}
