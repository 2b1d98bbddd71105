using System.Net;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Harrier.Tests.Api.Live;

namespace Harrier.Tests.Api.Guides;

/// <summary>Random JSON at every path and every socket: the answer may be anything but a fault of the service.</summary>
public sealed class FuzzTests
{
    private static readonly string[] Words =
    [
        "symbol", "interval", "limit", "strategy", "timeframe", "bot_id", "indicators", "parameters", "start_date", "initial_balance", "reason", "venue", "action", "data", "risk_tolerance", "is_active", "password", "name",
        "side", "quantity", "price", "buy", "0.5", "set", "bot", "exchange", "api_key", "api_secret", "sim-x", "role", "viewer", "cursor", "status", "working", "preset", "symbols", "months", "range_bps",
        "update_config", "get_recent_trades", "BTCUSDT", "1m", "rsi:14", "alpha/trend", "EMA_CROSS", "", "\u0000", "é\ud83d\ude00", "../../etc/passwd", "' OR 1=1 --", "1e400", "NaN",
    ];

    [Fact]
    public async Task EveryPath_WithAnyBody_IsNeverAFaultOfTheService()
    {
        await using ApiScene scene = await ApiScene.StartAsync(static options => options with { RequestsPerSecond = 100_000 });
        scene.Desk.Configuration = static () => Task.FromResult(new JsonObject());
        Random random = new(20260301);
        JsonElement paths = (await scene.GetAsync("/openapi/v1.json")).Body.GetProperty("paths");
        foreach (JsonProperty path in paths.EnumerateObject().Where(static path => path.Name is not "/api/v1/events/live"))
        {
            for (int i = 0; i < 10; i++)
            {
                foreach (string method in path.Value.EnumerateObject().Select(static one => one.Name).Where(static name => name is "get" or "post" or "patch" or "delete" or "put"))
                {
                    string address = $"{Address(path.Name, random)}?{Query(random)}";
                    Action<HttpRequestMessage>? key = random.Next(4) == 0 ? request => request.Headers.TryAddWithoutValidation("Idempotency-Key", string.Concat(Word(random).Where(static letter => letter is >= ' ' and <= '~'))) : null;
                    HttpStatusCode status = (await scene.SendAsync(new HttpMethod(method.ToUpperInvariant()), address, scene.Admin, method == "get" ? null : Value(random, 0), key)).Status;
                    bool isFault = (int)status >= 500 && !(path.Name.StartsWith("/health", StringComparison.Ordinal) && status == HttpStatusCode.ServiceUnavailable);
                    isFault.ShouldBeFalse($"{method} {address}: {status}");
                }
            }
        }
    }

    [Fact]
    public async Task EverySocket_WithAnyText_AnswersAndLives()
    {
        await using ApiScene scene = await ApiScene.StartAsync();
        Random random = new(20260302);
        foreach (string path in (string[])["/ws", "/ws/prices", "/ws/trades", "/ws/positions", "/ws/bot/status/"])
        {
            using ClientWebSocket socket = await LiveSocketsTests.OpenAsync(scene, path, scene.Trader);
            for (int i = 0; i < 40; i++)
            {
                await socket.SendAsync(Encoding.UTF8.GetBytes(Value(random, 0)), WebSocketMessageType.Text, endOfMessage: true, TestContext.Current.CancellationToken);
                while ((await LiveSocketsTests.ReadAsync(socket)).GetProperty("type").GetString() is not ("error" or "HEARTBEAT" or "bot_status" or "recent_trades" or "config_updated"))
                {
                }
            }

            socket.State.ShouldBe(WebSocketState.Open, path);
        }
    }

    private static string Address(string template, Random random)
    {
        string[] parts = template.Split('/');
        return string.Join('/', parts.Select(part => part.StartsWith('{') ? Uri.EscapeDataString(random.Next(2) == 0 ? part.Trim('{', '}') switch { "account" => "alpha", "bot" => "trend", _ => "BTCUSDT" } : Safe(Word(random))) : part));
    }

    private static string Query(Random random) => string.Join('&', Enumerable.Range(0, random.Next(4)).Select(_ => $"{Uri.EscapeDataString(Word(random))}={Uri.EscapeDataString(Word(random))}"));

    private static string Safe(string word) => word.Length == 0 || word.Contains('/', StringComparison.Ordinal) || word.Contains('\0', StringComparison.Ordinal) ? "x" : word;

    private static string Word(Random random) => Words[random.Next(Words.Length)];

    private static string Value(Random random, int depth) => random.Next(depth > 4 ? 6 : 8) switch
    {
        0 => "null",
        1 => random.Next(2) == 0 ? "true" : "false",
        2 => random.NextInt64(long.MinValue, long.MaxValue).ToString(System.Globalization.CultureInfo.InvariantCulture),
        3 => "1e400",
        4 => JsonSerializer.Serialize(Word(random)),
        5 => "{\"a\": ",
        6 => $"[{string.Join(',', Enumerable.Range(0, random.Next(4)).Select(_ => Value(random, depth + 1)))}]",
        _ => $"{{{string.Join(',', Enumerable.Range(0, random.Next(6)).Select(_ => $"{JsonSerializer.Serialize(Word(random))}:{Value(random, depth + 1)}"))}}}",
    };
}
