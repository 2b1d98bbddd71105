using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace Harrier.Tests.Api.Commands;

/// <summary>Orders over HTTP that change of what an account is made reach the account with the keys of a configuration, from those alone who may give orders.</summary>
public sealed class BotChangesTests(SharedScene shared) : IClassFixture<SharedScene>
{
    private const string Bots = "/api/v1/accounts/alpha/bots";

    [Fact]
    public async Task Changes_ReachTheAccount_WithWhoAndWhy()
    {
        await using ApiScene scene = await ApiScene.StartAsync();

        (await SendAsync(scene, HttpMethod.Post, Bots, """{ "reason": "more", "bot": { "name": "late", "strategy": "EMA_CROSS", "parameters": { "fast": 5, "slow": 9 }, "symbol": "BTCUSDT", "stop_loss": 0.02 } }""")).ShouldBe(HttpStatusCode.OK);
        (await SendAsync(scene, HttpMethod.Patch, Bots + "/trend", """{ "set": { "parameters": { "fast": 7 }, "size": "risk:0.005" } }""")).ShouldBe(HttpStatusCode.OK);
        (await SendAsync(scene, HttpMethod.Delete, Bots + "/trend?reason=done", null)).ShouldBe(HttpStatusCode.OK);
        (await SendAsync(scene, HttpMethod.Patch, "/api/v1/accounts/alpha/risk", """{ "set": { "max_drawdown": 0.2 } }""")).ShouldBe(HttpStatusCode.OK);

        scene.Running.Ordered.Select(static order => $"{order.Order} {order.Bot} {order.Reason} {string.Join(' ', order.Changes.Select(static pair => $"{pair.Key}={pair.Value}"))}").ShouldBe(
        [
            "AddBot  more name=late strategy=EMA_CROSS parameters.fast=5 parameters.slow=9 symbol=BTCUSDT stop_loss=0.02",
            "Edit trend  parameters.fast=7 size=risk:0.005",
            "RemoveBot trend done ",
            "SetLimits   max_drawdown=0.2",
        ]);
        scene.Running.Ordered.ShouldAllBe(static order => order.By.StartsWith("token "));
    }

    [Theory]
    [InlineData("POST", Bots, """{ "bot": { "name": ["a"] } }""", HttpStatusCode.BadRequest)]
    [InlineData("POST", Bots, """{ "bot": 3 }""", HttpStatusCode.BadRequest)]
    [InlineData("POST", Bots, """{ }""", HttpStatusCode.BadRequest)]
    [InlineData("PATCH", Bots + "/nope", """{ "set": { "size": "quote:5" } }""", HttpStatusCode.NotFound)]
    [InlineData("DELETE", Bots + "/nope", null, HttpStatusCode.NotFound)]
    public async Task Change_ThatMakesNoSense_IsAProblem_AndNothingIsOrdered(string method, string path, string? body, HttpStatusCode expected)
    {
        ApiScene scene = shared.Scene;

        (await SendAsync(scene, new HttpMethod(method), path, body)).ShouldBe(expected);

        scene.Running.Ordered.ShouldBeEmpty();
    }

    [Fact]
    public async Task Change_ByAViewer_IsForbidden()
    {
        ApiScene scene = shared.Scene;

        (await SendAsync(scene, HttpMethod.Delete, Bots + "/trend", null, scene.Viewer)).ShouldBe(HttpStatusCode.Forbidden);

        scene.Running.Ordered.ShouldBeEmpty();
    }

    private static async Task<HttpStatusCode> SendAsync(ApiScene scene, HttpMethod method, string path, string? body, string? token = null)
    {
        using HttpClient http = new();
        using HttpRequestMessage request = new(method, new Uri(scene.Address, path));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token ?? scene.Trader);
        request.Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json");
        using HttpResponseMessage response = await http.SendAsync(request, TestContext.Current.CancellationToken);
        return response.StatusCode;
    }
}
