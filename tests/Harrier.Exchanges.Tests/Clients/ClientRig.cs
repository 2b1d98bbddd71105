using System.Text.Json;
using Harrier.Testnet;
using Harrier.Testnet.Core;
using Harrier.Testnet.Hosting;

namespace Harrier.Exchanges.Tests.Clients;

/// <summary>The built-in exchange on free ports with a living market, for clients from outside the process.</summary>
public sealed class ClientRig : IAsyncDisposable
{
    private const long Seed = 7;

    private readonly BuiltInExchange _exchange;

    private ClientRig(BuiltInExchange exchange) => _exchange = exchange;

    public static async Task<ClientRig> StartAsync()
    {
        NodeScript.Require();
        BuiltInExchangeOptions options = new()
        {
            Host = new TestnetOptions { Seed = Seed, IsUnlimited = true },
            Symbols = ["BTCUSDT", "ETHUSDT"],
        };
        return new ClientRig(await BuiltInExchange.StartAsync(options, TimeProvider.System, stop: TestContext.Current.CancellationToken));
    }

    /// <summary>Runs a script against the exchange.</summary>
    public async Task<JsonElement> RunAsync(string script, string kind)
    {
        using JsonDocument ready = JsonDocument.Parse(_exchange.Host.ReadyLine);
        JsonElement venue = ready.RootElement.GetProperty("binance");
        return await NodeScript.RunAsync(
            script,
            new
            {
                rest = venue.GetProperty("rest").GetString(),
                ws = venue.GetProperty("ws").GetString(),
                key = venue.GetProperty("key").GetString(),
                secret = venue.GetProperty("secret").GetString(),
                kind,
                seed = Seed,
            },
            OnRequest);
    }

    /// <summary>The market of a kind and the account whose key the clients have.</summary>
    public (ExchangeCore Core, ExchangeAccount Account) Truth(string kind)
    {
        ExchangeCore core = _exchange.Market(kind == "linear" ? "binance-usdm" : "binance-spot").Facts.Core;
        return (core, core.ByName(TestnetAccounts.DefaultName).ShouldNotBeNull());
    }

    public ValueTask DisposeAsync() => _exchange.DisposeAsync();

    private void OnRequest(string word)
    {
        if (word == "pause")
        {
            _exchange.Driver.IsPaused = true;
        }
    }
}
