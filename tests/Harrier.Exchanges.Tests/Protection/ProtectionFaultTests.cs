using Harrier.Domain;
using Harrier.Engine;
using Harrier.Engine.Execution;
using Harrier.Engine.Positions;
using Harrier.Exchanges.Tests.Contract;
using Harrier.Testnet.Hosting.Faults;

namespace Harrier.Exchanges.Tests.Protection;

/// <summary>Faults F19 to F29 of a position's protection: a real engine keeps a stop on the built-in exchange through a real adapter.</summary>
public abstract class ProtectionFaultTests
{
    private const long Lots = 10;

    private static readonly ProtectionSettings TenPercent = new() { StopLoss = 0.1m };
    private static readonly TimeSpan MostNaked = TimeSpan.FromSeconds(5);

    private protected static CancellationToken Stop => TestContext.Current.CancellationToken;

    private protected abstract ContractVenue Venue { get; }

    [Fact]
    public async Task F21_OneLegOfTwoIsRefused_TheStrategyHearsItAndTheOtherLegIsUnwound()
    {
        await using EngineRig rig = await EngineRig.StartAsync(Venue, new ProtectionSettings());
        rig.Exchange.Halt(ContractRig.OtherSymbol);
        bool hasFailed = false;
        rig.Answer((strategy, news) =>
        {
            if (news.Kind == OrderEventKind.Rejected)
            {
                hasFailed = true;
                strategy.CancelEverything();
                strategy.Leave();
            }
        });
        rig.AnswerFills(strategy =>
        {
            // The first leg may trade after the refusal of the second was heard.
            if (hasFailed)
            {
                strategy.Leave();
            }
        });
        rig.Act(strategy =>
        {
            // What is bought here would be hedged there, if the other market traded.
            strategy.BuyAt(new SizeLots(Lots)).ShouldNotBeNull();
            strategy.Place(new OrderIntent { Instrument = rig.Other.Id, Side = OrderSide.Buy, Type = OrderType.Limit, Limit = rig.Other.ToTicks(64_000m), Size = new SizeLots(Lots) }).ShouldNotBeNull();
        });
        await rig.Becomes(() => rig.Read(e => e.Orders.Rejections.Total) == 1, "the refusal of the second leg");
        await rig.Becomes(() => rig.Held == 0 && rig.Read(e => e.Orders.Working.Count) == 0, "nothing held, nothing working");
        rig.Read(e => e.Portfolio.Position(default, rig.Other.Id).IsFlat).ShouldBeTrue();
        rig.Exchange.TrueOpenClientIds().ShouldBeEmpty();
        rig.Exchange.TruePosition().ShouldBe(0);

        // Nothing stays held back for a leg that does not exist.
        rig.Read(e => e.Portfolio.Ledger.Balance(default, Engine.Portfolio.LedgerAccount.Locked, 0)).ShouldBe(0);
    }

    [Fact]
    public async Task F25_StopThatWouldTriggerAtOnce_IsReplacedByAnExitAtTheMarket()
    {
        await using EngineRig rig = await EngineRig.StartAsync(Venue, new ProtectionSettings { StopLoss = 0.005m });
        rig.Exchange.House(isSell: false, 63_500m, 5m);
        rig.Act(strategy => strategy.BuyAt(new SizeLots(Lots), rig.Instrument.ToTicks(65_000m)));
        await rig.Becomes(() => rig.Read(e => e.Orders.Working is [{ State: OrderState.Accepted }]), "the entry rests");

        // One sale takes the entry, all bids below it and a part of the last ones: the stop at 64,675 is passed before it is known.
        rig.Exchange.House(isSell: true, 63_500m, 0.01m + 50m + 1m);
        await rig.Becomes(() => rig.Heard.Count(r => r.Kind == ExecutionKind.Filled) >= 2 && rig.Held == 0, "the exit");

        rig.Heard.Count(r => r is { Kind: ExecutionKind.Rejected, Reason: RejectReason.WouldTrigger }).ShouldBe(1);
        rig.Alerts.Select(a => a.Kind).ShouldBe(Left(AlertKind.ExitInsteadOfStop));
        await rig.Becomes(() => rig.Exchange.TruePosition() == 0 && rig.Exchange.TrueOpenClientIds().Count == 0, "flat at the exchange");
        rig.Read(e => (e.Orders.Submitted, e.Orders.Working.Count)).ShouldBe((3, 0), "entry, stop, exit");
    }

    [Fact]
    public async Task F26_StopCanceledByTheOwner_IsPlacedAgainAtOnce()
    {
        await using EngineRig rig = await ProtectedAsync(TenPercent);
        Order first = rig.Stops.Single();
        rig.Exchange.OwnerCancels(first.Id);
        await rig.Becomes(() => rig.Stops.Any(o => o.Id != first.Id), "the new stop");

        IsRestoredInTime(rig, first, rig.Stops.Single());
        rig.Alerts.ShouldHaveSingleItem().Kind.ShouldBe(AlertKind.ProtectionReplaced);
        rig.Exchange.TrueOpenClientIds().ShouldBe([rig.Stops.Single().Id.ToString()]);
    }

    [Fact]
    public async Task F26_StopCanceledByTheOwner_IsLeftToHimWhereTheSettingsSaySo()
    {
        await using EngineRig rig = await ProtectedAsync(TenPercent with { WhenCanceled = CanceledProtection.LeaveToOwner });
        rig.Exchange.OwnerCancels(rig.Stops.Single().Id);
        await rig.Becomes(() => rig.Alerts.Count == 1, "the alert");
        rig.Alerts[0].Kind.ShouldBe(AlertKind.ProtectionLeft);
        rig.Trade(65_000m);
        rig.Read(e => (e.Orders.Submitted, e.Orders.Working.Count)).ShouldBe((2, 0), "entry and stop, no second stop");
        rig.Held.ShouldBe(Lots);
    }

    [Fact]
    public async Task F26_NewsOfTheCancelLost_IsFoundByTheNextReadingAndPlacedAgain()
    {
        await using EngineRig rig = await ProtectedAsync(TenPercent);
        Order first = rig.Stops.Single();
        foreach (string name in Venue.OrderNews.Append("ALGO_UPDATE"))
        {
            rig.Exchange.Faults.Add(new FaultPlan(FaultKind.Drop) { Match = name });
        }

        rig.Exchange.OwnerCancels(first.Id);
        await rig.Becomes(() => rig.Stops.Any(o => o.Id != first.Id), "the new stop");
        rig.Exchange.Faults.Injected.ShouldBeGreaterThan(0);
        IsRestoredInTime(rig, first, rig.Stops.Single());
    }

    [Fact]
    public async Task F26_StopThatTheBotItselfCancels_StaysCanceled()
    {
        await using EngineRig rig = await ProtectedAsync(TenPercent);
        rig.Act(strategy => strategy.CancelEverything());
        await rig.Becomes(() => rig.Read(e => e.Orders.Working.Count) == 0, "the cancel");
        rig.Trade(65_000m);
        rig.Read(e => e.Orders.Submitted).ShouldBe(2);
        rig.Alerts.ShouldBeEmpty();
    }

    /// <summary>A bot that holds a position, with its stop confirmed.</summary>
    private protected async Task<EngineRig> ProtectedAsync(ProtectionSettings protection)
    {
        EngineRig rig = await EngineRig.StartAsync(Venue, protection);
        rig.Act(strategy => strategy.BuyAt(new SizeLots(Lots)));
        await rig.Becomes(() => rig.Held == Lots && rig.Stops.Count == 1, "the position and its stop");
        return rig;
    }

    // By the engine's own times: when it heard of the loss, and when it sent the new stop.
    private protected static void IsRestoredInTime(EngineRig rig, Order lost, Order restored)
    {
        ExecutionReport news = rig.Heard.Single(r => r.Order == lost.Id && r.Kind == ExecutionKind.Canceled);
        (restored.SubmittedAt - news.ReceivedTime).ShouldBeLessThanOrEqualTo(MostNaked);
        restored.Intent.Trigger.ShouldBe(lost.Intent.Trigger);
        restored.Intent.Size.ShouldBe(lost.Intent.Size);
        restored.Intent.ReduceOnly.ShouldBeTrue();
    }

    // On spot the fee of the purchase was taken from the coins: what is left of the last lot cannot be sold.
    private protected IReadOnlyList<AlertKind> Left(AlertKind first) => Venue.IsSpot ? [first, AlertKind.DustLeft] : [first];
}
