using System.Text.Json;
using Harrier.Testnet.Core;

namespace Harrier.Exchanges.Tests.Clients;

/// <summary>npm <c>ccxt</c>, unmodified, against the second venue of the built-in exchange.</summary>
public sealed class CcxtBybitTests
{
    private const string Venue = "bybit";

    [Theory]
    [InlineData("spot")]
    [InlineData("linear")]
    public async Task UnifiedCalls_OnTheBuiltInExchange_GiveWhatTheExchangeHolds(string kind)
    {
        await using ClientRig rig = await ClientRig.StartAsync();

        JsonElement result = await rig.RunAsync("ccxt-bybit-calls.mjs", kind, Venue);

        (ExchangeCore core, ExchangeAccount account) = rig.Truth(kind, Venue);
        ListedInstrument instrument = core.Find("BTCUSDT").ShouldNotBeNull();
        result.GetProperty("market").GetProperty("tick").GetDecimal().ShouldBe(instrument.TickSize);
        result.GetProperty("market").GetProperty("lot").GetDecimal().ShouldBe(instrument.LotSize);
        result.GetProperty("refusals").GetArrayLength().ShouldBe(5);
        ClientTruth.ShouldHoldBalances(core, account, result.GetProperty("balances"), ClientRig.BybitWire(kind));
    }

    [Theory]
    [InlineData("spot")]
    [InlineData("linear")]
    public async Task HundredsOfRandomOperations_WatchedThroughout_EndWithTheExchangesState(string kind)
    {
        await using ClientRig rig = await ClientRig.StartAsync();

        JsonElement result = await rig.RunAsync("ccxt-random.mjs", kind, Venue);

        (ExchangeCore core, ExchangeAccount account) = rig.Truth(kind, Venue);
        ClientWire wire = ClientRig.BybitWire(kind);
        lock (core.Gate)
        {
            ClientTruth.ShouldHoldBook(core, "BTCUSDT", result.GetProperty("book"));
            ClientTruth.ShouldHoldOrders(core, account, "BTCUSDT", result.GetProperty("orders"), wire);
            ClientTruth.ShouldHoldOrders(core, account, "BTCUSDT", result.GetProperty("streamOrders"), wire);
            ClientTruth.ShouldHoldFills(core, account, "BTCUSDT", result.GetProperty("fills"), wire);
            ClientTruth.ShouldHoldBalances(core, account, result.GetProperty("balances"), wire);
            ClientTruth.ShouldHoldWallets(account, result.GetProperty("streamBalances"));
            ClientTruth.ShouldHoldPosition(core, account, "BTCUSDT", result.GetProperty("positions"));
        }

        result.GetProperty("seen").GetProperty("trades").GetInt32().ShouldBePositive();
        result.GetProperty("fills").GetArrayLength().ShouldBeGreaterThan(50);
        result.GetProperty("orders").GetArrayLength().ShouldBeGreaterThan(150);
    }
}
