using Harrier.Domain;
using Harrier.Exchanges.Binance;
using Harrier.Exchanges.Bybit;
using Harrier.Hosting.Portfolio;
using Harrier.Storage.Records.Rows;
using Harrier.Testnet.Core;
using Harrier.Testnet.Hosting.Faults;

namespace Harrier.Exchanges.Tests.Portfolio;

/// <summary>The whole bot on spot markets of the built-in exchange: conversions are orders, which fill in part, whose answers get lost, and which cost a fee in what they bring.</summary>
public sealed class SpotBotTests
{
    private static readonly Asset Usdt = new("USDT");
    private static readonly Asset Btc = new("BTC");

    public static TheoryData<string> Houses => ["binance", "bybit"];

    [Theory]
    [MemberData(nameof(Houses))]
    public async Task Trend_IsFollowed_ByAnOrderAtTheWorstPriceItNeeds(string house)
    {
        await using PortfolioRig rig = await StartAsync(house);
        PortfolioDecision decision = (await UntilDecidedAsync(rig)).ShouldNotBeNull();
        (decision.From.Asset, decision.To.Asset).ShouldBe((Usdt, Btc));
        DecisionRow row = rig.Decisions().ShouldHaveSingleItem();
        row.Status.ShouldBe("EXECUTED", row.Result);

        ExchangeOrder order = PlaceOf(rig).Orders().ShouldHaveSingleItem();
        order.OwnClientId.ShouldBe($"h{PortfolioRig.Run:x8}-1");
        order.Terms.Type.ShouldBe(ExchangeOrderType.Limit);
        order.Terms.TimeInForce.ShouldBe(ExchangeTimeInForce.IOC);
        row.Amount.ShouldBeLessThanOrEqualTo(decision.From.Amount);
        row.Amount.ShouldBeGreaterThan(decision.From.Amount - (order.Price * order.Instrument.LotSize) - (order.Price * order.Quantity * 0.001m), "all but less than a lot, and what the better level saved");
        row.Received.ShouldNotBeNull().ShouldBe(order.Executed * 0.999m, 0.00000002m, "the fee of a tenth of a percent is taken of what is bought");
        await rig.ShouldEqualTruthAsync();
        rig.ShouldRepeat();
    }

    [Fact]
    public async Task OrderThatFillsInPart_IsBookedAsFarAsItWent()
    {
        await using PortfolioRig rig = await StartAsync("bybit");
        rig.Venue.AfterQuote = () => PlaceOf(rig).Thin("BTCUSDT");
        PortfolioDecision decision = (await UntilDecidedAsync(rig)).ShouldNotBeNull();
        DecisionRow row = rig.Decisions().ShouldHaveSingleItem();
        row.Status.ShouldBe("EXECUTED", row.Result);
        row.Result!.ShouldContain(" of ");
        row.Amount.ShouldBeLessThan(decision.From.Amount / 4);
        PlaceOf(rig).Orders().ShouldHaveSingleItem().IsOpen.ShouldBeFalse("what is not to be had at the price is left alone");
        await rig.ShouldEqualTruthAsync();
        rig.ShouldRepeat();
    }

    [Fact]
    public async Task PriceThatMovesAway_BeforeTheOrder_CostsNothing()
    {
        await using PortfolioRig rig = await StartAsync("binance");
        rig.Venue.AfterQuote = () => rig.Place.Price("BTC", rig.Place.PriceOf("BTC") * 1.02m);
        (await UntilDecidedAsync(rig)).ShouldNotBeNull();
        DecisionRow row = rig.Decisions().ShouldHaveSingleItem();
        row.Status.ShouldBe("FAILED");
        row.Result!.ShouldEndWith("nothing was to be had at its price");
        (await rig.Place.MovedAsync(PortfolioRig.Run)).ShouldBeEmpty();
        await rig.ShouldEqualTruthAsync();
    }

    [Theory]
    [InlineData("binance", CrashPoint.BeforeCommit, "FAILED")]
    [InlineData("binance", CrashPoint.AfterCommit, "EXECUTED")]
    [InlineData("bybit", CrashPoint.AfterCommit, "EXECUTED")]
    public async Task Process_ThatDies_LooksItsOrderUp(string house, CrashPoint point, string status)
    {
        await using PortfolioRig rig = await StartAsync(house);
        rig.Venue.At = point;
        await Should.ThrowAsync<ProcessDiedException>(async () => await UntilDecidedAsync(rig));
        rig.Die();

        await rig.BeginAsync();

        rig.Decisions().ShouldHaveSingleItem().Status.ShouldBe(status);
        await rig.ShouldEqualTruthAsync();
        rig.ShouldRepeat();
    }

    [Theory]
    [InlineData("binance", FaultKind.CutAfter, "EXECUTED")]
    [InlineData("binance", FaultKind.ServerErrorAfter, "EXECUTED")]
    [InlineData("binance", FaultKind.Cut, "FAILED")]
    [InlineData("bybit", FaultKind.CutAfter, "EXECUTED")]
    public async Task AnswerThatIsLost_IsFoundOut_AndNeverSentAgain(string house, FaultKind fault, string status)
    {
        await using PortfolioRig rig = await StartAsync(house);
        rig.Place.Exchange.Faults.Add(new FaultPlan(fault) { Venue = rig.Place.Venue, Match = rig.Place.Commit, Count = 1, Delay = TimeSpan.FromSeconds(2) });
        (await UntilDecidedAsync(rig)).ShouldNotBeNull();
        DecisionRow row = rig.Decisions().ShouldHaveSingleItem();
        row.Status.ShouldBe(status, row.Result);
        await rig.ShouldEqualTruthAsync();
        rig.ShouldRepeat();
    }

    [Theory]
    [MemberData(nameof(Houses))]
    public async Task OrderThatArrives_AfterItWasLookedFor_IsFound(string house)
    {
        await using PortfolioRig rig = await StartAsync(house);
        rig.Late.Match = rig.Place.Commit[(rig.Place.Commit.IndexOf('/', StringComparison.Ordinal))..];
        (await UntilDecidedAsync(rig)).ShouldNotBeNull();
        rig.Late.Arrived.ShouldBe(1);
        DecisionRow row = rig.Decisions().ShouldHaveSingleItem();
        row.Status.ShouldBe("EXECUTED", row.Result);
        PlaceOf(rig).Orders().ShouldHaveSingleItem();
        await rig.ShouldEqualTruthAsync();
        rig.ShouldRepeat();
    }

    [Fact]
    public async Task TwoBots_OnOneAccount_ConserveWhatItHolds()
    {
        await using PortfolioRig rig = await StartAsync("binance");
        rig.Store.Change("other", [KeyValuePair.Create("is_active", "true"), KeyValuePair.Create("volatility_window", "4"), KeyValuePair.Create("risk_tolerance", "1"), KeyValuePair.Create("min_confidence_score", "0.5")], rig.Now).Faults.ShouldBeEmpty();
        rig.Runner.Configure([PortfolioRig.Bot, "other"]);
        for (int i = 0; i < 10; i++)
        {
            rig.Place.Price("BTC", rig.Place.PriceOf("BTC") * 1.01m);
            rig.Place.Price("ETH", rig.Place.PriceOf("ETH") * 0.99m);
            _ = await rig.LookAsync();
            _ = await rig.LookAsync(afterSeconds: 1, "other");
        }

        rig.Decisions("EXECUTED").Select(static row => row.Bot).Distinct().Count().ShouldBe(2);
        await rig.ShouldEqualTruthAsync();
        rig.ShouldRepeat();
    }

    private static SpotPlace PlaceOf(PortfolioRig rig) => rig.Place.ShouldBeOfType<SpotPlace>();

    private static Task<PortfolioRig> StartAsync(string house) =>
        PortfolioRig.StartAsync(async time => await SpotPlace.StartAsync(house == "binance" ? new BinanceExchange() : new BybitExchange(), time));

    private static async Task<PortfolioDecision?> UntilDecidedAsync(PortfolioRig rig)
    {
        for (int i = 0; i < 12; i++)
        {
            rig.Place.Price("BTC", rig.Place.PriceOf("BTC") * 1.01m);
            if (await rig.LookAsync() is { } decision)
            {
                return decision;
            }
        }

        return null;
    }
}
