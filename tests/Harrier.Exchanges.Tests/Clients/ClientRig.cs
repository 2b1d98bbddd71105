using System.Text.Json;
using Harrier.Testnet.Binance;
using Harrier.Testnet.Binance.Linear;
using Harrier.Testnet.Binance.Spot;
using Harrier.Testnet.Core;
using Harrier.Testnet.Hosting;
using Harrier.Testnet.Hosting.Faults;
using Harrier.Testnet.Markets;

namespace Harrier.Exchanges.Tests.Clients;

/// <summary>The built-in exchange on free ports with a living market, for clients from outside the process.</summary>
public sealed class ClientRig : IAsyncDisposable
{
    private const long Seed = 7;

    private readonly TestnetHost _host;
    private readonly SyntheticOrderFlow _flow;

    private ClientRig(TestnetHost host, SyntheticOrderFlow flow, MarketFacts spot, MarketFacts linear)
    {
        (_host, _flow, Spot, Linear) = (host, flow, spot, linear);
    }

    public MarketFacts Spot { get; }

    public MarketFacts Linear { get; }

    public static async Task<ClientRig> StartAsync()
    {
        NodeScript.Require();
        MarketFacts spot = Facts(MarketKind.Spot);
        MarketFacts linear = Facts(MarketKind.Linear);
        SyntheticOrderFlowOptions market = MarketHistory.Seed(
            [(spot.Core, spot.Candles), (linear.Core, linear.Candles)], new SyntheticOrderFlowOptions { Seed = Seed }, new HistoryLength(10, 48, 1500, 60));
        SyntheticOrderFlow flow = new([spot.Core, linear.Core], market, TimeProvider.System);
        flow.Start();
        _ = TestnetAccounts.OpenDefault(spot.Core, Seed);
        _ = TestnetAccounts.OpenDefault(linear.Core, Seed);
        TestnetOptions options = new() { Seed = Seed, IsUnlimited = true };
        FaultInjector faults = new(Seed);
        HostedMarket[] markets =
        [
            new(spot, new SpotFrontEnd(spot, options, faults, TimeProvider.System)),
            new(linear, new LinearFrontEnd(linear, options, faults, TimeProvider.System)),
        ];
        TestnetHost host = await TestnetHost.StartAsync(
            options, [BinanceOrigin.Of(Seed, markets)], faults, TimeProvider.System, TestContext.Current.CancellationToken);
        return new ClientRig(host, flow, spot, linear);
    }

    /// <summary>Runs a script against the exchange.</summary>
    public async Task<JsonElement> RunAsync(string script, string kind, string scenario)
    {
        using JsonDocument ready = JsonDocument.Parse(_host.ReadyLine);
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
                scenario,
                seed = Seed,
            },
            OnRequest);
    }

    /// <summary>The market of a kind and the account whose key the clients have.</summary>
    public (ExchangeCore Core, ExchangeAccount Account) Truth(string kind)
    {
        ExchangeCore core = kind == "linear" ? Linear.Core : Spot.Core;
        return (core, core.ByName(TestnetAccounts.DefaultName).ShouldNotBeNull());
    }

    public async ValueTask DisposeAsync()
    {
        await _flow.DisposeAsync();
        await _host.DisposeAsync();
    }

    private static MarketFacts Facts(MarketKind kind)
    {
        bool isLinear = kind == MarketKind.Linear;
        ExchangeCore core = new(
            new ExchangeCoreOptions
            {
                Kind = kind,
                Listings = [Terms("BTC", isLinear ? 0.1m : 0.01m, isLinear ? 0.001m : 0.00001m), Terms("ETH", 0.01m, isLinear ? 0.001m : 0.0001m)],
                MakerFee = isLinear ? 0.0002m : 0.001m,
                TakerFee = isLinear ? 0.0005m : 0.001m,
            },
            TimeProvider.System);
        CandleStore candles = new(core, CandleStoreOptions.For(core.Listings.Count));
        return new MarketFacts(core, candles, new TickerWindow(core, candles));
    }

    private static ListingTerms Terms(string asset, decimal tick, decimal lot) => new()
    {
        Symbol = asset + "USDT",
        Base = asset,
        Quote = "USDT",
        TickSize = tick,
        LotSize = lot,
        MinPrice = tick,
        MinQuantity = lot,
        StartPrice = asset == "BTC" ? 65_000m : 3_400m,
    };

    private void OnRequest(string word)
    {
        if (word == "pause")
        {
            _flow.IsPaused = true;
        }
    }
}
