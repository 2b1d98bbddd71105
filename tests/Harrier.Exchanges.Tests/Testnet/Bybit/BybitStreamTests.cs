using System.Globalization;
using System.Text.Json;
using Harrier.Exchanges.Tests.Support;
using Harrier.Testnet.Core;

namespace Harrier.Exchanges.Tests.Testnet.Bybit;

/// <summary>Sockets of the second venue: what they are told, in which order, and when they are cut.</summary>
public sealed class BybitStreamTests
{
    [Theory]
    [InlineData(50)]
    [InlineData(200)]
    [InlineData(1000)]
    public async Task Book_SnapshotAndDeltas_GiveTheExchangesBookWithoutAGap(int depth)
    {
        ManualTimeProvider clock = new();
        await using BybitRig rig = await BybitRig.StartAsync(clock);
        using RawSocket socket = await SubscribeAsync(rig, "spot", $"orderbook.{depth}.BTCUSDT");
        BookMirror mirror = new(await socket.JsonAsync());

        for (int i = 0; i < 60; i++)
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            string price = (60_000 + (i * 7 % 60)).ToString(CultureInfo.InvariantCulture);
            (await rig.Client.LimitAsync("spot", "Buy", price, "0.001", $"l-{i}")).Code.ShouldBe(0);
            if (i % 3 == 2)
            {
                _ = await rig.Client.PostAsync("/v5/order/cancel", new { category = "spot", symbol = "BTCUSDT", orderLinkId = $"l-{i - 1}" });
            }

            rig.Step();
            mirror.Apply(await socket.JsonAsync());
        }

        ExchangeCore core = rig.Core("spot");
        mirror.Gaps.ShouldBe(0);
        mirror.Bids.ShouldBe(core.Depth("BTCUSDT", depth).Bids);
        JsonElement asked = (await rig.Client.GetAsync("/v5/market/orderbook?category=spot&symbol=BTCUSDT&limit=1000")).Result;
        asked.GetProperty("seq").GetInt64().ShouldBe(core.Find("BTCUSDT")!.LastUpdateId);
        if (depth == 1000)
        {
            asked.GetProperty("u").GetInt64().ShouldBe(mirror.Number);
        }
    }

    [Fact]
    public async Task Book_AfterARestart_BeginsAgainWithNumberOne()
    {
        ManualTimeProvider clock = new();
        await using BybitRig rig = await BybitRig.StartAsync(clock);
        using RawSocket socket = await SubscribeAsync(rig, "linear", "orderbook.50.BTCUSDT");
        JsonElement first = await socket.JsonAsync();

        _ = await rig.AdminAsync(HttpMethod.Post, "/market", new { action = "restart", venue = "bybit-linear" });
        JsonElement again = await socket.JsonAsync();
        _ = await rig.Client.LimitAsync("linear", "Buy", "50000", "0.001");
        rig.Step();
        JsonElement next = await socket.JsonAsync();

        first.GetProperty("data").GetProperty("u").GetInt64().ShouldBeGreaterThan(1);
        (again.GetProperty("type").GetString(), again.GetProperty("data").GetProperty("u").GetInt64()).ShouldBe(("snapshot", 1));
        (next.GetProperty("type").GetString(), next.GetProperty("data").GetProperty("u").GetInt64()).ShouldBe(("delta", 2));
    }

    [Fact]
    public async Task BestPrices_Quiet_AreRepeatedWithTheSameNumber()
    {
        ManualTimeProvider clock = new();
        await using BybitRig rig = await BybitRig.StartAsync(clock);
        using RawSocket socket = await SubscribeAsync(rig, "spot", "orderbook.1.BTCUSDT");
        _ = await socket.JsonAsync();
        _ = await rig.Client.LimitAsync("spot", "Buy", "50000", "0.001");
        JsonElement changed = await socket.JsonAsync();

        clock.Advance(TimeSpan.FromSeconds(3));
        rig.Step();
        JsonElement repeated = await socket.JsonAsync();

        changed.GetProperty("data").GetProperty("b")[0].ToString().ShouldBe("""["50000.00","0.00100"]""");
        (changed.GetProperty("type").GetString(), repeated.GetProperty("type").GetString()).ShouldBe(("snapshot", "snapshot"));
        repeated.GetProperty("data").GetRawText().ShouldBe(changed.GetProperty("data").GetRawText());
    }

    [Fact]
    public async Task Ticker_OfAContract_TellsOnlyWhatChanged()
    {
        ManualTimeProvider clock = new();
        await using BybitRig rig = await BybitRig.StartAsync(clock);
        rig.Step();
        using RawSocket socket = await SubscribeAsync(rig, "linear", "tickers.BTCUSDT");
        JsonElement all = await socket.JsonAsync();

        _ = await rig.Client.LimitAsync("linear", "Buy", "50000", "0.001");
        rig.Step();
        JsonElement changed = await socket.JsonAsync();

        all.GetProperty("type").GetString().ShouldBe("snapshot");
        all.GetProperty("data").EnumerateObject().Count().ShouldBe(21);
        changed.GetProperty("type").GetString().ShouldBe("delta");
        changed.GetProperty("data").EnumerateObject().Select(p => p.Name).ShouldBe(["symbol", "bid1Price", "bid1Size"]);
    }

    [Fact]
    public async Task Subscription_WithOneBadTopic_FailsAsAWhole()
    {
        await using BybitRig rig = await BybitRig.StartAsync();
        using RawSocket socket = await RawSocket.OpenAsync(rig.Socket + "/v5/public/spot");

        JsonElement bad = await socket.AskAsync("""{"op":"subscribe","req_id":"1","args":["publicTrade.BTCUSDT","orderbook.500.BTCUSDT"]}""");
        JsonElement many = await socket.AskAsync(JsonSerializer.Serialize(new { op = "subscribe", args = Enumerable.Repeat("publicTrade.BTCUSDT", 11) }));
        JsonElement good = await socket.AskAsync("""{"op":"subscribe","req_id":"2","args":["publicTrade.BTCUSDT"]}""");
        JsonElement pong = await socket.AskAsync("""{"op":"ping","req_id":"3"}""");

        (bad.GetProperty("success").GetBoolean(), bad.GetProperty("req_id").GetString()).ShouldBe((false, "1"));
        many.GetProperty("success").GetBoolean().ShouldBeFalse();
        (good.GetProperty("success").GetBoolean(), good.GetProperty("op").GetString()).ShouldBe((true, "subscribe"));
        (pong.GetProperty("ret_msg").GetString(), pong.GetProperty("op").GetString()).ShouldBe(("pong", "ping"));
    }

    [Fact]
    public async Task PrivateSocket_Unproven_IsRefused()
    {
        await using BybitRig rig = await BybitRig.StartAsync();
        using RawSocket socket = await RawSocket.OpenAsync(rig.Socket + "/v5/private");

        (await socket.AskAsync("""{"op":"subscribe","args":["order"]}""")).GetProperty("success").GetBoolean().ShouldBeFalse();
        (await socket.AskAsync(rig.Client.Login(expires: rig.Client.NowMs - 1))).GetProperty("success").GetBoolean().ShouldBeFalse();
        (await socket.AskAsync(rig.Client.Login(signature: new string('0', 64)))).GetProperty("success").GetBoolean().ShouldBeFalse();
        (await socket.AskAsync(rig.Client.Login())).GetProperty("success").GetBoolean().ShouldBeTrue();
        (await socket.AskAsync("""{"op":"subscribe","args":["order.linear","wallet"]}""")).GetProperty("success").GetBoolean().ShouldBeTrue();
        (await socket.AskAsync("""{"op":"ping"}""")).GetProperty("op").GetString().ShouldBe("pong");
    }

    [Fact]
    public async Task PrivateSocket_OwnFill_TellsExecutionOrderPositionAndWallet()
    {
        await using BybitRig rig = await BybitRig.StartAsync();
        BybitClient other = await rig.OpenAsync("other");
        _ = await other.LimitAsync("linear", "Sell", "64000", "0.01");
        using RawSocket socket = await rig.PrivateAsync(rig.Client, "order", "execution", "execution.fast", "position", "wallet");

        _ = await rig.Client.LimitAsync("linear", "Buy", "64000", "0.01", "own");
        List<JsonElement> told = [];
        while (told.Count == 0 || told[^1].GetProperty("topic").GetString() != "wallet")
        {
            told.Add(await socket.JsonAsync());
        }

        told.Select(t => t.GetProperty("topic").GetString()).ShouldBe(["order", "position", "execution", "execution.fast", "order", "position", "wallet"]);
        told[0].GetProperty("data")[0].GetProperty("orderStatus").GetString().ShouldBe("New");
        JsonElement fill = told[2].GetProperty("data")[0];
        (fill.GetProperty("execQty").GetString(), fill.GetProperty("execFee").GetString(), fill.GetProperty("feeRate").GetString()).ShouldBe(("0.01", "0.352", "0.00055"));
        told[3].GetProperty("data")[0].GetProperty("execId").GetString().ShouldBe(fill.GetProperty("execId").GetString());
        told[4].GetProperty("data")[0].GetProperty("orderStatus").GetString().ShouldBe("Filled");
        told[5].GetProperty("data")[0].GetProperty("entryPrice").GetString().ShouldBe("64000");
        told[6].GetProperty("data")[0].GetProperty("coin")[0].GetProperty("walletBalance").GetString().ShouldBe("99999.648");
    }

    [Fact]
    public async Task PrivateSocket_OfOneCategory_HearsNothingOfTheOther()
    {
        await using BybitRig rig = await BybitRig.StartAsync();
        using RawSocket socket = await rig.PrivateAsync(rig.Client, "order.spot");

        _ = await rig.Client.LimitAsync("linear", "Buy", "50000", "0.01");
        _ = await rig.Client.LimitAsync("spot", "Buy", "50000", "0.01");
        JsonElement told = await socket.JsonAsync();

        (told.GetProperty("topic").GetString(), told.GetProperty("data")[0].GetProperty("category").GetString()).ShouldBe(("order.spot", "spot"));
    }

    [Fact]
    public async Task SilentSocket_AfterItsTime_IsClosed()
    {
        ManualTimeProvider clock = new();
        await using BybitRig rig = await BybitRig.StartAsync(clock);
        using RawSocket usual = await SubscribeAsync(rig, "spot", "publicTrade.BTCUSDT");
        using RawSocket shorter = await RawSocket.OpenAsync(rig.Socket + "/v5/private?max_active_time=30s");
        _ = await shorter.AskAsync("""{"op":"ping"}""");

        clock.Advance(TimeSpan.FromSeconds(30));
        (await shorter.TextAsync()).ShouldBeNull();
        clock.Advance(TimeSpan.FromMinutes(9));
        _ = await usual.AskAsync("""{"op":"ping"}""");
        clock.Advance(TimeSpan.FromMinutes(9));
        _ = await usual.AskAsync("""{"op":"ping"}""");
        clock.Advance(TimeSpan.FromMinutes(10));
        (await usual.TextAsync()).ShouldBeNull();
    }

    [Fact]
    public async Task OrderSocket_CreatesAmendsCancels_AndTakesEachIdOnce()
    {
        await using BybitRig rig = await BybitRig.StartAsync();
        using RawSocket socket = await RawSocket.OpenAsync(rig.Socket + "/v5/trade");
        string Ask(string op, string id, object order, long? time = null) => JsonSerializer.Serialize(new
        {
            reqId = id,
            header = new Dictionary<string, string> { ["X-BAPI-TIMESTAMP"] = (time ?? rig.Client.NowMs).ToString(CultureInfo.InvariantCulture), ["X-BAPI-RECV-WINDOW"] = "5000" },
            op,
            args = (object[])[order],
        });
        object limit = new { category = "linear", symbol = "BTCUSDT", side = "Buy", orderType = "Limit", qty = "0.01", price = "50000", orderLinkId = "ws-1" };
        object key = new { category = "linear", symbol = "BTCUSDT", orderLinkId = "ws-1", qty = "0.02" };

        JsonElement unproven = await socket.AskAsync(Ask("order.create", "0", limit));
        JsonElement login = await socket.AskAsync(rig.Client.Login());
        JsonElement created = await socket.AskAsync(Ask("order.create", "1", limit));
        JsonElement twice = await socket.AskAsync(Ask("order.create", "1", limit));
        JsonElement amended = await socket.AskAsync(Ask("order.amend", "2", key));
        JsonElement late = await socket.AskAsync(Ask("order.cancel", "3", key, rig.Client.NowMs - 6000));
        JsonElement canceled = await socket.AskAsync(Ask("order.cancel", "4", key));
        JsonElement unknown = await socket.AskAsync(Ask("order.dance", "5", key));

        unproven.GetProperty("retCode").GetInt32().ShouldBe(10007);
        (login.GetProperty("retCode").GetInt32(), login.GetProperty("op").GetString()).ShouldBe((0, "auth"));
        (created.GetProperty("retCode").GetInt32(), created.GetProperty("data").GetProperty("orderLinkId").GetString()).ShouldBe((0, "ws-1"));
        created.GetProperty("header").GetProperty("X-Bapi-Limit").GetString().ShouldBe("10");
        twice.GetProperty("retCode").GetInt32().ShouldBe(20006);
        amended.GetProperty("retCode").GetInt32().ShouldBe(0);
        late.GetProperty("retCode").GetInt32().ShouldBe(10002);
        canceled.GetProperty("retCode").GetInt32().ShouldBe(0);
        unknown.GetProperty("retCode").GetInt32().ShouldBe(10404);
        ExchangeOrder order = rig.Core("linear").FindOrder(rig.Core("linear").ByName("default")!, new OrderKey("BTCUSDT", null, "ws-1"))!;
        (order.Quantity, order.Status).ShouldBe((0.02m, ExchangeOrderStatus.Canceled));
    }

    private static async Task<RawSocket> SubscribeAsync(BybitRig rig, string category, string topic)
    {
        RawSocket socket = await RawSocket.OpenAsync(rig.Socket + "/v5/public/" + category);
        (await socket.AskAsync(JsonSerializer.Serialize(new { op = "subscribe", args = (string[])[topic] }))).GetProperty("success").GetBoolean().ShouldBeTrue();
        return socket;
    }

    private sealed class BookMirror
    {
        private readonly SortedDictionary<decimal, decimal> _bids = [];

        public BookMirror(JsonElement snapshot)
        {
            snapshot.GetProperty("type").GetString().ShouldBe("snapshot");
            Number = snapshot.GetProperty("data").GetProperty("u").GetInt64();
        }

        public long Number { get; private set; }

        public int Gaps { get; private set; }

        public IReadOnlyList<DepthLevel> Bids => [.. _bids.Reverse().Select(l => new DepthLevel(l.Key, l.Value))];

        public void Apply(JsonElement message)
        {
            JsonElement data = message.GetProperty("data");
            message.GetProperty("type").GetString().ShouldBe("delta");
            Gaps += data.GetProperty("u").GetInt64() == Number + 1 ? 0 : 1;
            Number = data.GetProperty("u").GetInt64();
            foreach (JsonElement level in data.GetProperty("b").EnumerateArray())
            {
                (decimal price, decimal size) = (Decimal(level[0]), Decimal(level[1]));
                _bids[price] = size;
                if (size == 0)
                {
                    _ = _bids.Remove(price);
                }
            }
        }

        private static decimal Decimal(JsonElement text) => decimal.Parse(text.GetString()!, CultureInfo.InvariantCulture);
    }
}
