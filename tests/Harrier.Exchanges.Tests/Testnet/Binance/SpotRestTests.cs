using System.Text.Json;

namespace Harrier.Exchanges.Tests.Testnet.Binance;

/// <summary>The spot market by HTTP, asked as a client would, with requests and signatures written out.</summary>
public sealed class SpotRestTests
{
    [Fact]
    public async Task Order_RestsFillsAndIsRead_AsTheVenueWritesIt()
    {
        await using QuietExchange exchange = await QuietExchange.StartAsync();
        using RawClient other = await exchange.OpenAsync("other");

        RawAnswer rested = await exchange.Client.LimitAsync("BUY", "64000.00", "0.01000000", "a-1");
        RawAnswer sold = await other.OrderAsync("symbol=BTCUSDT&side=SELL&type=MARKET&quantity=0.004");
        RawAnswer read = await exchange.Client.SignedAsync(HttpMethod.Get, "/api/v3/order", "symbol=BTCUSDT&origClientOrderId=a-1");
        RawAnswer trades = await exchange.Client.SignedAsync(HttpMethod.Get, "/api/v3/myTrades", "symbol=BTCUSDT");
        RawAnswer account = await exchange.Client.SignedAsync(HttpMethod.Get, "/api/v3/account");

        rested.Json.GetProperty("status").GetString().ShouldBe("NEW");
        rested.Json.GetProperty("fills").GetArrayLength().ShouldBe(0);
        rested.Headers["X-MBX-ORDER-COUNT-10S"].ShouldBe("1");
        JsonElement fill = sold.Json.GetProperty("fills")[0];
        fill.GetProperty("price").GetString().ShouldBe("64000.00000000");
        fill.GetProperty("commission").GetString().ShouldBe("0.25600000");
        fill.GetProperty("commissionAsset").GetString().ShouldBe("USDT");
        read.Json.GetProperty("status").GetString().ShouldBe("PARTIALLY_FILLED");
        read.Json.GetProperty("executedQty").GetString().ShouldBe("0.00400000");
        read.Json.GetProperty("cummulativeQuoteQty").GetString().ShouldBe("256.00000000");
        trades.Json[0].GetProperty("isMaker").GetBoolean().ShouldBeTrue();
        trades.Json[0].GetProperty("commission").GetString().ShouldBe("0.00000400");
        JsonElement usdt = account.Json.GetProperty("balances").EnumerateArray().Single(b => b.GetProperty("asset").GetString() == "USDT");
        usdt.GetProperty("locked").GetString().ShouldBe("384.00000000");
        usdt.GetProperty("free").GetString().ShouldBe("99360.00000000");
    }

    [Theory]
    [InlineData("[null]")]
    [InlineData("[1]")]
    [InlineData("[[]]")]
    [InlineData("BTCUSDT")]
    public async Task TickerPrice_ListThatIsNoneOfSymbols_IsRefused(string symbols)
    {
        await using QuietExchange exchange = await QuietExchange.StartAsync();

        RawAnswer answer = await exchange.Client.SendAsync(HttpMethod.Get, "/api/v3/ticker/price?symbols=" + Uri.EscapeDataString(symbols));

        (answer.Status, answer.Code).ShouldBe((400, -1100));
    }

    [Fact]
    public async Task Signature_CoversQueryAndBodyAsSent()
    {
        await using QuietExchange exchange = await QuietExchange.StartAsync();
        string query = "symbol=BTCUSDT&side=BUY&type=LIMIT";
        string body = FormattableString.Invariant($"timeInForce=GTC&quantity=0.01&price=50000&newClientOrderId=a%3A1&timestamp={RawClient.NowMs}");

        RawAnswer right = await exchange.Client.SendAsync(HttpMethod.Post, "/api/v3/order?" + query, body + "&signature=" + exchange.Client.Sign(query + body));
        RawAnswer decoded = await exchange.Client.SendAsync(
            HttpMethod.Post, "/api/v3/order?" + query, body + "&signature=" + exchange.Client.Sign(query + body.Replace("%3A", ":", StringComparison.Ordinal)));

        right.Json.GetProperty("clientOrderId").GetString().ShouldBe("a:1");
        decoded.Status.ShouldBe(400);
        decoded.Code.ShouldBe(-1022);
    }

    [Fact]
    public async Task SignedRequest_WrongKeyTimeOrSecret_IsRefusedInTheVenuesWords()
    {
        await using QuietExchange exchange = await QuietExchange.StartAsync();
        using RawClient stranger = new(exchange.Rest, new string('x', 64), "secret");
        using RawClient malformed = new(exchange.Rest, "short", "secret");
        using RawClient forger = new(exchange.Rest, exchange.Client.Key, "secret");

        RawAnswer late = await exchange.Client.SignedAsync(HttpMethod.Get, "/api/v3/account", timestamp: RawClient.NowMs - 6000);
        RawAnswer early = await exchange.Client.SignedAsync(HttpMethod.Get, "/api/v3/account", timestamp: RawClient.NowMs + 60_000);

        (await stranger.SignedAsync(HttpMethod.Get, "/api/v3/account")).Code.ShouldBe(-2015);
        (await malformed.SignedAsync(HttpMethod.Get, "/api/v3/account")).Code.ShouldBe(-2014);
        (await forger.SignedAsync(HttpMethod.Get, "/api/v3/account")).Code.ShouldBe(-1022);
        (await exchange.Client.SendAsync(HttpMethod.Get, "/api/v3/account")).Code.ShouldBe(-1102);
        (late.Code, late.Message).ShouldBe((-1021, "Timestamp for this request is outside of the recvWindow."));
        (early.Code, early.Message).ShouldBe((-1021, "Timestamp for this request was 1000ms ahead of the server's time."));
    }

    [Theory]
    [InlineData("symbol=BTCUSDT&side=BUY&type=LIMIT&timeInForce=GTC&price=1e5&quantity=1", -1100)]
    [InlineData("symbol=BTCUSDT&side=BUY&type=LIMIT&timeInForce=GTC&price=50000&price=50000&quantity=1", -1101)]
    [InlineData("symbol=BTCUSDT&side=BUY&type=LIMIT&timeInForce=GTC&quantity=1", -1102)]
    [InlineData("symbol=BTCUSDT&side=BUY&type=LIMIT&price=50000&quantity=1", -1102)]
    [InlineData("symbol=BTCUSDT&side=BUY&type=LIMIT&timeInForce=GTC&price=50000&quantity=1&foo=1", -1104)]
    [InlineData("symbol=BTCUSDT&side=BUY&type=LIMIT&timeInForce=GTC&price=50000&quantity=1&newClientOrderId=", -1105)]
    [InlineData("symbol=BTCUSDT&side=BUY&type=MARKET&price=50000&quantity=1", -1106)]
    [InlineData("symbol=BTCUSDT&side=BUY&type=LIMIT&timeInForce=GTC&price=50000.000000001&quantity=1", -1111)]
    [InlineData("symbol=BTCUSDT&side=BUY&type=LIMIT&timeInForce=GTX&price=50000&quantity=1", -1115)]
    [InlineData("symbol=BTCUSDT&side=BUY&type=SOMETHING&quantity=1", -1116)]
    [InlineData("symbol=BTCUSDT&side=HOLD&type=MARKET&quantity=1", -1117)]
    [InlineData("symbol=NOPE&side=BUY&type=MARKET&quantity=1", -1121)]
    [InlineData("symbol=BTCUSDT&side=BUY&type=MARKET&quantity=1&quoteOrderQty=1", -1128)]
    public async Task NewOrder_BadParameters_GiveTheVenuesCode(string query, int code)
    {
        await using QuietExchange exchange = await QuietExchange.StartAsync();

        RawAnswer answer = await exchange.Client.OrderAsync(query);

        (answer.Status, answer.Code).ShouldBe((400, code));
    }

    [Theory]
    [InlineData("50000.001", "0.01", -1013, "Filter failure: PRICE_FILTER")]
    [InlineData("50000", "0.000001", -1013, "Filter failure: LOT_SIZE")]
    [InlineData("50000", "0.0123456", -1013, "Filter failure: LOT_SIZE")]
    [InlineData("50000", "0.00002", -1013, "Filter failure: NOTIONAL")]
    [InlineData("50000", "50", -2010, "Account has insufficient balance for requested action.")]
    public async Task NewOrder_AgainstRules_NamesTheFilter(string price, string quantity, int code, string message)
    {
        await using QuietExchange exchange = await QuietExchange.StartAsync();

        RawAnswer answer = await exchange.Client.LimitAsync("BUY", price, quantity, "a");

        (answer.Code, answer.Message).ShouldBe((code, message));
    }

    [Fact]
    public async Task CancelReplace_NewOrderRefused_SaysWhatHalfWasDone()
    {
        await using QuietExchange exchange = await QuietExchange.StartAsync();
        _ = await exchange.Client.LimitAsync("BUY", "50000", "0.01", "a-1");

        RawAnswer half = await exchange.Client.SignedAsync(
            HttpMethod.Post,
            "/api/v3/order/cancelReplace",
            "symbol=BTCUSDT&side=BUY&type=LIMIT&timeInForce=GTC&price=50000&quantity=50&cancelReplaceMode=STOP_ON_FAILURE&cancelOrigClientOrderId=a-1");
        RawAnswer none = await exchange.Client.SignedAsync(
            HttpMethod.Post,
            "/api/v3/order/cancelReplace",
            "symbol=BTCUSDT&side=BUY&type=LIMIT&timeInForce=GTC&price=50000&quantity=0.01&cancelReplaceMode=STOP_ON_FAILURE&cancelOrigClientOrderId=a-1");

        (half.Status, half.Code).ShouldBe((409, -2021));
        half.Json.GetProperty("data").GetProperty("cancelResult").GetString().ShouldBe("SUCCESS");
        half.Json.GetProperty("data").GetProperty("newOrderResponse").GetProperty("code").GetInt32().ShouldBe(-2010);
        (none.Status, none.Code).ShouldBe((400, -2022));
        none.Json.GetProperty("data").GetProperty("newOrderResult").GetString().ShouldBe("NOT_ATTEMPTED");
        none.Json.GetProperty("data").GetProperty("newOrderResponse").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Fact]
    public async Task Weight_BeyondTheLimit_Gives429ThenABanWithItsEnd()
    {
        await using QuietExchange exchange = await QuietExchange.StartAsync();
        RawAnswer last = await exchange.Client.GetAsync("/api/v3/depth?symbol=BTCUSDT&limit=5000");
        List<int> statuses = [last.Status];
        while (last.Status != 418)
        {
            last = await exchange.Client.GetAsync("/api/v3/depth?symbol=BTCUSDT&limit=5000");
            statuses.Add(last.Status);
            statuses.Count.ShouldBeLessThan(100);
        }

        statuses.Count(s => s == 429).ShouldBeGreaterThanOrEqualTo(1);
        last.Code.ShouldBe(-1003);
        last.Message.ShouldStartWith("Way too much request weight used; IP banned until ");
        int.Parse(last.Headers["Retry-After"], System.Globalization.CultureInfo.InvariantCulture).ShouldBeInRange(1, 120);
    }

    [Fact]
    public async Task UserDataStream_WasWithdrawn_Answers410()
    {
        await using QuietExchange exchange = await QuietExchange.StartAsync();

        (await exchange.Client.SendAsync(HttpMethod.Post, "/api/v3/userDataStream")).Status.ShouldBe(410);
    }
}
