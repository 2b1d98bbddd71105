using System.Globalization;
using System.Text;
using System.Text.Json;
using Harrier.Exchanges.Tests.Support;
using Harrier.Exchanges.Tests.Uphold;
using Harrier.Testnet.Hosting;
using Harrier.Testnet.Uphold;

namespace Harrier.Exchanges.Tests.Testnet.Uphold;

/// <summary>The built-in broker by raw HTTP: it shares nothing with the adapter.</summary>
public sealed class BrokerTests
{
    private static object Wish(string amount, string currency, string destination, string? reference = null) =>
        new { denomination = new { amount, currency }, destination, reference };

    [Fact]
    public async Task Ticker_OfAPairAndOfACurrency_HaveTheFormsOfTheDocuments()
    {
        await using QuietBroker broker = await QuietBroker.StartAsync();

        BrokerReply pair = await broker.SendAsync(HttpMethod.Get, "/v0/ticker/BTC-USD", token: "");
        Names(pair.Json).ShouldBe(["ask", "bid", "currency"]);
        pair.NumberOf("bid").ShouldBe(63_936m);
        pair.NumberOf("ask").ShouldBe(64_064m);

        BrokerReply all = await broker.SendAsync(HttpMethod.Get, "/v0/ticker/USD", token: "");
        Names(all.Json[0]).ShouldBe(Names(UpholdDocuments.Example("tickers/Get Tickers for Currency")[0]));
        all.Json.EnumerateArray().Select(t => t.GetProperty("pair").GetString()).ShouldBe(["BTCUSD", "ETHUSD", "USDBTC", "USDETH", "USDTUSD", "USDUSDT", "USDXRP", "XRPUSD"], ignoreOrder: true);
        (await broker.GetAsync("/v0/ticker")).Text.ShouldBe(all.Text);
        (await broker.GetAsync("/v0/ticker/BTC-NIX")).Status.ShouldBe(404);
        (await broker.GetAsync("/v0/ticker/NIX")).Status.ShouldBe(404);
    }

    [Fact]
    public async Task Ticker_APairWithoutTheDollar_GoesThroughIt()
    {
        await using QuietBroker broker = await QuietBroker.StartAsync();
        (await broker.GetAsync("/v0/ticker/BTC-ETH")).NumberOf("bid").ShouldBe(20m * 0.999m);
        (await broker.GetAsync("/v0/ticker/ETH-BTC")).NumberOf("ask").ShouldBe(0.05m * 1.001m);
    }

    [Fact]
    public async Task AssetsCardsAndTransactions_HaveThePropertiesOfTheDocuments()
    {
        await using QuietBroker broker = await QuietBroker.StartAsync();
        BrokerReply assets = await broker.GetAsync("/v0/assets");
        Names(assets.Json[0]).ShouldBeSubsetOf(Names(UpholdDocuments.Example("currencies/List Supported Assets")[0]));
        BrokerReply cards = await broker.GetAsync("/v0/me/cards");
        Names(cards.Json[0]).ShouldBe(Names(UpholdDocuments.Example("cards/List Cards")[0]));
        BrokerReply quote = await broker.PostAsync($"/v0/me/cards/{await broker.CardAsync("USD")}/transactions", Wish("100", "USD", await broker.CardAsync("BTC")));
        JsonElement documented = UpholdDocuments.Example("transactions/Create & Commit a Transaction");
        Names(quote.Json).ShouldBe(Names(documented));
        foreach (string part in new[] { "denomination", "destination", "origin", "params" })
        {
            Names(quote.Json.GetProperty(part)).ShouldBe(Names(documented.GetProperty(part)), part);
        }

        Names(quote.Json.GetProperty("fees")[0]).ShouldBe(Names(documented.GetProperty("fees")[0]));
        (await broker.GetAsync("/v0/me")).TextOf("status").ShouldBe("ok");
    }

    [Fact]
    public async Task Quote_InTheAssetThatPays_TakesItsCommissionFromWhatArrives()
    {
        await using QuietBroker broker = await QuietBroker.StartAsync();
        BrokerReply quote = await broker.PostAsync($"/v0/me/cards/{await broker.CardAsync("USD")}/transactions", Wish("100", "USD", await broker.CardAsync("BTC"), "our-id"));

        quote.Status.ShouldBe(200);
        quote.TextOf("status").ShouldBe("pending");
        quote.TextOf("reference").ShouldBe("our-id");
        quote.Json.GetProperty("params").GetProperty("ttl").GetInt32().ShouldBe(30_000);
        JsonElement origin = quote.Json.GetProperty("origin");
        JsonElement destination = quote.Json.GetProperty("destination");
        QuietBroker.NumberOf(origin, "amount").ShouldBe(100);
        QuietBroker.NumberOf(origin, "commission").ShouldBe(0);

        // 100 / 64000 x 0.999, cut to 8 decimals; 0.65 % of it, up.
        QuietBroker.NumberOf(destination, "base").ShouldBe(0.00156093m);
        QuietBroker.NumberOf(destination, "commission").ShouldBe(0.00001015m);
        QuietBroker.NumberOf(destination, "amount").ShouldBe(0.00155078m);
    }

    [Fact]
    public async Task Quote_InTheAssetThatArrives_AddsItsCommissionToWhatIsPaid()
    {
        await using QuietBroker broker = await QuietBroker.StartAsync();
        BrokerReply quote = await broker.PostAsync($"/v0/me/cards/{await broker.CardAsync("USD")}/transactions", Wish("0.001", "BTC", await broker.CardAsync("BTC")));

        JsonElement origin = quote.Json.GetProperty("origin");
        QuietBroker.NumberOf(quote.Json.GetProperty("destination"), "amount").ShouldBe(0.001m);
        QuietBroker.NumberOf(origin, "base").ShouldBe(64.07m);
        QuietBroker.NumberOf(origin, "commission").ShouldBe(0.42m);
        QuietBroker.NumberOf(origin, "amount").ShouldBe(64.49m);
    }

    [Fact]
    public async Task Commit_OfAQuote_MovesItsAmountsOnceAndTheListShowsIt()
    {
        await using QuietBroker broker = await QuietBroker.StartAsync();
        string card = await broker.CardAsync("USD");
        Dictionary<string, decimal> before = await broker.BalancesAsync();
        BrokerReply quote = await broker.PostAsync($"/v0/me/cards/{card}/transactions", Wish("100", "USD", await broker.CardAsync("BTC")));
        string id = quote.TextOf("id");
        (await broker.GetAsync("/v0/me/transactions")).Json.GetArrayLength().ShouldBe(0, "the list has committed transactions alone");

        BrokerReply commit = await broker.PostAsync($"/v0/me/cards/{card}/transactions/{id}/commit");

        commit.Status.ShouldBe(200);
        commit.TextOf("status").ShouldBe("completed");
        BrokerReply again = await broker.PostAsync($"/v0/me/cards/{card}/transactions/{id}/commit");
        again.Status.ShouldBe(409);
        Dictionary<string, decimal> after = await broker.BalancesAsync();
        after["USD"].ShouldBe(before["USD"] - 100);
        after["BTC"].ShouldBe(before["BTC"] + 0.00155078m);
        (await broker.GetAsync($"/v0/me/transactions/{id}")).TextOf("status").ShouldBe("completed");
        (await broker.GetAsync("/v0/me/transactions")).Json[0].GetProperty("id").GetString().ShouldBe(id);
        (await broker.GetAsync($"/v0/me/cards/{card}/transactions")).Json[0].GetProperty("id").GetString().ShouldBe(id);
        (await broker.TruthAsync()).GetProperty("transactions")[0].GetProperty("commitCalls").GetInt32().ShouldBe(2);
    }

    [Fact]
    public async Task Commit_AfterTheQuotesLife_IsNotFoundAndMovesNothing()
    {
        ManualTimeProvider time = new();
        await using QuietBroker broker = await QuietBroker.StartAsync(time: time);
        string card = await broker.CardAsync("USD");
        string id = (await broker.PostAsync($"/v0/me/cards/{card}/transactions", Wish("100", "USD", await broker.CardAsync("BTC")))).TextOf("id");
        string other = (await broker.PostAsync($"/v0/me/cards/{card}/transactions", Wish("100", "USD", await broker.CardAsync("BTC")))).TextOf("id");
        Dictionary<string, decimal> before = await broker.BalancesAsync();

        time.Advance(TimeSpan.FromSeconds(30));
        (await broker.PostAsync($"/v0/me/cards/{card}/transactions/{other}/commit")).Status.ShouldBe(200, "the last instant belongs to its life");
        time.Advance(TimeSpan.FromMilliseconds(1));

        BrokerReply late = await broker.PostAsync($"/v0/me/cards/{card}/transactions/{id}/commit");
        late.Status.ShouldBe(404);
        late.Code.ShouldBe("not_found");
        (await broker.BalancesAsync())["USD"].ShouldBe(before["USD"] - 100);
    }

    [Fact]
    public async Task Commit_ThePriceMovedSinceTheQuote_TheQuoteHolds()
    {
        await using QuietBroker broker = await QuietBroker.StartAsync(isDriven: true);
        string card = await broker.CardAsync("USD");
        BrokerReply quote = await broker.PostAsync($"/v0/me/cards/{card}/transactions", Wish("100", "USD", await broker.CardAsync("BTC")));
        decimal promised = QuietBroker.NumberOf(quote.Json.GetProperty("destination"), "amount");
        decimal before = (await broker.BalancesAsync())["BTC"];
        decimal bid = (await broker.GetAsync("/v0/ticker/BTC-USD")).NumberOf("bid");
        _ = await broker.AdminAsync(HttpMethod.Post, "/market", new { action = "crash", value = "20", lengthMs = 200 });
        for (decimal now = bid; now > bid * 0.9m;)
        {
            now = (await broker.GetAsync("/v0/ticker/BTC-USD")).NumberOf("bid");
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, TestContext.Current.CancellationToken);
        }

        (await broker.PostAsync($"/v0/me/cards/{card}/transactions/{quote.TextOf("id")}/commit")).Status.ShouldBe(200);

        (await broker.BalancesAsync())["BTC"].ShouldBe(before + promised);
    }

    [Fact]
    public async Task Cancel_AQuote_CanNotBeCommittedAnyMore()
    {
        await using QuietBroker broker = await QuietBroker.StartAsync();
        string card = await broker.CardAsync("USD");
        string id = (await broker.PostAsync($"/v0/me/cards/{card}/transactions", Wish("100", "USD", await broker.CardAsync("BTC")))).TextOf("id");

        (await broker.PostAsync($"/v0/me/cards/{card}/transactions/{id}/cancel")).TextOf("status").ShouldBe("cancelled");

        (await broker.PostAsync($"/v0/me/cards/{card}/transactions/{id}/commit")).Status.ShouldBe(404);
        (await broker.GetAsync($"/v0/me/transactions/{id}")).TextOf("status").ShouldBe("cancelled");
    }

    [Fact]
    public async Task Quote_OfMoreThanTheCardHas_HasTheErrorOfTheDocuments()
    {
        await using QuietBroker broker = await QuietBroker.StartAsync();
        BrokerReply reply = await broker.PostAsync($"/v0/me/cards/{await broker.CardAsync("USD")}/transactions", Wish("100000.01", "USD", await broker.CardAsync("BTC")));
        reply.Status.ShouldBe(400);
        reply.Code.ShouldBe("validation_failed");
        reply.Json.GetProperty("errors").GetProperty("denomination").GetProperty("errors").GetProperty("amount")[0].GetProperty("code").GetString().ShouldBe("sufficient_funds");
    }

    [Fact]
    public async Task Commit_TheMoneyWasSpentMeanwhile_IsRefusedAndMovesNothing()
    {
        await using QuietBroker broker = await QuietBroker.StartAsync();
        string card = await broker.CardAsync("USD");
        string[] ids = [.. await Task.WhenAll(Enumerable.Range(0, 2).Select(async _ =>
            (await broker.PostAsync($"/v0/me/cards/{card}/transactions", Wish("60000", "USD", await broker.CardAsync("BTC")))).TextOf("id")))];

        (await broker.PostAsync($"/v0/me/cards/{card}/transactions/{ids[0]}/commit")).Status.ShouldBe(200);
        BrokerReply second = await broker.PostAsync($"/v0/me/cards/{card}/transactions/{ids[1]}/commit");

        second.Status.ShouldBe(400);
        (await broker.BalancesAsync())["USD"].ShouldBe(40_000);
    }

    [Theory]
    [InlineData("""{"destination":"x"}""", "required")]
    [InlineData("""{"denomination":{"amount":"abc","currency":"USD"},"destination":"x"}""", "greater_than")]
    [InlineData("""{"denomination":{"amount":"-1","currency":"USD"},"destination":"x"}""", "greater_than")]
    [InlineData("""{"denomination":{"amount":"1e5","currency":"USD"},"destination":"x"}""", "greater_than")]
    [InlineData("""{"denomination":{"amount":"1.001","currency":"USD"},"destination":"x"}""", "invalid_precision")]
    [InlineData("""{"denomination":{"amount":"1","currency":"NIX"},"destination":"x"}""", "invalid_currency")]
    [InlineData("""{"denomination":{"amount":"1","currency":"USD"},"destination":"x"}""", "invalid_destination")]
    [InlineData("not json", "required")]
    public async Task Quote_ABadWish_IsRefusedByItsField(string body, string code)
    {
        await using QuietBroker broker = await QuietBroker.StartAsync();
        using HttpClient http = new();
        using HttpRequestMessage request = new(HttpMethod.Post, new Uri(broker.Rest, $"/v0/me/cards/{await broker.CardAsync("USD")}/transactions"))
        {
            Content = new StringContent(body, Encoding.UTF8, "application/json"),
        };
        request.Headers.Add("Authorization", "Bearer " + QuietBroker.Token);
        using HttpResponseMessage response = await http.SendAsync(request, TestContext.Current.CancellationToken);
        string text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        ((int)response.StatusCode).ShouldBe(400);
        text.ShouldContain($"\"code\":\"{code}\"");
    }

    [Fact]
    public async Task Me_WithoutATokenOrWithAWrongOne_IsUnauthorized()
    {
        await using QuietBroker broker = await QuietBroker.StartAsync();
        (await broker.SendAsync(HttpMethod.Get, "/v0/me/cards", token: "")).Status.ShouldBe(401);
        (await broker.SendAsync(HttpMethod.Get, "/v0/me/cards", token: "wrong")).Code.ShouldBe("unauthorized");
        (await broker.GetAsync("/v0/nothing")).Status.ShouldBe(404);
    }

    [Fact]
    public async Task Token_OfAnApplication_OpensItsAccount()
    {
        await using QuietBroker broker = await QuietBroker.StartAsync();
        string secret = UpholdOrigin.ClientSecretOf(QuietBroker.Seed, TestnetAccounts.DefaultName);
        using HttpClient http = new();
        using HttpRequestMessage request = new(HttpMethod.Post, new Uri(broker.Rest, "/oauth2/token")) { Content = new FormUrlEncodedContent([new("grant_type", "client_credentials")]) };
        request.Headers.TryAddWithoutValidation("Authorization", "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes("default:" + secret)));
        using HttpResponseMessage response = await http.SendAsync(request, TestContext.Current.CancellationToken);
        JsonElement token = JsonSerializer.Deserialize<JsonElement>(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        (await broker.SendAsync(HttpMethod.Get, "/v0/me", token: token.GetProperty("access_token").GetString())).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Commit_AOneTimePasswordIsWanted_NeedsItsHeader()
    {
        await using QuietBroker broker = await QuietBroker.StartAsync();
        string card = await broker.CardAsync("USD");
        string id = (await broker.PostAsync($"/v0/me/cards/{card}/transactions", Wish("100", "USD", await broker.CardAsync("BTC")))).TextOf("id");
        _ = await broker.AdminAsync(HttpMethod.Post, "/faults", new { kind = "otp", venue = "uphold", match = "/commit" });

        BrokerReply refused = await broker.PostAsync($"/v0/me/cards/{card}/transactions/{id}/commit");
        refused.Status.ShouldBe(401);
        refused.Headers["OTP-Token"].ShouldBe("Required");
        (await broker.PostAsync($"/v0/me/cards/{card}/transactions/{id}/commit", null, ("OTP-Token", "123456"))).Status.ShouldBe(200);
    }

    [Fact]
    public async Task List_WithARange_AnswersThatPartAndHowManyThereAre()
    {
        await using QuietBroker broker = await QuietBroker.StartAsync();
        string card = await broker.CardAsync("USD");
        string btc = await broker.CardAsync("BTC");
        List<string> ids = [];
        for (int i = 0; i < 55; i++)
        {
            string id = (await broker.PostAsync($"/v0/me/cards/{card}/transactions", Wish("10", "USD", btc))).TextOf("id");
            (await broker.PostAsync($"/v0/me/cards/{card}/transactions/{id}/commit")).Status.ShouldBe(200);
            ids.Insert(0, id);
        }

        BrokerReply first = await broker.GetAsync("/v0/me/transactions", ("Range", "items=0-4"));
        first.Status.ShouldBe(206);
        first.Headers["Content-Range"].ShouldBe("items 0-4/55");
        first.Json.EnumerateArray().Select(t => t.GetProperty("id").GetString()).ShouldBe(ids.Take(5));
        (await broker.GetAsync("/v0/me/transactions")).Json.GetArrayLength().ShouldBe(50);
        BrokerReply rest = await broker.GetAsync("/v0/me/transactions", ("Range", "items=50-99"));
        rest.Headers["Content-Range"].ShouldBe("items 50-54/55");
        rest.Json.EnumerateArray().Select(t => t.GetProperty("id").GetString()).ShouldBe(ids.Skip(50));
        (await broker.GetAsync("/v0/me/transactions", ("Range", "items=0-500"))).Json.GetArrayLength().ShouldBe(50, "no page has more");
        (await broker.GetAsync("/v0/me/transactions", ("Range", "items=55-60"))).Status.ShouldBe(416);
        (await broker.GetAsync("/v0/me/transactions", ("Range", "bytes=0-4"))).Status.ShouldBe(412);
        (await broker.GetAsync("/v0/me/transactions", ("Range", "items=4-0"))).Status.ShouldBe(412);
    }

    [Fact]
    public async Task Requests_MoreThan250AMinute_AreRefusedUntilItEnds()
    {
        ManualTimeProvider time = new();
        await using QuietBroker broker = await QuietBroker.StartAsync(time: time, isUnlimited: false);
        for (int i = 0; i < 250; i++)
        {
            (await broker.GetAsync("/v0/ticker/BTC-USD")).Status.ShouldBe(200);
        }

        time.Advance(TimeSpan.FromSeconds(20));
        BrokerReply refused = await broker.GetAsync("/v0/ticker/BTC-USD");
        refused.Status.ShouldBe(429);
        refused.Headers["Retry-After"].ShouldBe("40");
        time.Advance(TimeSpan.FromSeconds(40));
        (await broker.GetAsync("/v0/ticker/BTC-USD")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Account_OpenedByTheOperator_HasItsOwnTokenAndCards()
    {
        await using QuietBroker broker = await QuietBroker.StartAsync();
        JsonElement opened = await broker.AdminAsync(HttpMethod.Post, "/accounts", new { name = "other", balances = new Dictionary<string, string> { ["USD"] = "5.5" } });
        string token = opened.GetProperty("token").GetString()!;
        BrokerReply cards = await broker.SendAsync(HttpMethod.Get, "/v0/me/cards", token: token);
        cards.Json.EnumerateArray().Single().GetProperty("balance").GetString().ShouldBe("5.50");

        _ = await broker.AdminAsync(HttpMethod.Post, "/market", new { action = "deposit", venue = "uphold", account = "other", asset = "USD", amount = "1.25" });
        _ = await broker.AdminAsync(HttpMethod.Post, "/market", new { action = "deposit", venue = "uphold", account = "other", asset = "BTC", amount = "2" });
        cards = await broker.SendAsync(HttpMethod.Get, "/v0/me/cards", token: token);
        cards.Json.EnumerateArray().Select(c => c.GetProperty("currency").GetString() + " " + c.GetProperty("balance").GetString()).ShouldBe(["USD 6.75", "BTC 2.00"]);
    }

    [Fact]
    public async Task Cards_OfTheSameAsset_DivideWhatTheAccountHolds()
    {
        await using QuietBroker broker = await QuietBroker.StartAsync();
        string first = await broker.CardAsync("USD");
        string second = (await broker.PostAsync("/v0/me/cards", new { label = "Second", currency = "USD" })).TextOf("id");
        BrokerReply move = await broker.PostAsync($"/v0/me/cards/{first}/transactions?commit=true", Wish("0.01", "USD", second));

        move.TextOf("status").ShouldBe("completed");
        QuietBroker.NumberOf(move.Json.GetProperty("destination"), "amount").ShouldBe(0.01m, "between cards of one asset nothing is charged");
        (await broker.GetAsync($"/v0/me/cards/{second}")).TextOf("balance").ShouldBe("0.01");
        (await broker.BalancesAsync())["USD"].ShouldBe(100_000);
        (await broker.GetAsync("/v0/me/cards?q=currency:USD")).Json.GetArrayLength().ShouldBe(2);
        (await broker.PostAsync("/v0/me/cards", new { label = "x", currency = "NIX" })).Status.ShouldBe(400);
    }

    [Fact]
    public async Task Commit_WithATimeToSettle_IsProcessingUntilThen()
    {
        ManualTimeProvider time = new();
        await using QuietBroker broker = await QuietBroker.StartAsync(new UpholdRules { SettleTime = TimeSpan.FromSeconds(2) }, time);
        string card = await broker.CardAsync("USD");
        string id = (await broker.PostAsync($"/v0/me/cards/{card}/transactions", Wish("100", "USD", await broker.CardAsync("BTC")))).TextOf("id");
        (await broker.PostAsync($"/v0/me/cards/{card}/transactions/{id}/commit")).TextOf("status").ShouldBe("processing");
        await StatusAsync(broker, time, id, "completed");
    }

    [Fact]
    public async Task Ids_OfTheSameSeed_AreTheSame()
    {
        await using QuietBroker one = await QuietBroker.StartAsync();
        await using QuietBroker two = await QuietBroker.StartAsync();
        (await one.CardAsync("BTC")).ShouldBe(await two.CardAsync("BTC"));
        one.Exchange.Host.ReadyLine.ShouldContain($"\"uphold\":{{\"rest\":\"{one.Rest.GetLeftPart(UriPartial.Authority)}\",\"token\":\"{QuietBroker.Token}\"}}");
    }

    private static async Task StatusAsync(QuietBroker broker, ManualTimeProvider time, string id, string wanted)
    {
        for (int i = 0; i < 1000; i++)
        {
            if ((await broker.GetAsync($"/v0/me/transactions/{id}")).TextOf("status") == wanted)
            {
                return;
            }

            time.Advance(TimeSpan.FromMilliseconds(100));
        }

        Assert.Fail(string.Create(CultureInfo.InvariantCulture, $"{id} did not become {wanted}"));
    }

    private static IReadOnlyList<string> Names(JsonElement element) => [.. element.EnumerateObject().Select(p => p.Name).Order(StringComparer.Ordinal)];
}
