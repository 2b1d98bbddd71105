using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Harrier.Exchanges.Tests.Testnet.Binance;

/// <summary>An answer by HTTP.</summary>
internal sealed record RawAnswer(int Status, string Text, IReadOnlyDictionary<string, string> Headers)
{
    public JsonElement Json => JsonSerializer.Deserialize<JsonElement>(Text);

    public int Code => Json.GetProperty("code").GetInt32();

    public string Message => Json.GetProperty("msg").GetString() ?? "";
}

/// <summary>The least that can ask the exchange: it shares nothing with the adapters.</summary>
internal sealed class RawClient(string origin, string key, string secret) : IDisposable
{
    private readonly HttpClient _http = new();

    public string Key => key;

    public static long NowMs => TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();

    public string Sign(string payload) => Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(payload)));

    public Task<RawAnswer> GetAsync(string path) => SendAsync(HttpMethod.Get, path);

    public Task<RawAnswer> SignedAsync(HttpMethod method, string path, string query = "", long? timestamp = null)
    {
        string payload = query + (query.Length > 0 ? "&" : "") + "timestamp=" + (timestamp ?? NowMs).ToString(CultureInfo.InvariantCulture);
        return SendAsync(method, $"{path}?{payload}&signature={Sign(payload)}");
    }

    public Task<RawAnswer> OrderAsync(string query) => SignedAsync(HttpMethod.Post, "/api/v3/order", query);

    public Task<RawAnswer> LimitAsync(string side, string price, string quantity, string id) =>
        OrderAsync($"symbol=BTCUSDT&side={side}&type=LIMIT&timeInForce=GTC&price={price}&quantity={quantity}&newClientOrderId={id}");

    public async Task<RawAnswer> SendAsync(HttpMethod method, string pathAndQuery, string? form = null)
    {
        using HttpRequestMessage request = new(method, origin + pathAndQuery);
        request.Headers.Add("X-MBX-APIKEY", key);
        if (form is not null)
        {
            request.Content = new StringContent(form, Encoding.UTF8, "application/x-www-form-urlencoded");
        }

        using HttpResponseMessage response = await _http.SendAsync(request, TestContext.Current.CancellationToken);
        string text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return new RawAnswer((int)response.StatusCode, text, response.Headers.ToDictionary(h => h.Key, h => string.Join(',', h.Value), StringComparer.OrdinalIgnoreCase));
    }

    public void Dispose() => _http.Dispose();
}
