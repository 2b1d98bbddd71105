using Harrier.Domain;
using Harrier.Engine;
using Harrier.Engine.Positions;
using Harrier.Engine.Risk;
using Harrier.Features.Microstructure;
using Harrier.Tests.Support;

namespace Harrier.Tests.Engine.Positions;

/// <summary>The market falls silent: the position is left, from the tape to the fill, and whatever bars entries.</summary>
public sealed class PanicExitTests
{
    [Fact]
    public void Activity_DroppingByItsThreshold_EndsThePositionAtThatSecond()
    {
        PositionRig rig = InBusyMarket();
        ActivityTracker activity = rig.Engine.Features.Activity(new InstrumentId(0));
        double before = 0;
        while (!rig.Purposes.Contains(OrderPurpose.PanicActivityDrop))
        {
            before = activity.DropFraction;
            before.ShouldBeLessThan(0.4);
            rig.Wait(TimeSpan.FromSeconds(1));
        }

        activity.DropFraction.ShouldBeGreaterThanOrEqualTo(0.4);
        rig.Price(100);
        RoundTrip trip = rig.Trips.ShouldHaveSingleItem();
        (trip.ExitReason, trip.ExitPrice).ShouldBe((OrderPurpose.PanicActivityDrop, 100m));
        rig.Working.ShouldBeEmpty();
    }

    [Fact]
    public void Exits_OfAHaltedEngine_AreNotBlocked()
    {
        PositionRig rig = InBusyMarket();
        rig.Operate(OperatorAction.Halt);
        rig.Engine.Risk.State.ShouldBe(TradingState.Halted);
        for (int i = 0; i < 20; i++)
        {
            rig.Wait(TimeSpan.FromSeconds(1));
        }

        rig.Price(100);
        rig.Trips.ShouldHaveSingleItem().ExitReason.ShouldBe(OrderPurpose.PanicActivityDrop);
    }

    // A long at 100 while five trades a second come.
    private static PositionRig InBusyMarket()
    {
        ExitRules rules = new() { FirstTarget = null, SecondTarget = null, TimeStop = null };
        PositionRig rig = new PositionRig(new PositionRigOptions { Rules = rules }).Deposit();
        Trade(rig);
        rig.Price(100).Enter(OrderSide.Buy, 99);
        Trade(rig);
        rig.Price(100);
        rig.Held.Size.Value.ShouldBe(100);
        return rig;
    }

    private static void Trade(PositionRig rig)
    {
        for (int i = 0; i < 299; i++)
        {
            rig.Trade(0.2, 100);
        }
    }
}
