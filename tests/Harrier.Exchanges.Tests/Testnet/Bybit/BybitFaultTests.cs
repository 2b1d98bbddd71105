using System.Text.Json;

namespace Harrier.Exchanges.Tests.Testnet.Bybit;

/// <summary>Faults from the admin port on the second venue, and what is true afterwards.</summary>
public sealed class BybitFaultTests
{
    private const string Create = "POST /v5/order/create";

    [Theory]
    [InlineData("html", 502, null)]
    [InlineData("429", 200, 10006)]
    [InlineData("418", 403, null)]
    [InlineData("5xx", 500, 10016)]
    [InlineData("maintenance", 200, 10016)]
    [InlineData("clock-skew", 200, 10002)]
    public async Task Request_FaultBeforeItsEffect_LeavesNoOrder(string kind, int status, int? code)
    {
        await using BybitRig rig = await BybitRig.StartAsync();
        _ = await rig.AdminAsync(HttpMethod.Post, "/faults", new { kind, venue = "bybit-linear", match = Create, count = 1, delayMs = 60_000 });

        BybitAnswer elsewhere = await rig.Client.LimitAsync("spot", "Buy", "50000", "0.01");
        BybitAnswer struck = await rig.Client.LimitAsync("linear", "Buy", "50000", "0.01", "a-1");
        BybitAnswer after = await rig.Client.GetAsync("/v5/order/realtime?category=linear&orderLinkId=a-1");

        elsewhere.Code.ShouldBe(0);
        struck.Status.ShouldBe(status);
        if (code is { } known)
        {
            struck.Code.ShouldBe(known);
        }

        after.Rows.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("5xx-after", 10000)]
    [InlineData("cut-after", null)]
    public async Task Request_FaultAfterItsEffect_LeavesTheOrder(string kind, int? code)
    {
        await using BybitRig rig = await BybitRig.StartAsync();
        _ = await rig.AdminAsync(HttpMethod.Post, "/faults", new { kind, venue = "bybit", match = Create, count = 1 });

        if (code is { } known)
        {
            (await rig.Client.LimitAsync("linear", "Buy", "50000", "0.01", "a-1")).Code.ShouldBe(known);
        }
        else
        {
            await Should.ThrowAsync<HttpRequestException>(() => rig.Client.LimitAsync("linear", "Buy", "50000", "0.01", "a-1"));
        }

        (await rig.Client.GetAsync("/v5/order/realtime?category=linear&orderLinkId=a-1")).Rows.Single().GetProperty("orderStatus").GetString().ShouldBe("New");
    }

    [Fact]
    public async Task PrivateStream_DropDuplicateReorderMalformedUnknown_ChangeWhatArrivesAndNothingElse()
    {
        await using BybitRig rig = await BybitRig.StartAsync();
        using RawSocket socket = await rig.PrivateAsync(rig.Client, "order");
        foreach (string kind in (string[])["duplicate", "drop", "reorder", "malformed", "unknown-event"])
        {
            _ = await rig.AdminAsync(HttpMethod.Post, "/faults", new { kind, venue = "bybit-spot", match = "order", count = 1 });
        }

        for (int i = 1; i <= 6; i++)
        {
            (await rig.Client.LimitAsync("spot", "Buy", "50000", "0.001", $"s-{i}")).Code.ShouldBe(0);
        }

        List<string> told = [];
        while (told.Count < 7)
        {
            told.Add(Told(await socket.TextAsync() ?? ""));
        }

        // The first twice, the second lost, the third kept back behind the next that is whole: the fourth was cut, the fifth comes after one unknown.
        told.ShouldBe(["s-1", "s-1", "?", "harrierUnknownEvent", "s-5", "s-3", "s-6"]);
        (await rig.Client.GetAsync("/v5/order/realtime?category=spot")).Rows.Count.ShouldBe(6);
    }

    [Fact]
    public async Task Book_Gap_IsSeenByItsNumbers()
    {
        await using BybitRig rig = await BybitRig.StartAsync();
        using RawSocket socket = await RawSocket.OpenAsync(rig.Socket + "/v5/public/linear");
        _ = await socket.AskAsync("""{"op":"subscribe","args":["orderbook.1.BTCUSDT"]}""");
        long number = (await socket.JsonAsync()).GetProperty("data").GetProperty("u").GetInt64();
        _ = await rig.AdminAsync(HttpMethod.Post, "/faults", new { kind = "gap", venue = "bybit-linear", count = 1 });

        _ = await rig.Client.LimitAsync("linear", "Buy", "50000", "0.001");
        _ = await rig.Client.LimitAsync("linear", "Buy", "50001", "0.001");

        long next = number;
        while (next == number)
        {
            // A quiet book is told again from time to time, with its number.
            next = (await socket.JsonAsync()).GetProperty("data").GetProperty("u").GetInt64();
        }

        next.ShouldBe(number + 2);
    }

    [Fact]
    public async Task Socket_CutAndMaintenance_EndItAndRefuseTheNext()
    {
        await using BybitRig rig = await BybitRig.StartAsync();
        using RawSocket socket = await rig.PrivateAsync(rig.Client, "order");
        _ = await rig.AdminAsync(HttpMethod.Post, "/faults", new { kind = "cut", venue = "bybit-linear", match = "order", count = 2 });
        await Should.ThrowAsync<HttpRequestException>(() => rig.Client.LimitAsync("linear", "Buy", "50000", "0.01"));
        (await rig.Client.PostAsync("/v5/position/set-leverage", new { category = "linear", symbol = "BTCUSDT", buyLeverage = "5", sellLeverage = "5" })).Code.ShouldBe(0);
        (await rig.Client.LimitAsync("spot", "Buy", "50000", "0.01")).Code.ShouldBe(0);
        await Should.ThrowAsync<System.Net.WebSockets.WebSocketException>(socket.TextAsync);
        _ = await rig.AdminAsync(HttpMethod.Post, "/faults", new { kind = "maintenance", venue = "bybit", match = "CONNECT /v5/private", count = 1 });

        await Should.ThrowAsync<System.Net.WebSockets.WebSocketException>(() => RawSocket.OpenAsync(rig.Socket + "/v5/private"));
        using RawSocket next = await rig.PrivateAsync(rig.Client, "order");
        _ = await rig.AdminAsync(HttpMethod.Post, "/faults", new { kind = "silent", venue = "bybit", match = "order", count = 1 });
        _ = await rig.Client.LimitAsync("linear", "Buy", "50000", "0.01");
        (await next.AskAsync("""{"op":"ping"}""")).GetProperty("op").GetString().ShouldBe("pong");
    }

    private static string Told(string text)
    {
        try
        {
            JsonElement json = JsonSerializer.Deserialize<JsonElement>(text);
            return json.TryGetProperty("data", out JsonElement data) ? data[0].GetProperty("orderLinkId").GetString()! : json.GetProperty("topic").GetString()!;
        }
        catch (JsonException)
        {
            return "?";
        }
    }
}
