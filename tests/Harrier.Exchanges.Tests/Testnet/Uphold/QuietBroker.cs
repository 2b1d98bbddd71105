using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Harrier.Testnet;
using Harrier.Testnet.Core;
using Harrier.Testnet.Hosting;
using Harrier.Testnet.Uphold;

namespace Harrier.Exchanges.Tests.Testnet.Uphold;

/// <summary>The built-in broker over a market that stands still, served on free ports.</summary>
internal sealed class QuietBroker : IAsyncDisposable
{
    public const long Seed = 7;
    private readonly HttpClient _http = new();

    private QuietBroker(BuiltInExchange exchange) => Exchange = exchange;

    public BuiltInExchange Exchange { get; }

    public Uri Rest => new(Exchange.Host.Origins[UpholdFrontEnd.VenueName].Http);

    public ExchangeCore Core => Exchange.Market(UpholdFrontEnd.VenueName).Facts.Core;

    public static string Token => UpholdOrigin.TokenOf(Seed, TestnetAccounts.DefaultName);

    public static async Task<QuietBroker> StartAsync(UpholdRules? rules = null, TimeProvider? time = null, bool isUnlimited = true, bool isDriven = false) =>
        new(await BuiltInExchange.StartAsync(
            new BuiltInExchangeOptions
            {
                Symbols = ["BTCUSDT", "ETHUSDT", "XRPUSDT"],
                IsDriven = isDriven,
                Host = new TestnetOptions { Seed = Seed, IsUnlimited = isUnlimited },
                Uphold = rules ?? new UpholdRules(),
            },
            time ?? TimeProvider.System,
            stop: TestContext.Current.CancellationToken));

    /// <summary>A request with the default account's token, or another, or none.</summary>
    public async Task<BrokerReply> SendAsync(HttpMethod method, string path, object? body = null, string? token = null, params (string Name, string Value)[] headers)
    {
        using HttpRequestMessage request = new(method, new Uri(Rest, path)) { Content = body is null ? null : JsonContent.Create(body) };
        if (token is not { Length: 0 })
        {
            request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + (token ?? Token));
        }

        foreach ((string name, string value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using HttpResponseMessage response = await _http.SendAsync(request, TestContext.Current.CancellationToken);
        string text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Dictionary<string, string> all = response.Headers.Concat(response.Content.Headers).ToDictionary(h => h.Key, h => string.Join(',', h.Value), StringComparer.OrdinalIgnoreCase);
        return new BrokerReply((int)response.StatusCode, text, all);
    }

    public Task<BrokerReply> GetAsync(string path, params (string Name, string Value)[] headers) => SendAsync(HttpMethod.Get, path, null, null, headers);

    public Task<BrokerReply> PostAsync(string path, object? body = null, params (string Name, string Value)[] headers) => SendAsync(HttpMethod.Post, path, body, null, headers);

    public async Task<JsonElement> AdminAsync(HttpMethod method, string path, object? body = null)
    {
        using HttpRequestMessage request = new(method, Exchange.Host.Admin + path) { Content = body is null ? null : JsonContent.Create(body) };
        using HttpResponseMessage response = await _http.SendAsync(request, TestContext.Current.CancellationToken);
        return await response.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
    }

    /// <summary>What the operator knows of an account here.</summary>
    public async Task<JsonElement> TruthAsync(string account = TestnetAccounts.DefaultName) =>
        (await AdminAsync(HttpMethod.Get, "/truth/" + account)).GetProperty("venues").GetProperty(UpholdFrontEnd.VenueName);

    /// <summary>Balances by asset, from the operator.</summary>
    public async Task<Dictionary<string, decimal>> BalancesAsync(string account = TestnetAccounts.DefaultName)
    {
        JsonElement truth = await TruthAsync(account);
        return truth.GetProperty("balances").EnumerateArray().ToDictionary(b => b.GetProperty("asset").GetString()!, b => NumberOf(b, "free"));
    }

    /// <summary>Id of the first card of an asset.</summary>
    public async Task<string> CardAsync(string asset) =>
        (await GetAsync("/v0/me/cards")).Json.EnumerateArray().First(c => c.GetProperty("currency").GetString() == asset).GetProperty("id").GetString()!;

    public static decimal NumberOf(JsonElement element, string name) => decimal.Parse(element.GetProperty(name).GetString()!, CultureInfo.InvariantCulture);

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await Exchange.DisposeAsync();
    }
}

/// <summary>An answer by HTTP.</summary>
internal sealed record BrokerReply(int Status, string Text, IReadOnlyDictionary<string, string> Headers)
{
    public JsonElement Json => JsonSerializer.Deserialize<JsonElement>(Text);

    public string Code => Json.GetProperty("code").GetString()!;

    public string TextOf(string name) => Json.GetProperty(name).GetString()!;

    public decimal NumberOf(string name) => QuietBroker.NumberOf(Json, name);
}
