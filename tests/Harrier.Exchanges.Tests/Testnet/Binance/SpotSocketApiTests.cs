using System.Globalization;
using System.Text.Json;

namespace Harrier.Exchanges.Tests.Testnet.Binance;

/// <summary>The WebSocket API of the spot market: requests in envelopes, and the events of an account.</summary>
public sealed class SpotSocketApiTests
{
    [Fact]
    public async Task Subscribe_ThenTrade_EventsTellTheOrdersWholeLife()
    {
        await using QuietExchange exchange = await QuietExchange.StartAsync();
        using RawClient other = await exchange.OpenAsync("other");
        using RawSocket socket = await RawSocket.OpenAsync(exchange.Socket + "/ws-api/v3");
        JsonElement subscribed = await socket.AskAsync(Request(exchange.Client, "s", "userDataStream.subscribe.signature"));

        _ = await exchange.Client.LimitAsync("BUY", "60000", "0.02", "a-1");
        _ = await other.OrderAsync("symbol=BTCUSDT&side=SELL&type=MARKET&quantity=0.01");
        _ = await exchange.Client.SignedAsync(HttpMethod.Delete, "/api/v3/order", "symbol=BTCUSDT&origClientOrderId=a-1&newClientOrderId=c-1");

        List<JsonElement> reports = [];
        decimal locked = -1;
        while (reports.Count < 3 || locked != 0)
        {
            JsonElement happened = (await socket.JsonAsync()).GetProperty("event");
            if (happened.GetProperty("e").GetString() == "executionReport")
            {
                reports.Add(happened);
            }
            else
            {
                JsonElement usdt = happened.GetProperty("B").EnumerateArray().FirstOrDefault(b => b.GetProperty("a").GetString() == "USDT");
                locked = usdt.ValueKind == JsonValueKind.Undefined ? locked : decimal.Parse(usdt.GetProperty("l").GetString() ?? "", CultureInfo.InvariantCulture);
            }
        }

        subscribed.GetProperty("result").GetProperty("subscriptionId").GetInt32().ShouldBe(0);
        reports.Select(r => r.GetProperty("x").GetString()).ShouldBe(["NEW", "TRADE", "CANCELED"]);
        reports.Select(r => r.GetProperty("X").GetString()).ShouldBe(["NEW", "PARTIALLY_FILLED", "CANCELED"]);
        reports[0].GetProperty("t").GetInt64().ShouldBe(-1);
        reports[1].GetProperty("l").GetString().ShouldBe("0.01000000");
        reports[1].GetProperty("n").GetString().ShouldBe("0.00001000");
        reports[1].GetProperty("N").GetString().ShouldBe("BTC");
        reports[1].GetProperty("m").GetBoolean().ShouldBeTrue();
        reports[2].GetProperty("C").GetString().ShouldBe("a-1");
        reports[2].GetProperty("c").GetString().ShouldBe("c-1");
    }

    [Fact]
    public async Task Place_BySocket_AnswersLikeTheRequestByHttpWithLimits()
    {
        await using QuietExchange exchange = await QuietExchange.StartAsync();
        using RawSocket socket = await RawSocket.OpenAsync(exchange.Socket + "/ws-api/v3");

        JsonElement placed = await socket.AskAsync(Request(
            exchange.Client,
            "p",
            "order.place",
            ("symbol", "BTCUSDT"),
            ("side", "BUY"),
            ("type", "LIMIT"),
            ("timeInForce", "GTC"),
            ("price", "50000"),
            ("quantity", "0.01")));
        JsonElement refused = await socket.AskAsync(Request(exchange.Client, "q", "order.cancel", ("symbol", "BTCUSDT"), ("orderId", "999")));

        placed.GetProperty("id").GetString().ShouldBe("p");
        placed.GetProperty("status").GetInt32().ShouldBe(200);
        placed.GetProperty("result").GetProperty("status").GetString().ShouldBe("NEW");
        placed.GetProperty("rateLimits").EnumerateArray().Select(l => l.GetProperty("rateLimitType").GetString()).ShouldBe(["ORDERS", "ORDERS", "REQUEST_WEIGHT"]);
        placed.GetProperty("rateLimits")[0].GetProperty("count").GetInt32().ShouldBe(1);
        refused.GetProperty("status").GetInt32().ShouldBe(400);
        refused.GetProperty("error").GetProperty("code").GetInt32().ShouldBe(-2011);
    }

    [Fact]
    public async Task Session_LogonTwiceSubscribedAndNonsense_AreRefused()
    {
        await using QuietExchange exchange = await QuietExchange.StartAsync();
        using RawSocket socket = await RawSocket.OpenAsync(exchange.Socket + "/ws-api/v3");

        int logon = Code(await socket.AskAsync(Request(exchange.Client, "1", "session.logon")));
        _ = await socket.AskAsync(Request(exchange.Client, "2", "userDataStream.subscribe.signature"));
        int twice = Code(await socket.AskAsync(Request(exchange.Client, "3", "userDataStream.subscribe.signature")));
        JsonElement ended = await socket.AskAsync("""{"id":4,"method":"userDataStream.unsubscribe","params":{"subscriptionId":0}}""");
        _ = await socket.JsonAsync();
        int again = Code(await socket.AskAsync("""{"id":5,"method":"userDataStream.unsubscribe","params":{"subscriptionId":0}}"""));
        JsonElement broken = await socket.AskAsync("{oops");

        logon.ShouldBe(-4056);
        twice.ShouldBe(-2035);
        ended.GetProperty("event").GetProperty("e").GetString().ShouldBe("eventStreamTerminated");
        again.ShouldBe(-2036);
        broken.GetProperty("id").ValueKind.ShouldBe(JsonValueKind.Null);
        broken.GetProperty("status").GetInt32().ShouldBe(400);
    }

    private static int Code(JsonElement answer) => answer.GetProperty("error").GetProperty("code").GetInt32();

    private static string Request(RawClient client, string id, string method, params (string Name, string Value)[] parameters)
    {
        SortedDictionary<string, string> all = new(StringComparer.Ordinal)
        {
            ["apiKey"] = client.Key,
            ["timestamp"] = RawClient.NowMs.ToString(CultureInfo.InvariantCulture),
        };
        foreach ((string name, string value) in parameters)
        {
            all.Add(name, value);
        }

        all.Add("signature", client.Sign(string.Join('&', all.Select(p => $"{p.Key}={p.Value}"))));
        return JsonSerializer.Serialize(new { id, method, @params = all });
    }
}
