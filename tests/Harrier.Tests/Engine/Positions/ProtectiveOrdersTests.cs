using Harrier.Domain;
using Harrier.Engine.Positions;
using Harrier.Engine.Strategies;
using Harrier.Tests.Support;

namespace Harrier.Tests.Engine.Positions;

/// <summary>Stop, target, trailing stop and time stop of a position, kept by the platform.</summary>
public sealed class ProtectiveOrdersTests
{
    private static readonly (decimal, decimal, decimal, decimal, double) Calm = (1000, 1000, 1000, 1000, 1e6);

    [Fact]
    public void StopLoss_IsPlacedAtItsFractionAndEndsTheTrip()
    {
        BacktestScenario run = Long(new ProtectionSettings { StopLoss = 0.03m, TakeProfit = 0.05m }, (1000, 1001, 969, 980, 1e6));
        RoundTrip trip = run.Trips.ShouldHaveSingleItem();
        trip.ExitReason.ShouldBe(OrderPurpose.StopLoss);
        trip.ExitPrice.ShouldBe(970m);
        trip.InitialRisk.ShouldBe(300m);
        run.Engine.Orders.Working.ShouldBeEmpty();
    }

    [Fact]
    public void TakeProfit_IsAMakerOrderAtItsFraction()
    {
        BacktestScenario run = Long(new ProtectionSettings { StopLoss = 0.03m, TakeProfit = 0.05m }, (1000, 1051, 999, 1050, 1e6));
        RoundTrip trip = run.Trips.ShouldHaveSingleItem();
        trip.ExitReason.ShouldBe(OrderPurpose.TakeProfit);
        trip.ExitPrice.ShouldBe(1050m);
        run.AllFills[^1].IsMaker.ShouldBeTrue();
        run.Engine.Orders.Working.ShouldBeEmpty();
    }

    [Fact]
    public void StopAndTarget_InTheEntryBar_IsTheStop()
    {
        BacktestScenario run = Signal(new ProtectionSettings { StopLoss = 0.03m, TakeProfit = 0.05m }, [Calm, (1000, 1060, 960, 1000, 1e6)]);
        run.Trips.ShouldHaveSingleItem().ExitReason.ShouldBe(OrderPurpose.StopLoss);
    }

    [Fact]
    public void TrailingStop_FollowsAtItsFraction()
    {
        BacktestScenario run = Long(new ProtectionSettings { TrailingStop = 0.02m }, (1000, 1100, 1000, 1090, 1e6), (1090, 1090, 1070, 1075, 1e6));
        RoundTrip trip = run.Trips.ShouldHaveSingleItem();
        trip.ExitReason.ShouldBe(OrderPurpose.TrailingStop);
        trip.ExitPrice.ShouldBe(1080m);
    }

    [Fact]
    public void TimeStop_ClosesAtTheNextOpenAfterTheLongestTime()
    {
        BacktestScenario run = Long(new ProtectionSettings { TimeStop = TimeSpan.FromMinutes(2) }, Calm, Calm, Calm);
        RoundTrip trip = run.Trips.ShouldHaveSingleItem();
        trip.ExitReason.ShouldBe(OrderPurpose.TimeStop);
        (trip.ExitTime - trip.EntryTime).ShouldBe(TimeSpan.FromMinutes(2));
    }

    [Fact]
    public void ShortPosition_IsProtectedOnTheOtherSide()
    {
        BacktestScenario run = new() { Kind = InstrumentKind.LinearPerpetual, Protection = new ProtectionSettings { StopLoss = 0.03m } };
        run.Run([Calm, Calm, (1000, 1031, 999, 1000, 1e6)], (s, i) =>
        {
            if (i == 0)
            {
                s.Order(OrderSide.Sell, 10);
            }
        });
        run.Trips.ShouldHaveSingleItem().ExitPrice.ShouldBe(1030m);
    }

    [Fact]
    public void SignalExit_CancelsTheProtection()
    {
        BacktestScenario run = new() { Protection = new ProtectionSettings { StopLoss = 0.03m, TakeProfit = 0.05m } };
        run.Run([Calm, Calm, Calm, Calm], (s, i) =>
        {
            if (i is 0 or 2)
            {
                s.Signal(i == 0 ? SignalSide.Buy : SignalSide.Exit);
            }
        });
        run.Trips.ShouldHaveSingleItem().ExitReason.ShouldBe(OrderPurpose.Signal);
        run.Engine.Orders.Working.ShouldBeEmpty();
    }

    [Fact]
    public void GrowingPosition_MovesTheStopToTheWholeSize()
    {
        BacktestScenario run = new() { Protection = new ProtectionSettings { StopLoss = 0.1m } };
        run.Run([Calm, Calm, (2000, 2000, 2000, 2000, 1e6), (2000, 2000, 1300, 1400, 1e6)], (s, i) =>
        {
            if (i is 0 or 1)
            {
                s.Order(OrderSide.Buy, 10);
            }
        });

        // 10 at 1,000 and 10 at 2,000: the stop for all 20 stands 10 % under 1,500.
        RoundTrip trip = run.Trips.ShouldHaveSingleItem();
        trip.Quantity.ShouldBe(20m);
        trip.ExitPrice.ShouldBe(1350m);
    }

    [Fact]
    public void TimeStop_WithoutVolume_KeepsOneOrderWorking()
    {
        BacktestScenario run = new() { Protection = new ProtectionSettings { TimeStop = TimeSpan.FromMinutes(1) }, Fills = BacktestScenario.Free with { MaxVolumeShare = 0.25 } };
        (decimal, decimal, decimal, decimal, double) still = (1000, 1000, 1000, 1000, 0);
        run.Run([Calm, Calm, still, still, still], (s, i) =>
        {
            if (i == 0)
            {
                s.Order(OrderSide.Buy, 10);
            }
        });
        run.Held.Size.Value.ShouldBe(10);
        run.Engine.Orders.Working.ShouldHaveSingleItem().Intent.Purpose.ShouldBe(OrderPurpose.TimeStop);
    }

    [Fact]
    public void ReversalAndStop_AtTheSameOpen_OpenTheOtherSideOnce()
    {
        BacktestScenario run = new()
        {
            Kind = InstrumentKind.LinearPerpetual,
            Balance = 100_000,
            Fills = BacktestScenario.Free with { Leverage = 5 },
            Sizing = new PositionSizing(SizingMethod.FractionOfEquity, 0.02m),
            Protection = new ProtectionSettings { StopLoss = 0.01m },
        };
        run.Run([Calm, Calm, Calm, (970, 970, 970, 970, 1e6), (970, 970, 970, 970, 1e6)], (s, i) =>
        {
            if (i is 0 or 2)
            {
                s.Signal(i == 0 ? SignalSide.Buy : SignalSide.Sell);
            }
        });

        // 10 long at 1,000; the sell and the stop meet at 970; then 2 % x 5 of the 99,700 left, at the last close of 1,000, is sold once.
        run.Trips.ShouldHaveSingleItem().ExitPrice.ShouldBe(970m);
        run.Engine.Portfolio.Position(new BotId(0), new InstrumentId(0)).Size.Value.ShouldBe(-9);
    }

    [Fact]
    public void Reversal_WithoutAStop_ClosesAndOpensAtTheSameOpen()
    {
        BacktestScenario run = new() { Kind = InstrumentKind.LinearPerpetual };
        run.Run([Calm, Calm, Calm, Calm], (s, i) =>
        {
            if (i is 0 or 1)
            {
                s.Signal(i == 0 ? SignalSide.Buy : SignalSide.Sell);
            }
        });
        run.AllFills.Select(f => f.Side).ShouldBe([OrderSide.Buy, OrderSide.Sell, OrderSide.Sell]);
        run.AllFills[1].Time.ShouldBe(run.AllFills[2].Time);
        run.Held.IsShort.ShouldBeTrue();
    }

    [Fact]
    public void StopWhileTheEntryStillFills_EndsTheEntry()
    {
        BacktestScenario run = new()
        {
            Fills = BacktestScenario.Free with { MaxVolumeShare = 0.25 },
            Protection = new ProtectionSettings { StopLoss = 0.01m },
        };
        run.Run([Calm, (1000, 1000, 980, 985, 100), (985, 985, 980, 985, 100), (985, 985, 980, 985, 100), (985, 985, 980, 985, 1000)], (s, i) =>
        {
            if (i == 0)
            {
                s.Order(OrderSide.Buy, 95);
            }
        });

        // 25 bought at 1,000 use up the bar; the stop at 990 is passed, and its 25 go first at the next open.
        RoundTrip trip = run.Trips.ShouldHaveSingleItem();
        trip.Quantity.ShouldBe(25m);
        trip.ExitPrice.ShouldBe(985m);
        run.Engine.Orders.Working.ShouldBeEmpty();
    }

    private static BacktestScenario Long(ProtectionSettings protection, params (decimal, decimal, decimal, decimal, double)[] after)
    {
        BacktestScenario run = new() { Protection = protection };
        return run.Run([Calm, Calm, .. after], (s, i) =>
        {
            if (i == 0)
            {
                s.Order(OrderSide.Buy, 10);
            }
        });
    }

    private static BacktestScenario Signal(ProtectionSettings protection, (decimal, decimal, decimal, decimal, double)[] bars)
    {
        BacktestScenario run = new() { Protection = protection };
        return run.Run(bars, (s, i) =>
        {
            if (i == 0)
            {
                s.Signal(SignalSide.Buy);
            }
        });
    }
}
