using System.Text;
using System.Text.Json;
using Harrier.Exchanges.Tests.Support;
using Harrier.Testnet.Core;
using Harrier.Testnet.Hosting;

namespace Harrier.Exchanges.Tests.Testnet.Bybit;

/// <summary>Requests to the second venue: what they must prove, their envelopes, limits, pages and memory.</summary>
public sealed class BybitRestTests
{
    [Fact]
    public void Signature_GoldenVectors_AreValid()
    {
        using JsonDocument golden = JsonDocument.Parse(File.ReadAllText(SharedData.Require("data/golden/signatures.json")));
        List<JsonElement> vectors = [.. golden.RootElement.EnumerateArray().Where(v => v.GetProperty("scheme").GetString()!.StartsWith("bybit", StringComparison.Ordinal))];

        vectors.Count.ShouldBe(3);
        foreach (JsonElement vector in vectors)
        {
            byte[] payload = Encoding.UTF8.GetBytes(vector.GetProperty("payload").GetString()!);
            SignatureCheck.IsValid(vector.GetProperty("secret").GetString()!, payload, vector.GetProperty("signature").GetString()!).ShouldBeTrue();
        }
    }

    [Theory]
    [InlineData(-5000, 0)]
    [InlineData(-5001, 10002)]
    [InlineData(999, 0)]
    [InlineData(1000, 10002)]
    public async Task Timestamp_AtTheEdgesOfItsWindow_FollowsTheRule(int offset, int code)
    {
        ManualTimeProvider clock = new();
        await using BybitRig rig = await BybitRig.StartAsync(clock);

        BybitAnswer answer = await rig.Client.SendAsync(HttpMethod.Get, "/v5/account/info", "", rig.Client.NowMs + offset);

        (answer.Status, answer.Code).ShouldBe((200, code));
    }

    [Fact]
    public async Task Request_WrongKeySignaturePermissionOrPath_HasTheVenuesCode()
    {
        await using BybitRig rig = await BybitRig.StartAsync();
        BybitClient reader = await rig.OpenAsync("reader", new { name = "reader", canTrade = false, canWithdraw = true, ipRestricted = true });
        using BybitClient stranger = new(rig.Rest, "unknown", "secret", TimeProvider.System);
        using BybitClient forger = new(rig.Rest, rig.Client.Key, "secret", TimeProvider.System);

        (await stranger.GetAsync("/v5/account/info")).Code.ShouldBe(10003);
        (await forger.GetAsync("/v5/account/info")).Code.ShouldBe(10004);
        (await reader.LimitAsync("spot", "Buy", "50000", "0.01")).Code.ShouldBe(10005);
        BybitAnswer nowhere = await rig.Client.GetAsync("/v5/nowhere");
        (nowhere.Status, nowhere.Code).ShouldBe((404, 10017));
        JsonElement key = (await reader.GetAsync("/v5/user/query-api")).Result;
        key.GetProperty("readOnly").GetInt32().ShouldBe(1);
        key.GetProperty("permissions").GetProperty("Wallet").EnumerateArray().Select(p => p.GetString()).ShouldContain("Withdraw");
        key.GetProperty("ips")[0].GetString().ShouldBe("127.0.0.1");
    }

    [Fact]
    public async Task Requests_BeyondTheLimitOfAUser_AreRefusedUntilTheNextSecond()
    {
        ManualTimeProvider clock = new();
        await using BybitRig rig = await BybitRig.StartAsync(clock);
        for (int i = 1; i <= 10; i++)
        {
            BybitAnswer taken = await rig.Client.LimitAsync("linear", "Buy", "50000", "0.001");
            taken.Code.ShouldBe(0);
            (taken.Headers["X-Bapi-Limit"], taken.Headers["X-Bapi-Limit-Status"]).ShouldBe(("10", $"{10 - i}"));
        }

        BybitAnswer refused = await rig.Client.LimitAsync("linear", "Buy", "50000", "0.001");
        BybitAnswer onSpot = await rig.Client.LimitAsync("spot", "Buy", "50000", "0.001");
        clock.Advance(TimeSpan.FromSeconds(1));
        BybitAnswer later = await rig.Client.LimitAsync("linear", "Buy", "50000", "0.001");

        refused.Code.ShouldBe(10006);
        long.Parse(refused.Headers["X-Bapi-Limit-Reset-Timestamp"], System.Globalization.CultureInfo.InvariantCulture).ShouldBe(clock.GetUtcNow().ToUnixTimeMilliseconds());
        onSpot.Headers["X-Bapi-Limit"].ShouldBe("20");
        later.Code.ShouldBe(0);
    }

    [Fact]
    public async Task Requests_BeyondTheLimitOfTheAddress_AreBannedForTenMinutes()
    {
        ManualTimeProvider clock = new();
        await using BybitRig rig = await BybitRig.StartAsync(clock);
        for (int i = 0; i < 600; i++)
        {
            (await rig.Client.GetAsync("/v5/market/time")).Status.ShouldBe(200);
        }

        BybitAnswer banned = await rig.Client.GetAsync("/v5/market/time");
        clock.Advance(TimeSpan.FromMinutes(10) - TimeSpan.FromSeconds(1));
        BybitAnswer still = await rig.Client.GetAsync("/v5/market/time");
        clock.Advance(TimeSpan.FromSeconds(1));
        BybitAnswer free = await rig.Client.GetAsync("/v5/market/time");

        (banned.Status, banned.Text).ShouldBe((403, "access too frequent"));
        still.Status.ShouldBe(403);
        free.Code.ShouldBe(0);
    }

    [Fact]
    public async Task LinkId_UsedOnceBefore_IsRefusedEvenAfterTheOrdersEnd()
    {
        await using BybitRig rig = await BybitRig.StartAsync();
        _ = await rig.Client.LimitAsync("linear", "Buy", "50000", "0.001", "once");
        (await rig.Client.PostAsync("/v5/order/cancel", new { category = "linear", symbol = "BTCUSDT", orderLinkId = "once" })).Code.ShouldBe(0);

        (await rig.Client.LimitAsync("linear", "Buy", "50000", "0.001", "once")).Code.ShouldBe(110072);
        (await rig.Client.LimitAsync("spot", "Buy", "50000", "0.001", "once")).Code.ShouldBe(0);
        (await rig.Client.LimitAsync("spot", "Buy", "50000", "0.001", "once")).Code.ShouldBe(170141);
    }

    [Fact]
    public async Task OpenOrders_MoreThanAPage_AreListedOnceEachThoughSomeEndMeanwhile()
    {
        ManualTimeProvider clock = new();
        await using BybitRig rig = await BybitRig.StartAsync(clock);
        List<string> placed = [];
        for (int i = 0; i < 25; i++)
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            placed.Add((await rig.Client.LimitAsync("linear", "Buy", "50000", "0.001")).Result.GetProperty("orderId").GetString()!);
        }

        BybitAnswer first = await rig.Client.GetAsync("/v5/order/realtime?category=linear&symbol=BTCUSDT&limit=10");
        string last = first.Rows[^1].GetProperty("orderId").GetString()!;
        (await rig.Client.PostAsync("/v5/order/cancel", new { category = "linear", symbol = "BTCUSDT", orderId = last })).Code.ShouldBe(0);
        string cursor = first.Result.GetProperty("nextPageCursor").GetString()!;
        BybitAnswer second = await rig.Client.GetAsync("/v5/order/realtime?category=linear&symbol=BTCUSDT&limit=10&cursor=" + Uri.EscapeDataString(cursor));
        BybitAnswer third = await rig.Client.GetAsync(
            "/v5/order/realtime?category=linear&symbol=BTCUSDT&limit=10&cursor=" + Uri.EscapeDataString(second.Result.GetProperty("nextPageCursor").GetString()!));

        List<string> listed = [.. first.Rows.Concat(second.Rows).Concat(third.Rows).Select(o => o.GetProperty("orderId").GetString()!)];
        listed.ShouldBe(placed.AsEnumerable().Reverse());
        third.Result.GetProperty("nextPageCursor").GetString().ShouldBe("");
    }

    [Fact]
    public async Task EndedOrder_AfterARestart_IsInTheHistoryAlone()
    {
        ManualTimeProvider clock = new();
        await using BybitRig rig = await BybitRig.StartAsync(clock);
        _ = await rig.Client.LimitAsync("linear", "Buy", "50000", "0.001", "ended");
        _ = await rig.Client.PostAsync("/v5/order/cancel", new { category = "linear", symbol = "BTCUSDT", orderLinkId = "ended" });

        (await rig.Client.GetAsync("/v5/order/realtime?category=linear&orderLinkId=ended")).Rows.Single().GetProperty("orderStatus").GetString().ShouldBe("Cancelled");
        clock.Advance(TimeSpan.FromSeconds(1));
        _ = await rig.AdminAsync(HttpMethod.Post, "/market", new { action = "restart", venue = "bybit" });

        (await rig.Client.GetAsync("/v5/order/realtime?category=linear&orderLinkId=ended")).Rows.ShouldBeEmpty();
        (await rig.Client.GetAsync("/v5/order/history?category=linear&orderLinkId=ended")).Rows.Count.ShouldBe(1);
        clock.Advance(TimeSpan.FromHours(25));
        (await rig.Client.GetAsync("/v5/order/history?category=linear&orderLinkId=ended")).Rows.ShouldBeEmpty();
    }

    [Fact]
    public async Task Batch_SomeOrdersWrong_TellsEachOutcomeBesideTheIds()
    {
        await using BybitRig rig = await BybitRig.StartAsync();
        object Order(string price, string id) => new { symbol = "BTCUSDT", side = "Buy", orderType = "Limit", qty = "0.001", price, orderLinkId = id };

        BybitAnswer answer = await rig.Client.PostAsync("/v5/order/create-batch", new { category = "linear", request = (object[])[Order("50000", "b-1"), Order("50000", "b-1"), Order("50001", "b-2")] });

        answer.Code.ShouldBe(0);
        answer.Rows.Select(r => r.GetProperty("orderId").GetString()!.Length).ShouldBe([36, 0, 36]);
        answer.Json.GetProperty("retExtInfo").GetProperty("list").EnumerateArray().Select(r => r.GetProperty("code").GetInt32()).ShouldBe([0, 110072, 0]);
    }

    [Fact]
    public async Task PostOnlyThatWouldTake_IsAcceptedAndThenCanceled()
    {
        await using BybitRig rig = await BybitRig.StartAsync();
        BybitClient other = await rig.OpenAsync("other");
        (await other.LimitAsync("linear", "Sell", "64000", "0.01")).Code.ShouldBe(0);

        BybitAnswer accepted = await rig.Client.PostOnlyAsync("linear", "64001", "p-1");
        JsonElement order = (await rig.Client.GetAsync("/v5/order/realtime?category=linear&orderLinkId=p-1")).Rows.Single();

        accepted.Code.ShouldBe(0);
        (order.GetProperty("orderStatus").GetString(), order.GetProperty("rejectReason").GetString(), order.GetProperty("cumExecQty").GetString())
            .ShouldBe(("Cancelled", "EC_PostOnlyWillTakeLiquidity", "0"));
    }

    [Fact]
    public async Task SpotOrder_CanceledAfterAPart_IsPartiallyFilledCanceled()
    {
        await using BybitRig rig = await BybitRig.StartAsync();
        BybitClient other = await rig.OpenAsync("other");
        _ = await other.LimitAsync("spot", "Sell", "64000", "0.01");

        _ = await rig.Client.LimitAsync("spot", "Buy", "64000", "0.03", "part");
        _ = await rig.Client.PostAsync("/v5/order/cancel", new { category = "spot", symbol = "BTCUSDT", orderLinkId = "part" });
        JsonElement order = (await rig.Client.GetAsync("/v5/order/realtime?category=spot&orderLinkId=part")).Rows.Single();

        (order.GetProperty("orderStatus").GetString(), order.GetProperty("cumExecQty").GetString(), order.GetProperty("leavesQty").GetString())
            .ShouldBe(("PartiallyFilledCanceled", "0.01", "0"));
    }

    [Fact]
    public async Task ConditionalOrder_Triggered_KeepsItsIdUnderWhichItFills()
    {
        await using BybitRig rig = await BybitRig.StartAsync();
        BybitClient other = await rig.OpenAsync("other");
        foreach (string price in (string[])["65000", "66000"])
        {
            _ = await other.LimitAsync("linear", "Sell", price, "0.01");
        }

        BybitAnswer placed = await rig.Client.PostAsync("/v5/order/create", new
        {
            category = "linear",
            symbol = "BTCUSDT",
            side = "Buy",
            orderType = "Market",
            qty = "0.01",
            triggerPrice = "64900",
            triggerDirection = 1,
            orderLinkId = "stop",
        });
        _ = await rig.Client.PostAsync("/v5/order/amend", new { category = "linear", symbol = "BTCUSDT", orderLinkId = "stop", triggerPrice = "64950" });
        JsonElement waiting = (await rig.Client.GetAsync("/v5/order/realtime?category=linear&symbol=BTCUSDT")).Rows.Single();
        _ = await other.MarketAsync("linear", "Buy", "0.01");
        JsonElement filled = (await rig.Client.GetAsync("/v5/order/realtime?category=linear&orderLinkId=stop")).Rows.Single();

        waiting.GetProperty("orderStatus").GetString().ShouldBe("Untriggered");
        waiting.GetProperty("triggerPrice").GetString().ShouldBe("64950.00");
        filled.GetProperty("orderId").GetString().ShouldBe(placed.Result.GetProperty("orderId").GetString());
        (filled.GetProperty("orderStatus").GetString(), filled.GetProperty("avgPrice").GetString()).ShouldBe(("Filled", "66000"));
        (await rig.Client.GetAsync("/v5/execution/list?category=linear&orderLinkId=stop")).Rows.Single().GetProperty("stopOrderType").GetString().ShouldBe("Stop");
    }

    [Fact]
    public async Task Wallet_SpotAndContracts_ShareWhatTheyMaySpend()
    {
        await using BybitRig rig = await BybitRig.StartAsync();
        BybitClient poor = await rig.OpenAsync("poor", new { name = "poor", balances = new Dictionary<string, string> { ["USDT"] = "1000" } });
        (await poor.LimitAsync("spot", "Buy", "50000", "0.018")).Code.ShouldBe(0);

        // 900 of 1000 rest in the spot order: the contract's margin of 120 is too much, that of 60 is not.
        (await poor.LimitAsync("linear", "Buy", "50000", "0.024")).Code.ShouldBe(110007);
        (await poor.LimitAsync("linear", "Buy", "50000", "0.012")).Code.ShouldBe(0);
        (await poor.LimitAsync("spot", "Buy", "50000", "0.001")).Code.ShouldBe(170131);
        JsonElement coin = (await poor.GetAsync("/v5/account/wallet-balance?accountType=UNIFIED&coin=USDT")).Rows[0].GetProperty("coin")[0];

        (coin.GetProperty("walletBalance").GetString(), coin.GetProperty("locked").GetString(), coin.GetProperty("totalOrderIM").GetString()).ShouldBe(("1000", "900", "60"));
        JsonElement truth = (await rig.AdminAsync(HttpMethod.Get, "/truth/poor")).GetProperty("venues");
        truth.GetProperty("bybit-spot").GetProperty("balances").ToString().ShouldBe(truth.GetProperty("bybit-linear").GetProperty("balances").ToString());
    }

    [Fact]
    public async Task Deposit_OnTheVenue_ArrivesOnce()
    {
        await using BybitRig rig = await BybitRig.StartAsync();

        _ = await rig.AdminAsync(HttpMethod.Post, "/market", new { action = "deposit", venue = "bybit", account = "default", asset = "USDT", amount = "5" });

        rig.Core("spot").ByName("default")!.Free("USDT").ShouldBe(100_005);
        rig.Core("linear").ByName("default")!.Free("USDT").ShouldBe(100_005);
        (await rig.Client.GetAsync("/v5/account/transaction-log?currency=USDT")).Rows[0].GetProperty("change").GetString().ShouldBe("5");
    }

    [Fact]
    public async Task Liquidation_TellsABustTradeAndClosesThePosition()
    {
        await using BybitRig rig = await BybitRig.StartAsync();
        BybitClient poor = await rig.OpenAsync("poor", new { name = "poor", balances = new Dictionary<string, string> { ["USDT"] = "1000" } });
        BybitClient other = await rig.OpenAsync("other");
        _ = await other.LimitAsync("linear", "Sell", "64000", "0.1");
        using RawSocket market = await RawSocket.OpenAsync(rig.Socket + "/v5/public/linear");
        _ = await market.AskAsync("""{"op":"subscribe","args":["allLiquidation.BTCUSDT"]}""");
        (await poor.MarketAsync("linear", "Buy", "0.1")).Code.ShouldBe(0);

        // The mark price, which moves once a second, has moved just now.
        rig.Step();
        _ = await rig.AdminAsync(HttpMethod.Post, "/market", new { action = "liquidate", venue = "bybit", account = "poor", symbol = "BTCUSDT" });

        JsonElement told = (await market.JsonAsync()).GetProperty("data")[0];
        (told.GetProperty("S").GetString(), told.GetProperty("v").GetString()).ShouldBe(("Buy", "0.10000"));
        JsonElement fill = (await poor.GetAsync("/v5/execution/list?category=linear&execType=BustTrade")).Rows.Single();
        (fill.GetProperty("orderLinkId").GetString(), fill.GetProperty("closedSize").GetString()).ShouldBe(("", "0.1"));
        (await poor.GetAsync("/v5/position/list?category=linear&symbol=BTCUSDT")).Rows.Single().GetProperty("side").GetString().ShouldBe("");
    }

    [Fact]
    public async Task TrailingStop_OfAPosition_FollowsThePriceAndClosesIt()
    {
        await using BybitRig rig = await BybitRig.StartAsync();
        BybitClient other = await rig.OpenAsync("other");
        _ = await other.LimitAsync("linear", "Sell", "64000", "0.02");
        _ = await rig.Client.MarketAsync("linear", "Buy", "0.01");
        object trail = new { category = "linear", symbol = "BTCUSDT", trailingStop = "100", positionIdx = 0 };
        (await rig.Client.PostAsync("/v5/position/trading-stop", trail)).Code.ShouldBe(0);
        (await rig.Client.PostAsync("/v5/position/trading-stop", trail)).Code.ShouldBe(34040);
        foreach (string price in (string[])["64010", "64110", "64190"])
        {
            _ = await other.LimitAsync("linear", "Buy", "63900", "0.001");
            _ = await other.LimitAsync("linear", "Sell", price, "0.001");
        }

        // The price rises to 64190 and falls to 64095: at 64090 and below the stop would close.
        _ = await other.LimitAsync("linear", "Buy", "64190", "0.013");
        JsonElement waiting = (await rig.Client.GetAsync("/v5/order/realtime?category=linear&symbol=BTCUSDT")).Rows.Single();
        _ = await other.LimitAsync("linear", "Buy", "64085", "0.02");
        _ = await other.LimitAsync("linear", "Sell", "64085", "0.001");

        (waiting.GetProperty("stopOrderType").GetString(), waiting.GetProperty("triggerPrice").GetString()).ShouldBe(("TrailingStop", "64090.00"));
        (await rig.Client.GetAsync("/v5/position/list?category=linear&symbol=BTCUSDT")).Rows.Single().GetProperty("size").GetString().ShouldBe("0.00000");
    }

    [Fact]
    public async Task Funding_OfAPosition_IsAnExecutionThatIsNoTrade()
    {
        await using BybitRig rig = await BybitRig.StartAsync();
        BybitClient other = await rig.OpenAsync("other");
        _ = await other.LimitAsync("linear", "Sell", "64000", "0.01");
        _ = await rig.Client.MarketAsync("linear", "Buy", "0.01");
        using RawSocket socket = await rig.PrivateAsync(rig.Client, "execution");

        _ = await rig.AdminAsync(HttpMethod.Post, "/market", new { action = "funding", venue = "bybit", symbol = "BTCUSDT", value = "0.001" });
        JsonElement told = (await socket.JsonAsync()).GetProperty("data")[0];

        told.GetProperty("execType").GetString().ShouldBe("Funding");
        decimal paid = decimal.Parse(told.GetProperty("execFee").GetString()!, System.Globalization.CultureInfo.InvariantCulture);
        paid.ShouldBeInRange(0.5m, 0.8m);
        BybitAnswer log = await rig.Client.GetAsync("/v5/account/transaction-log?type=SETTLEMENT");
        log.Rows.Single().GetProperty("funding").GetString().ShouldBe("-" + told.GetProperty("execFee").GetString());
        (await rig.Client.GetAsync("/v5/execution/list?category=linear")).Rows.Select(e => e.GetProperty("execType").GetString()).ShouldBe(["Funding", "Trade"]);
        JsonElement coin = (await rig.Client.GetAsync("/v5/account/wallet-balance?accountType=UNIFIED&coin=USDT")).Rows[0].GetProperty("coin")[0];
        coin.GetProperty("walletBalance").GetString().ShouldBe(log.Rows.Single().GetProperty("cashBalance").GetString());
    }

    [Fact]
    public async Task Modes_ThatAreNotOffered_AreRefused()
    {
        await using BybitRig rig = await BybitRig.StartAsync();
        object Mode(int mode) => new { category = "linear", symbol = "BTCUSDT", mode };

        (await rig.Client.PostAsync("/v5/position/switch-mode", Mode(0))).Code.ShouldBe(110025);
        (await rig.Client.PostAsync("/v5/position/switch-mode", Mode(3))).Code.ShouldBe(10001);
        (await rig.Client.PostAsync("/v5/position/switch-isolated", new { category = "linear", symbol = "BTCUSDT", tradeMode = 1 })).Code.ShouldBe(100028);
        (await rig.Client.PostAsync("/v5/account/set-margin-mode", new { setMarginMode = "ISOLATED_MARGIN" })).Code.ShouldBe(10001);
        (await rig.Client.PostAsync("/v5/position/set-leverage", new { category = "linear", symbol = "BTCUSDT", buyLeverage = "10", sellLeverage = "10" })).Code.ShouldBe(110043);
        (await rig.Client.PostAsync("/v5/position/set-leverage", new { category = "linear", symbol = "BTCUSDT", buyLeverage = "101", sellLeverage = "101" })).Code.ShouldBe(110013);
    }

    [Fact]
    public async Task Instrument_DelistedOrWithAnotherTick_IsListedSo()
    {
        await using BybitRig rig = await BybitRig.StartAsync();

        _ = await rig.AdminAsync(HttpMethod.Post, "/market", new { action = "tick", venue = "bybit-linear", symbol = "BTCUSDT", value = "0.5" });
        _ = await rig.AdminAsync(HttpMethod.Post, "/market", new { action = "delist", venue = "bybit-linear", symbol = "ETHUSDT" });

        BybitAnswer linear = await rig.Client.GetAsync("/v5/market/instruments-info?category=linear");
        linear.Rows.Select(i => (i.GetProperty("symbol").GetString(), i.GetProperty("priceFilter").GetProperty("tickSize").GetString())).ShouldBe([("BTCUSDT", "0.5")]);
        (await rig.Client.GetAsync("/v5/market/instruments-info?category=spot")).Rows.Count.ShouldBe(2);
        rig.Exchange.Market("binance-usdm").Facts.Core.Find("ETHUSDT")!.Status.ShouldBe(ListingStatus.Trading);
        (await rig.Client.LimitAsync("linear", "Buy", "50000.3", "0.001")).Code.ShouldBe(10001);
    }
}
