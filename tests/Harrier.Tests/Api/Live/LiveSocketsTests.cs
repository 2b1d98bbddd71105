using System.Net;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Harrier.Domain;
using Harrier.Engine.Risk;
using Harrier.Hosting.Accounts;
using Harrier.Hosting.Bots;
using Harrier.Storage.Records;
using Harrier.Storage.Records.Rows;
using Harrier.Tests.Api.Metrics;

namespace Harrier.Tests.Api.Live;

/// <summary>The WebSockets over real sockets: who gets in, what is said, what is resumed.</summary>
public sealed class LiveSocketsTests(SharedScene shared) : IClassFixture<SharedScene>
{
    private static readonly string[] Paths = ["/ws", "/ws/", "/ws/prices", "/ws/trades", "/ws/positions", "/ws/bot/status/"];

    [Fact]
    public async Task Handshake_WithoutAToken_OrFromAPageOfSomebodyElse_IsRefusedBeforeTheUpgrade()
    {
        await using ApiScene scene = await ApiScene.StartAsync();
        foreach (string path in Paths)
        {
            (await RefusedAsync(scene, path, token: null)).ShouldBe(HttpStatusCode.Unauthorized, path);
            (await RefusedAsync(scene, path, "hrr_no-token")).ShouldBe(HttpStatusCode.Unauthorized, path);
            (await RefusedAsync(scene, $"{path}?access_token={scene.Viewer}", token: null)).ShouldBe(HttpStatusCode.Unauthorized, path);
            (await RefusedAsync(scene, path, scene.Viewer, "http://evil.tld")).ShouldBe(HttpStatusCode.Forbidden, path);
            (await RefusedAsync(scene, path, scene.Viewer, $"http://{scene.Address.Authority}.evil.tld")).ShouldBe(HttpStatusCode.Forbidden, path);
            using ClientWebSocket socket = await OpenAsync(scene, path, scene.Viewer);
            socket.State.ShouldBe(WebSocketState.Open, path);
        }

        (await RefusedAsync(scene, "/ws?after=soon", scene.Viewer)).ShouldBe(HttpStatusCode.BadRequest);
        (await scene.GetAsync("/ws", scene.Viewer)).Status.ShouldBe(HttpStatusCode.UpgradeRequired);
    }

    [Fact]
    public async Task Engine_TellsWhatHappens_WithTypeTimeDataAndNumber()
    {
        await using ApiScene scene = await ApiScene.StartAsync();
        using ClientWebSocket socket = await OpenAsync(scene, "/ws/", scene.Viewer);
        JsonElement greeting = await ReadAsync(socket);
        (greeting.GetProperty("type").GetString(), greeting.GetProperty("data").GetProperty("latencyMs").GetInt64()).ShouldBe(("HEARTBEAT", 0));

        scene.Desk.Events.Add(new BotMoved(new Timestamp(1_500_000_000), "alpha", "trend", new BotStep(BotState.Scanning, BotState.Paused, default, "news")));
        JsonElement moved = await ReadUntilAsync(socket, "BOT_STATE");
        moved.GetProperty("ts").GetInt64().ShouldBe(1500);
        moved.GetProperty("data").GetRawText().ShouldBe("""{"account":"alpha","bot":"trend","from":"scanning","to":"paused","reason":"news"}""");
        moved.GetProperty("seq").GetInt64().ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task Engine_OfAnAccountThatTrades_TellsSignalsOrdersAndPositions()
    {
        await using ApiScene scene = await ApiScene.StartAsync();
        using MeteredAccount account = new(scene.Desk, scene.Meter);
        using ClientWebSocket socket = await OpenAsync(scene, "/ws", scene.Viewer);
        await ReadAsync(socket);
        account.Play(300);
        JsonElement signal = await ReadUntilAsync(socket, "SIGNAL");
        signal.GetProperty("data").GetProperty("account").GetString().ShouldBe("test");
        signal.GetProperty("data").GetProperty("signal").GetString().ShouldBeOneOf("BUY", "SELL", "EXIT");

        using ClientWebSocket again = await OpenAsync(scene, $"/ws?after={signal.GetProperty("seq").GetInt64()}", scene.Viewer);
        await ReadAsync(again);
        BotFilled first = account.Happened.OfType<BotFilled>().First();
        JsonElement order = (await ReadUntilAsync(again, "ORDER_UPDATE")).GetProperty("data");
        (order.GetProperty("bot").GetString(), order.GetProperty("price").GetString(), order.GetProperty("status").GetString())
            .ShouldBe((first.Bot, first.Fill.Price.ToString(System.Globalization.CultureInfo.InvariantCulture), "filled"));
        RoundTrip trip = account.Happened.OfType<BotRoundTrip>().First().Trip;
        (await ReadUntilAsync(again, "POSITION_CLOSE")).GetProperty("data").GetProperty("pnl").GetString().ShouldBe(trip.Pnl.ToString(System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task Resume_GivesWhatWasMissed_Once_AndSaysSoWhereThatIsNotKept()
    {
        await using ApiScene scene = await ApiScene.StartAsync();
        using ClientWebSocket first = await OpenAsync(scene, "/ws/trades", scene.Viewer);
        Trade(scene, 1);
        long seen = (await ReadAsync(first)).GetProperty("seq").GetInt64();
        first.Abort();
        Trade(scene, 2);
        Trade(scene, 3);
        using ClientWebSocket second = await OpenAsync(scene, $"/ws/trades?after={seen}", scene.Viewer);
        (await ReadAsync(second)).GetProperty("data").GetProperty("id").GetInt64().ShouldBe(2);
        (await ReadAsync(second)).GetProperty("data").GetProperty("id").GetInt64().ShouldBe(3);
        Trade(scene, 4);
        JsonElement fourth = await ReadAsync(second);
        (fourth.GetProperty("data").GetProperty("id").GetInt64(), fourth.GetProperty("seq").GetInt64()).ShouldBe((4, seen + 3));

        foreach (long unknown in (long[])[0, 1, seen + 100])
        {
            using ClientWebSocket lost = await OpenAsync(scene, $"/ws/trades?after={unknown}", scene.Viewer);
            JsonElement gap = await ReadAsync(lost);
            (gap.GetProperty("type").GetString(), gap.GetProperty("data").GetProperty("after").GetInt64(), gap.GetProperty("data").GetProperty("before").GetInt64())
                .ShouldBe(("GAP", unknown, seen + 4));
        }
    }

    [Fact]
    public async Task Trades_ThatTwoAccountsOfOneMarketTell_AreToldOnce()
    {
        await using ApiScene scene = await ApiScene.StartAsync();
        using ClientWebSocket socket = await OpenAsync(scene, "/ws/trades", scene.Viewer);
        Trade(scene, 1, "alpha");
        Trade(scene, 1, "beta");
        Trade(scene, 2, "beta");
        Trade(scene, 2, "alpha");
        JsonElement one = (await ReadAsync(socket)).GetProperty("data");
        (one.GetProperty("id").GetInt64(), one.GetProperty("side").GetString(), one.GetProperty("price").GetString(), one.GetProperty("cost").GetString()).ShouldBe((1, "sell", "2.50", "1.2500"));
        (await ReadAsync(socket)).GetProperty("data").GetProperty("id").GetInt64().ShouldBe(2);
    }

    [Fact]
    public async Task PricesAndPositions_BeginWithHowThingsStand()
    {
        await using ApiScene scene = await ApiScene.StartAsync();
        using ClientWebSocket prices = await OpenAsync(scene, "/ws/prices", scene.Viewer);
        JsonElement price = await ReadAsync(prices);
        (price.GetProperty("type").GetString(), price.GetProperty("data").GetProperty("BTCUSDT").GetString()).ShouldBe(("price_update", "50001.20"));
        using ClientWebSocket positions = await OpenAsync(scene, "/ws/positions", scene.Viewer);
        JsonElement held = (await ReadAsync(positions)).GetProperty("data");
        (held.GetProperty("side").GetString(), held.GetProperty("quantity").GetString(), held.GetProperty("unrealized_pnl").GetString()).ShouldBe(("long", "0.50", "0.5500"));

        // Another price half a point higher.
        scene.Running.Status = scene.Running.Status with { Time = new Timestamp(scene.Running.Status.Time.Nanos + 1), Symbols = [new SymbolView("BTCUSDT", 50_001.70m, "verified")] };
        (await ReadAsync(prices)).GetProperty("data").GetProperty("BTCUSDT").GetString().ShouldBe("50001.70");
        (await ReadAsync(positions)).GetProperty("data").GetProperty("unrealized_pnl").GetString().ShouldBe("0.8000");
    }

    [Fact]
    public async Task TokenThatIsTakenAway_EndsTheSocket()
    {
        await using ApiScene scene = await ApiScene.StartAsync();
        using ClientWebSocket socket = await OpenAsync(scene, "/ws/trades", scene.Viewer);
        File.Delete(scene.TokenFile);
        WebSocketReceiveResult end = await socket.ReceiveAsync(new byte[1024], TestContext.Current.CancellationToken);
        (end.MessageType, end.CloseStatus).ShouldBe((WebSocketMessageType.Close, WebSocketCloseStatus.PolicyViolation));
    }

    [Fact]
    public async Task BotStatus_SpeaksTheProtocolOfTheGuide()
    {
        await using ApiScene scene = await ApiScene.StartAsync();
        Timestamp noon = Timestamp.From(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
        scene.Records.Claim(new AccountRow("alpha", "/home", "sim-x", noon));
        scene.Records.Write("alpha", new RecordBatch
        {
            Fills = [.. Enumerable.Range(1, 7).Select(i => new FillRow { Symbol = "BTCUSDT", TradeId = $"{i}", Bot = "trend", Time = new Timestamp(noon.Nanos + i), Side = "buy", Price = 100.5m, Quantity = 0.10m, Purpose = "signal" })],
        });
        using ClientWebSocket socket = await OpenAsync(scene, "/ws/bot/status/", scene.Trader);
        (await ReadAsync(socket)).GetRawText().ShouldBe("""{"type":"connection","message":"Connected to bot status stream"}""");

        JsonElement status = await AskAsync(socket, """{"action":"get_status"}""", "bot_status");
        JsonElement data = status.GetProperty("data");
        (data.GetProperty("is_active").GetBoolean(), data.GetProperty("risk_tolerance").GetDouble(), data.GetProperty("min_confidence").GetDouble(), data.GetProperty("check_interval").GetInt32(), data.GetProperty("cache_ttl").GetInt32())
            .ShouldBe((true, 0.5, 0.7, 5, 3));
        data.GetProperty("recent_trades").EnumerateArray().Select(static trade => trade.GetProperty("id").GetString()).ShouldBe(["7", "6", "5", "4", "3"]);

        JsonElement recent = (await AskAsync(socket, """{"action":"get_recent_trades","limit":2}""", "recent_trades")).GetProperty("data");
        recent.GetArrayLength().ShouldBe(2);
        (recent[0].GetProperty("decision").GetString(), recent[0].GetProperty("status").GetString(), recent[0].GetProperty("amount").GetString()).ShouldBe(("BUY", "EXECUTED", "0.10"));

        JsonElement updated = await AskAsync(socket, """{"action":"update_config","data":{"risk_tolerance":0.6,"check_interval":300}}""", "config_updated");
        updated.GetProperty("message").GetString().ShouldBe("Configuration updated successfully");
        (updated.GetProperty("data").GetProperty("risk_tolerance").GetDouble(), updated.GetProperty("data").GetProperty("check_interval").GetInt32()).ShouldBe((0.6, 300));
    }

    [Theory]
    [InlineData("""{"action":"update_config","data":{"risk_tolerance":1.5,"cache_ttl":9}}""", "Failed to update configuration: risk_tolerance: 1.5: a number from 0 to 1")]
    [InlineData("""{"action":"update_config","data":{"min_confidence":"0.5"}}""", "Failed to update configuration: min_confidence: \"0.5\": a number from 0 to 1")]
    [InlineData("""{"action":"update_config","data":{"check_interval":0}}""", "Failed to update configuration: check_interval: 0: a whole number from 1 to 300")]
    [InlineData("""{"action":"update_config","data":{"cache_ttl":2.5}}""", "Failed to update configuration: cache_ttl: 2.5: a whole number from 1 to 60")]
    [InlineData("""{"action":"update_config","data":{"is_active":1}}""", "Failed to update configuration: is_active: 1: true or false")]
    [InlineData("""{"action":"update_config","data":{"trade_size":1}}""", "Failed to update configuration: trade_size: one of is_active, risk_tolerance, min_confidence, check_interval, cache_ttl")]
    [InlineData("""{"action":"update_config"}""", "Failed to update configuration: data: an object of what changes")]
    [InlineData("""{"action":"get_recent_trades","limit":0}""", "limit: a whole number from 1 to 100")]
    [InlineData("""{"action":"buy"}""", "Unknown action: buy")]
    [InlineData("""{"action":1}""", "action: one of get_status, get_recent_trades, get_top_trades, update_config")]
    [InlineData("""[]""", "action: one of get_status, get_recent_trades, get_top_trades, update_config")]
    [InlineData("""{""", "Invalid JSON")]
    public async Task BotStatus_BadMessage_IsAnError_AndNothingIsSaved(string message, string error)
    {
        ApiScene scene = shared.Scene;
        using ClientWebSocket socket = await OpenAsync(scene, "/ws/bot/status/", scene.Trader);
        (await AskAsync(socket, message, "error")).GetProperty("message").GetString().ShouldBe(error);
        JsonElement data = (await AskAsync(socket, """{"action":"get_status"}""", "bot_status")).GetProperty("data");
        (data.GetProperty("risk_tolerance").GetDouble(), data.GetProperty("cache_ttl").GetInt32()).ShouldBe((0.5, 3));
        scene.Running.Ordered.ShouldBeEmpty();
    }

    [Fact]
    public async Task BotStatus_Viewer_ChangesNothing_TraderHaltsTheRun()
    {
        await using ApiScene scene = await ApiScene.StartAsync();
        using ClientWebSocket viewer = await OpenAsync(scene, "/ws/bot/status", scene.Viewer);
        (await AskAsync(viewer, """{"action":"update_config","data":{"is_active":false}}""", "error")).GetProperty("message").GetString()
            .ShouldBe("Failed to update configuration: the role trader is needed");
        using ClientWebSocket trader = await OpenAsync(scene, "/ws/bot/status", scene.Trader);
        await AskAsync(trader, """{"action":"update_config","data":{"is_active":false}}""", "config_updated");
        scene.Running.Ordered.Select(static order => (order.Order, order.Reason)).ShouldBe([(AccountOrder.Halt, "is_active")]);
        scene.Running.Status = scene.Running.Status with { Risk = scene.Running.Status.Risk with { State = TradingState.Halted } };
        (await AskAsync(trader, """{"action":"get_status"}""", "bot_status")).GetProperty("data").GetProperty("is_active").GetBoolean().ShouldBeFalse();
    }

    [Theory]
    [InlineData(1 << 17)]
    [InlineData(-1)]
    public async Task MessageThatIsTooLong_OrNoText_EndsTheSocket(int length)
    {
        await using ApiScene scene = await ApiScene.StartAsync();
        using ClientWebSocket socket = await OpenAsync(scene, "/ws/trades", scene.Viewer);
        byte[] message = new byte[Math.Abs(length)];
        await Should.ThrowAsync<WebSocketException>(async () =>
        {
            await socket.SendAsync(message, length < 0 ? WebSocketMessageType.Binary : WebSocketMessageType.Text, endOfMessage: true, TestContext.Current.CancellationToken);
            await socket.ReceiveAsync(new byte[1024], TestContext.Current.CancellationToken);
        });
        (await scene.GetAsync("/api/v1/bots", scene.Viewer)).Status.ShouldBe(HttpStatusCode.OK);
    }

    internal static async Task<ClientWebSocket> OpenAsync(ApiScene scene, string path, string? token, string? origin = null)
    {
        ClientWebSocket socket = new();
        try
        {
            socket.Options.CollectHttpResponseDetails = true;
            if (token is not null)
            {
                socket.Options.SetRequestHeader("Authorization", "Bearer " + token);
            }

            if (origin is not null)
            {
                socket.Options.SetRequestHeader("Origin", origin);
            }

            await socket.ConnectAsync(new Uri($"ws://{scene.Address.Authority}{path}"), TestContext.Current.CancellationToken);
            return socket;
        }
        catch (WebSocketException refused)
        {
            refused.Data["status"] = socket.HttpStatusCode;
            socket.Dispose();
            throw;
        }
    }

    internal static async Task<JsonElement> ReadAsync(ClientWebSocket socket)
    {
        using MemoryStream message = new();
        byte[] buffer = new byte[4096];
        while (true)
        {
            WebSocketReceiveResult part = await socket.ReceiveAsync(buffer, TestContext.Current.CancellationToken);
            part.MessageType.ShouldBe(WebSocketMessageType.Text);
            await message.WriteAsync(buffer.AsMemory(0, part.Count), TestContext.Current.CancellationToken);
            if (part.EndOfMessage)
            {
                using JsonDocument document = JsonDocument.Parse(message.ToArray());
                return document.RootElement.Clone();
            }
        }
    }

    private static async Task<HttpStatusCode?> RefusedAsync(ApiScene scene, string path, string? token, string? origin = null)
    {
        WebSocketException refused = await Should.ThrowAsync<WebSocketException>(async () => (await OpenAsync(scene, path, token, origin)).Dispose());
        return (HttpStatusCode?)refused.Data["status"];
    }

    internal static async Task<JsonElement> ReadUntilAsync(ClientWebSocket socket, string type)
    {
        while (true)
        {
            JsonElement message = await ReadAsync(socket);
            if (message.GetProperty("type").GetString() == type)
            {
                return message;
            }
        }
    }

    internal static async Task<JsonElement> AskAsync(ClientWebSocket socket, string message, string type)
    {
        await socket.SendAsync(Encoding.UTF8.GetBytes(message), WebSocketMessageType.Text, endOfMessage: true, TestContext.Current.CancellationToken);
        return await ReadUntilAsync(socket, type);
    }

    private static void Trade(ApiScene scene, long id, string account = "alpha") => scene.Trade(new Timestamp(1_000_000_000), 2.50m, 0.50m, (id, account));
}
