using System.Net.Http.Json;
using System.Text.Json;
using Harrier.Testnet;
using Harrier.Testnet.Binance.Spot;
using Harrier.Testnet.Core;
using Harrier.Testnet.Hosting;
using Harrier.Testnet.Hosting.Sockets;

namespace Harrier.Exchanges.Tests.Testnet.Binance;

/// <summary>The built-in exchange with books that only the tests fill, served on free ports.</summary>
internal sealed class QuietExchange : IAsyncDisposable
{
    private readonly HttpClient _http = new();

    private QuietExchange(BuiltInExchange exchange)
    {
        Exchange = exchange;
        AccountTerms terms = TestnetAccounts.Terms(7, TestnetAccounts.DefaultName);
        Client = new RawClient(Rest, terms.ApiKey, terms.Secret);
    }

    public BuiltInExchange Exchange { get; }

    public string Rest => Exchange.Host.Origins["binance"].Http;

    public string Socket => Exchange.Host.Origins["binance"].WebSocket;

    public ExchangeCore Core => Exchange.Market(SpotFrontEnd.VenueName).Facts.Core;

    /// <summary>The account of the ready line.</summary>
    public RawClient Client { get; }

    public static async Task<QuietExchange> StartAsync(SocketRules? sockets = null) => new(await BuiltInExchange.StartAsync(
        new BuiltInExchangeOptions { Symbols = ["BTCUSDT", "ETHUSDT"], IsDriven = false, Host = new TestnetOptions { Seed = 7, Sockets = sockets ?? new SocketRules() } },
        TimeProvider.System,
        stop: TestContext.Current.CancellationToken));

    /// <summary>Another account, opened by the admin port.</summary>
    public async Task<RawClient> OpenAsync(string name)
    {
        JsonElement account = await AdminAsync(HttpMethod.Post, "/accounts", new { name });
        return new RawClient(Rest, account.GetProperty("key").GetString() ?? "", account.GetProperty("secret").GetString() ?? "");
    }

    public async Task<JsonElement> AdminAsync(HttpMethod method, string path, object? body = null)
    {
        using HttpRequestMessage request = new(method, Exchange.Host.Admin + path) { Content = body is null ? null : JsonContent.Create(body) };
        using HttpResponseMessage response = await _http.SendAsync(request, TestContext.Current.CancellationToken);
        return await response.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        Client.Dispose();
        await Exchange.DisposeAsync();
    }
}
