using System.Text.Json;
using Harrier.Testnet.Core;

namespace Harrier.Exchanges.Tests.Clients;

/// <summary>npm <c>bybit-api</c>, unmodified, against the built-in exchange: requests over HTTP and the order socket, streams, own events.</summary>
public sealed class BybitPackageTests
{
    [Theory]
    [InlineData("spot")]
    [InlineData("linear")]
    public async Task HundredsOfRandomOperations_WatchedThroughout_EndWithTheExchangesState(string kind)
    {
        await using ClientRig rig = await ClientRig.StartAsync();

        JsonElement result = await rig.RunAsync("bybit-random.mjs", kind, "bybit");

        (ExchangeCore core, ExchangeAccount account) = rig.Truth(kind, "bybit");
        ClientWire wire = ClientRig.BybitWire(kind);
        lock (core.Gate)
        {
            result.GetProperty("gaps").GetInt32().ShouldBe(0);
            ClientTruth.ShouldHoldBook(core, "BTCUSDT", result.GetProperty("book"));
            ClientTruth.ShouldHoldOrders(core, account, "BTCUSDT", result.GetProperty("orders"), wire);
            ClientTruth.ShouldHoldOrders(core, account, "BTCUSDT", result.GetProperty("streamOrders"), wire);
            ClientTruth.ShouldHoldFills(core, account, "BTCUSDT", result.GetProperty("fills"), wire);
            ClientTruth.ShouldHoldFills(core, account, "BTCUSDT", result.GetProperty("streamFills"), wire);
            ClientTruth.ShouldHoldBalances(core, account, result.GetProperty("balances"), wire);
            ClientTruth.ShouldHoldWallets(account, result.GetProperty("streamBalances"));
            ClientTruth.ShouldHoldPosition(core, account, "BTCUSDT", result.GetProperty("positions"));
        }

        result.GetProperty("publicTrades").GetInt32().ShouldBePositive();
        result.GetProperty("fills").GetArrayLength().ShouldBeGreaterThan(40);
        result.GetProperty("orders").GetArrayLength().ShouldBeGreaterThan(120);
    }
}
