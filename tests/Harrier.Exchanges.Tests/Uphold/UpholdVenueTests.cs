using System.Globalization;
using Harrier.Domain;
using Harrier.Engine.Execution;
using Harrier.Exchanges.Requests;
using Harrier.Exchanges.Results;
using Harrier.Exchanges.Tests.Support;
using Harrier.Exchanges.Tests.Testnet.Uphold;
using Harrier.Exchanges.Trading;
using Harrier.Exchanges.Transport;
using Harrier.Exchanges.Uphold;
using Harrier.Exchanges.Venues;
using Microsoft.Extensions.Logging.Abstractions;

namespace Harrier.Exchanges.Tests.Uphold;

public sealed class UpholdVenueTests
{
    [Fact]
    public async Task CommitAsync_AQuote_MovesExactlyItsAmounts()
    {
        await using VenueRig rig = await VenueRig.StartAsync(await QuietBroker.StartAsync());
        decimal before = rig.Owned(VenueRig.Usd);

        ConversionAnswer<ConversionQuote> quote = await rig.QuoteAsync(VenueRig.Usd, VenueRig.Btc, 100);
        quote.IsOk.ShouldBeTrue(quote.Detail);
        ConversionResult result = await rig.CarryOutAsync(quote.Value);

        result.Outcome.ShouldBe(ConversionOutcome.Done, result.Detail);
        result.Settled!.From.ShouldBe(new Money(100, VenueRig.Usd));
        result.Settled.To.ShouldBe(quote.Value.To);
        rig.Owned(VenueRig.Usd).ShouldBe(before - 100);
        await rig.ShouldEqualTruthAsync();
        rig.Account.Census.Counts.ShouldBeEmpty();
    }

    [Fact]
    public async Task RateAsync_APair_IsThePriceOfTheMarketAndItsSpread()
    {
        await using VenueRig rig = await VenueRig.StartAsync(await QuietBroker.StartAsync());

        ConversionAnswer<ConversionRate> rate = await rig.Venue.RateAsync(VenueRig.Btc, VenueRig.Usd, VenueRig.Stop);

        rate.IsOk.ShouldBeTrue(rate.Detail);
        rate.Value.Bid.ShouldBe(63_936m);
        rate.Value.Ask.ShouldBe(64_064m);
    }

    [Theory]
    [InlineData("USD", "BTC", "100.01", "USD")]
    [InlineData("BTC", "USD", "0.00123456", "BTC")]
    [InlineData("USD", "ETH", "0.123456789012345678", "ETH")]
    [InlineData("ETH", "XRP", "1.000000000000000001", "ETH")]
    public async Task QuoteAsync_EitherSideFixed_IsKeptToTheLastDecimal(string from, string to, string amount, string of)
    {
        await using VenueRig rig = await VenueRig.StartAsync(await QuietBroker.StartAsync());
        Money wanted = new(decimal.Parse(amount, CultureInfo.InvariantCulture), new Asset(of));

        ConversionAnswer<ConversionQuote> answer = await rig.QuoteAsync(new Asset(from), new Asset(to), wanted.Amount, wanted.Asset);

        answer.IsOk.ShouldBeTrue(answer.Detail);
        ConversionQuote quote = answer.Value;
        (of == from ? quote.From : quote.To).ShouldBe(wanted);
        Money fee = quote.Fees.ShouldHaveSingleItem();
        fee.Asset.ShouldBe(new Asset(of == from ? to : from), "the commission is taken on the side that is not fixed");
        (await rig.CarryOutAsync(quote)).Outcome.ShouldBe(ConversionOutcome.Done);
        await rig.ShouldEqualTruthAsync();
    }

    [Theory]
    [InlineData("USD", "USD", 1)]
    [InlineData("USD", "BTC", 0)]
    [InlineData("USD", "BTC", -1)]
    public async Task QuoteAsync_NoConversion_IsRefusedWithoutAsking(string from, string to, int amount)
    {
        await using VenueRig rig = await VenueRig.StartAsync(await QuietBroker.StartAsync());
        ConversionAnswer<ConversionQuote> answer = await rig.QuoteAsync(new Asset(from), new Asset(to), amount);
        answer.Reason.ShouldBe(RejectReason.InvalidOrder);
        (await rig.Broker.TruthAsync()).GetProperty("transactions").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task QuoteAsync_IntoAnAssetWithoutACard_MakesOneCard()
    {
        await using VenueRig rig = await VenueRig.StartAsync(await QuietBroker.StartAsync(new() { OpensWith = ["USD"] }));

        ConversionAnswer<ConversionQuote>[] quotes = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => rig.QuoteAsync(VenueRig.Usd, VenueRig.Btc, 100)));

        quotes.ShouldAllBe(q => q.IsOk);
        (await rig.Account.Calls.CardsAsync(VenueRig.Stop)).Value.Count(c => c.Balance.Asset == VenueRig.Btc).ShouldBe(1);
    }

    [Fact]
    public async Task QuoteAsync_NoCardMayBeMade_IsRefusedAndSaysWhatToDo()
    {
        await using VenueRig rig = await VenueRig.StartAsync(await QuietBroker.StartAsync(new() { OpensWith = ["USD"] }), o => o with { MakesCards = false });
        ConversionAnswer<ConversionQuote> answer = await rig.QuoteAsync(VenueRig.Usd, VenueRig.Btc, 100);
        answer.Reason.ShouldBe(RejectReason.NotSupported);
        answer.Detail.ShouldContain("make one at the venue");
        (await rig.QuoteAsync(VenueRig.Btc, VenueRig.Usd, 1)).Reason.ShouldBe(RejectReason.InsufficientBalance);
    }

    [Fact]
    public async Task SeveralCardsOfAnAsset_AreOneHoldingAndTheFullestPays()
    {
        await using VenueRig rig = await VenueRig.StartAsync(await QuietBroker.StartAsync());
        UpholdCard second = (await rig.Account.Calls.CreateCardAsync("Second", VenueRig.Usd, VenueRig.Stop)).Value;
        VenueResult<UpholdTransaction> move = await rig.Account.Calls.QuoteAsync(new QuoteTerms(rig.Cards[VenueRig.Usd], second.Id, new Money(70_000, VenueRig.Usd), "move"), VenueRig.Stop);
        (await rig.Account.Calls.CommitAsync(rig.Cards[VenueRig.Usd], move.Value.Id, VenueRig.Stop)).IsOk.ShouldBeTrue();

        ConversionAnswer<IReadOnlyList<Holding>> holdings = await rig.Venue.HoldingsAsync(VenueRig.Stop);
        holdings.Value!.Single(h => h.Total.Asset == VenueRig.Usd).ShouldBe(new Holding(new Money(100_000, VenueRig.Usd), 100_000));
        ConversionAnswer<ConversionQuote> quote = await rig.QuoteAsync(VenueRig.Usd, VenueRig.Btc, 50_000);
        quote.IsOk.ShouldBeTrue(quote.Detail);
        (await rig.CarryOutAsync(quote.Value)).Outcome.ShouldBe(ConversionOutcome.Done);
        (await rig.Account.Calls.CardAsync(second.Id, VenueRig.Stop)).Value.Balance.Amount.ShouldBe(20_000);
        await rig.ShouldEqualTruthAsync();
    }

    [Fact]
    public async Task Transactions_MoreThanAPage_AreAllReadNewestFirst()
    {
        ManualTimeProvider time = new();
        await using VenueRig rig = await VenueRig.StartAsync(await QuietBroker.StartAsync(time: time), time: time);
        List<VenueTradeId> ids = [];
        for (int i = 0; i < 101; i++)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            ConversionQuote quote = (await rig.QuoteAsync(VenueRig.Usd, VenueRig.Btc, 10)).Value!;
            (await rig.CarryOutAsync(quote)).Outcome.ShouldBe(ConversionOutcome.Done);
            ids.Insert(0, quote.Id);
        }

        IReadOnlyList<UpholdTransaction> all = (await rig.Account.Calls.TransactionsAsync(null, null, VenueRig.Stop)).Value;

        all.Select(t => t.Id).ShouldBe(ids);
        all[^1].Reference.ShouldBe("h00c0ffee-1");
        (await rig.Account.Calls.AssetsAsync(VenueRig.Stop)).Value.Select(a => a.Asset.Code).ShouldBe(["BTC", "ETH", "USD", "USDT", "XRP"]);
        (await rig.Account.Calls.TickersAsync(VenueRig.Usd, VenueRig.Stop)).Value.Count.ShouldBe(8);
        rig.Account.Census.Counts.ShouldBeEmpty();
    }

    [Fact]
    public async Task Calls_MoreThanTheLimit_WaitForItAndAreNeverRefused()
    {
        ManualTimeProvider time = new();
        await using VenueRig rig = await VenueRig.StartAsync(await QuietBroker.StartAsync(time: time, isUnlimited: false), time: time);
        Timestamp started = rig.Now;
        for (int i = 0; i < 600; i++)
        {
            VenueResult<UpholdTicker> ticker = await rig.PassTimeAsync(rig.Account.Calls.TickerAsync(VenueRig.Btc, VenueRig.Usd, VenueRig.Stop));
            if (!ticker.IsOk)
            {
                ticker.Error.Kind.ShouldBe(VenueErrorKind.RefusedLocally, "the venue must never have to say it");
                time.Advance(TimeSpan.FromSeconds(10));
            }
        }

        (rig.Now - started).ShouldBeGreaterThan(TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task OpenAccount_ByTheExchange_ConvertsWithClientCredentialsToo()
    {
        await using QuietBroker broker = await QuietBroker.StartAsync();
        using HttpMessageInvoker http = RestTransport.Create();
        ApiCredentials application = new("client:default", new Secret(Harrier.Testnet.Uphold.UpholdOrigin.ClientSecretOf(QuietBroker.Seed, "default")));
        VenueSurroundings surroundings = new(http, new HttpSocketFactory(http), TimeProvider.System, NullLogger.Instance) { Jitter = static () => 0.5 };
        using AccountAccess access = new UpholdExchange().OpenAccount(new AccountRequest("uphold", new VenuePlace(PlaceKind.Address, broker.Rest), application), surroundings);

        VenueResult<AccountSnapshot> account = await access.Reader.AccountAsync(VenueRig.Stop);

        account.Value.Balances.Select(b => b.Asset.Code).ShouldBe(["BTC", "ETH", "USD", "USDT", "XRP"]);
        account.Value.CanTrade.ShouldBe(true);
        (await new UpholdExchange().OpenMarketAsync(new MarketRequest("uphold", new VenuePlace(PlaceKind.Live), ["BTCUSD"], default), surroundings, VenueRig.Stop))
            .Error.Kind.ShouldBe(VenueErrorKind.NotSupported);
    }
}
