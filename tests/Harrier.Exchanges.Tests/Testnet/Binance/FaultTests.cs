using System.Text.Json;

namespace Harrier.Exchanges.Tests.Testnet.Binance;

/// <summary>Faults from the admin port, as a client meets them, and what is true afterwards.</summary>
public sealed class FaultTests
{
    [Theory]
    [InlineData("html", 502)]
    [InlineData("429", 429)]
    [InlineData("418", 418)]
    [InlineData("5xx", 503)]
    [InlineData("maintenance", 503)]
    public async Task Request_FaultBeforeItsEffect_LeavesNoOrder(string kind, int status)
    {
        await using QuietExchange exchange = await QuietExchange.StartAsync();
        _ = await exchange.AdminAsync(HttpMethod.Post, "/faults", new { kind, venue = "binance-spot", match = "POST /api/v3/order", count = 1, delayMs = 2000 });

        RawAnswer struck = await exchange.Client.LimitAsync("BUY", "50000", "0.01", "a-1");
        RawAnswer after = await exchange.Client.SignedAsync(HttpMethod.Get, "/api/v3/order", "symbol=BTCUSDT&origClientOrderId=a-1");

        struck.Status.ShouldBe(status);
        after.Code.ShouldBe(-2013);
        struck.Headers.ContainsKey("Retry-After").ShouldBe(kind is "429" or "418");
    }

    [Fact]
    public async Task Request_ServerErrorAfterItsEffect_LeavesTheOrder()
    {
        await using QuietExchange exchange = await QuietExchange.StartAsync();
        _ = await exchange.AdminAsync(HttpMethod.Post, "/faults", new { kind = "5xx-after", match = "POST /api/v3/order", count = 1 });

        RawAnswer struck = await exchange.Client.LimitAsync("BUY", "50000", "0.01", "a-1");
        JsonElement truth = await exchange.AdminAsync(HttpMethod.Get, "/truth/default");

        (struck.Status, struck.Code).ShouldBe((504, -1007));
        JsonElement order = truth.GetProperty("venues").GetProperty("binance-spot").GetProperty("orders")[0];
        order.GetProperty("clientId").GetString().ShouldBe("a-1");
        order.GetProperty("isOpen").GetBoolean().ShouldBeTrue();
    }

    [Fact]
    public async Task Request_CutAfterItsEffect_GivesNoAnswerAndLeavesTheOrder()
    {
        await using QuietExchange exchange = await QuietExchange.StartAsync();
        _ = await exchange.AdminAsync(HttpMethod.Post, "/faults", new { kind = "cut-after", match = "POST /api/v3/order", count = 1 });

        await Should.ThrowAsync<HttpRequestException>(() => exchange.Client.LimitAsync("BUY", "50000", "0.01", "a-1"));
        RawAnswer after = await exchange.Client.SignedAsync(HttpMethod.Get, "/api/v3/order", "symbol=BTCUSDT&origClientOrderId=a-1");

        after.Json.GetProperty("status").GetString().ShouldBe("NEW");
    }

    [Fact]
    public async Task Stream_DuplicateDropReorderMalformed_ChangeWhatArrivesAndNothingElse()
    {
        await using QuietExchange exchange = await QuietExchange.StartAsync();
        using RawSocket socket = await RawSocket.OpenAsync(exchange.Socket + "/ws/btcusdt@bookTicker");
        _ = await socket.AskAsync("""{"method":"LIST_SUBSCRIPTIONS","id":1}""");
        foreach (string kind in (string[])["duplicate", "drop", "reorder", "malformed"])
        {
            _ = await exchange.AdminAsync(HttpMethod.Post, "/faults", new { kind, match = "bookTicker", count = 1 });
        }

        for (int i = 0; i < 6; i++)
        {
            _ = await exchange.Client.LimitAsync("BUY", (60_000 + i).ToString(System.Globalization.CultureInfo.InvariantCulture), "0.01", $"a-{i}");
        }

        List<string> texts = [];
        for (int i = 0; i < 6; i++)
        {
            texts.Add(await socket.TextAsync() ?? "");
        }

        // Orders 0 doubled, 1 lost, 2 after 3, and 3 in halves.
        PriceOf(texts[0]).ShouldBe("60000.00000000");
        PriceOf(texts[1]).ShouldBe("60000.00000000");
        Should.Throw<JsonException>(() => PriceOf(texts[2]));
        texts.Skip(3).Select(PriceOf).ShouldBe(["60004.00000000", "60002.00000000", "60005.00000000"]);
    }

    [Fact]
    public async Task Stream_Cut_EndsTheSocketWithoutAGoodbye()
    {
        await using QuietExchange exchange = await QuietExchange.StartAsync();
        using RawSocket socket = await RawSocket.OpenAsync(exchange.Socket + "/ws/btcusdt@bookTicker");
        _ = await socket.AskAsync("""{"method":"LIST_SUBSCRIPTIONS","id":1}""");
        _ = await exchange.AdminAsync(HttpMethod.Post, "/faults", new { kind = "cut", match = "@bookTicker", count = 1 });

        _ = await exchange.Client.LimitAsync("BUY", "60000", "0.01", "a-1");

        await Should.ThrowAsync<System.Net.WebSockets.WebSocketException>(socket.TextAsync);
    }

    [Fact]
    public async Task Clock_MovedByTheAdmin_MovesTheVenuesTime()
    {
        await using QuietExchange exchange = await QuietExchange.StartAsync();
        _ = await exchange.AdminAsync(HttpMethod.Post, "/clock", new { offsetMs = 600_000 });

        long time = (await exchange.Client.GetAsync("/api/v3/time")).Json.GetProperty("serverTime").GetInt64();
        RawAnswer late = await exchange.Client.SignedAsync(HttpMethod.Get, "/api/v3/account");

        (time - RawClient.NowMs).ShouldBeGreaterThan(500_000);
        late.Code.ShouldBe(-1021);
    }

    [Fact]
    public async Task Market_DelistAndTick_ShowInListingAndOrders()
    {
        await using QuietExchange exchange = await QuietExchange.StartAsync();
        _ = await exchange.Client.LimitAsync("BUY", "50000.01", "0.01", "a-1");
        _ = await exchange.AdminAsync(HttpMethod.Post, "/market", new { action = "tick", symbol = "BTCUSDT", value = "0.1" });
        RawAnswer offGrid = await exchange.Client.LimitAsync("BUY", "50000.01", "0.01", "a-2");
        _ = await exchange.AdminAsync(HttpMethod.Post, "/market", new { action = "delist", symbol = "BTCUSDT" });
        RawAnswer closed = await exchange.Client.LimitAsync("BUY", "50000", "0.01", "a-3");
        RawAnswer ended = await exchange.Client.SignedAsync(HttpMethod.Get, "/api/v3/order", "symbol=BTCUSDT&origClientOrderId=a-1");
        JsonElement listing = (await exchange.Client.GetAsync("/api/v3/exchangeInfo?symbol=BTCUSDT")).Json.GetProperty("symbols")[0];

        offGrid.Message.ShouldBe("Filter failure: PRICE_FILTER");
        closed.Message.ShouldBe("Market is closed.");
        ended.Json.GetProperty("status").GetString().ShouldBe("EXPIRED");
        listing.GetProperty("status").GetString().ShouldBe("BREAK");
        listing.GetProperty("filters")[0].GetProperty("tickSize").GetString().ShouldBe("0.10000000");
    }

    [Fact]
    public async Task Admin_UnknownKindActionOrAccount_SaysWhatIsAllowed()
    {
        await using QuietExchange exchange = await QuietExchange.StartAsync();

        JsonElement kind = await exchange.AdminAsync(HttpMethod.Post, "/faults", new { kind = "gremlin" });
        JsonElement action = await exchange.AdminAsync(HttpMethod.Post, "/market", new { action = "explode" });
        JsonElement account = await exchange.AdminAsync(HttpMethod.Get, "/truth/nobody");

        kind.GetProperty("status").GetInt32().ShouldBe(400);
        (kind.GetProperty("detail").GetString() ?? "").ShouldContain("gremlin: one of 418, 429, 5xx");
        (action.GetProperty("detail").GetString() ?? "").ShouldContain("halt");
        account.GetProperty("status").GetInt32().ShouldBe(404);
    }

    private static string? PriceOf(string text) => JsonSerializer.Deserialize<JsonElement>(text).GetProperty("b").GetString();
}
