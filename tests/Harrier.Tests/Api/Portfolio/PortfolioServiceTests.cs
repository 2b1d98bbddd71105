using System.Net;
using System.Net.WebSockets;
using System.Text.Json;
using Harrier.Domain;
using Harrier.Features.Portfolio;
using Harrier.Hosting.Accounts;
using Harrier.Hosting.Bots;
using Harrier.Hosting.Portfolio;
using Harrier.Storage.Records;
using Harrier.Storage.Records.Rows;
using Harrier.Tests.Api.Live;

namespace Harrier.Tests.Api.Portfolio;

/// <summary>A run with portfolio bots, as the service shows and steers it: the messages of guide 003, and the same over HTTP.</summary>
public sealed class PortfolioServiceTests
{
    private static readonly Timestamp Noon = Timestamp.From(new DateTimeOffset(2026, 2, 14, 2, 30, 0, TimeSpan.Zero));

    [Fact]
    public async Task Socket_TellsAndChangesThePortfolioBot()
    {
        await using ApiScene scene = await StartAsync();
        using ClientWebSocket socket = await LiveSocketsTests.OpenAsync(scene, "/ws/bot/status/", scene.Trader);
        (await LiveSocketsTests.ReadAsync(socket)).GetRawText().ShouldBe("""{"type":"connection","message":"Connected to bot status stream"}""");

        JsonElement price;
        do
        {
            price = await LiveSocketsTests.ReadUntilAsync(socket, "price_update");
        }
        while (price.GetProperty("pair").GetString() != "BTC-USD");

        (price.GetProperty("pair").GetString(), price.GetProperty("data").GetProperty("bid").GetString(), price.GetProperty("data").GetProperty("ask").GetString(), price.GetProperty("data").GetProperty("last").GetString())
            .ShouldBe(("BTC-USD", "45000.00", "45100.00", "45050.00"));

        JsonElement data = (await LiveSocketsTests.AskAsync(socket, """{"action":"get_status"}""", "bot_status")).GetProperty("data");
        (data.GetProperty("is_active").GetBoolean(), data.GetProperty("risk_tolerance").GetDouble()).ShouldBe((false, 0.5), "it is the bot's own state, not that of the run");
        data.GetProperty("recent_trades").GetArrayLength().ShouldBe(5);

        JsonElement trade = (await LiveSocketsTests.AskAsync(socket, """{"action":"get_recent_trades","limit":1}""", "recent_trades")).GetProperty("data")[0];
        trade.GetRawText().ShouldBe("""{"id":7,"from_pair":"BTC","to_pair":"USD","decision":"SELL","status":"EXECUTED","amount":"0.50","from_price":"45050","to_price":"1","confidence":0.85,"risk":0.3,"volatility":0.02,"reason":"all gates pass","created_at":"2026-02-14T02:30:00Z","executed_at":"2026-02-14T02:30:01Z"}""");

        JsonElement top = (await LiveSocketsTests.AskAsync(socket, """{"action":"get_top_trades","limit":1}""", "top_opportunities")).GetProperty("data");
        top.GetRawText().ShouldBe("""[{"from_pair":"USD","to_pair":"BTC","decision":"BUY","amount":"100","from_price":"1","to_price":"45050","confidence":0.85,"risk":0.3,"volatility":0.02,"expected_return":0.025,"score":1.8,"passes":true,"reason":"USD>BTC: expected 2.500 % after 0.100 % costs, volatility 2.000 %, confidence 0.850, risk 0.300; all gates pass"}]""");
        (await LiveSocketsTests.AskAsync(socket, """{"action":"get_top_trades"}""", "top_opportunities")).GetProperty("data").GetArrayLength().ShouldBe(2);
        (await LiveSocketsTests.AskAsync(socket, """{"action":"get_top_trades","limit":0}""", "error")).GetProperty("message").GetString().ShouldBe("limit: a whole number from 1 to 100");

        JsonElement updated = (await LiveSocketsTests.AskAsync(socket, """{"action":"update_config","data":{"is_active":true,"risk_tolerance":0.6}}""", "config_updated")).GetProperty("data");
        updated.GetRawText().ShouldBe("""{"is_active":true,"risk_tolerance":0.6,"min_confidence":0.7,"check_interval":5,"cache_ttl":3}""");
        PortfolioSettings stored = new PortfolioStore(scene.Records, "portfolio").Find("bold")!;
        (stored.IsActive, stored.RiskTolerance).ShouldBe((true, 0.6));
        scene.Running.Ordered.ShouldBeEmpty("the other accounts of the run go on");

        (await LiveSocketsTests.AskAsync(socket, """{"action":"update_config","data":{"is_active":false,"cache_ttl":61}}""", "error")).GetProperty("message").GetString()
            .ShouldBe("Failed to update configuration: cache_ttl: 61: a whole number from 1 to 60");
        new PortfolioStore(scene.Records, "portfolio").Find("bold")!.IsActive.ShouldBeTrue("nothing half done");
    }

    [Fact]
    public async Task Socket_BroadcastsWhatWasExecuted_AsTheGuideHasIt()
    {
        await using ApiScene scene = await StartAsync();
        using ClientWebSocket socket = await LiveSocketsTests.OpenAsync(scene, "/ws/bot/status/", scene.Viewer);
        _ = await LiveSocketsTests.ReadAsync(socket);
        PortfolioDecision pending = new()
        {
            Number = 8,
            Bot = "bold",
            CreatedAt = Noon,
            From = new Money(0.5m, new Asset("BTC")),
            To = new Money(22_500m, new Asset("USD")),
            IsBuy = false,
            FromPrice = 45_050m,
            ToPrice = 1m,
            Figures = new DecisionFigures(0.85, 0.3, 0.02, 0.025),
            Reason = "all gates pass",
            MaxSlippage = 0.002m,
        };
        scene.Desk.Events.Add(new DecisionChanged(Noon, "portfolio", pending));
        scene.Desk.Events.Add(new DecisionChanged(Noon, "portfolio", pending with { Status = DecisionStatus.Executed, EndedAt = Noon }));
        JsonElement told = await LiveSocketsTests.ReadUntilAsync(socket, "trade_executed");
        told.GetProperty("data").GetRawText().ShouldBe("""{"from_pair":"BTC","to_pair":"USD","amount":0.5,"confidence":0.85,"risk":0.3,"expected_return":"0.025"}""");
        told.GetProperty("timestamp").GetString().ShouldBe("2026-02-14T02:30:00Z");
    }

    [Fact]
    public async Task Http_ShowsAndChanges_WhatTheSocketDoes()
    {
        await using ApiScene scene = await StartAsync();
        (await scene.PostAsync("/api/v1/pairs", scene.Viewer, """{"pair_symbol":"ETH-USD"}""")).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await scene.PostAsync("/api/v1/pairs", scene.Trader, """{"pair_symbol":"eth-usd","priority":90}""")).Status.ShouldBe(HttpStatusCode.OK);
        (await scene.PostAsync("/api/v1/pairs", scene.Trader, """{"pair_symbol":"USD-ETH"}""")).Status.ShouldBe(HttpStatusCode.BadRequest, "it is there the other way around");
        (await scene.GetAsync("/api/v1/pairs", scene.Viewer)).Body.GetRawText().ShouldBe("""[{"pair_symbol":"ETH-USD","priority":90,"is_enabled":true}]""");

        (await scene.PostAsync("/api/v1/runbot/config", scene.Trader, """{"min_confidence":0.9,"trade_size_amount":0.25,"model":"mean-reversion"}""")).Status.ShouldBe(HttpStatusCode.OK);
        JsonElement config = (await scene.GetAsync("/api/v1/runbot/config?bot=bold", scene.Viewer)).Body;
        (config.GetProperty("min_confidence_score").GetString(), config.GetProperty("trade_size_amount").GetString(), config.GetProperty("model").GetString()).ShouldBe(("0.9", "0.25", "mean-reversion"));
        (await scene.PostAsync("/api/v1/runbot/config", scene.Trader, """{"risk_tolerance":0.1,"trade_size_percentage":0}""")).Body.GetProperty("detail").GetString()
            .ShouldBe("trade_size_percentage: 0: a number from 0.01 to 1");
        (await scene.GetAsync("/api/v1/runbot/config?bot=nobody", scene.Viewer)).Status.ShouldBe(HttpStatusCode.NotFound);

        JsonElement decisions = (await scene.GetAsync("/api/v1/decisions?status=executed&limit=2", scene.Viewer)).Body;
        decisions.EnumerateArray().Select(static row => row.GetProperty("number").GetInt64()).ShouldBe([6, 7]);
        (await scene.GetAsync("/price/btc-usd", scene.Viewer)).Body.GetRawText().ShouldBe("""{"symbol":"BTC-USD","bid":"45000.00","ask":"45100.00","last":"45050.00"}""");
        (await scene.GetAsync("/price/XYZ-USD", scene.Viewer)).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    private static async Task<ApiScene> StartAsync()
    {
        ApiScene scene = await ApiScene.StartAsync();
        scene.Desk.Add(new FakeAccount(Carried()));
        new PortfolioStore(scene.Records, "portfolio").Change("bold", [], Noon).Faults.ShouldBeEmpty();
        scene.Records.Claim(new AccountRow("portfolio", scene.Home, "sim-x", Noon));
        scene.Records.Write("portfolio", new RecordBatch { Decisions = [.. Enumerable.Range(1, 7).Select(Decision)] });
        return scene;
    }

    private static AccountStatus Carried()
    {
        AccountStatus one = ApiScene.Account(BotState.Paused);
        return one with
        {
            Name = "portfolio",
            Bots = [one.Bots[0] with { Name = "bold", Strategy = PortfolioHost.Strategy, Symbol = "BTC-USD", Position = 0, WorkingOrders = 0, Opportunities = [Opportunity(isPassing: true), Opportunity(isPassing: false)] }],
            Symbols = [new SymbolView("BTC-USD", 45_050.00m, null) { Bid = 45_000.00m, Ask = 45_100.00m }],
        };
    }

    private static TradeOpportunity Opportunity(bool isPassing) => new()
    {
        From = new Money(100m, new Asset("USD")),
        To = new Money(0.0022m, new Asset("BTC")),
        Route = new RateGraph([new PairQuote(new Asset("BTC"), new Asset("USD"), 45_000m, 45_100m, Noon)]).Best(new Asset("USD"), new Asset("BTC"))!,
        Direction = TradeDirection.Buy,
        Notional = 100m,
        FromPrice = 1m,
        ToPrice = 45_050m,
        GrossReturn = 0.026,
        Cost = 0.001,
        ExpectedReturn = 0.025,
        Volatility = 0.02,
        PriceVolatility = 0.02,
        Confidence = 0.85,
        Risk = 0.3,
        Score = 1.8,
        Gates = [new GateReading(PortfolioGate.Confidence, 0.85, 0.9, isPassing)],
    };

    private static DecisionRow Decision(int number) => new()
    {
        Number = number,
        Bot = "bold",
        FromAsset = "BTC",
        ToAsset = "USD",
        Decision = "SELL",
        Status = "EXECUTED",
        Amount = 0.50m,
        Received = 22_500m,
        FromPrice = 45_050m,
        ToPrice = 1m,
        Confidence = 0.85,
        Risk = 0.3,
        Volatility = 0.02,
        ExpectedReturn = 0.025,
        Reason = "all gates pass",
        CreatedAt = Noon,
        ExecutedAt = Noon + TimeSpan.FromSeconds(1),
    };
}
