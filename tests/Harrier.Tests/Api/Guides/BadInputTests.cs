using System.Net;
using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Nodes;
using Harrier.Api.Security;
using Harrier.Domain;
using Harrier.Hosting.Portfolio;
using Harrier.Tests.Api.Live;
using Harrier.Tests.Support;

namespace Harrier.Tests.Api.Guides;

/// <summary>What makes no sense, at every path that the description names: which status it gets, and that nothing is done.</summary>
public sealed class BadInputTests
{
    private const int LargestBody = 1 << 20;

    // Wrong type, missing, out of range, unknown symbol: some for each endpoint that takes something.
    private static readonly (string Path, string Body, HttpStatusCode Expected)[] Fields =
    [
        ("/api/v1/indicators/calculate", """{ "symbol": 5, "indicators": ["rsi:14"] }""", HttpStatusCode.BadRequest),
        ("/api/v1/indicators/calculate", """{ "indicators": ["rsi:14"] }""", HttpStatusCode.BadRequest),
        ("/api/v1/indicators/calculate", """{ "symbol": "BTCUSDT", "indicators": ["rsi:0"] }""", HttpStatusCode.BadRequest),
        ("/api/v1/indicators/calculate", """{ "symbol": "BTCUSDT", "indicators": ["rsi:14"], "limit": 1001 }""", HttpStatusCode.BadRequest),
        ("/api/v1/indicators/calculate", """{ "symbol": "NOPE", "indicators": ["rsi:14"] }""", HttpStatusCode.NotFound),
        ("/api/v1/trading/signal", """{ "symbol": ["BTCUSDT"] }""", HttpStatusCode.BadRequest),
        ("/api/v1/trading/signal", "{}", HttpStatusCode.BadRequest),
        ("/api/v1/trading/signal", """{ "symbol": "BTCUSDT", "strategy": "NOPE" }""", HttpStatusCode.BadRequest),
        ("/api/v1/trading/signal", """{ "symbol": "NOPE", "strategy": "EMA_CROSS" }""", HttpStatusCode.NotFound),
        ("/api/v1/trading/execute", """{ "symbol": "BTCUSDT", "side": 1 }""", HttpStatusCode.BadRequest),
        ("/api/v1/trading/execute", """{ "symbol": "BTCUSDT", "side": "buy" }""", HttpStatusCode.BadRequest),
        ("/api/v1/trading/execute", """{ "symbol": "BTCUSDT", "side": "buy", "quantity": "-1" }""", HttpStatusCode.BadRequest),
        ("/api/v1/trading/execute", """{ "symbol": "NOPE", "side": "buy", "quantity": "1" }""", HttpStatusCode.NotFound),
        ("/bot/start", """{ "strategy": "EMA_CROSS", "symbol": true, "timeframe": "1m" }""", HttpStatusCode.BadRequest),
        ("/bot/start", """{ "strategy": "EMA_CROSS", "symbol": "BTCUSDT" }""", HttpStatusCode.BadRequest),
        ("/bot/start", """{ "strategy": "EMA_CROSS", "symbol": "NOPE", "timeframe": "1m" }""", HttpStatusCode.NotFound),
        ("/bot/stop", """{ "bot_id": 7 }""", HttpStatusCode.BadRequest),
        ("/exchange/keys", """{ "exchange": "sim-x", "api_key": 5, "api_secret": "s" }""", HttpStatusCode.BadRequest),
        ("/exchange/keys", """{ "exchange": "nope", "api_key": "k", "api_secret": "s" }""", HttpStatusCode.BadRequest),
        ("/api/v1/runbot/config", """{ "risk_tolerance": 1.5 }""", HttpStatusCode.BadRequest),
        ("/api/v1/runbot/config", """{ "risk_tolerance": "much" }""", HttpStatusCode.BadRequest),
        ("/api/v1/pairs", """{ "pair_symbol": 1 }""", HttpStatusCode.BadRequest),
        ("/api/v1/pairs", """{ "pair_symbol": "BTC-USD", "priority": 1001 }""", HttpStatusCode.BadRequest),
        ("/api/v1/data/collect", """{ "symbols": "BTCUSDT" }""", HttpStatusCode.BadRequest),
        ("/api/v1/data/collect", """{ "months": "six" }""", HttpStatusCode.BadRequest),
        ("/api/v1/stream/start", """{ "channels": [1] }""", HttpStatusCode.BadRequest),
        ("/api/v1/scan/run", """{ "top": 1.5 }""", HttpStatusCode.BadRequest),
        ("/api/v1/backtest/run", """{ "initial_balance": true }""", HttpStatusCode.BadRequest),
    ];

    [Fact]
    public async Task Body_ThatIsNoneOfTheDescription_IsAProblem_AtEveryPath()
    {
        await using ApiScene scene = await SceneAsync();
        foreach ((string method, string path) in await WithBodiesAsync(scene))
        {
            foreach (string body in (string[])["{\"a\":", "[]", "\"text\"", "{\"no_such_field\": 1}"])
            {
                (HttpStatusCode status, string? type, _) = await scene.SendAsync(new HttpMethod(method), path, scene.Admin, body);
                (status, type).ShouldBe((HttpStatusCode.BadRequest, "application/problem+json"), $"{method} {path} {body}");
            }
        }

        scene.Running.Ordered.ShouldBeEmpty();
    }

    [Fact]
    public async Task Body_ThatIsTooLarge_Is413_AtEveryPath()
    {
        await using ApiScene scene = await SceneAsync();
        string large = "{\"reason\":\"" + new string('x', LargestBody) + "\"}";
        foreach ((string method, string path) in await WithBodiesAsync(scene))
        {
            (await scene.SendAsync(new HttpMethod(method), path, scene.Admin, large, static request => request.Headers.ExpectContinue = true)).Status.ShouldBe(HttpStatusCode.RequestEntityTooLarge, $"{method} {path}");
        }

        (await scene.PostAsync("/api/v1/panic", scene.Admin, large, static request => request.Headers.Add("Idempotency-Key", "1"))).Status.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        scene.Running.Ordered.ShouldBeEmpty();
    }

    [Fact]
    public async Task Body_OfAnotherKind_Is415_AtEveryPath()
    {
        await using ApiScene scene = await SceneAsync();
        foreach ((string method, string path) in await WithBodiesAsync(scene))
        {
            HttpStatusCode status = (await scene.SendAsync(new HttpMethod(method), path, scene.Admin, "{}", static request => request.Content = new StringContent("symbol=BTCUSDT"))).Status;
            status.ShouldBe(HttpStatusCode.UnsupportedMediaType, $"{method} {path}");
        }
    }

    [Fact]
    public async Task Form_ThatIsTooLarge_IsNoFaultOfTheService()
    {
        await using ApiScene scene = await SceneAsync();
        foreach (string path in (string[])["/login", "/setup", "/invite"])
        {
            (await scene.PostAsync(path, token: null, null, static request => request.Content = new FormUrlEncodedContent([KeyValuePair.Create("name", new string('x', LargestBody))]))).Status
                .ShouldBe(HttpStatusCode.RequestEntityTooLarge, path);
        }
    }

    [Fact]
    public async Task Method_ThatAPathDoesNotHave_Is405_AndAPathThatIsNone404()
    {
        await using ApiScene scene = await SceneAsync();
        JsonElement paths = (await scene.GetAsync("/openapi/v1.json")).Body.GetProperty("paths");
        foreach (JsonProperty path in paths.EnumerateObject())
        {
            (HttpStatusCode status, string? type, _) = await scene.SendAsync(HttpMethod.Put, Filled(path.Name), scene.Admin);
            (status, type).ShouldBe((HttpStatusCode.MethodNotAllowed, "application/problem+json"), path.Name);
        }

        foreach (string path in (string[])["/nope", "/api/v1/nope", "/bot", "/api/v1/users/bob/fly"])
        {
            (HttpStatusCode status, string? type, _) = await scene.PostAsync(path, scene.Admin, "{}");
            (status, type).ShouldBe((HttpStatusCode.NotFound, "application/problem+json"), path);
        }
    }

    [Fact]
    public async Task Token_ThatHasExpired_Is401_AtEveryPathAndSocket()
    {
        await using ApiScene scene = await SceneAsync();
        DateTimeOffset now = new ImmediateTime().GetUtcNow();
        string expired = new TokenStore(scene.TokenFile).Create(Role.Admin, now - TimeSpan.FromDays(1), now);
        JsonElement paths = (await scene.GetAsync("/openapi/v1.json")).Body.GetProperty("paths");
        foreach (JsonProperty path in paths.EnumerateObject().Where(static path => path.Name is not ("/" or "/metrics") && !path.Name.StartsWith("/health", StringComparison.Ordinal)))
        {
            foreach (string method in path.Value.EnumerateObject().Select(static one => one.Name))
            {
                (await scene.SendAsync(new HttpMethod(method.ToUpperInvariant()), Filled(path.Name), expired, method == "get" ? null : "{}")).Status.ShouldBe(HttpStatusCode.Unauthorized, $"{method} {path.Name}");
            }
        }

        foreach (string path in (string[])["/ws", "/ws/prices", "/ws/trades", "/ws/positions", "/ws/bot/status/"])
        {
            await Should.ThrowAsync<WebSocketException>(() => LiveSocketsTests.OpenAsync(scene, path, expired));
        }

        scene.Running.Ordered.ShouldBeEmpty();
    }

    [Fact]
    public async Task Field_ThatMakesNoSense_IsRefused_AndNothingIsDone()
    {
        await using ApiScene scene = await SceneAsync();
        foreach ((string path, string body, HttpStatusCode expected) in Fields)
        {
            (HttpStatusCode status, string? type, _) = await scene.PostAsync(path, scene.Admin, body);
            (status, type).ShouldBe((expected, "application/problem+json"), $"{path} {body}");
        }

        (scene.Running.Ordered.Count, scene.Jobs.All.Count, scene.MarketWork.Asked.Count).ShouldBe((0, 0, 0));
        (await scene.GetAsync("/exchange/keys", scene.Admin)).Body.GetArrayLength().ShouldBe(0);
        (await scene.GetAsync("/api/v1/pairs", scene.Admin)).Body.GetArrayLength().ShouldBe(0);
        new PortfolioStore(scene.Records, PortfolioStore.DefaultAccount).Find(PortfolioStore.DefaultBot).ShouldNotBeNull().RiskTolerance.ShouldBe(new PortfolioSettings().RiskTolerance);
    }

    private static async Task<ApiScene> SceneAsync()
    {
        ApiScene scene = await ApiScene.StartAsync(static options => options with { RequestsPerSecond = 100_000 });
        scene.Desk.Configuration = static () => Task.FromResult(new JsonObject());
        new PortfolioStore(scene.Records, PortfolioStore.DefaultAccount).Change(PortfolioStore.DefaultBot, [], Timestamp.From(new ImmediateTime().GetUtcNow())).Faults.ShouldBeEmpty();
        return scene;
    }

    private static async Task<IReadOnlyList<(string Method, string Path)>> WithBodiesAsync(ApiScene scene)
    {
        JsonElement paths = (await scene.GetAsync("/openapi/v1.json")).Body.GetProperty("paths");
        (string, string)[] found =
        [
            .. paths.EnumerateObject().SelectMany(static path => path.Value.EnumerateObject().Where(static one => one.Value.TryGetProperty("requestBody", out _)).Select(one => (one.Name.ToUpperInvariant(), Filled(path.Name)))),
        ];
        found.Length.ShouldBeGreaterThan(20);
        return found;
    }

    private static string Filled(string template) => template.Replace("{account}", "alpha", StringComparison.Ordinal).Replace("{bot}", "trend", StringComparison.Ordinal)
        .Replace("{symbol}", "BTCUSDT", StringComparison.Ordinal).Replace("{pair}", "BTC-USD", StringComparison.Ordinal).Replace("{", "", StringComparison.Ordinal).Replace("}", "", StringComparison.Ordinal);
}
