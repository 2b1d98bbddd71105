using System.Text.Json;
using Harrier.Testnet.Core;

namespace Harrier.Exchanges.Tests.Clients;

/// <summary>npm <c>binance</c>, unmodified, against the built-in exchange: requests over HTTP and the WebSocket API, streams, own events.</summary>
public sealed class BinancePackageTests
{
    [Theory]
    [InlineData("spot")]
    [InlineData("linear")]
    public async Task HundredsOfRandomOperations_WatchedThroughout_EndWithTheExchangesState(string kind)
    {
        await using ClientRig rig = await ClientRig.StartAsync();

        JsonElement result = await rig.RunAsync("binance-random.mjs", kind);

        (ExchangeCore core, ExchangeAccount account) = rig.Truth(kind);
        lock (core.Gate)
        {
            result.GetProperty("gaps").GetInt32().ShouldBe(0);
            ClientTruth.ShouldHoldBook(core, "BTCUSDT", result.GetProperty("book"));
            ClientTruth.ShouldHoldOrders(core, account, "BTCUSDT", result.GetProperty("orders"));
            ClientTruth.ShouldHoldOrders(core, account, "BTCUSDT", result.GetProperty("streamOrders"));
            ClientTruth.ShouldHoldFills(core, account, "BTCUSDT", result.GetProperty("fills"));
            ClientTruth.ShouldHoldWallets(account, result.GetProperty("balances"));
            ClientTruth.ShouldHoldWallets(account, result.GetProperty("streamBalances"));
            ClientTruth.ShouldHoldPosition(core, account, "BTCUSDT", result.GetProperty("positions"));
            if (core.Kind == MarketKind.Spot)
            {
                ClientTruth.ShouldHoldBalances(core, account, result.GetProperty("balances"));
            }
        }

        result.GetProperty("publicTrades").GetInt32().ShouldBePositive();
        result.GetProperty("fills").GetArrayLength().ShouldBeGreaterThan(40);
        result.GetProperty("orders").GetArrayLength().ShouldBeGreaterThan(120);
    }
}
