using Harrier.Domain;
using Harrier.Engine;
using Harrier.Engine.Execution;
using Harrier.Engine.Risk;
using Harrier.Engine.Strategies;
using Harrier.Tests.Support;

namespace Harrier.Tests.Engine.Risk;

/// <summary>
/// Drawdown, breaker, rates, collar and sizes of the account, through engine and simulated venue. 10,000 on the account, positions of 100 units at 100:
/// each unit of price is 100 of equity. Vectors of systems.md 1.3 and 1.4.
/// </summary>
public sealed class AccountBreakerTests
{
    [Theory]
    [InlineData(new[] { 100.0, 120, 90 }, 0.25, false)]
    [InlineData(new[] { 100.0, 120, 89.9 }, 0.2508333333, true)]
    [InlineData(new[] { 100.0, 120, 130, 97.5 }, 0.25, false)]
    [InlineData(new[] { 100.0, 120, 130, 97.4 }, 0.2507692308, true)]
    public void Drawdown_OfExactlyTheLimit_IsStillAllowed(double[] prices, double drawdown, bool halts)
    {
        PositionRig rig = Long(new RiskLimits { MaxDrawdown = 0.25m });
        foreach (double price in prices)
        {
            rig.Price((decimal)price);
        }

        ((double)Reading(rig, DenyRule.MaxDrawdown).Value).ShouldBe(drawdown, 1e-9);
        (rig.Engine.Risk.State == TradingState.Halted).ShouldBe(halts);
    }

    // Acceptance 3 of systems.md 6.1: the money paid in is the first peak.
    [Fact]
    public void Drawdown_FromThePaidInEquity_IsSeen()
    {
        PositionRig rig = Long(new RiskLimits { MaxDrawdown = 0.5m });
        rig.Price(70);
        Reading(rig, DenyRule.MaxDrawdown).Value.ShouldBe(0.3m);
    }

    [Fact]
    public void Drawdown_LatchesUntilTheOperatorResetsIt()
    {
        PositionRig rig = Long(new RiskLimits { MaxDrawdown = 0.25m, OnDrawdown = LimitAction.Flatten });
        rig.Price(120).Price(95).Price(89).Price(89);
        rig.Alerts.Select(static alert => alert.Kind).ShouldBe([AlertKind.DrawdownNear, AlertKind.DrawdownReached]);
        (rig.Trips.ShouldHaveSingleItem().ExitReason, rig.Held.IsFlat).ShouldBe((OrderPurpose.MaxDrawdown, true));

        rig.Wait(TimeSpan.FromDays(3));
        rig = rig.Reborn();
        rig.Operate(OperatorAction.Resume);
        rig.Operate(OperatorAction.ResetKillSwitch);
        DenyReason refusal = rig.Enter(OrderSide.Buy, 60).Refusal;
        (refusal.Rule, refusal.Limit, rig.Engine.Risk.State).ShouldBe((DenyRule.MaxDrawdown, 0.25m, TradingState.Halted));
        ((double)refusal.Value).ShouldBe(3100.0 / 12000, 1e-12);

        rig.Operate(OperatorAction.ResetDrawdown);
        rig.Engine.Risk.State.ShouldBe(TradingState.Active);
        Reading(rig, DenyRule.MaxDrawdown).Value.ShouldBe(0);
        rig.Enter(OrderSide.Buy, 60).IsSent.ShouldBeTrue();
    }

    [Fact]
    public void LossesInARow_PauseForTheirTimeToTheMillisecond()
    {
        PositionRig rig = Flat(new RiskLimits { MaxLossesInARow = 5 });
        for (int loss = 1; loss <= 4; loss++)
        {
            EndAt(rig, 99);
        }

        (Reading(rig, DenyRule.LossesInARow).State, rig.Alerts.ShouldHaveSingleItem().Kind).ShouldBe((LimitState.Near, AlertKind.LossesInARowNear));
        EndAt(rig, 99);
        rig.Engine.Risk.State.ShouldBe(TradingState.Reducing);
        rig.Enter(OrderSide.Buy, 60).Refusal.ShouldBe(new DenyReason(DenyRule.LossesInARow, 5, 5));

        rig.Wait(rig.Trips[^1].ExitTime + TimeSpan.FromMinutes(60) + TimeSpan.FromMilliseconds(-1) - rig.Now);
        rig.Engine.Risk.State.ShouldBe(TradingState.Reducing);
        rig = rig.Reborn();
        rig.Wait(TimeSpan.FromMilliseconds(1));
        rig.Engine.Risk.State.ShouldBe(TradingState.Active);
        Reading(rig, DenyRule.LossesInARow).Value.ShouldBe(0);
        EndAt(rig, 99);
        Reading(rig, DenyRule.LossesInARow).Value.ShouldBe(1);
        EndAt(rig, 101);
        Reading(rig, DenyRule.LossesInARow).Value.ShouldBe(0);
    }

    // Acceptance 2 of systems.md 6.1.
    [Fact]
    public void LossesInARow_OfTradesThatBreakEven_DoNotTrip()
    {
        PositionRig rig = Flat(new RiskLimits { MaxLossesInARow = 5 });
        for (int i = 0; i < 4; i++)
        {
            EndAt(rig, 99);
        }

        for (int i = 0; i < 6; i++)
        {
            EndAt(rig, 100);
        }

        rig.Trips.Count(static trip => trip.Pnl == 0).ShouldBe(6);
        rig.Engine.Risk.State.ShouldBe(TradingState.Active);

        // They neither count nor reset: the next loss is the fifth.
        EndAt(rig, 99);
        rig.Engine.Risk.State.ShouldBe(TradingState.Reducing);
    }

    [Fact]
    public void TradeRate_CountsTheEndsOfTheLastHour()
    {
        PositionRig rig = Flat(new RiskLimits { MaxTradesPerHour = 20 });
        for (int trade = 0; trade < 19; trade++)
        {
            EndAt(rig, 101);
        }

        rig.Engine.Risk.State.ShouldBe(TradingState.Active);
        rig.Alerts.ShouldHaveSingleItem().Kind.ShouldBe(AlertKind.TradeRateNear);
        EndAt(rig, 101);
        rig.Enter(OrderSide.Buy, 60).Refusal.ShouldBe(new DenyReason(DenyRule.TradeRate, 20, 20));

        // An hour after the first, 19 remain.
        Timestamp frees = rig.Trips[0].ExitTime + TimeSpan.FromHours(1);
        Reading(rig, DenyRule.TradeRate).EndsAt.ShouldBe(frees);
        rig.Wait(frees - rig.Now + TimeSpan.FromMilliseconds(-1));
        rig = rig.Reborn();
        rig.Engine.Risk.State.ShouldBe(TradingState.Reducing);
        rig.Wait(TimeSpan.FromMilliseconds(1));
        (rig.Engine.Risk.State, Reading(rig, DenyRule.TradeRate).Value).ShouldBe((TradingState.Active, 19));
    }

    [Fact]
    public void OrderRate_BoundsEntriesOfAMinute_AndNoExit()
    {
        PositionRig rig = Flat(new RiskLimits { MaxOrdersPerMinute = 2 }, instruments: 3);
        rig.Enter(OrderSide.Buy, 60).IsSent.ShouldBeTrue();
        rig.Enter(OrderSide.Buy, 60, instrument: 1).IsSent.ShouldBeTrue();
        rig.Enter(OrderSide.Buy, 60, instrument: 2).Refusal.ShouldBe(new DenyReason(DenyRule.OrderRate, 2, 2));
        rig.Bar(At(100), At(100), At(100));
        rig.Held.IsFlat.ShouldBeFalse();
        rig = rig.Reborn();
        rig.Enter(OrderSide.Buy, 60, instrument: 2).IsSent.ShouldBeTrue();
        Leave(rig);
        rig.Bar(At(100), At(100), At(100));
        rig.Held.IsFlat.ShouldBeTrue();
    }

    [Fact]
    public void PriceCollar_RefusesWhatCosts()
    {
        PositionRig rig = Flat(new RiskLimits { PriceCollar = 0.05m }).Prices(100, 5);
        rig.Enter(OrderSide.Buy, 60, 106).Refusal.ShouldBe(new DenyReason(DenyRule.PriceCollar, 0.06m, 0.05m));
        rig.Enter(OrderSide.Sell, 160, 94).Refusal.ShouldBe(new DenyReason(DenyRule.PriceCollar, 0.06m, 0.05m));
        rig.Enter(OrderSide.Buy, 60, 90).IsSent.ShouldBeTrue();

        // One close at three times the price is no price to buy at; a market that stays there is.
        rig = Flat(new RiskLimits { PriceCollar = 0.05m }).Prices(100, 5).Price(300);
        rig.Enter(OrderSide.Buy, 60).Refusal.ShouldBe(new DenyReason(DenyRule.PriceCollar, 2m, 0.05m));
        rig = rig.Reborn();
        rig.Price(300);
        rig.Enter(OrderSide.Buy, 60).Refusal.Rule.ShouldBe(DenyRule.PriceCollar);
        rig.Price(300);
        rig.Enter(OrderSide.Buy, 260).IsSent.ShouldBeTrue();
    }

    [Fact]
    public void Sizes_AreBoundedByTheEquityOfTheAccount()
    {
        Flat(new RiskLimits { MaxPositionFraction = 0.5m }).Enter(OrderSide.Buy, 60).Refusal.ShouldBe(new DenyReason(DenyRule.MaxPositionFraction, 10_000, 5_000));
        Flat(new RiskLimits { MaxPositionFraction = 1 }).Enter(OrderSide.Buy, 60).IsSent.ShouldBeTrue();

        // What works counts: 10,000 that is held, 9,000 that waits, 10,000 more.
        foreach ((RiskLimits limits, DenyRule rule, decimal limit) in (IEnumerable<(RiskLimits, DenyRule, decimal)>)
            [(new RiskLimits { MaxExposure = 28_000 }, DenyRule.MaxExposure, 28_000), (new RiskLimits { MaxLeverage = 2.8m }, DenyRule.MaxLeverage, 28_000)])
        {
            PositionRig rig = Flat(limits, instruments: 3);
            rig.Enter(OrderSide.Buy, 60).IsSent.ShouldBeTrue();
            rig.Bar(At(100), At(100), At(100));
            rig.Enter(OrderSide.Buy, 60, 90, instrument: 1).IsSent.ShouldBeTrue();
            rig.Enter(OrderSide.Buy, 60, instrument: 2).Refusal.ShouldBe(new DenyReason(rule, 29_000, limit));
            rig.Engine.Risk.Exposure.ShouldBe(10_000);
        }
    }

    [Fact]
    public void DailyLoss_CountsFeesAndFunding()
    {
        PositionRig rig = Flat(new RiskLimits { MaxDailyLoss = 0.002m }, fills: BacktestScenario.Free with { Leverage = 10, TakerFeeRate = 0.001m });
        rig.Enter(OrderSide.Buy, 60).IsSent.ShouldBeTrue();
        rig.Price(100);

        // 10,000 traded at 10 bps: 10 of 10,000. Then funding of 0.1 %: 10 more.
        Reading(rig, DenyRule.DailyLoss).Value.ShouldBe(0.001m);
        rig.Engine.Risk.State.ShouldBe(TradingState.Active);
        Timestamp now = rig.Now + TimeSpan.FromSeconds(1);
        rig.Engine.Process(new MarketEvent
        {
            ExchangeTime = now,
            ReceivedTime = now,
            Price = rig.Instruments[0].ToTicks(100),
            Rate = 0.001,
            Instrument = rig.Instruments[0].Id,
            Kind = MarketEventKind.Funding,
        });
        (Reading(rig, DenyRule.DailyLoss).Value, rig.Engine.Risk.State).ShouldBe((0.002m, TradingState.Reducing));
    }

    [Fact]
    public void DailyLoss_ByAnotherClock_EndsAtItsMidnight()
    {
        TimeZoneInfo east = TimeZoneInfo.CreateCustomTimeZone("east", TimeSpan.FromHours(5), "east", "east");
        PositionRig rig = Long(new RiskLimits { MaxDailyLoss = 0.05m, DayZone = east });
        rig.Price(94);
        Timestamp midnight = new(TimeSpan.FromHours(19).Ticks * 100);
        Reading(rig, DenyRule.DailyLoss).EndsAt.ShouldBe(midnight);
        rig.Wait(midnight - rig.Now);
        rig = rig.Reborn();
        rig.Engine.Risk.State.ShouldBe(TradingState.Reducing);
        rig.Wait(TimeSpan.FromMilliseconds(1));
        rig.Engine.Risk.State.ShouldBe(TradingState.Active);
    }

    // Acceptance 20 of systems.md 6.1.
    [Fact]
    public void Stop_ClosesWhileDrawdownAndDailyLossAreBroken()
    {
        PositionRig rig = Long(new RiskLimits { MaxDrawdown = 0.1m, MaxDailyLoss = 0.05m, MaxTradesPerHour = 1, MaxOrdersPerMinute = 1, PriceCollar = 0.01m, MaxLeverage = 0.1m + 0.9m });
        rig.Price(70);
        rig.Engine.Risk.State.ShouldBe(TradingState.Halted);
        rig.Price(59);
        (rig.Trips.ShouldHaveSingleItem().ExitReason, rig.Held.IsFlat).ShouldBe((OrderPurpose.StopLoss, true));
    }

    [Fact]
    public void Explain_ShowsEveryGate_AlsoBehindTheFirstThatRefuses()
    {
        PositionRig rig = Flat(new RiskLimits { MaxPositionFraction = 0.5m, MaxLeverage = 0.9m, MaxTradesPerHour = 20 });
        OrderIntent entry = new() { Instrument = rig.Instruments[0].Id, Side = OrderSide.Buy, Type = OrderType.Market, Size = rig.Instruments[0].ToLots(100) };
        byte[] before = rig.Engine.Save();

        IReadOnlyList<GateReading> gates = rig.Engine.Risk.Explain(new BotId(0), in entry, rig.Working);

        rig.Engine.Save().ShouldBe(before);
        gates.Where(static gate => !gate.Passes).ShouldBe(
        [
            new GateReading(DenyRule.MaxPositionFraction, 10_000, 5_000, false, GateBound.UpTo),
            new GateReading(DenyRule.MaxLeverage, 10_000, 9_000, false, GateBound.UpTo),
        ]);
        gates.ShouldContain(new GateReading(DenyRule.TradeRate, 0, 20, true, GateBound.Below));
        gates.ShouldContain(new GateReading(DenyRule.MaxExposure, 0, null, true, GateBound.UpTo));
    }

    private static LimitReading Reading(PositionRig rig, DenyRule rule) => rig.Engine.Risk.Standing.Where(one => one.Rule == rule).ShouldHaveSingleItem();

    private static (decimal, decimal, decimal, decimal) At(decimal price) => (price, price, price, price);

    private static PositionRig Flat(RiskLimits limits, int instruments = 1, Harrier.Simulation.Fills.FillOptions? fills = null)
    {
        PositionRig rig = new PositionRig(new PositionRigOptions
        {
            Limits = limits,
            Rules = null,
            Sizing = new PositionSizing(SizingMethod.BaseAmount, 100),
            Instruments = instruments,
            Fills = fills ?? new PositionRigOptions().Fills,
        }).Deposit(10_000);
        return rig.Bar([.. Enumerable.Repeat(At(100), instruments)]);
    }

    private static PositionRig Long(RiskLimits limits)
    {
        PositionRig rig = Flat(limits);
        rig.Enter(OrderSide.Buy, 60).IsSent.ShouldBeTrue();
        rig.Price(100);
        rig.Held.Size.Value.ShouldBe(10_000);
        return rig;
    }

    private static void Leave(PositionRig rig) => rig.Puppet.Order(new OrderIntent
    {
        Instrument = rig.Instruments[0].Id,
        Side = OrderSide.Sell,
        Type = OrderType.Market,
        Size = rig.Held.Size,
        ReduceOnly = true,
    });

    // A position from 100 to another price, on three bars.
    private static void EndAt(PositionRig rig, decimal price)
    {
        rig.Price(100);
        rig.Enter(OrderSide.Buy, 60).IsSent.ShouldBeTrue();
        rig.Price(100);
        Leave(rig);
        rig.Price(price);
        rig.Held.IsFlat.ShouldBeTrue();
    }
}
