using Harrier.Domain;
using Harrier.Engine.Execution;
using Harrier.Exchanges.Binance;
using Harrier.Exchanges.Results;
using Harrier.Exchanges.Tests.Support;
using Harrier.Exchanges.Trading;

namespace Harrier.Exchanges.Tests.Contract;

public sealed class BinanceSpotContractTests : VenueContractTests
{
    private protected override ContractVenue Venue => new BinanceVenue(BinanceMarket.Spot);
}

public sealed class BinanceSpotFlowTests : VenueFlowContractTests
{
    private protected override ContractVenue Venue => new BinanceVenue(BinanceMarket.Spot);
}

public sealed class BinanceLinearFlowTests : VenueFlowContractTests
{
    private protected override ContractVenue Venue => new BinanceVenue(BinanceMarket.UsdM);

    [Fact]
    public async Task Case27_TriggeredStop_IsOneOrderToTheEngine()
    {
        await using ContractRig rig = await ContractRig.StartAsync(Venue);
        OrderIntent intent = new()
        {
            Instrument = rig.Instrument.Id,
            Side = OrderSide.Buy,
            Type = OrderType.Stop,
            Size = new SizeLots(10),
            Trigger = rig.Instrument.ToTicks(65_005m),
        };
        rig.Venue.Submit(new Engine.Risk.ApprovedOrder(Id(1), default, in intent));
        await Eventually.Holds(() => rig.Reports.Count == 1, "acceptance");
        rig.Reports[0].Kind.ShouldBe(ExecutionKind.Accepted);

        // A trade at 65010 between others wakes it.
        rig.House(isSell: false, ContractRig.Ask, 0.01m);
        await Eventually.Holds(() => Filled(rig, 1) == 10, "the fill");
        rig.TruePosition().ShouldBe(0.01m);
        rig.Venue.Tracker.Working.ShouldBeEmpty();
        rig.Reports.Count(r => r.Kind == ExecutionKind.Accepted).ShouldBe(1);
    }

    [Fact]
    public async Task Case28_StreamKeyRunsOutAndClockJumps_StreamComesBackWithANewKey()
    {
        await using ContractRig rig = await ContractRig.StartAsync(Venue);
        List<StreamEnd> ends = [];
        rig.Venue.Session.News += news =>
        {
            if (news is StreamEnded ended)
            {
                lock (ends)
                {
                    ends.Add(ended.End);
                }
            }
        };
        rig.SetClockOffset(TimeSpan.FromMinutes(61));
        await Eventually.Holds(() => rig.Venue.Session is { Resyncs: > 1, IsSuspect: false }, "a new stream");
        lock (ends)
        {
            ends.ShouldContain(StreamEnd.KeyExpired);
        }

        rig.Venue.Submit(Order(rig, new Wanted(1, OrderSide.Buy, OrderType.Limit, 65_000m)));
        await Eventually.Holds(() => rig.Reports.Count == 1, "acceptance");
        rig.House(isSell: true, 65_000m, 0.01m);
        await Eventually.Holds(() => Filled(rig, 1) == 10, "the fill");
    }
}

public sealed class BinanceLinearContractTests : VenueContractTests
{
    private protected override ContractVenue Venue => new BinanceVenue(BinanceMarket.UsdM);

    [Fact]
    public async Task Case31_LeverageAndMargin_AreSetAndShown()
    {
        await using ContractRig rig = await StartAsync();
        BinanceLinearClient client = rig.Venue.Client.ShouldBeOfType<BinanceLinearClient>();
        (await client.SetLeverageAsync(ContractRig.Symbol, 5, Stop)).Value.ShouldBe(5);
        (await client.SetIsolatedAsync(ContractRig.Symbol, true, Stop)).IsOk.ShouldBeTrue();
        (await client.SetIsolatedAsync(ContractRig.Symbol, true, Stop)).IsOk.ShouldBeTrue();
        await client.PlaceAsync(Limit("l-1", OrderSide.Sell, 0, 0.02m) with { Type = OrderType.Market }, Stop);
        VenuePosition position = (await client.PositionsAsync(Stop)).Value.ShouldHaveSingleItem();
        position.Quantity.ShouldBe(-0.02m);
        position.Quantity.ShouldBe(rig.TruePosition());
        position.EntryPrice.ShouldBe(ContractRig.Bid);
        position.Leverage.ShouldBe(5);
        position.IsIsolated.ShouldBe(true);
    }

    [Fact]
    public async Task Case32_ReduceOnly_ClosesAndIsRefusedWhenFlat()
    {
        await using ContractRig rig = await StartAsync();
        OrderRequest close = Limit("r-1", OrderSide.Sell, 0, 0.01m) with { Type = OrderType.Market, ReduceOnly = true };
        (await rig.Venue.Client.PlaceAsync(close, Stop)).Error.Kind.ShouldBe(VenueErrorKind.ReduceOnlyRejected);
        await rig.Venue.Client.PlaceAsync(Limit("r-2", OrderSide.Buy, 0, 0.01m) with { Type = OrderType.Market }, Stop);
        (await rig.Venue.Client.PlaceAsync(close with { ClientId = "r-3" }, Stop)).IsOk.ShouldBeTrue();
        rig.TruePosition().ShouldBe(0);
    }

    [Fact]
    public async Task Case33_FundingAndSwitch_AreRead()
    {
        await using ContractRig rig = await StartAsync();
        BinanceLinearClient client = rig.Venue.Client.ShouldBeOfType<BinanceLinearClient>();
        FundingTerms funding = (await client.FundingAsync(ContractRig.Symbol, Stop)).Value;
        funding.MarkPrice.ShouldBeGreaterThan(0);
        funding.NextTime.ShouldBeGreaterThan(new Timestamp(0));
        (await client.CountdownCancelAllAsync(ContractRig.Symbol, TimeSpan.FromMinutes(2), Stop)).IsOk.ShouldBeTrue();
        (await client.CountdownCancelAllAsync(ContractRig.Symbol, TimeSpan.Zero, Stop)).IsOk.ShouldBeTrue();
        (await client.FundingHistoryAsync(new HistoryQuery(ContractRig.Symbol, Limit: 10), Stop)).IsOk.ShouldBeTrue();
    }

    [Fact]
    public async Task Case34_Batch_EachOrderForItself()
    {
        await using ContractRig rig = await StartAsync();
        BinanceLinearClient client = rig.Venue.Client.ShouldBeOfType<BinanceLinearClient>();
        IReadOnlyList<VenueResult<VenueOrder>> placed = (await client.PlaceBatchAsync(
            [Limit("b-1", OrderSide.Buy, 64_000m, 0.01m), Limit("b-2", OrderSide.Buy, 64_000.05m, 0.01m)], Stop)).Value;
        placed[0].Value.Status.ShouldBe(VenueOrderStatus.Open);
        placed[1].Error.Kind.ShouldBe(VenueErrorKind.InvalidOrder);
        rig.TrueOpenClientIds().ShouldBe(["b-1"]);
    }

    [Fact]
    public async Task Case35_CancelMany_EachOrderForItself()
    {
        await using ContractRig rig = await StartAsync();
        foreach (string id in (string[])["m-1", "m-2", "m-3"])
        {
            (await rig.Venue.Client.PlaceAsync(Limit(id, OrderSide.Buy, 64_000m, 0.01m), Stop)).IsOk.ShouldBeTrue();
        }

        IReadOnlyList<VenueResult<VenueOrder>> canceled = (await rig.Venue.Client.CancelManyAsync(
            ContractRig.Symbol, [.. ((string[])["m-1", "nobody", "m-3"]).Select(id => new OrderKey(ContractRig.Symbol, id))], Stop)).Value;

        canceled[0].Value.Status.ShouldBe(VenueOrderStatus.Canceled);
        canceled[1].Error.Kind.ShouldBe(VenueErrorKind.OrderNotFound);
        canceled[2].Value.ClientId.ShouldBe("m-3");
        rig.TrueOpenClientIds().ShouldBe(["m-2"]);
    }
}
