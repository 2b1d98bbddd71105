using Harrier.Domain;
using Harrier.Engine.Execution;
using Harrier.Engine.Positions;
using Harrier.Features;
using Harrier.Features.Indicators;
using Harrier.Tests.Support;

namespace Harrier.Tests.Engine.Positions;

/// <summary>How the platform leaves planned positions: the vectors of the breakout system, through engine and simulated venue. Entry 100, stop 99: 1 R is 1.</summary>
public sealed class ExitRulesTests
{
    private static readonly ExitRules Targets = new() { TimeStop = null, MaxHold = null, NoProgressAfter = null, PanicDrop = null };
    private static readonly ExitRules TimesOnly = new() { FirstTarget = null, SecondTarget = null, TimeStop = null, MaxHold = null, NoProgressAfter = null, PanicDrop = null };

    [Fact]
    public void Targets_OfAContract_RestAtTheirMultiplesOfTheInitialRisk()
    {
        PositionRig rig = Entered(Targets);
        (OrderIntent first, OrderIntent second) = (rig.Order(OrderPurpose.FirstTarget), rig.Order(OrderPurpose.SecondTarget));
        (first.Limit.Value, first.Size.Value, first.ReduceOnly).ShouldBe((1016, 40, true));
        (second.Limit.Value, second.Size.Value, second.ReduceOnly).ShouldBe((1030, 35, true));

        rig.Bar((100.2m, 101.7m, 100.2m, 101.7m));
        rig.Held.Size.Value.ShouldBe(60);
        OrderIntent stop = rig.Order(OrderPurpose.BreakevenStop);
        (stop.Trigger.Value, stop.Size.Value).ShouldBe((1001, 60));
        rig.Purposes.ShouldNotContain(OrderPurpose.StopLoss);

        rig.Bar((101.7m, 102.9m, 101.7m, 102.9m));
        rig.Held.Size.Value.ShouldBe(60);
        rig.Order(OrderPurpose.SecondTarget).Limit.Value.ShouldBe(1030);
        rig.Bar((102.9m, 103.1m, 102.9m, 103));
        rig.Held.Size.Value.ShouldBe(25);

        rig.Bar((103, 103, 100, 100));
        RoundTrip trip = rig.Trips.ShouldHaveSingleItem();
        trip.ExitReason.ShouldBe(OrderPurpose.BreakevenStop);
        trip.InitialRisk.ShouldBe(1m);
        trip.Pnl.ShouldBe((0.40m * 1.6m) + (0.35m * 3) + (0.25m * 0.1m));
        rig.Working.ShouldBeEmpty();
    }

    [Fact]
    public void Targets_OfAShort_AreMirrored()
    {
        PositionRig rig = Entered(Targets, OrderSide.Sell, 101);
        rig.Order(OrderPurpose.FirstTarget).Limit.Value.ShouldBe(984);
        rig.Order(OrderPurpose.SecondTarget).Limit.Value.ShouldBe(970);
        rig.Bar((99.8m, 99.8m, 98.3m, 98.4m));
        rig.Held.Size.Value.ShouldBe(-60);
        rig.Order(OrderPurpose.BreakevenStop).Trigger.Value.ShouldBe(999);
    }

    [Theory]
    [InlineData(OrderSide.Buy, 1010, 1020)]
    [InlineData(OrderSide.Sell, 990, 980)]
    public void Targets_AtOneAndTwoR_EndThePosition(OrderSide side, long first, long second)
    {
        ExitRules halves = Targets with { FirstTarget = new ProfitTarget(1, 0.5m), SecondTarget = new ProfitTarget(2, 0.5m) };
        PositionRig rig = Entered(halves, side, side == OrderSide.Buy ? 99 : 101);
        (rig.Order(OrderPurpose.FirstTarget).Limit.Value, rig.Order(OrderPurpose.FirstTarget).Size.Value).ShouldBe((first, 50));
        (rig.Order(OrderPurpose.SecondTarget).Limit.Value, rig.Order(OrderPurpose.SecondTarget).Size.Value).ShouldBe((second, 50));
        int sign = side == OrderSide.Buy ? 1 : -1;
        rig.Price(100 + (sign * 1.1m)).Price(100 + (sign * 2.1m));
        rig.Trips.ShouldHaveSingleItem().ExitReason.ShouldBe(OrderPurpose.SecondTarget);
        rig.Working.ShouldBeEmpty();
    }

    [Fact]
    public void Targets_OnSpot_AreWatchedBesideTheOnlyOrder()
    {
        PositionRig rig = Entered(Targets, kind: InstrumentKind.Spot);
        rig.Working.ShouldHaveSingleItem().Intent.Purpose.ShouldBe(OrderPurpose.StopLoss);
        rig.Price(101.5m);
        rig.Working.ShouldHaveSingleItem();

        // At its price: what leaves is taken out of the stop before it is offered.
        rig.Price(101.6m);
        rig.Order(OrderPurpose.FirstTarget).Size.Value.ShouldBe(40);
        rig.Order(OrderPurpose.StopLoss).Size.Value.ShouldBe(60);
        rig.Price(101.6m);
        rig.Held.Size.Value.ShouldBe(60);
        (rig.Order(OrderPurpose.BreakevenStop).Trigger.Value, rig.Order(OrderPurpose.BreakevenStop).Size.Value).ShouldBe((1001, 60));

        rig.Price(102.9m).Working.ShouldHaveSingleItem();
        rig.Price(103).Price(103);
        rig.Held.Size.Value.ShouldBe(25);
        rig.Order(OrderPurpose.BreakevenStop).Size.Value.ShouldBe(25);
    }

    [Fact]
    public void Breakeven_WithoutADistance_IsTheEntry()
    {
        PositionRig rig = Entered(Targets with { Breakeven = 0 });
        rig.Bar((100.2m, 101.7m, 100.2m, 101.7m));
        rig.Order(OrderPurpose.BreakevenStop).Trigger.Value.ShouldBe(1000);
    }

    [Fact]
    public void Chandelier_AfterBreakeven_FollowsAndNeverGoesBack()
    {
        ChandelierExit expected = new(22, 2.5);
        PositionRig rig = new PositionRig(new PositionRigOptions { Rules = Targets with { SecondTarget = null } }).Deposit();
        double Next(decimal price, decimal up = 0.1m)
        {
            rig.Bar((price, price + up, price - 0.1m, price));
            expected.Update(new Ohlcv((double)price, (double)(price + up), (double)(price - 0.1m), (double)price, 1, default));
            return expected.LongStop;
        }

        for (int i = 0; i < 22; i++)
        {
            Next(100);
        }

        rig.Enter(OrderSide.Buy, 99);
        Next(100);
        rig.Order(OrderPurpose.StopLoss).Trigger.Value.ShouldBe(990);
        Next(101.6m, 0.2m);
        Next(103);
        double follows = Next(105);
        follows.ShouldBeGreaterThan(100.1);
        rig.Order(OrderPurpose.Chandelier).Trigger.Value.ShouldBe((long)Math.Floor(follows * 10));

        long stands = rig.Order(OrderPurpose.Chandelier).Trigger.Value;
        Next(104.5m).ShouldBeLessThan(follows);
        rig.Order(OrderPurpose.Chandelier).Trigger.Value.ShouldBe(stands);
        rig.Price(100);
        rig.Trips.ShouldHaveSingleItem().ExitReason.ShouldBe(OrderPurpose.Chandelier);
    }

    [Fact]
    public void TimeStop_IsStrict()
    {
        PositionRig rig = Entered(TimesOnly with { TimeStop = TimeSpan.FromMinutes(180) });
        rig.Prices(100, 179);
        (rig.Now - rig.Held.EntryTime).ShouldBe(TimeSpan.FromMinutes(180));
        rig.Working.ShouldHaveSingleItem().Intent.Purpose.ShouldBe(OrderPurpose.StopLoss);
        rig.Wait(TimeSpan.FromSeconds(6));
        rig.Order(OrderPurpose.TimeStop).ReduceOnly.ShouldBeTrue();
        rig.Price(100);
        rig.Trips.ShouldHaveSingleItem().ExitReason.ShouldBe(OrderPurpose.TimeStop);
    }

    [Fact]
    public void MaxHold_IsAskedBeforeTheTimeStop()
    {
        PositionRig rig = Entered(TimesOnly with { TimeStop = TimeSpan.FromHours(24), MaxHold = TimeSpan.FromHours(24) });
        rig.Wait(TimeSpan.FromHours(23.9));
        rig.Working.ShouldHaveSingleItem();
        rig.Wait(TimeSpan.FromHours(1.1));
        rig.Order(OrderPurpose.MaxHold).Size.Value.ShouldBe(100);
    }

    [Theory]
    [InlineData(100.2, true)]
    [InlineData(100.3, false)]
    public void NoProgress_AfterEightHours_LeavesBelowItsMultiple(double price, bool leaves)
    {
        PositionRig rig = Entered(TimesOnly with { NoProgressAfter = TimeSpan.FromHours(8) });
        rig.Price((decimal)price).Wait(TimeSpan.FromHours(7.9));
        rig.Working.ShouldHaveSingleItem();
        rig.Wait(TimeSpan.FromHours(0.2));
        rig.Purposes.Contains(OrderPurpose.NoProgress).ShouldBe(leaves);
    }

    [Fact]
    public void Position_GoingWell_GrowsOnceAndKeepsItsRisk()
    {
        PositionRig rig = new PositionRig(new PositionRigOptions { Rules = Targets with { AddOn = new AddOnRule() } }).Deposit().Prices(100, 9);
        rig.Enter(OrderSide.Buy, 99);
        rig.Price(100).Price(100.4m).Price(100.4m);
        rig.Held.Size.Value.ShouldBe(100);

        // 0.5 R, 0.2 % above the mean of nine bars.
        rig.Price(100.5m);
        rig.Order(OrderPurpose.AddOn).Size.Value.ShouldBe(30);
        rig.Prices(100.5m, 3);
        rig.Held.Size.Value.ShouldBe(130);
        rig.Held.InitialRisk.ShouldBe(1m);
        rig.Order(OrderPurpose.StopLoss).Size.Value.ShouldBe(130);
        rig.Order(OrderPurpose.FirstTarget).Limit.Value.ShouldBe(1016);
        rig.Purposes.ShouldNotContain(OrderPurpose.AddOn);
    }

    [Fact]
    public void Position_FarFromItsMean_DoesNotGrow()
    {
        PositionRig rig = new PositionRig(new PositionRigOptions { Rules = Targets with { AddOn = new AddOnRule() } }).Deposit().Prices(100, 9);
        rig.Enter(OrderSide.Buy, 99);
        rig.Price(100).Price(101);
        rig.Purposes.ShouldNotContain(OrderPurpose.AddOn);
    }

    /// <summary>A long at 100 in which the market was flat so far.</summary>
    private static PositionRig Entered(ExitRules rules, OrderSide side = OrderSide.Buy, decimal stop = 99, InstrumentKind kind = InstrumentKind.LinearPerpetual)
    {
        PositionRig rig = new PositionRig(new PositionRigOptions { Kind = kind, Rules = rules }).Deposit().Price(100);
        rig.Enter(side, stop).IsSent.ShouldBeTrue();
        return rig.Price(100);
    }
}
