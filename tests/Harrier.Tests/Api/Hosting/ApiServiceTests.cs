using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Harrier.Domain;
using Harrier.Engine.Risk;
using Harrier.Hosting.Accounts;
using Harrier.Hosting.Accounts.Venues;
using Harrier.Hosting.Bots;
using Harrier.Storage.Records;
using Harrier.Storage.Records.Rows;

namespace Harrier.Tests.Api.Hosting;

/// <summary>What the service answers, and to whom.</summary>
public sealed class ApiServiceTests(SharedScene shared) : IClassFixture<SharedScene>
{
    private static readonly string[] Guarded =
    [
        "/strategies", "/api/v1/accounts", "/api/v1/accounts/alpha", "/api/v1/bots", "/api/v1/risk", "/api/v1/market/prices", "/api/v1/trades", "/api/v1/fills", "/api/v1/orders", "/api/v1/equity", "/api/v1/events",
        "/api/v1/performance/metrics", "/api/v1/trading/positions",
        "/dashboard/pnl", "/api/v1/orders/live", "/api/v1/presets", "/api/v1/performance/report", "/api/v1/data/available", "/api/features/health", "/api/v1/jobs",
        "/api/v1/decisions", "/api/v1/pairs",
    ];

    // What needs a symbol or a body to be answered with 200.
    private static readonly string[] Asking =
    [
        "/api/v1/market/klines/{symbol}", "/api/v1/indicators/calculate", "/api/features/levels", "/api/features/activity", "/api/features/density", "/api/v1/jobs/{job}", "/api/v1/jobs/{job}/result", "/api/v1/jobs/{job}/report",
        "/api/v1/audit", "/bot/start", "/bot/stop", "/api/v1/backtest/run", "/api/v1/jobs/{job}/cancel", "/api/v1/trading/execute", "/api/v1/orders/{order}/cancel",
        "/api/v1/presets/{name}", "/api/v1/trading/signal", "/api/v1/data/collect", "/api/v1/scan/run", "/api/v1/stream/start", "/api/v1/stream/stop", "/api/v1/config", "/api/v1/config/reload", "/exchange/keys", "/exchange/keys/{id}",
        "/api/v1/runbot/config", "/price/{pair}", "/api/v1/users", "/api/v1/invitations", "/api/v1/tokens",
    ];

    private static readonly string[] Orders =
    [
        .. ((string[])["pause", "resume", "stop", "start", "panic"]).Select(static word => "/api/v1/accounts/alpha/bots/trend/" + word),
        "/api/v1/accounts/alpha/halt", "/api/v1/accounts/alpha/unhalt", "/api/v1/panic",
    ];

    private static readonly string[] Changes = ["/api/v1/accounts/{account}/bots", "/api/v1/accounts/{account}/bots/{bot}", "/api/v1/accounts/{account}/risk"];

    private static readonly string[] OfAdministrators =
    [
        .. ((string[])["role", "disable", "enable", "password", "reset-codes", "end-sessions"]).Select(static word => "/api/v1/users/{name}/" + word), "/api/v1/users/{name}", "/api/v1/invitations/{id}", "/api/v1/tokens/{id}",
    ];

    [Fact]
    public async Task EveryPathOfTheDescription_IsOpenOrNeedsARole_AsListedHere()
    {
        await using ApiScene scene = await ApiScene.StartAsync();
        JsonElement paths = (await scene.GetAsync("/openapi/v1.json")).Body.GetProperty("paths");
        paths.EnumerateObject().Select(static path => path.Name).ShouldBe(
            ["/", "/health", "/health/live", "/health/ready", "/metrics", "/api/v1/events/live", .. Guarded.Concat(Orders).Select(Template), .. Changes, .. Asking, .. OfAdministrators], ignoreOrder: true, "a new path belongs into one of the lists");
        foreach (string path in (string[])["/", "/health", "/health/live", "/health/ready"])
        {
            (await scene.GetAsync(path)).Status.ShouldBe(HttpStatusCode.OK, path);
        }

        foreach (string path in Asking)
        {
            bool isPost = paths.GetProperty(path).TryGetProperty("post", out _);
            (isPost ? await scene.PostAsync(path, token: null, "{}") : await scene.GetAsync(path)).Status.ShouldBe(HttpStatusCode.Unauthorized, path);
        }

        foreach (string path in Guarded)
        {
            (await scene.GetAsync(path)).Status.ShouldBe(HttpStatusCode.Unauthorized, path);
            (await scene.GetAsync(path, "hrr_not-a-token")).Status.ShouldBe(HttpStatusCode.Unauthorized, path);
            (await scene.GetAsync($"{path}?access_token={scene.Viewer}")).Status.ShouldBe(HttpStatusCode.Unauthorized, "a token in an address is none");
            (await scene.GetAsync(path, scene.Viewer)).Status.ShouldBe(HttpStatusCode.OK, path);
        }
    }

    [Fact]
    public async Task Orders_NeedATrader_AndReachTheAccountWithWhoAndWhy()
    {
        await using ApiScene scene = await ApiScene.StartAsync();
        foreach (string path in Orders)
        {
            (await scene.PostAsync(path, token: null)).Status.ShouldBe(HttpStatusCode.Unauthorized, path);
            (await scene.PostAsync(path, scene.Viewer)).Status.ShouldBe(HttpStatusCode.Forbidden, path);
        }

        scene.Running.Ordered.ShouldBeEmpty();
        foreach (string path in Orders)
        {
            (HttpStatusCode status, _, JsonElement body) = await scene.PostAsync(path, scene.Trader, """{ "reason": "news" }""");
            (status, body.GetProperty("text").GetString()).ShouldBe((HttpStatusCode.OK, "done"), path);
        }

        scene.Running.Ordered.Select(static order => (order.Order, order.Bot, order.Reason)).ShouldBe(
        [
            (AccountOrder.Pause, "trend", "news"), (AccountOrder.Resume, "trend", "news"), (AccountOrder.Stop, "trend", "news"), (AccountOrder.Start, "trend", "news"),
            (AccountOrder.Panic, "trend", "news"), (AccountOrder.Halt, null, "news"), (AccountOrder.Unhalt, null, "news"), (AccountOrder.Panic, null, "news"),
        ]);
        scene.Running.Ordered.ShouldAllBe(static order => order.By.StartsWith("token "));
    }

    [Theory]
    [InlineData("/api/v1/accounts/beta/halt", null, HttpStatusCode.NotFound, "account: beta: one of alpha")]
    [InlineData("/api/v1/accounts/alpha/bots/nope/pause", null, HttpStatusCode.NotFound, "bot: nope: one of trend")]
    [InlineData("/api/v1/accounts/alpha/bots/trend/pause", "{ \"reason\": \"two\\nlines\" }", HttpStatusCode.BadRequest, "reason: 9 characters: up to 200, on one line")]
    [InlineData("/api/v1/accounts/alpha/bots/trend/pause", "{ \"raeson\": \"x\" }", HttpStatusCode.BadRequest, null)]
    [InlineData("/api/v1/accounts/alpha/bots/trend/pause", "{ \"reason\": ", HttpStatusCode.BadRequest, null)]
    [InlineData("/api/v1/accounts/alpha/bots/trend/pause", "[]", HttpStatusCode.BadRequest, null)]
    public async Task Order_ThatMakesNoSense_IsAProblem_AndNothingIsOrdered(string path, string? body, HttpStatusCode expected, string? detail)
    {
        ApiScene scene = shared.Scene;
        (HttpStatusCode status, string? type, JsonElement problem) = await scene.PostAsync(path, scene.Trader, body);
        (status, type).ShouldBe((expected, "application/problem+json"));
        problem.TryGetProperty("detail", out JsonElement said).ShouldBe(detail is not null);
        detail?.ShouldBe(said.GetString());
        scene.Running.Ordered.ShouldBeEmpty();
    }

    [Fact]
    public async Task Order_ThatTheAccountRefuses_IsAConflict_WithItsReason()
    {
        await using ApiScene scene = await ApiScene.StartAsync();
        scene.Running.Answer = new CommandAnswer(false, "trend: a stopped bot cannot be paused");
        (HttpStatusCode status, _, JsonElement problem) = await scene.PostAsync("/api/v1/accounts/alpha/bots/trend/pause", scene.Trader);
        (status, problem.GetProperty("detail").GetString()).ShouldBe((HttpStatusCode.Conflict, "trend: a stopped bot cannot be paused"));
    }

    [Fact]
    public async Task LiveEvents_AreThoseAfterTheLastOneSeen_WithTheirNumbers()
    {
        await using ApiScene scene = await ApiScene.StartAsync();
        foreach (string text in (string[])["first", "second", "third"])
        {
            scene.Desk.Events.Add(new AccountNote(default, "alpha", text));
        }

        using HttpClient http = new();
        using HttpRequestMessage request = new(HttpMethod.Get, new Uri(scene.Address, "/api/v1/events/live"));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", scene.Viewer);
        request.Headers.Add("Last-Event-ID", "1");
        using HttpResponseMessage response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        using StreamReader reader = new(await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken));
        List<string> lines = [];
        while (lines.Count < 6)
        {
            lines.Add((await reader.ReadLineAsync(TestContext.Current.CancellationToken)).ShouldNotBeNull());
        }

        lines.Where(static line => line.StartsWith("id:", StringComparison.Ordinal)).ShouldBe(["id: 2", "id: 3"]);
        lines.First(static line => line.StartsWith("data:", StringComparison.Ordinal)).ShouldContain("second");
    }

    [Fact]
    public async Task Bots_CarryMoneyAsText_WithEveryDigit()
    {
        await using ApiScene scene = await ApiScene.StartAsync();
        JsonElement bot = (await scene.GetAsync("/api/v1/bots", scene.Viewer)).Body[0];
        bot.GetProperty("equity").GetString().ShouldBe("10000.10");
        bot.GetProperty("entry_price").GetString().ShouldBe("50000.10");
        bot.GetProperty("state").GetString().ShouldBe("managing");
        (bot.GetProperty("account").GetString(), bot.GetProperty("interval").GetString(), bot.GetProperty("round_trips").GetInt32()).ShouldBe(("alpha", "1m", 3));
    }

    [Fact]
    public async Task Account_ThatIsNotThere_IsAProblem_ThatNamesThoseThatAre()
    {
        await using ApiScene scene = await ApiScene.StartAsync();
        (HttpStatusCode status, string? type, JsonElement body) = await scene.GetAsync("/api/v1/accounts/beta", scene.Viewer);
        (status, type).ShouldBe((HttpStatusCode.NotFound, "application/problem+json"));
        body.GetProperty("detail").GetString().ShouldBe("account: beta: one of alpha");
    }

    [Fact]
    public async Task Account_ShowsItsModeItsRiskAndItsVenue()
    {
        await using ApiScene scene = await ApiScene.StartAsync();
        LimitReading resting = new(DenyRule.LossesInARow, 5, 5) { State = LimitState.Reached, EndsAt = new Timestamp(1_772_370_000 * Timestamp.NanosPerSecond) };
        scene.Running.Status = scene.Running.Status with
        {
            Mode = "demo",
            Risk = new RiskStatus(TradingState.Halted, default, [new LimitReading(DenyRule.MaxDrawdown, 0.21m, 0.25m) { State = LimitState.Near }, resting], 25_000.05m, [KeyValuePair.Create(DenyRule.MaxDrawdown, 3)]),
            AtVenue = new VenueStatus("https://venue.example", true, new Timestamp(1_772_366_400 * Timestamp.NanosPerSecond), null),
        };
        JsonElement account = (await scene.GetAsync("/api/v1/accounts/alpha", scene.Viewer)).Body;
        account.GetProperty("mode").GetString().ShouldBe("demo");
        account.GetProperty("at_venue").GetRawText().ShouldBe("""{"place":"https://venue.example","sound":true,"last_read":"2026-03-01T12:00:00Z","trouble":null}""");
        account.GetProperty("risk").GetRawText().ShouldBe(
            """{"state":"HALTED","exposure":"25000.05","limits":[{"rule":"max_drawdown","value":"0.21","limit":"0.25","state":"near","until":null},"""
            + """{"rule":"losses_in_a_row","value":"5","limit":"5","state":"reached","until":"2026-03-01T13:00:00Z"}],"refusals":{"max_drawdown":3}}""");
    }

    [Fact]
    public async Task Trades_AreThoseOfTheFilter()
    {
        await using ApiScene scene = await ApiScene.StartAsync();
        Timestamp noon = Timestamp.From(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
        scene.Records.Claim(new AccountRow("alpha", "/home", "sim-x", noon));
        scene.Records.Write("alpha", new RecordBatch { Trades = [.. Enumerable.Range(1, 3).Select(number => Trade(number, noon))] });
        JsonElement rows = (await scene.GetAsync("/api/v1/trades?from=2026-03-01T12:02:00Z&limit=1", scene.Viewer)).Body;
        rows.GetArrayLength().ShouldBe(1);
        rows[0].GetProperty("id").GetInt64().ShouldBe(3);
        rows[0].GetProperty("pnl").GetString().ShouldBe("-0.50");
        rows[0].GetProperty("exit_time").GetString().ShouldBe("2026-03-01T12:03:00Z");
        rows[0].GetProperty("initial_risk").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Theory]
    [InlineData("limit=0", "limit", "0: a whole number from 1 to 1000")]
    [InlineData("limit=1001", "limit", "1001: a whole number from 1 to 1000")]
    [InlineData("limit=ten", "limit", "ten: a whole number from 1 to 1000")]
    [InlineData("from=yesterday", "from", "yesterday: an instant such as 2026-03-01T00:00:00Z")]
    [InlineData("to=0001-01-01T00:00:00Z", "to", "0001-01-01T00:00:00Z: an instant such as 2026-03-01T00:00:00Z")]
    public async Task Trades_BadInput_IsNamedByField(string query, string field, string expected)
    {
        ApiScene scene = shared.Scene;
        (HttpStatusCode status, string? type, JsonElement body) = await scene.GetAsync("/api/v1/trades?" + query, scene.Viewer);
        (status, type).ShouldBe((HttpStatusCode.BadRequest, "application/problem+json"));
        body.GetProperty("errors").GetProperty(field)[0].GetString().ShouldBe(expected);
    }

    [Theory]
    [InlineData(BotState.Managing, "verified", 0, HttpStatusCode.OK, "healthy")]
    [InlineData(BotState.Managing, "suspect", 0, HttpStatusCode.OK, "degraded")]
    [InlineData(BotState.Stopped, "verified", 0, HttpStatusCode.OK, "degraded")]
    [InlineData(BotState.Error, "verified", 0, HttpStatusCode.ServiceUnavailable, "unhealthy")]
    [InlineData(BotState.Managing, "verified", 31, HttpStatusCode.ServiceUnavailable, "unhealthy")]
    public async Task Health_IsThatOfTheAccounts(BotState state, string book, int age, HttpStatusCode status, string word)
    {
        await using ApiScene scene = await ApiScene.StartAsync();
        scene.Running.Status = ApiScene.Account(state, book, TimeSpan.FromSeconds(age));
        (HttpStatusCode answered, _, JsonElement body) = await scene.GetAsync("/health");
        (answered, body.GetProperty("status").GetString()).ShouldBe((status, word));
        body.GetProperty("components").GetProperty("websocket").GetString().ShouldBe("0 connections");
    }

    [Fact]
    public async Task Prices_UnknownSymbol_HasAnEntryOfItsOwn()
    {
        await using ApiScene scene = await ApiScene.StartAsync();
        JsonElement body = (await scene.GetAsync("/api/v1/market/prices?symbols=BTCUSDT,NOPE", scene.Viewer)).Body;
        body.GetProperty("count").GetInt32().ShouldBe(2);
        body.GetProperty("data").GetProperty("BTCUSDT").GetProperty("price").GetString().ShouldBe("50001.20");
        body.GetProperty("data").GetProperty("NOPE").GetProperty("error").GetString().ShouldBe("no account has this symbol");
    }

    [Theory]
    [InlineData("evil.tld", HttpStatusCode.BadRequest)]
    [InlineData("127.0.0.1.evil.tld", HttpStatusCode.BadRequest)]
    [InlineData("localhost", HttpStatusCode.OK)]
    [InlineData("harrier.lan", HttpStatusCode.OK)]
    public async Task Host_ThatIsNotOurs_IsRefused(string host, HttpStatusCode expected)
    {
        await using ApiScene scene = await ApiScene.StartAsync(static options => options with { AllowedHosts = ["harrier.lan"] });
        (await scene.GetAsync("/health", also: request => request.Headers.Host = $"{host}:{scene.Address.Port}")).Status.ShouldBe(expected);
    }

    [Theory]
    [InlineData("http://evil.tld")]
    [InlineData("null")]
    [InlineData("https://127.0.0.1")]
    public async Task PageOfSomebodyElse_IsRefused(string origin)
    {
        ApiScene scene = shared.Scene;
        (await scene.GetAsync("/api/v1/bots", scene.Viewer, request => request.Headers.Add("Origin", origin))).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await scene.GetAsync("/api/v1/bots", scene.Viewer, request => request.Headers.Add("Origin", scene.Address.ToString().TrimEnd('/')))).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Flood_IsAnsweredWith429_AndNoError()
    {
        await using ApiScene scene = await ApiScene.StartAsync(static options => options with { RequestsPerSecond = 1 });
        HttpStatusCode[] answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(async _ => (await scene.GetAsync("/health")).Status));
        answers.Distinct().Order().ShouldBe([HttpStatusCode.OK, HttpStatusCode.TooManyRequests]);
    }

    private static string Template(string path) =>
        path.Replace("/alpha", "/{account}", StringComparison.Ordinal).Replace("/trend", "/{bot}", StringComparison.Ordinal);

    private static TradeRow Trade(int number, Timestamp noon) => new()
    {
        Number = number,
        Bot = "trend",
        Symbol = "BTCUSDT",
        Side = "long",
        EntryTime = noon,
        ExitTime = noon + TimeSpan.FromMinutes(number),
        Pnl = -0.50m,
        ExitReason = "signal",
    };
}
