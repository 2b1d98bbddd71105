using Harrier.Domain;
using Harrier.Engine;
using Harrier.Engine.Execution;
using Harrier.Engine.Positions;
using Harrier.Engine.Risk;
using Harrier.Exchanges.Binance;
using Harrier.Exchanges.Bybit;
using Harrier.Exchanges.Results;
using Harrier.Exchanges.Tests.Contract;
using Harrier.Exchanges.Trading;
using Harrier.Testnet.Hosting.Faults;

namespace Harrier.Exchanges.Tests.Protection;

/// <summary>Faults that spot markets have.</summary>
public abstract class SpotProtectionTests : ProtectionFaultTests
{
    [Fact]
    public async Task F29_RestThatCannotBeSold_IsWrittenOffOnceAndNotOfferedAgain()
    {
        await using EngineRig rig = await ProtectedAsync(new ProtectionSettings { StopLoss = 0.1m });
        decimal owned = rig.Read(e => e.Portfolio.Ledger.Owned(default, 1));
        owned.ShouldBe(0.01m * (1 - ContractVenue.TakerFee), "the fee of the purchase was taken in coins");
        rig.Stops.Single().Intent.Size.ShouldBe(new SizeLots(9), "a stop for more than is owned would be refused");

        for (int signal = 0; signal < 3; signal++)
        {
            rig.Act(strategy => strategy.Leave());
            await rig.Becomes(() => rig.Held == 0 && rig.Read(e => e.Orders.Working.Count) == 0, "the exit");
        }

        rig.Alerts.ShouldHaveSingleItem().ShouldSatisfyAllConditions(a => a.Kind.ShouldBe(AlertKind.DustLeft), a => a.Size.ShouldBe(new SizeLots(1)));
        rig.Read(e => e.Orders.Submitted).ShouldBe(3, "entry, stop, one exit");
        rig.Read(e => e.Orders.Rejections.Total).ShouldBe(0);
        rig.Read(e => e.Portfolio.Position(default, rig.Instrument.Id).Dust).ShouldBe(new SizeLots(1));

        // The coins are still there, in our books as on the exchange.
        decimal left = rig.Read(e => e.Portfolio.Ledger.Owned(default, 1));
        left.ShouldBe(owned - 0.009m);
        await rig.Becomes(() => rig.Exchange.TrueBalances().Where(b => b.Asset == "BTC").Sum(b => b.Free + b.Locked) == left, "the same rest at the exchange");
        rig.Read(e => e.Portfolio.Ledger.Sum(1)).ShouldBe(0);
    }
}

/// <summary>Faults that contracts have.</summary>
public abstract class ContractProtectionTests : ProtectionFaultTests
{
    [Fact]
    public async Task F28_ExitOfAPositionThatIsClosedAlready_EndsWithItsRefusal()
    {
        await using EngineRig rig = await ProtectedAsync(new ProtectionSettings { StopLoss = 0.1m });
        foreach (string name in Venue.OrderNews)
        {
            rig.Exchange.Faults.Add(new FaultPlan(FaultKind.Drop) { Match = name, Count = 2 });
        }

        rig.Exchange.OwnerSells(0.01m);
        rig.Act(strategy => strategy.Leave());
        await rig.Becomes(() => rig.Read(e => e.Orders.Rejections[RejectReason.NothingToReduce]) > 0 || rig.Held == 0, "the refusal, or the news of the sale");
        await rig.Becomes(() => rig.Held == 0 && rig.Read(e => e.Orders.Working.Count) == 0, "our books follow");
        int sent = rig.Read(e => e.Orders.Submitted);
        rig.Trade(65_000m);
        rig.Trade(65_000m);
        rig.Read(e => e.Orders.Submitted).ShouldBe(sent);
        sent.ShouldBeLessThanOrEqualTo(5, "entry, stop, exit, and at most a stop that the venue had taken away with the position");
        rig.Exchange.TruePosition().ShouldBe(0, "nothing was opened on the other side");
        await rig.Becomes(() => rig.Exchange.TrueOpenClientIds().Count == 0, "no order left");
    }
}

public sealed class BinanceSpotProtectionTests : SpotProtectionTests
{
    private protected override ContractVenue Venue => new BinanceVenue(BinanceMarket.Spot);

    [Fact]
    public async Task F19_StopMovedHalfWay_CanceledAndNotReplaced_IsPlacedAgain()
    {
        await using EngineRig rig = await ProtectedAsync(new ProtectionSettings { StopLoss = 0.1m });
        Order first = rig.Stops.Single();
        BinanceSpotClient client = rig.Venue.Client.ShouldBeOfType<BinanceSpotClient>();

        // The cancel half of one call succeeds; the new trigger is above the market, so its other half is refused: HTTP 409.
        OrderRequest moved = new()
        {
            Symbol = ContractRig.Symbol,
            ClientId = "moved-by-hand",
            Side = OrderSide.Sell,
            Type = OrderType.Stop,
            Quantity = 0.009m,
            Trigger = 66_000m,
            ReduceOnly = true,
        };
        VenueResult<VenueOrder> half = await client.ReplaceAsync(new OrderKey(ContractRig.Symbol, first.Id.ToString()), moved, Stop);
        half.IsOk.ShouldBeFalse();
        half.Error.Outcome.ShouldBe(Outcome.Unknown, half.Error.Message);

        await rig.Becomes(() => rig.Stops.Any(o => o.Id != first.Id), "the new stop");
        IsRestoredInTime(rig, first, rig.Stops.Single());
        rig.Exchange.TrueOpenClientIds().ShouldBe([rig.Stops.Single().Id.ToString()]);
    }
}

public sealed class BybitSpotProtectionTests : SpotProtectionTests
{
    private protected override ContractVenue Venue => new BybitVenue(BybitMarket.Spot);
}

public sealed class BinanceLinearProtectionTests : ContractProtectionTests
{
    private protected override ContractVenue Venue => new BinanceVenue(BinanceMarket.UsdM);

    [Fact]
    public async Task F27_DeadMansSwitch_TakesTheStopToo_AndItIsRestoredBeforeAnyEntry()
    {
        await using EngineRig rig = await ProtectedAsync(new ProtectionSettings { StopLoss = 0.1m });
        Order first = rig.Stops.Single();
        OrderIntent entry = new() { Instrument = rig.Instrument.Id, Side = OrderSide.Buy, Type = OrderType.Limit, Limit = rig.Instrument.ToTicks(64_000m), Size = new SizeLots(5) };
        List<ClientOrderId> entries = [];
        List<DenyReason> denied = [];
        bool isArmed = false;
        rig.Answer((strategy, news) =>
        {
            // It wants its entry back as soon as it hears that it is gone, and asks again whenever something happens.
            if (news.Kind == OrderEventKind.Denied)
            {
                denied.Add(news.Denied);
            }
            else if (isArmed && news.Kind is OrderEventKind.Canceled or OrderEventKind.Accepted && news.Purpose is OrderPurpose.Signal or OrderPurpose.StopLoss && entries.Count == 1)
            {
                Add(strategy.Place(in entry));
            }
        });
        rig.Act(strategy => Add(strategy.Place(in entry)));
        await rig.Becomes(() => rig.Read(e => e.Orders.Working.Count(o => o.State == OrderState.Accepted)) == 2, "entry and stop");
        rig.Do(_ => isArmed = true);

        // The first news of a cancel becomes a cut of the stream: the rest happens while nobody listens.
        rig.Exchange.Faults.Add(new FaultPlan(FaultKind.Cut) { Match = "ORDER_TRADE_UPDATE", Count = 1 });
        BinanceLinearClient client = rig.Venue.Client.ShouldBeOfType<BinanceLinearClient>();
        (await client.CountdownCancelAllAsync(ContractRig.Symbol, TimeSpan.FromMilliseconds(100), Stop)).IsOk.ShouldBeTrue();
        await rig.Becomes(() => rig.Stops.Any(o => o.Id != first.Id) && rig.Exchange.TrueOpenClientIds().Count == 2, "stop and entry again");

        Order restored = rig.Stops.Single();
        IsRestoredInTime(rig, first, restored);
        entries.Count.ShouldBe(2);
        entries[1].Sequence.ShouldBeGreaterThan(restored.Id.Sequence, "first the stop");
        denied.ShouldAllBe(d => d.Rule == DenyRule.Unprotected);
        rig.Exchange.TrueOrders().Count(id => id == restored.Id.ToString()).ShouldBe(1);

        void Add(ClientOrderId? id)
        {
            if (id is { } sent)
            {
                entries.Add(sent);
            }
        }
    }
}

public sealed class BybitLinearProtectionTests : ContractProtectionTests
{
    private protected override ContractVenue Venue => new BybitVenue(BybitMarket.Linear);
}
