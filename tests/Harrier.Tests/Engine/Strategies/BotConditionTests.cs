using Harrier.Domain;
using Harrier.Engine;
using Harrier.Engine.Execution;
using Harrier.Engine.Positions;
using Harrier.Engine.Risk;
using Harrier.Engine.Strategies;
using Harrier.Tests.Support;

namespace Harrier.Tests.Engine.Strategies;

/// <summary>What the operator orders of a bot, through engine and simulated venue: what grows is refused, what protects stays, and a panic goes on until flat.</summary>
public sealed class BotConditionTests
{
    [Fact]
    public void Pause_RefusesWhatGrows_AndLetsExitsPass()
    {
        PositionRig rig = Long();
        rig.Operate(OperatorAction.PauseBot);
        rig = rig.Reborn();
        rig.Engine.ConditionOf(new BotId(0)).ShouldBe(BotCondition.Paused);
        rig.Puppet.Order(Market(rig, OrderSide.Buy)).ShouldBeNull();
        rig.Engine.Denials[DenyRule.BotPaused].ShouldBe(1);

        rig.Puppet.Order(Market(rig, OrderSide.Sell)).ShouldNotBeNull();
        rig.Price(100);
        rig.Held.IsFlat.ShouldBeTrue();

        rig.Operate(OperatorAction.ResumeBot);
        rig.Enter(OrderSide.Buy, 60).IsSent.ShouldBeTrue();
    }

    [Fact]
    public void Pause_CancelsTheEntryThatWorks_AndNotTheStop()
    {
        PositionRig rig = Long(instruments: 2);
        rig.Enter(OrderSide.Buy, 40, 50, instrument: 1).IsSent.ShouldBeTrue();
        rig.Purposes.ShouldBe([OrderPurpose.StopLoss, OrderPurpose.Signal]);
        rig.Operate(OperatorAction.PauseBot);
        rig.Bar(At(100), At(100));
        rig.Purposes.ShouldBe([OrderPurpose.StopLoss]);
    }

    [Fact]
    public void Stop_LeavesThePositionToItsStop()
    {
        PositionRig rig = Long();
        rig.Operate(OperatorAction.StopBot);
        rig.Puppet.Order(Market(rig, OrderSide.Sell)).ShouldBeNull();
        rig = rig.Reborn();
        rig.Held.IsFlat.ShouldBeFalse();
        rig.Price(59);
        (rig.Trips.ShouldHaveSingleItem().ExitReason, rig.Held.IsFlat).ShouldBe((OrderPurpose.StopLoss, true));

        rig.Operate(OperatorAction.StartBot);
        rig.Engine.ConditionOf(new BotId(0)).ShouldBe(BotCondition.Running);
        rig.Price(100);
        rig.Enter(OrderSide.Buy, 60).IsSent.ShouldBeTrue();
    }

    // Acceptance 9 of systems.md 6.1, by the operator: while the account is halted and every limit is broken.
    [Fact]
    public void Panic_IsBlockedByNoGate()
    {
        PositionRig rig = Long(new RiskLimits { MaxDrawdown = 0.1m, MaxDailyLoss = 0.05m, MaxLossesInARow = 1, MaxTradesPerHour = 1, MaxOrdersPerMinute = 1, PriceCollar = 0.01m });
        rig.Price(70);
        rig.Operate(OperatorAction.Halt);
        rig.Engine.Process(new FeedFault(rig.Instruments[0].Id, rig.Now));
        rig.Operate(OperatorAction.Flatten, OrderPurpose.Panic);
        rig.Engine.ConditionOf(new BotId(0)).ShouldBe(BotCondition.Emergency);
        rig.Price(71);
        (rig.Trips.ShouldHaveSingleItem().ExitReason, rig.Working.Count).ShouldBe((OrderPurpose.Panic, 0));
    }

    [Fact]
    public void Panic_WhoseExitComesBack_AsksAgainUntilFlat()
    {
        PositionRig rig = Long();
        rig.Operate(OperatorAction.Flatten, OrderPurpose.Panic);
        Order exit = rig.Working.Where(static order => order.Intent.Purpose == OrderPurpose.Panic).ShouldHaveSingleItem();
        rig.Venue.Cancel(exit.Id);
        rig.Wait(TimeSpan.Zero);
        rig.Held.IsFlat.ShouldBeFalse();

        rig.Wait(TimeSpan.FromSeconds(9));
        rig = rig.Reborn();
        rig.Purposes.ShouldNotContain(OrderPurpose.Panic);
        rig.Wait(TimeSpan.FromSeconds(1));
        rig.Purposes.ShouldContain(OrderPurpose.Panic);
        rig.Price(100);
        rig.Held.IsFlat.ShouldBeTrue();
        rig.Working.ShouldBeEmpty();
    }

    [Fact]
    public void Start_AfterAPanic_MakesTheStrategyAnew()
    {
        PositionRig rig = Long();
        rig.Operate(OperatorAction.Flatten, OrderPurpose.Panic);
        rig.Price(100);
        rig.Puppet.Order(Market(rig, OrderSide.Buy)).ShouldBeNull();
        rig.Operate(OperatorAction.StartBot);
        rig.Enter(OrderSide.Buy, 60).IsSent.ShouldBeTrue();
    }

    [Fact]
    public void Edit_HoldsFromTheNextPositionOn_AndIsPartOfTheState()
    {
        BotEdit edit = new(new PositionSizing(SizingMethod.BaseAmount, 7), new ProtectionSettings { StopLoss = 0.02m, TimeStop = TimeSpan.FromHours(3) });
        PositionRig rig = Long();
        rig.Operate(OperatorAction.EditBot, edit: edit);
        rig = rig.Reborn();
        rig.Engine.SettingsOf(new BotId(0)).ShouldBe(edit);
        rig.Order(OrderPurpose.StopLoss).Trigger.ShouldBe(rig.Instruments[0].ToTicks(60));

        rig.Puppet.Order(Market(rig, OrderSide.Sell));
        rig.Price(100);
        rig.Enter(OrderSide.Buy, 90);
        rig.Price(100);
        rig.Held.Size.ShouldBe(rig.Instruments[0].ToLots(7));
    }

    [Fact]
    public void NakedTime_CountsSecondsWithoutAnAcceptedStop()
    {
        PositionRig rig = Long();
        rig.Wait(TimeSpan.FromMinutes(5));
        rig.Engine.NakedTimeOf(new BotId(0)).ShouldBe(TimeSpan.Zero);

        // The same without a stop: filled at the first instant of a bar of a minute, and left half a minute after its end.
        rig = new PositionRig(new PositionRigOptions { Rules = null }).Deposit().Price(100);
        rig.Puppet.Order(Market(rig, OrderSide.Buy)).ShouldNotBeNull();
        rig.Price(100);
        rig.Wait(TimeSpan.FromSeconds(30));
        rig = rig.Reborn();
        rig.Engine.NakedTimeOf(new BotId(0)).ShouldBe(TimeSpan.FromSeconds(90));
        rig.Puppet.Order(Market(rig, OrderSide.Sell)).ShouldNotBeNull();
        rig.Wait(TimeSpan.FromSeconds(30));
        rig.Price(100);
        rig.Held.IsFlat.ShouldBeTrue();
        rig.Engine.NakedTimeOf(new BotId(0)).ShouldBe(TimeSpan.FromSeconds(120));
        rig.Wait(TimeSpan.FromMinutes(5));
        rig.Engine.NakedTimeOf(new BotId(0)).ShouldBe(TimeSpan.FromSeconds(120));
    }

    private static (decimal, decimal, decimal, decimal) At(decimal price) => (price, price, price, price);

    private static OrderIntent Market(PositionRig rig, OrderSide side) => new()
    {
        Instrument = rig.Instruments[0].Id,
        Side = side,
        Type = OrderType.Market,
        Size = rig.Instruments[0].ToLots(100),
    };

    private static PositionRig Long(RiskLimits? limits = null, int instruments = 1)
    {
        PositionRig rig = new PositionRig(new PositionRigOptions
        {
            Limits = limits ?? new RiskLimits(),
            Rules = null,
            Sizing = new PositionSizing(SizingMethod.BaseAmount, 100),
            Instruments = instruments,
        }).Deposit(100_000);
        rig.Bar([.. Enumerable.Repeat(At(100), instruments)]);
        rig.Enter(OrderSide.Buy, 60).IsSent.ShouldBeTrue();
        rig.Bar([.. Enumerable.Repeat(At(100), instruments)]);
        rig.Held.IsFlat.ShouldBeFalse();
        return rig;
    }
}
