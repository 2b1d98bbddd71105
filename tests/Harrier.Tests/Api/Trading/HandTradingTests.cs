using System.Net;
using System.Net.WebSockets;
using System.Text.Json;
using Harrier.Hosting.Accounts;
using Harrier.Tests.Api.Live;
using Harrier.Tests.Api.Metrics;

namespace Harrier.Tests.Api.Trading;

/// <summary>Orders by hand over HTTP: what reaches the account, and what becomes of them on a real one.</summary>
public sealed class HandTradingTests(SharedScene shared) : IClassFixture<SharedScene>
{
    private const string Execute = "/api/v1/trading/execute";

    [Fact]
    public async Task Execute_ReachesTheBotOfTheSymbol_WithTermsWhoAndWhy()
    {
        await using ApiScene scene = await ApiScene.StartAsync();
        scene.Running.Answer = new CommandAnswer(true, "bought") { Order = "h1-1" };

        (HttpStatusCode status, _, JsonElement body) = await scene.PostAsync(Execute, scene.Trader, """{"symbol":"BTC/USDT","side":"buy","quantity":"0.5","type":"limit","price":"50000","reason":"news"}""");

        (status, body.GetRawText()).ShouldBe((HttpStatusCode.OK, """{"status":"submitted","order_id":"h1-1","account":"alpha","bot":"trend","text":"bought"}"""));
        AccountCommand ordered = scene.Running.Ordered.Single();
        (ordered.Order, ordered.Bot, ordered.Reason, ordered.By.StartsWith("token ", StringComparison.Ordinal)).ShouldBe((AccountOrder.Trade, "trend", "news", true));
        ordered.Changes.ShouldBe([new("side", "buy"), new("quantity", "0.5"), new("price", "50000")]);
    }

    [Theory]
    [InlineData("""{"symbol":"BTCUSDT","quantity":"1"}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"symbol":"BTCUSDT","side":"hold","quantity":"1"}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"symbol":"BTCUSDT","side":"buy"}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"symbol":"BTCUSDT","side":"buy","quantity":"-1"}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"symbol":"BTCUSDT","side":"buy","quantity":"1e9"}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"symbol":"BTCUSDT","side":"buy","quantity":1}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"symbol":"BTCUSDT","side":"buy","quantity":"1","type":"limit"}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"symbol":"BTCUSDT","side":"buy","quantity":"1","type":"market","price":"5"}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"symbol":"BTCUSDT","side":"close","quantity":"1"}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"symbol":"ETHUSDT","side":"buy","quantity":"1"}""", HttpStatusCode.NotFound)]
    [InlineData("""{"account":"beta","bot":"trend","side":"close"}""", HttpStatusCode.NotFound)]
    public async Task Execute_ThatMakesNoSense_IsAProblem_AndNothingIsOrdered(string body, HttpStatusCode expected)
    {
        ApiScene scene = shared.Scene;

        (await scene.PostAsync(Execute, scene.Trader, body)).Status.ShouldBe(expected);
        (await scene.PostAsync(Execute, scene.Viewer, """{"symbol":"BTCUSDT","side":"close"}""")).Status.ShouldBe(HttpStatusCode.Forbidden);

        scene.Running.Ordered.ShouldBeEmpty();
    }

    [Fact]
    public async Task Execute_OnARealAccount_IsToldStepByStep_AndListed()
    {
        await using ApiScene scene = await ApiScene.StartAsync();
        using MeteredAccount account = new(scene.Desk, scene.Meter);
        account.Play(3);
        using ClientWebSocket socket = await LiveSocketsTests.OpenAsync(scene, "/ws", scene.Viewer);
        await LiveSocketsTests.ReadAsync(socket);

        (HttpStatusCode status, _, JsonElement answer) = await scene.PostAsync(Execute, scene.Trader, """{"account":"test","bot":"one","side":"buy","quantity":"0.01"}""");
        status.ShouldBe(HttpStatusCode.OK, answer.ToString());
        string order = answer.GetProperty("order_id").GetString()!;
        JsonElement placed = await ToldAsync(socket, "ORDER_PLACED", order);
        (placed.GetProperty("purpose").GetString(), placed.GetProperty("quantity").GetString(), placed.GetProperty("order_type").GetString()).ShouldBe(("operator", "0.010", "market"));
        JsonElement listed = (await scene.GetAsync("/api/v1/orders/live?status=working&bot=one", scene.Viewer)).Body[0];
        (listed.GetProperty("order_id").GetString(), listed.GetProperty("is_working").GetBoolean()).ShouldBe((order, true));

        account.Play(3);
        JsonElement filled = await ToldAsync(socket, "ORDER_UPDATED", order, "filled");
        filled.GetProperty("filled").GetString().ShouldBe("0.010");
        (await scene.GetAsync("/api/v1/orders/live?status=ended", scene.Viewer)).Body.EnumerateArray().ShouldContain(one => one.GetProperty("order_id").GetString() == order);
        (await scene.PostAsync($"/api/v1/orders/{order}/cancel", scene.Trader)).Status.ShouldBe(HttpStatusCode.NotFound, "it has ended");
    }

    [Fact]
    public async Task Cancel_OfAnOrderThatRests_IsToldAndListed()
    {
        await using ApiScene scene = await ApiScene.StartAsync();
        using MeteredAccount account = new(scene.Desk, scene.Meter);
        account.Play(3);
        using ClientWebSocket socket = await LiveSocketsTests.OpenAsync(scene, "/ws", scene.Viewer);
        await LiveSocketsTests.ReadAsync(socket);
        (await scene.PostAsync(Execute, scene.Trader, """{"account":"test","bot":"one","side":"buy","quantity":"0.01","price":"0.3"}""")).Status.ShouldBe(HttpStatusCode.BadRequest, "off the grid");
        (HttpStatusCode status, _, JsonElement taken) = await scene.PostAsync(Execute, scene.Trader, """{"account":"test","bot":"one","side":"buy","quantity":"0.01","price":"0.5"}""");
        status.ShouldBe(HttpStatusCode.OK, taken.ToString());
        string order = taken.GetProperty("order_id").GetString()!;
        (await scene.PostAsync($"/api/v1/orders/{order}/cancel", scene.Viewer)).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await scene.PostAsync($"/api/v1/orders/{order}/cancel", scene.Trader)).Body.GetProperty("status").GetString().ShouldBe("canceled");

        (await ToldAsync(socket, "ORDER_CANCELED", order)).GetProperty("filled").GetString().ShouldBe("0.000");
        (await scene.GetAsync("/api/v1/orders/live?status=working", scene.Viewer)).Body.GetArrayLength().ShouldBe(0);
        (await scene.GetAsync("/api/v1/orders/live?status=some", scene.Viewer)).Status.ShouldBe(HttpStatusCode.BadRequest);
    }

    private static async Task<JsonElement> ToldAsync(ClientWebSocket socket, string type, string order, string? status = null)
    {
        while (true)
        {
            JsonElement message = await LiveSocketsTests.ReadAsync(socket);
            if (message.GetProperty("type").GetString() == type && message.GetProperty("data") is var data && data.GetProperty("order_id").GetString() == order
                && (status is null || data.GetProperty("status").GetString() == status))
            {
                return data;
            }
        }
    }
}
