using System.Text.Json;
using Harrier.Testnet;
using Harrier.Testnet.Bybit;
using Harrier.Testnet.Bybit.Trading;
using Harrier.Testnet.Core;
using Harrier.Testnet.Hosting;

namespace Harrier.Exchanges.Tests.Clients;

/// <summary>The built-in exchange on free ports with a living market, for clients from outside the process.</summary>
public sealed class ClientRig : IAsyncDisposable
{
    private const long Seed = 7;

    private readonly BuiltInExchange _exchange;

    private ClientRig(BuiltInExchange exchange) => _exchange = exchange;

    /// <summary>How the second venue calls what the exchange has.</summary>
    internal static ClientWire BybitWire(string kind)
    {
        BybitIds ids = new(kind == "spot", Seed);
        return new ClientWire(ids.Of, ids.Of, o => [BybitUnified(o), BybitWords.Status(o)], TotalsAreWallets: true);
    }

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
    public async Task<JsonElement> RunAsync(string script, string kind, string venue = "binance")
    {
        using JsonDocument ready = JsonDocument.Parse(_exchange.Host.ReadyLine);
        JsonElement origin = ready.RootElement.GetProperty(venue);
        return await NodeScript.RunAsync(
            script,
            new
            {
                rest = origin.GetProperty("rest").GetString(),
                ws = origin.GetProperty("ws").GetString(),
                key = origin.GetProperty("key").GetString(),
                secret = origin.GetProperty("secret").GetString(),
                venue,
                kind,
                seed = Seed,
            },
            OnRequest);
    }

    /// <summary>The market of a kind and the account whose key the clients have.</summary>
    public (ExchangeCore Core, ExchangeAccount Account) Truth(string kind, string venue = "binance")
    {
        ExchangeCore core = _exchange.Market(venue == "bybit" ? "bybit-" + kind : kind == "linear" ? "binance-usdm" : "binance-spot").Facts.Core;
        return (core, core.ByName(TestnetAccounts.DefaultName).ShouldNotBeNull());
    }

    public ValueTask DisposeAsync() => _exchange.DisposeAsync();

    // What clients make of the venue's words: a spot order that ended after a part was filled counts as closed.
    private static string BybitUnified(ExchangeOrder order) => order.Status switch
    {
        ExchangeOrderStatus.New or ExchangeOrderStatus.PartiallyFilled => "open",
        ExchangeOrderStatus.Filled => "closed",
        ExchangeOrderStatus.Rejected => "rejected",
        _ => order.Executed > 0 && order.Instrument.Kind == MarketKind.Spot ? "closed" : "canceled",
    };

    private void OnRequest(string word)
    {
        if (word == "pause")
        {
            _exchange.Driver.IsPaused = true;
        }
    }
}
