using System.Globalization;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Harrier.Testnet;
using Harrier.Testnet.Core;
using Harrier.Testnet.Hosting;

namespace Harrier.Exchanges.Tests.Testnet.Bybit;

/// <summary>An answer by HTTP.</summary>
internal sealed record BybitAnswer(int Status, string Text, IReadOnlyDictionary<string, string> Headers)
{
    public JsonElement Json => JsonSerializer.Deserialize<JsonElement>(Text);

    public int Code => Json.GetProperty("retCode").GetInt32();

    public JsonElement Result => Json.GetProperty("result");

    public IReadOnlyList<JsonElement> Rows => [.. Result.GetProperty("list").EnumerateArray()];
}

/// <summary>The least that can ask the venue: it shares nothing with the adapters.</summary>
internal sealed class BybitClient(string origin, string key, string secret, TimeProvider time) : IDisposable
{
    private readonly HttpClient _http = new();

    public string Key => key;

    public long NowMs => time.GetUtcNow().ToUnixTimeMilliseconds();

    public string Sign(string payload) => Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(payload)));

    /// <summary>The message that proves a socket.</summary>
    public string Login(long? expires = null, string? signature = null)
    {
        string until = (expires ?? (NowMs + 10_000)).ToString(CultureInfo.InvariantCulture);
        return $$"""{"op":"auth","reqId":"login","args":["{{key}}",{{until}},"{{signature ?? Sign("GET/realtime" + until)}}"]}""";
    }

    public Task<BybitAnswer> GetAsync(string pathAndQuery) => SendAsync(HttpMethod.Get, pathAndQuery, "", null);

    public Task<BybitAnswer> PostAsync(string path, object body) => SendAsync(HttpMethod.Post, path, JsonSerializer.Serialize(body), null);

    public async Task<BybitAnswer> SendAsync(HttpMethod method, string pathAndQuery, string body, long? timestamp, string window = "5000")
    {
        string sent = (timestamp ?? NowMs).ToString(CultureInfo.InvariantCulture);
        string query = pathAndQuery.Contains('?', StringComparison.Ordinal) ? pathAndQuery[(pathAndQuery.IndexOf('?', StringComparison.Ordinal) + 1)..] : "";
        using HttpRequestMessage request = new(method, origin + pathAndQuery);
        request.Headers.Add("X-BAPI-API-KEY", key);
        request.Headers.Add("X-BAPI-TIMESTAMP", sent);
        request.Headers.Add("X-BAPI-RECV-WINDOW", window);
        request.Headers.Add("X-BAPI-SIGN", Sign(sent + key + window + (method == HttpMethod.Get ? query : body)));
        if (method == HttpMethod.Post)
        {
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        }

        using HttpResponseMessage response = await _http.SendAsync(request, TestContext.Current.CancellationToken);
        string text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return new BybitAnswer((int)response.StatusCode, text, response.Headers.ToDictionary(h => h.Key, h => string.Join(',', h.Value), StringComparer.OrdinalIgnoreCase));
    }

    public Task<BybitAnswer> LimitAsync(string category, string side, string price, string qty, string linkId = "") =>
        PostAsync("/v5/order/create", new { category, symbol = "BTCUSDT", side, orderType = "Limit", qty, price, orderLinkId = linkId });

    public Task<BybitAnswer> PostOnlyAsync(string category, string price, string linkId) =>
        PostAsync("/v5/order/create", new { category, symbol = "BTCUSDT", side = "Buy", orderType = "Limit", qty = "0.01", price, timeInForce = "PostOnly", orderLinkId = linkId });

    public Task<BybitAnswer> MarketAsync(string category, string side, string qty) =>
        PostAsync("/v5/order/create", new { category, symbol = "BTCUSDT", side, orderType = "Market", qty, marketUnit = category == "spot" ? "baseCoin" : null });

    public void Dispose() => _http.Dispose();
}

/// <summary>The built-in exchange with books that only the tests fill, seen from the second venue's port.</summary>
internal sealed class BybitRig : IAsyncDisposable
{
    private readonly HttpClient _http = new();
    private readonly TimeProvider _time;
    private readonly List<BybitClient> _clients = [];

    private BybitRig(BuiltInExchange exchange, TimeProvider time)
    {
        (Exchange, _time) = (exchange, time);
        AccountTerms terms = TestnetAccounts.Terms(7, TestnetAccounts.DefaultName);
        Client = Open(terms.ApiKey, terms.Secret);
    }

    public BuiltInExchange Exchange { get; }

    public string Rest => Exchange.Host.Origins["bybit"].Http;

    public string Socket => Exchange.Host.Origins["bybit"].WebSocket;

    /// <summary>The account of the ready line.</summary>
    public BybitClient Client { get; }

    public static async Task<BybitRig> StartAsync(TimeProvider? time = null)
    {
        TimeProvider clock = time ?? TimeProvider.System;
        BuiltInExchangeOptions options = new() { Symbols = ["BTCUSDT", "ETHUSDT"], IsDriven = false, Host = new TestnetOptions { Seed = 7 } };
        return new BybitRig(await BuiltInExchange.StartAsync(options, clock, stop: TestContext.Current.CancellationToken), clock);
    }

    public HostedMarket Market(string category) => Exchange.Market("bybit-" + category);

    public ExchangeCore Core(string category) => Market(category).Facts.Core;

    /// <summary>Does what the exchange's clock does every 100 ms.</summary>
    public void Step()
    {
        foreach (HostedMarket market in Exchange.Markets)
        {
            lock (market.Facts.Core.Gate)
            {
                market.Facts.Core.Advance();
                market.FrontEnd.Tick();
            }
        }
    }

    /// <summary>Another account, opened by the admin port.</summary>
    public async Task<BybitClient> OpenAsync(string name, object? more = null)
    {
        JsonElement account = await AdminAsync(HttpMethod.Post, "/accounts", more ?? new { name });
        return Open(account.GetProperty("key").GetString() ?? "", account.GetProperty("secret").GetString() ?? "");
    }

    public async Task<JsonElement> AdminAsync(HttpMethod method, string path, object? body = null)
    {
        using HttpRequestMessage request = new(method, Exchange.Host.Admin + path) { Content = body is null ? null : JsonContent.Create(body) };
        using HttpResponseMessage response = await _http.SendAsync(request, TestContext.Current.CancellationToken);
        response.IsSuccessStatusCode.ShouldBeTrue(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        return await response.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
    }

    /// <summary>A private socket that reads topics.</summary>
    public async Task<RawSocket> PrivateAsync(BybitClient client, params string[] topics)
    {
        RawSocket socket = await RawSocket.OpenAsync(Socket + "/v5/private");
        (await socket.AskAsync(client.Login())).GetProperty("success").GetBoolean().ShouldBeTrue();
        (await socket.AskAsync(JsonSerializer.Serialize(new { op = "subscribe", args = topics }))).GetProperty("success").GetBoolean().ShouldBeTrue();
        return socket;
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        _clients.ForEach(c => c.Dispose());
        await Exchange.DisposeAsync();
    }

    private BybitClient Open(string key, string secret)
    {
        BybitClient client = new(Rest, key, secret, _time);
        _clients.Add(client);
        return client;
    }
}
