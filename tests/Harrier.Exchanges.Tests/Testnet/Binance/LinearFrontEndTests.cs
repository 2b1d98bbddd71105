using System.Text.Json;

namespace Harrier.Exchanges.Tests.Testnet.Binance;

/// <summary>The USD-M front end over real requests and sockets.</summary>
public sealed class LinearFrontEndTests
{
    private const string Order = "/fapi/v1/order";
    private const string Algo = "/fapi/v1/algoOrder";

    [Theory]
    [InlineData("symbol=BTCUSDT&side=BUY&type=STOP_MARKET&quantity=0.01&stopPrice=70000", -4120)]
    [InlineData("symbol=NONE&side=BUY&type=MARKET&quantity=0.01", -1121)]
    [InlineData("symbol=BTCUSDT&side=HOLD&type=MARKET&quantity=0.01", -1117)]
    [InlineData("symbol=BTCUSDT&side=BUY&type=LIMIT&timeInForce=GTC&quantity=0.01", -1102)]
    [InlineData("symbol=BTCUSDT&side=BUY&type=LIMIT&timeInForce=NOW&quantity=0.01&price=60000", -1115)]
    [InlineData("symbol=BTCUSDT&side=BUY&type=LIMIT&timeInForce=GTC&quantity=0.01&price=60000.001", -4014)]
    [InlineData("symbol=BTCUSDT&side=BUY&type=LIMIT&timeInForce=GTC&quantity=0.00003&price=60000", -4164)]
    [InlineData("symbol=BTCUSDT&side=BUY&type=LIMIT&timeInForce=GTC&quantity=100&price=60000", -2019)]
    [InlineData("symbol=BTCUSDT&side=BUY&type=LIMIT&timeInForce=GTC&quantity=0.01&price=60000&reduceOnly=true", -2022)]
    [InlineData("symbol=BTCUSDT&side=BUY&type=LIMIT&timeInForce=GTX&quantity=0.01&price=64000", -5022)]
    [InlineData("symbol=BTCUSDT&side=BUY&type=LIMIT&timeInForce=FOK&quantity=0.5&price=64000", -5021)]
    [InlineData("symbol=BTCUSDT&side=BUY&type=LIMIT&timeInForce=GTD&quantity=0.01&price=60000&goodTillDate=1000", -5038)]
    [InlineData("symbol=BTCUSDT&side=BUY&positionSide=LONG&type=MARKET&quantity=0.01", -4061)]
    public async Task Order_AgainstTheRules_IsRefusedWithTheVenuesCode(string order, int code)
    {
        await using QuietExchange exchange = await QuietExchange.StartAsync();
        using RawClient other = await exchange.OpenAsync("other");
        _ = await PlaceAsync(other, "SELL", "63000", "0.1");

        RawAnswer answer = await exchange.Client.SignedAsync(HttpMethod.Post, Order, order);

        (answer.Status, answer.Code).ShouldBe((400, code));
    }

    [Fact]
    public async Task Order_Accepted_CountsInTheHeadersAndLeavesOutWhatIsNotPromised()
    {
        await using QuietExchange exchange = await QuietExchange.StartAsync();

        RawAnswer answer = await PlaceAsync(exchange.Client, "BUY", "60000", "0.01");

        answer.Status.ShouldBe(200);
        answer.Headers["X-MBX-ORDER-COUNT-10S"].ShouldBe("1");
        answer.Headers["X-MBX-ORDER-COUNT-1M"].ShouldBe("1");
        answer.Headers.ContainsKey("X-MBX-USED-WEIGHT-1M").ShouldBeTrue();
        answer.Json.GetProperty("status").GetString().ShouldBe("NEW");
        answer.Json.TryGetProperty("avgPrice", out _).ShouldBeFalse();
        answer.Json.TryGetProperty("fills", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task UserStream_OrderFilled_TellsFillOrderAndAccount()
    {
        await using QuietExchange exchange = await QuietExchange.StartAsync();
        using RawClient other = await exchange.OpenAsync("other");
        _ = await PlaceAsync(other, "SELL", "63000", "0.1");
        using RawSocket socket = await RawSocket.OpenAsync($"{exchange.Socket}/private/ws?listenKey={await KeyAsync(exchange)}");
        _ = await socket.AskAsync("""{"method":"LIST_SUBSCRIPTIONS","id":1}""");

        _ = await PlaceAsync(exchange.Client, "BUY", "63000", "0.1");

        List<JsonElement> events = [];
        while (events.Count < 4)
        {
            events.Add(await socket.JsonAsync());
        }

        events.Select(e => e.GetProperty("e").GetString()).Order().ShouldBe(["ACCOUNT_UPDATE", "ORDER_TRADE_UPDATE", "ORDER_TRADE_UPDATE", "TRADE_LITE"]);
        JsonElement filled = events.Last(e => e.GetProperty("e").GetString() == "ORDER_TRADE_UPDATE").GetProperty("o");
        (filled.GetProperty("x").GetString(), filled.GetProperty("X").GetString(), filled.GetProperty("z").GetString()).ShouldBe(("TRADE", "FILLED", "0.1"));
        JsonElement account = events.Single(e => e.GetProperty("e").GetString() == "ACCOUNT_UPDATE").GetProperty("a");
        account.GetProperty("m").GetString().ShouldBe("ORDER");

        // 0.0005 of 6,300 is the fee; it leaves the wallet.
        account.GetProperty("B")[0].GetProperty("wb").GetString().ShouldBe("99996.85");
        (account.GetProperty("P")[0].GetProperty("pa").GetString(), account.GetProperty("P")[0].GetProperty("ep").GetString()).ShouldBe(("0.1", "63000"));
    }

    [Fact]
    public async Task UserStream_AskedForCertainEvents_GetsNoOthers()
    {
        await using QuietExchange exchange = await QuietExchange.StartAsync();
        using RawClient other = await exchange.OpenAsync("other");
        _ = await PlaceAsync(other, "SELL", "63000", "0.1");
        using RawSocket socket = await RawSocket.OpenAsync($"{exchange.Socket}/private/ws?listenKey={await KeyAsync(exchange)}&events=ACCOUNT_UPDATE");
        _ = await socket.AskAsync("""{"method":"LIST_SUBSCRIPTIONS","id":1}""");

        _ = await PlaceAsync(exchange.Client, "BUY", "63000", "0.1");

        (await socket.JsonAsync()).GetProperty("e").GetString().ShouldBe("ACCOUNT_UPDATE");
    }

    [Fact]
    public async Task ListenKey_SameUntilItsHourIsOver_ThenExpiredIsTold()
    {
        await using QuietExchange exchange = await QuietExchange.StartAsync();
        string key = await KeyAsync(exchange);
        (await KeyAsync(exchange)).ShouldBe(key);
        using RawSocket socket = await RawSocket.OpenAsync($"{exchange.Socket}/private/ws?listenKey={key}");
        _ = await socket.AskAsync("""{"method":"LIST_SUBSCRIPTIONS","id":1}""");

        _ = await exchange.AdminAsync(HttpMethod.Post, "/clock", new { offsetMs = 61 * 60 * 1000 });

        JsonElement expired = await socket.JsonAsync();
        (expired.GetProperty("e").GetString(), expired.GetProperty("listenKey").GetString()).ShouldBe(("listenKeyExpired", key));
        (await exchange.Client.SendAsync(HttpMethod.Put, "/fapi/v1/listenKey")).Code.ShouldBe(-1125);
        (await KeyAsync(exchange)).ShouldNotBe(key);
    }

    [Fact]
    public async Task ConditionalOrder_Triggered_TellsItsWayAndMakesAnOrderOfItsOwn()
    {
        await using QuietExchange exchange = await QuietExchange.StartAsync();
        using RawClient other = await exchange.OpenAsync("other");
        _ = await PlaceAsync(other, "SELL", "63000", "0.1");
        _ = await PlaceAsync(other, "SELL", "63100", "0.1");
        using RawSocket socket = await RawSocket.OpenAsync($"{exchange.Socket}/private/ws?listenKey={await KeyAsync(exchange)}&events=ALGO_UPDATE");
        _ = await socket.AskAsync("""{"method":"LIST_SUBSCRIPTIONS","id":1}""");
        RawAnswer start = await exchange.Client.SignedAsync(HttpMethod.Post, Order, "symbol=BTCUSDT&side=BUY&type=MARKET&quantity=0.05");
        start.Status.ShouldBe(200);

        RawAnswer placed = await exchange.Client.SignedAsync(
            HttpMethod.Post, Algo, "algoType=CONDITIONAL&symbol=BTCUSDT&side=BUY&type=STOP_MARKET&quantity=0.02&triggerPrice=63050&clientAlgoId=stop-1");
        placed.Status.ShouldBe(200, placed.Text);
        placed.Json.GetProperty("algoStatus").GetString().ShouldBe("NEW");
        (await exchange.Client.SignedAsync(HttpMethod.Get, "/fapi/v1/openOrders", "symbol=BTCUSDT")).Json.GetArrayLength().ShouldBe(0);
        (await exchange.Client.SignedAsync(HttpMethod.Get, "/fapi/v1/openAlgoOrders", "symbol=BTCUSDT")).Json.GetArrayLength().ShouldBe(1);
        using RawClient third = await exchange.OpenAsync("third");
        _ = await third.SignedAsync(HttpMethod.Post, Order, "symbol=BTCUSDT&side=BUY&type=MARKET&quantity=0.06");

        List<string?> states = [];
        while (states.LastOrDefault() != "FINISHED")
        {
            states.Add((await socket.JsonAsync()).GetProperty("o").GetProperty("X").GetString());
        }

        states.ShouldBe(["NEW", "TRIGGERING", "TRIGGERED", "FINISHED"]);
        JsonElement done = (await exchange.Client.SignedAsync(HttpMethod.Get, Algo, "clientAlgoId=stop-1")).Json;
        done.GetProperty("algoStatus").GetString().ShouldBe("FINISHED");
        JsonElement child = (await exchange.Client.SignedAsync(HttpMethod.Get, Order, "symbol=BTCUSDT&orderId=" + done.GetProperty("actualOrderId").GetString())).Json;
        (child.GetProperty("status").GetString(), child.GetProperty("type").GetString(), child.GetProperty("executedQty").GetString()).ShouldBe(("FILLED", "MARKET", "0.02000"));
    }

    [Fact]
    public async Task Streams_OfAnotherKind_StaySilent()
    {
        await using QuietExchange exchange = await QuietExchange.StartAsync();
        using RawSocket market = await RawSocket.OpenAsync(exchange.Socket + "/market/stream?streams=btcusdt@bookTicker/btcusdt@markPrice@1s");
        using RawSocket open = await RawSocket.OpenAsync(exchange.Socket + "/public/stream?streams=btcusdt@bookTicker");
        _ = await open.AskAsync("""{"method":"LIST_SUBSCRIPTIONS","id":1}""");
        await market.SendAsync("""{"method":"LIST_SUBSCRIPTIONS","id":1}""");
        while (!(await market.JsonAsync()).TryGetProperty("id", out _))
        {
            // A mark price may come before the answer.
        }

        _ = await PlaceAsync(exchange.Client, "BUY", "60000", "0.01");

        JsonElement best = await open.JsonAsync();
        best.GetProperty("stream").GetString().ShouldBe("btcusdt@bookTicker");
        best.GetProperty("data").GetProperty("b").GetString().ShouldBe("60000.00");
        (await market.JsonAsync()).GetProperty("stream").GetString().ShouldBe("btcusdt@markPrice@1s");
    }

    [Fact]
    public async Task BatchOrders_OneBadAmongTwo_HaveOutcomesOfTheirOwn()
    {
        await using QuietExchange exchange = await QuietExchange.StartAsync();
        string batch = Uri.EscapeDataString(
            """[{"symbol":"BTCUSDT","side":"BUY","type":"LIMIT","timeInForce":"GTC","quantity":"0.01","price":"60000"},{"symbol":"BTCUSDT","side":"BUY","type":"LIMIT","timeInForce":"GTC","quantity":"0.01","price":"60000.001"}]""");

        JsonElement outcomes = (await exchange.Client.SignedAsync(HttpMethod.Post, "/fapi/v1/batchOrders", "batchOrders=" + batch)).Json;

        outcomes[0].GetProperty("status").GetString().ShouldBe("NEW");
        outcomes[1].GetProperty("code").GetInt32().ShouldBe(-4014);
    }

    [Theory]
    [InlineData("POST", "batchOrders", """[{"symbol":"BTCUSDT","side":"BUY","type":"LIMIT","timeInForce":"GTC","quantity":"0.01","price":"60000"},null]""")]
    [InlineData("POST", "batchOrders", """["a"]""")]
    [InlineData("PUT", "batchOrders", "[1]")]
    [InlineData("DELETE", "origClientOrderIdList", "[[]]")]
    [InlineData("DELETE", "orderIdList", """["1"]""")]
    public async Task BatchOrders_ItemOfAnotherShape_IsRefusedAndNothingIsPlaced(string method, string name, string list)
    {
        await using QuietExchange exchange = await QuietExchange.StartAsync();

        RawAnswer answer = await exchange.Client.SignedAsync(
            new HttpMethod(method), "/fapi/v1/batchOrders", $"symbol=BTCUSDT&{name}=" + Uri.EscapeDataString(list));
        RawAnswer open = await exchange.Client.SignedAsync(HttpMethod.Get, "/fapi/v1/openOrders", "symbol=BTCUSDT");

        (answer.Status, answer.Code).ShouldBe((400, -1130));
        open.Json.GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task AlgoOrder_CallbackRateBeyondAnyNumber_IsRefused()
    {
        await using QuietExchange exchange = await QuietExchange.StartAsync();

        RawAnswer answer = await exchange.Client.SignedAsync(
            HttpMethod.Post,
            "/fapi/v1/algoOrder",
            "algoType=CONDITIONAL&symbol=BTCUSDT&side=SELL&type=TRAILING_STOP_MARKET&quantity=0.01&callbackRate=9223372036854775807");

        (answer.Status, answer.Code).ShouldBe((400, -2007));
    }

    private static Task<RawAnswer> PlaceAsync(RawClient client, string side, string price, string quantity) =>
        client.SignedAsync(HttpMethod.Post, Order, $"symbol=BTCUSDT&side={side}&type=LIMIT&timeInForce=GTC&price={price}&quantity={quantity}");

    private static async Task<string> KeyAsync(QuietExchange exchange) =>
        (await exchange.Client.SendAsync(HttpMethod.Post, "/fapi/v1/listenKey")).Json.GetProperty("listenKey").GetString() ?? "";
}
