using Harrier.Domain;
using Harrier.Engine.Execution;
using Harrier.Engine.Positions;
using Harrier.Engine.Risk;
using Harrier.Engine.Strategies;
using Harrier.Tests.Support;

namespace Harrier.Tests.Engine.Positions;

/// <summary>What becomes of an entry with its stop: refused by name, sized, sent, protected as soon as it fills.</summary>
public sealed class PlannedEntryTests
{
    [Theory]
    [InlineData(OrderSide.Buy, 100.0, null)]
    [InlineData(OrderSide.Buy, 101.0, null)]
    [InlineData(OrderSide.Sell, 100.0, null)]
    [InlineData(OrderSide.Sell, 99.0, null)]
    [InlineData(OrderSide.Buy, 99.5, 99.0)]
    [InlineData(OrderSide.Sell, 100.5, 101.0)]
    [InlineData(OrderSide.Sell, 0.0, null)]
    public void Enter_WithTheStopNotOnTheLosingSide_IsRefused(OrderSide side, double stop, double? limit)
    {
        PositionRig rig = new PositionRig().Deposit().Price(100);
        EntryDecision decision = rig.Enter(side, (decimal)stop, (decimal?)limit);
        decision.Refusal.ShouldBe(new DenyReason(DenyRule.StopSide, (decimal)stop, (decimal?)limit ?? 100));
        decision.IsSent.ShouldBeFalse();
        decision.ToString().ShouldBe(FormattableString.Invariant($"refused by StopSide: {stop:0.0} against a limit of {limit ?? 100:0.0}"));
        rig.Working.ShouldBeEmpty();
        rig.Puppet.HasPlan.ShouldBeFalse();
        rig.Engine.Denials[DenyRule.StopSide].ShouldBe(1);
    }

    [Fact]
    public void Enter_BeforeAnyPrice_IsRefused() =>
        new PositionRig().Deposit().Enter(OrderSide.Buy, 99).Refusal.Rule.ShouldBe(DenyRule.StaleMarket);

    [Theory]
    [InlineData(InstrumentKind.Spot)]
    [InlineData(InstrumentKind.LinearPerpetual)]
    public void Enter_WhenFilled_HasItsStopAtTheVenue(InstrumentKind kind)
    {
        PositionRig rig = new PositionRig(new PositionRigOptions { Kind = kind, Rules = null }).Deposit().Price(100);
        rig.Enter(OrderSide.Buy, 99).IsSent.ShouldBeTrue();
        rig.Price(100);
        OrderIntent stop = rig.Order(OrderPurpose.StopLoss);
        (stop.Type, stop.Side, stop.Trigger.Value, stop.Size.Value, stop.ReduceOnly).ShouldBe((OrderType.Stop, OrderSide.Sell, 990, 100, true));
        rig.Bar((100, 100, 98.5m, 98.5m));
        RoundTrip trip = rig.Trips.ShouldHaveSingleItem();
        (trip.ExitReason, trip.ExitPrice, trip.InitialRisk, trip.Setup, trip.Confluence).ShouldBe((OrderPurpose.StopLoss, 99m, 1m, "momentum", "level"));
        rig.Working.ShouldBeEmpty();
        rig.Puppet.HasPlan.ShouldBeFalse();
    }

    [Fact]
    public void Enter_FilledInParts_IsStoppedForEachPart()
    {
        PositionRig rig = new PositionRig(new PositionRigOptions
        {
            Fills = BacktestScenario.Free with { MaxVolumeShare = 0.0000005 },
            Rules = null,
        }).Deposit().Price(100);
        rig.Enter(OrderSide.Buy, 99, 100);
        rig.Price(100);
        rig.Held.Size.Value.ShouldBe(50);
        rig.Order(OrderPurpose.StopLoss).Size.Value.ShouldBe(50);
        rig.Price(99.9m);
        rig.Held.Size.Value.ShouldBe(100);
        rig.Order(OrderPurpose.StopLoss).Size.Value.ShouldBe(100);
    }

    [Fact]
    public void Enter_WhileAPlanIsInForce_IsRefused()
    {
        PositionRig rig = new PositionRig().Deposit().Price(100);
        rig.Enter(OrderSide.Buy, 99);
        rig.Enter(OrderSide.Buy, 99).Refusal.ShouldBe(new DenyReason(DenyRule.EntryPending, 1, 1));
        rig.Price(100);
        rig.Enter(OrderSide.Sell, 101).Refusal.ShouldBe(new DenyReason(DenyRule.PositionOpen, 1, 0));
    }

    [Fact]
    public void Enter_AgainstAVeto_IsRefused() =>
        new PositionRig(new PositionRigOptions { Vetoes = [new NoEntries()] }).Deposit().Price(100)
            .Enter(OrderSide.Buy, 99).Refusal.ShouldBe(new DenyReason(DenyRule.Vetoed, 1, 1));

    [Fact]
    public void LimitEntry_AtTheEndOfItsLife_IsCanceled()
    {
        PositionRig rig = new PositionRig().Deposit().Price(100);
        rig.Enter(OrderSide.Buy, 98, 99, plan => plan with { TimeToLive = TimeSpan.FromMinutes(3) }).IsSent.ShouldBeTrue();
        rig.Prices(100, 2);
        rig.Working.ShouldHaveSingleItem().Intent.Limit.Value.ShouldBe(990);
        rig.Prices(100, 1);
        rig.Working.ShouldBeEmpty();
        rig.Puppet.HasPlan.ShouldBeFalse();
    }

    [Fact]
    public void LimitEntry_FilledInPart_KeepsWhatItHasAtTheEndOfItsLife()
    {
        PositionRig rig = new PositionRig(new PositionRigOptions { Fills = BacktestScenario.Free with { MaxVolumeShare = 0.0000005 } }).Deposit().Price(100);
        rig.Enter(OrderSide.Buy, 98, 99, plan => plan with { TimeToLive = TimeSpan.FromMinutes(2) });
        rig.Bar((100, 100, 98.9m, 100)).Prices(100, 2);
        rig.Held.Size.Value.ShouldBe(50);
        rig.Order(OrderPurpose.StopLoss).Size.Value.ShouldBe(50);
        rig.Purposes.ShouldNotContain(OrderPurpose.Signal);
    }

    [Fact]
    public void Enter_ByRisk_NamesTheCapThatBit()
    {
        PositionRig rig = new PositionRig(new PositionRigOptions
        {
            Sizing = new PositionSizing(SizingMethod.RiskOfEquity, 0.02m),
            Entries = new EntryLimits { MaxValue = 500 },
        }).Deposit(10_000).Price(100);
        EntryDecision decision = rig.Enter(OrderSide.Buy, 98);
        (decision.Size.Value, decision.Caps).ShouldBe((500, EntryCaps.MaxValue));
        decision.ToString().ShouldEndWith("500 lots, capped by MaxValue");
    }

    [Fact]
    public void Enter_BelowTheSmallestValue_IsRefused() =>
        new PositionRig(new PositionRigOptions { Entries = new EntryLimits { MinValue = 150 } }).Deposit().Price(100)
            .Enter(OrderSide.Buy, 99).Refusal.ShouldBe(new DenyReason(DenyRule.MinNotional, 100, 150));

    [Fact]
    public void Enter_OfAForeignInstrument_Throws() =>
        Should.Throw<ArgumentException>(() => new PositionRig().Deposit().Price(100).Enter(OrderSide.Buy, 99, also: plan => plan with { Instrument = new InstrumentId(7) }));
}
