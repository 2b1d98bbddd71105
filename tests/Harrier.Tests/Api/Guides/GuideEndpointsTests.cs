using System.Net;
using System.Text.Json;
using Harrier.Domain;
using Harrier.Hosting.Accounts;
using Harrier.Hosting.Bots;
using Harrier.Hosting.Jobs;
using Harrier.Storage.Records;
using Harrier.Storage.Records.Rows;

namespace Harrier.Tests.Api.Guides;

/// <summary>The endpoints that the guides name, on what the run really saw.</summary>
public sealed class GuideEndpointsTests(SharedScene shared) : IClassFixture<SharedScene>
{
    [Fact]
    public async Task Klines_AreMadeOfTheTradesOfTheRun()
    {
        await using ApiScene scene = await ApiScene.StartAsync();
        await FeedAsync(scene, (60, 10m), (61, 12m), (90, 9m), (125, 11m));
        JsonElement minutes = (await scene.GetAsync("/api/v1/market/klines/BTC-USDT?interval=1m&limit=10", scene.Viewer)).Body;
        minutes.GetRawText().ShouldBe(
            """{"symbol":"BTCUSDT","interval":"1m","source":"live","data":[{"timestamp":60000,"open":"10.00","high":"12.00","low":"9.00","close":"9.00","volume":"3.00"},{"timestamp":120000,"open":"11.00","high":"11.00","low":"11.00","close":"11.00","volume":"1.00"}],"count":2}""");
        JsonElement seconds = (await scene.GetAsync("/api/v1/market/klines/btcusdt?interval=30s&limit=2", scene.Viewer)).Body;
        seconds.GetProperty("data").EnumerateArray().Select(static one => one.GetProperty("timestamp").GetInt64()).ShouldBe([90_000, 120_000]);
    }

    [Theory]
    [InlineData("/api/v1/market/klines/ETHUSDT", HttpStatusCode.NotFound)]
    [InlineData("/api/v1/market/klines/BTCUSDT?interval=soon", HttpStatusCode.BadRequest)]
    [InlineData("/api/v1/market/klines/BTCUSDT?interval=tick:5", HttpStatusCode.BadRequest)]
    [InlineData("/api/v1/market/klines/BTCUSDT?limit=1001", HttpStatusCode.BadRequest)]
    [InlineData("/api/v1/market/klines/BTCUSDT?limit=-1", HttpStatusCode.BadRequest)]
    [InlineData("/api/features/activity", HttpStatusCode.UnprocessableEntity)]
    [InlineData("/api/features/levels", HttpStatusCode.UnprocessableEntity)]
    [InlineData("/api/features/levels?symbol=ETH/USDT", HttpStatusCode.NotFound)]
    [InlineData("/api/features/levels?symbol=BTCUSDT&interval=x", HttpStatusCode.BadRequest)]
    [InlineData("/api/features/levels?symbol=BTCUSDT&include_metrics=perhaps", HttpStatusCode.BadRequest)]
    [InlineData("/api/v1/jobs/none", HttpStatusCode.NotFound)]
    [InlineData("/api/v1/jobs/none/result", HttpStatusCode.NotFound)]
    public async Task BadQuestion_IsAProblem(string path, HttpStatusCode expected)
    {
        ApiScene scene = shared.Scene;
        await FeedAsync(scene, (60, 10m));
        (HttpStatusCode status, string? type, _) = await scene.GetAsync(path, scene.Viewer);
        (status, type).ShouldBe((expected, "application/problem+json"));
    }

    [Fact]
    public async Task Indicators_AreThoseOfTheCandles_AndNullWhileTheyWarmUp()
    {
        await using ApiScene scene = await ApiScene.StartAsync();
        await FeedAsync(scene, (60, 10m), (120, 20m), (180, 60m));
        (HttpStatusCode status, _, JsonElement body) = await scene.PostAsync(
            "/api/v1/indicators/calculate", scene.Viewer, """{"symbol":"BTCUSDT","interval":"1m","indicators":["sma:2"]}""");
        status.ShouldBe(HttpStatusCode.OK);
        string name = body.GetProperty("latest").EnumerateObject().Single().Name;
        body.GetProperty("data").EnumerateArray().Select(row => row.GetProperty("values").GetProperty(name)).Select(static value => value.ValueKind == JsonValueKind.Null ? (double?)null : value.GetDouble())
            .ShouldBe([null, 15, 40]);
    }

    [Theory]
    [InlineData("""{"symbol":"BTCUSDT","indicators":["rsi:0"]}""", "indicators")]
    [InlineData("""{"symbol":"BTCUSDT","indicators":["nope"]}""", "indicators")]
    [InlineData("""{"symbol":"BTCUSDT","indicators":[]}""", "indicators")]
    [InlineData("""{"symbol":"BTCUSDT","indicators":[null]}""", "indicators")]
    [InlineData("""{"indicators":["rsi:14"]}""", "symbol")]
    [InlineData("""{"symbol":"BTCUSDT","indicators":["rsi:14"],"limit":0}""", "limit")]
    [InlineData("""{"symbol":"BTCUSDT","indicators":["rsi:14"],"interval":"1x"}""", "interval")]
    public async Task Indicators_BadInput_IsNamedByField(string body, string field)
    {
        ApiScene scene = shared.Scene;
        (HttpStatusCode status, _, JsonElement problem) = await scene.PostAsync("/api/v1/indicators/calculate", scene.Viewer, body);
        status.ShouldBe(HttpStatusCode.BadRequest);
        problem.GetProperty("errors").EnumerateObject().Single().Name.ShouldBe(field);
    }

    [Fact]
    public async Task Activity_CountsTheTradesOfTheRun()
    {
        await using ApiScene scene = await ApiScene.StartAsync();

        // Three trades in the last minute, two of them in the last ten seconds; each sold one.
        await FeedAsync(scene, (Noon - 50, 10m), (Noon - 9, 10m), (Noon - 1, 10m));
        JsonElement body = (await scene.GetAsync("/api/features/activity?symbol=BTC/USDT", scene.Viewer)).Body;
        (body.GetProperty("tpm_60s").GetDouble(), body.GetProperty("tps_10s").GetDouble()).ShouldBe((3, 0.2));
        (body.GetProperty("vol_delta_10s").GetDouble(), body.GetProperty("vol_delta_60s").GetDouble()).ShouldBe((-2, -3));
        body.GetProperty("activity_components").EnumerateObject().Select(static one => one.Name).ShouldBe(["tpm_z", "tps_z", "vol_delta_z"]);
        (await scene.GetAsync("/api/features/health", scene.Viewer)).Body.GetProperty("status").GetString().ShouldBe("ok");
    }

    [Fact]
    public async Task Levels_AreFoundWhereThePriceTurned()
    {
        await using ApiScene scene = await ApiScene.StartAsync();

        // Up and down between 100 and 110 for two hours: every tenth minute touches one of the two.
        await FeedAsync(scene, [.. Enumerable.Range(1, 120).Select(static minute => (60L * minute, 100m + Math.Abs(10 - (minute % 20))))]);
        JsonElement body = (await scene.GetAsync("/api/features/levels?symbol=BTCUSDT", scene.Viewer)).Body;
        JsonElement[] levels = [.. body.GetProperty("levels").EnumerateArray()];
        levels.ShouldContain(static level => level.GetProperty("level_type").GetString() == "resistance" && level.GetProperty("price").GetDouble() == 110);
        levels.ShouldContain(static level => level.GetProperty("level_type").GetString() == "support" && level.GetProperty("price").GetDouble() == 100);
        body.GetProperty("approach_metrics").ValueKind.ShouldBe(JsonValueKind.Object);
        (await scene.GetAsync("/api/features/levels?symbol=BTCUSDT&include_metrics=false", scene.Viewer)).Body.GetProperty("approach_metrics").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Fact]
    public async Task Density_ShowsTheWallOfABook_AndTellsOfIt()
    {
        await using ApiScene scene = await ApiScene.StartAsync();
        await FeedAsync(scene, (Noon, 1000m));
        using System.Net.WebSockets.ClientWebSocket socket = await Live.LiveSocketsTests.OpenAsync(scene, "/ws", scene.Viewer);
        await Live.LiveSocketsTests.ReadAsync(socket);

        // Bids of 1 coin each at every 0.1 below 1000 and asks above, but 20 coins at 998; another account tells another book of the same market.
        Timestamp now = new(Noon * Timestamp.NanosPerSecond);
        scene.Book(now, null, isLast: false);
        scene.Book(now, null, isLast: true, "beta");
        for (int i = 1; i <= 40; i++)
        {
            scene.Book(now, (false, 100_000 - (i * 10), i == 20 ? 2000 : 100), isLast: false);
            scene.Book(now, (true, 100_000 + (i * 10), 100), isLast: i == 40);
        }

        JsonElement told = (await Live.LiveSocketsTests.ReadUntilAsync(socket, "DENSITY_UPDATE")).GetProperty("data");
        (told.GetProperty("symbol").GetString(), told.GetProperty("side").GetString(), told.GetProperty("event").GetString()).ShouldBe(("BTCUSDT", "bid", "detected"));
        JsonElement body = (await scene.GetAsync("/api/features/density?symbol=BTC/USDT", scene.Viewer)).Body;
        JsonElement wall = body.GetProperty("densities").EnumerateArray().Single();
        wall.GetProperty("price").GetDouble().ShouldBe(998, 0.5);
        wall.GetProperty("size").GetDouble().ShouldBeGreaterThanOrEqualTo(20);
        (body.GetProperty("k_density").GetDouble(), body.GetProperty("threshold").ValueKind).ShouldBe((7, JsonValueKind.Number));
        (await scene.GetAsync("/api/features/density?symbol=BTCUSDT&range_bps=10", scene.Viewer)).Body.GetProperty("densities").GetArrayLength().ShouldBe(0, "20 basis points away");
        (await scene.GetAsync("/api/features/density?symbol=BTCUSDT&range_bps=61", scene.Viewer)).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await scene.GetAsync("/api/features/density", scene.Viewer)).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
    }

    [Fact]
    public async Task Bot_IsStartedByWhatItIs_AndStoppedByItsId()
    {
        await using ApiScene scene = await ApiScene.StartAsync();
        (HttpStatusCode status, _, JsonElement body) = await scene.PostAsync("/bot/stop", scene.Trader, """{"bot_id":"alpha/trend"}""");
        (status, body.GetRawText()).ShouldBe((HttpStatusCode.OK, """{"status":"BOT_STOPPED","bot_id":"alpha/trend"}"""));
        scene.Running.Status = ApiScene.Account(BotState.Stopped);
        (await scene.PostAsync("/bot/stop", scene.Trader, """{"bot_id":"alpha/trend"}""")).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await scene.PostAsync("/bot/stop", scene.Trader, """{"bot_id":"alpha/nope"}""")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await scene.PostAsync("/bot/stop", scene.Trader, "{}")).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await scene.PostAsync("/bot/stop", scene.Viewer, """{"bot_id":"alpha/trend"}""")).Status.ShouldBe(HttpStatusCode.Forbidden);

        (status, _, body) = await scene.PostAsync("/bot/start", scene.Trader, """{"strategy":"EMA_CROSS","symbol":"BTC/USDT","timeframe":"1m"}""");
        (status, body.GetProperty("status").GetString()).ShouldBe((HttpStatusCode.OK, "BOT_STARTED"));
        (await scene.PostAsync("/bot/start", scene.Trader, """{"strategy":"EMA_CROSS","symbol":"BTC/USDT","timeframe":"5m"}""")).Status.ShouldBe(HttpStatusCode.NotFound);
        scene.Running.Ordered.Select(static order => (order.Order, order.Bot)).ShouldBe([(AccountOrder.Stop, "trend"), (AccountOrder.Start, "trend")]);
        JsonElement pnl = (await scene.GetAsync("/dashboard/pnl", scene.Viewer)).Body;
        (pnl.GetProperty("total_pnl").GetString(), pnl.GetProperty("currency").GetString(), pnl.GetProperty("open_bots").GetInt32()).ShouldBe(("0.10", "USDT", 0));
    }

    [Theory]
    [InlineData(BotState.Scanning, "done", null)]
    [InlineData(BotState.Error, "failed", "alpha/trend is error")]
    public async Task BotStart_IsAJob_ThatEndsWhenTheBotHasStartedOrFailed(BotState becomes, string ends, string? error)
    {
        await using ApiScene scene = await ApiScene.StartAsync();
        scene.Running.Status = ApiScene.Account(BotState.Stopped);
        JsonElement body = (await scene.PostAsync("/bot/start", scene.Trader, """{"strategy":"EMA_CROSS","symbol":"BTC/USDT","timeframe":"1m"}""")).Body;
        (body.GetProperty("status").GetString(), body.GetProperty("bot_id").GetString()).ShouldBe(("BOT_STARTED", "alpha/trend"));
        string job = "/api/v1/jobs/" + body.GetProperty("job_id").GetString();
        (await scene.GetAsync(job, scene.Viewer)).Body.GetProperty("status").GetString().ShouldBeOneOf("queued", "running");
        scene.Running.Status = ApiScene.Account(becomes);
        JsonElement ended;
        while ((ended = (await scene.GetAsync(job, scene.Viewer)).Body).GetProperty("ended_at").ValueKind == JsonValueKind.Null)
        {
            await Task.Delay(Moment, TimeProvider.System, TestContext.Current.CancellationToken);
        }

        (ended.GetProperty("kind").GetString(), ended.GetProperty("status").GetString(), ended.GetProperty("error").GetString()).ShouldBe(("bot start", ends, error));
        if (error is null)
        {
            (await scene.GetAsync(job + "/result", scene.Viewer)).Body.GetRawText().ShouldBe("""{"bot_id":"alpha/trend","state":"scanning"}""");
        }
    }

    [Fact]
    public async Task Backtest_IsAJob_WithProgressResultAndReport()
    {
        await using ApiScene scene = await ApiScene.StartAsync();
        TaskCompletionSource go = new(TaskCreationOptions.RunContinuationsAsynchronously);
        scene.Backtests.Work = (progress, _) =>
        {
            progress.Report(0.25);
            go.Task.Wait(TestContext.Current.CancellationToken);
            return new JobResult("""{"net":"1"}""", "<p>report</p>");
        };
        (HttpStatusCode status, _, JsonElement body) = await scene.PostAsync("/api/v1/backtest/run", scene.Trader, """{"strategy":"EMA_CROSS","start_date":"2024-01-01","parameters":{"fast":"2"}}""");
        (status, body.GetProperty("status").GetString()).ShouldBe((HttpStatusCode.Accepted, "queued"));
        (scene.Backtests.Asked!.StartDate, scene.Backtests.Asked.Parameters!["fast"]).ShouldBe(("2024-01-01", "2"));
        string job = "/api/v1/jobs/" + body.GetProperty("job_id").GetString();
        (await scene.GetAsync(job + "/result", scene.Viewer)).Status.ShouldBe(HttpStatusCode.Conflict);
        while ((await scene.GetAsync(job, scene.Viewer)).Body.GetProperty("progress").GetDouble() < 0.25)
        {
            await Task.Delay(Moment, TimeProvider.System, TestContext.Current.CancellationToken);
        }

        go.SetResult();
        while ((await scene.GetAsync(job, scene.Viewer)).Body.GetProperty("status").GetString() != "done")
        {
            await Task.Delay(Moment, TimeProvider.System, TestContext.Current.CancellationToken);
        }

        (await scene.GetAsync(job + "/result", scene.Viewer)).Body.GetRawText().ShouldBe("""{"net":"1"}""");
        (await scene.GetAsync(job + "/report", scene.Viewer)).Type.ShouldBe("text/html");
        (await scene.PostAsync(job + "/cancel", scene.Trader)).Status.ShouldBe(HttpStatusCode.Conflict);
        (await scene.GetAsync("/api/v1/jobs", scene.Viewer)).Body.GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public async Task Backtest_BadInput_IsNamedByField_AndNoJobIsMade()
    {
        await using ApiScene scene = await ApiScene.StartAsync();
        scene.Backtests.Faults = ["strategy: X: one of A, B", "start_date: soon: a day"];
        (HttpStatusCode status, _, JsonElement body) = await scene.PostAsync("/api/v1/backtest/run", scene.Trader, """{"strategy":"X"}""");
        status.ShouldBe(HttpStatusCode.BadRequest);
        body.GetProperty("errors").GetRawText().ShouldBe("""{"strategy":["X: one of A, B"],"start_date":["soon: a day"]}""");
        scene.Jobs.All.ShouldBeEmpty();
        (await scene.PostAsync("/api/v1/backtest/run", scene.Viewer, "{}")).Status.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Signal_IsWhatTheStrategySaysAtTheLastClosedCandle()
    {
        await using ApiScene scene = await ApiScene.StartAsync();

        // Four candles fall, the fifth rises far: the quick average crosses the slow one upwards. The sixth, of this very minute, is open.
        await FeedAsync(scene, (Noon - 300, 13m), (Noon - 240, 12m), (Noon - 180, 11m), (Noon - 120, 10m), (Noon - 60, 20m), (Noon, 1m));
        (HttpStatusCode status, _, JsonElement body) = await scene.PostAsync(
            "/api/v1/trading/signal", scene.Viewer, """{"symbol":"BTC/USDT","strategy":"EMA_CROSS","parameters":{"fast":"2","slow":"3"},"interval":"1m"}""");
        status.ShouldBe(HttpStatusCode.OK, body.ToString());
        (body.GetProperty("signal").GetString(), body.GetProperty("signal_value").GetInt32(), body.GetProperty("price").GetString(), body.GetProperty("candles").GetInt32(), body.GetProperty("timestamp").GetInt64(), body.GetProperty("source").GetString())
            .ShouldBe(("BUY", 1, "20.00", 5, Noon * 1000, "live"));
        body.GetProperty("meta").ValueKind.ShouldBe(JsonValueKind.Object);
        (await scene.PostAsync("/api/v1/trading/signal", scene.Viewer, """{"symbol":"BTCUSDT","strategy":"EMA_CROSS","parameters":{"fast":"2","slow":"3"},"interval":"1m","limit":2}""")).Body.GetProperty("signal").GetString().ShouldBe("HOLD", "two candles are too few");
        scene.Running.Ordered.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("""{"symbol":"BTCUSDT","strategy":"NOPE"}""", "strategy")]
    [InlineData("""{"symbol":"BTCUSDT","strategy":"EMA_CROSS","parameters":{"fast":"x"}}""", "parameters.fast")]
    [InlineData("""{"strategy":"EMA_CROSS"}""", "symbol")]
    [InlineData("""{"symbol":"BTCUSDT","strategy":"EMA_CROSS","limit":1}""", "limit")]
    [InlineData("""{"symbol":"BTCUSDT","strategy":"EMA_CROSS","interval":"x"}""", "interval")]
    public async Task Signal_BadInput_IsNamedByField(string body, string field)
    {
        await using ApiScene scene = await ApiScene.StartAsync();
        (HttpStatusCode status, _, JsonElement problem) = await scene.PostAsync("/api/v1/trading/signal", scene.Viewer, body);
        status.ShouldBe(HttpStatusCode.BadRequest);
        problem.GetProperty("errors").EnumerateObject().Select(static one => one.Name).ShouldContain(field);
        (await scene.PostAsync("/api/v1/trading/signal", scene.Viewer, """{"symbol":"BTCUSDT","strategy":"EMA_CROSS"}""")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Report_HasEachBotForItself_AndAllTogether()
    {
        await using ApiScene scene = await ApiScene.StartAsync();
        Timestamp noon = new(Noon * Timestamp.NanosPerSecond);
        scene.Records.Claim(new AccountRow("alpha", "/home", "sim-x", noon));
        scene.Records.Write("alpha", new RecordBatch
        {
            Equity = [.. new (string, decimal)[] { ("one", 110m), ("two", 95m) }.Select(bot => new EquityRow { Bot = bot.Item1, Time = noon, Equity = bot.Item2, Pnl = bot.Item2 - 100 })],
        });
        JsonElement report = (await scene.GetAsync("/api/v1/performance/report", scene.Viewer)).Body;
        (report.GetProperty("metrics").GetProperty("equity").GetString(), report.GetProperty("metrics").GetProperty("pnl").GetString()).ShouldBe(("205", "5"));
        report.GetProperty("by_bot").EnumerateObject().Select(static bot => (bot.Name, bot.Value.GetProperty("pnl").GetString())).ShouldBe([("alpha/one", "10"), ("alpha/two", "-5")]);
    }

    [Fact]
    public async Task Available_IsEmpty_WhereThereIsNoStore()
    {
        await using ApiScene scene = await ApiScene.StartAsync();
        (await scene.GetAsync("/api/v1/data/available", scene.Viewer)).Body.GetRawText().ShouldBe("""{"data":[],"count":0}""");
    }

    private const long Noon = 1_772_366_400;

    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(5);

    // The service takes trades in on a task of its own: it is asked until it has the last one.
    private static async Task FeedAsync(ApiScene scene, params (long Second, decimal Price)[] trades)
    {
        long id = 0;
        foreach ((long second, decimal price) in trades)
        {
            scene.Trade(new Timestamp(second * Timestamp.NanosPerSecond), price, 1m, (++id, "alpha"));
        }

        long last = trades[^1].Second;
        while (scene.Markets.Find("BTCUSDT")?.Candles(TimeSpan.FromSeconds(1), 1) is not [var newest] || newest.OpenTime.Nanos != last * Timestamp.NanosPerSecond)
        {
            await Task.Delay(Moment, TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }
}
