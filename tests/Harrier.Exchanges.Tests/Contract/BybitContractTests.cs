using Harrier.Domain;
using Harrier.Exchanges.Bybit;
using Harrier.Exchanges.Results;
using Harrier.Exchanges.Tests.Support;
using Harrier.Exchanges.Trading;

namespace Harrier.Exchanges.Tests.Contract;

public sealed class BybitSpotContractTests : VenueContractTests
{
    private protected override ContractVenue Venue => new BybitVenue(BybitMarket.Spot);

    [Fact]
    public async Task Case41_TrailingStopOnSpot_IsRefusedBeforeItLeaves()
    {
        await using ContractRig rig = await StartAsync();
        VenueError error = (await rig.PlaceAsync(Waiting("t-1", OrderType.TrailingStop, OrderSide.Sell, 0))).Error;
        (error.Kind, error.Outcome).ShouldBe((VenueErrorKind.RefusedLocally, Outcome.NotDone));
    }

    [Fact]
    public async Task Case42_PurchaseByQuoteAmount_SpendsNoMore()
    {
        await using ContractRig rig = await StartAsync();
        VenueOrder placed = (await rig.PlaceAsync(Limit("q-1", OrderSide.Buy, 0, 0) with { Type = OrderType.Market, QuoteQuantity = 1_000m })).Value;
        placed.IsFinal.ShouldBeTrue();
        placed.ExecutedQuote!.Value.ShouldBeInRange(900m, 1_000m);
        rig.TrueFills().Sum(f => f.Quantity).ShouldBe(placed.Executed);
    }
}

public sealed class BybitSpotFlowTests : VenueFlowContractTests
{
    private protected override ContractVenue Venue => new BybitVenue(BybitMarket.Spot);
}

public sealed class BybitLinearFlowTests : VenueFlowContractTests
{
    private protected override ContractVenue Venue => new BybitVenue(BybitMarket.Linear);
}

public sealed class BybitLinearContractTests : VenueContractTests
{
    private protected override ContractVenue Venue => new BybitVenue(BybitMarket.Linear);

    [Fact]
    public async Task Case43_Leverage_IsSetAndShownAndSettingItAgainIsNoFailure()
    {
        await using ContractRig rig = await StartAsync();
        BybitClient client = rig.Venue.Client.ShouldBeOfType<BybitClient>();
        (await client.SetLeverageAsync(ContractRig.Symbol, 5, Stop)).IsOk.ShouldBeTrue();
        (await client.SetLeverageAsync(ContractRig.Symbol, 5, Stop)).IsOk.ShouldBeTrue();
        await rig.PlaceAsync(Limit("l-1", OrderSide.Sell, 0, 0.02m) with { Type = OrderType.Market });
        VenuePosition position = (await client.PositionsAsync(Stop)).Value.ShouldHaveSingleItem();
        position.Quantity.ShouldBe(-0.02m);
        position.Quantity.ShouldBe(rig.TruePosition());
        position.EntryPrice.ShouldBe(ContractRig.Bid);
        position.Leverage.ShouldBe(5);
    }

    [Fact]
    public async Task Case45_Funding_IsRead()
    {
        await using ContractRig rig = await StartAsync();
        BybitClient client = rig.Venue.Client.ShouldBeOfType<BybitClient>();
        FundingTerms funding = (await client.FundingAsync(ContractRig.Symbol, Stop)).Value;
        funding.MarkPrice.ShouldBeGreaterThan(0);
        funding.NextTime.ShouldBeGreaterThan(new Timestamp(0));
        (await client.FundingHistoryAsync(new HistoryQuery(ContractRig.Symbol, Limit: 10), Stop)).IsOk.ShouldBeTrue();
    }

    [Fact]
    public async Task Case46_Batch_EachOrderForItself()
    {
        await using ContractRig rig = await StartAsync();
        BybitClient client = rig.Venue.Client.ShouldBeOfType<BybitClient>();
        IReadOnlyList<VenueResult<VenueOrder>> placed = (await client.PlaceBatchAsync(
            [Limit("b-1", OrderSide.Buy, 64_000m, 0.01m), Limit("b-2", OrderSide.Buy, 64_000m, 100_000m)], Stop)).Value;
        placed[0].IsOk.ShouldBeTrue(placed[0].ToString());
        placed[1].IsOk.ShouldBeFalse();
        await Eventually.Holds(() => rig.TrueOpenClientIds() is ["b-1"], "the order that was taken");
    }

    [Fact]
    public async Task Case47_ReduceOnly_IsRefusedWhenFlat()
    {
        await using ContractRig rig = await StartAsync();
        VenueResult<VenueOrder> refused = await rig.PlaceAsync(Limit("r-1", OrderSide.Sell, 0, 0.01m) with { Type = OrderType.Market, ReduceOnly = true });
        (refused.IsOk ? VenueErrorKind.ReduceOnlyRejected : refused.Error.Kind).ShouldBe(VenueErrorKind.ReduceOnlyRejected);
        rig.TrueFills().ShouldBeEmpty();
    }
}
