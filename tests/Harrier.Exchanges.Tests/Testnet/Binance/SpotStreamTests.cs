using System.Globalization;
using System.Net.WebSockets;
using System.Text.Json;
using Harrier.Testnet.Hosting.Sockets;

namespace Harrier.Exchanges.Tests.Testnet.Binance;

/// <summary>Market streams of the spot market over real sockets.</summary>
public sealed class SpotStreamTests
{
    [Fact]
    public async Task Depth_SnapshotAndUpdates_MakeTheBookThatTheExchangeHas()
    {
        await using QuietExchange exchange = await QuietExchange.StartAsync();
        _ = await exchange.Client.LimitAsync("BUY", "60000", "0.01", "a-1");
        using RawSocket socket = await RawSocket.OpenAsync(exchange.Socket + "/ws/btcusdt@depth@100ms");
        JsonElement snapshot = (await exchange.Client.GetAsync("/api/v3/depth?symbol=BTCUSDT")).Json;
        Dictionary<string, string> bids = snapshot.GetProperty("bids").EnumerateArray().ToDictionary(l => l[0].GetString() ?? "", l => l[1].GetString() ?? "");
        long id = snapshot.GetProperty("lastUpdateId").GetInt64();

        for (int i = 0; i < 5; i++)
        {
            string price = (60_001 + i).ToString(CultureInfo.InvariantCulture);
            _ = await exchange.Client.LimitAsync("BUY", price, "0.01", "b-" + price);
        }

        _ = await exchange.Client.SignedAsync(HttpMethod.Delete, "/api/v3/order", "symbol=BTCUSDT&origClientOrderId=a-1");
        long target = (await exchange.Client.GetAsync("/api/v3/depth?symbol=BTCUSDT")).Json.GetProperty("lastUpdateId").GetInt64();
        while (id < target)
        {
            JsonElement update = await socket.JsonAsync();
            if (update.GetProperty("u").GetInt64() <= id)
            {
                continue;
            }

            update.GetProperty("U").GetInt64().ShouldBeLessThanOrEqualTo(id + 1);
            id = update.GetProperty("u").GetInt64();
            foreach (JsonElement level in update.GetProperty("b").EnumerateArray())
            {
                bids[level[0].GetString() ?? ""] = level[1].GetString() ?? "";
            }
        }

        bids.Where(l => l.Value != "0.00000000").Select(l => l.Key).Order().ShouldBe(
            ["60001.00000000", "60002.00000000", "60003.00000000", "60004.00000000", "60005.00000000"]);
    }

    [Fact]
    public async Task CombinedStream_TradeAggregateAndTop_AreWrappedWithTheirNames()
    {
        await using QuietExchange exchange = await QuietExchange.StartAsync();
        using RawClient other = await exchange.OpenAsync("other");
        _ = await exchange.Client.LimitAsync("BUY", "60000", "0.01", "a-1");
        _ = await exchange.Client.LimitAsync("BUY", "60000", "0.01", "a-2");
        using RawSocket socket = await RawSocket.OpenAsync(exchange.Socket + "/stream?streams=btcusdt@trade/btcusdt@aggTrade/btcusdt@bookTicker");
        _ = await socket.AskAsync("""{"method":"LIST_SUBSCRIPTIONS","id":1}""");

        _ = await other.OrderAsync("symbol=BTCUSDT&side=SELL&type=MARKET&quantity=0.015");

        Dictionary<string, List<JsonElement>> seen = [];
        while (seen.GetValueOrDefault("btcusdt@trade")?.Count != 2 || !seen.ContainsKey("btcusdt@aggTrade") || !seen.ContainsKey("btcusdt@bookTicker"))
        {
            JsonElement message = await socket.JsonAsync();
            string name = message.GetProperty("stream").GetString() ?? "";
            seen.TryAdd(name, []);
            seen[name].Add(message.GetProperty("data"));
        }

        seen["btcusdt@trade"].Select(t => t.GetProperty("q").GetString()).ShouldBe(["0.01000000", "0.00500000"]);
        seen["btcusdt@aggTrade"].Single().GetProperty("q").GetString().ShouldBe("0.01500000");
        seen["btcusdt@aggTrade"].Single().GetProperty("m").GetBoolean().ShouldBeTrue();
        seen["btcusdt@bookTicker"].Single().GetProperty("B").GetString().ShouldBe("0.00500000");
        seen["btcusdt@bookTicker"].Single().TryGetProperty("e", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task Control_SubscribeListUnsubscribeAndNonsense_AnswerAsDocumented()
    {
        await using QuietExchange exchange = await QuietExchange.StartAsync();
        using RawSocket socket = await RawSocket.OpenAsync(exchange.Socket + "/ws");

        JsonElement subscribed = await socket.AskAsync("""{"method":"SUBSCRIBE","params":["btcusdt@trade","no@such"],"id":"x"}""");
        JsonElement listed = await socket.AskAsync("""{"method":"LIST_SUBSCRIPTIONS","id":2}""");
        JsonElement unknown = await socket.AskAsync("""{"method":"DANCE","id":3}""");
        JsonElement broken = await socket.AskAsync("{oops");

        subscribed.GetProperty("result").ValueKind.ShouldBe(JsonValueKind.Null);
        subscribed.GetProperty("id").GetString().ShouldBe("x");
        listed.GetProperty("result").EnumerateArray().Select(n => n.GetString()).ShouldBe(["btcusdt@trade", "no@such"]);
        unknown.GetProperty("code").GetInt32().ShouldBe(2);
        broken.GetProperty("code").GetInt32().ShouldBe(3);
    }

    [Fact]
    public async Task Messages_MoreThanFiveInASecond_CloseTheSocket()
    {
        await using QuietExchange exchange = await QuietExchange.StartAsync();
        using RawSocket socket = await RawSocket.OpenAsync(exchange.Socket + "/ws");
        for (int i = 0; i < 6; i++)
        {
            await socket.SendAsync("""{"method":"LIST_SUBSCRIPTIONS","id":1}""");
        }

        while (await socket.TextAsync() is not null)
        {
        }

        socket.CloseStatus.ShouldBe(WebSocketCloseStatus.PolicyViolation);
    }

    [Fact]
    public async Task Life_ShortOne_IsAnnouncedAndEnds()
    {
        SocketRules rules = new() { Life = TimeSpan.FromMilliseconds(200), ShutdownNotice = TimeSpan.FromMilliseconds(100) };
        await using QuietExchange exchange = await QuietExchange.StartAsync(rules);
        using RawSocket socket = await RawSocket.OpenAsync(exchange.Socket + "/ws");

        (await socket.JsonAsync()).GetProperty("e").GetString().ShouldBe("serverShutdown");
        (await socket.TextAsync()).ShouldBeNull();
        socket.CloseStatus.ShouldBe(WebSocketCloseStatus.EndpointUnavailable);
    }
}
