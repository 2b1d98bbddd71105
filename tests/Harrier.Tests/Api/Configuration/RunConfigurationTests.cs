using System.Net;
using System.Text.Json.Nodes;
using Harrier.Hosting.Accounts;

namespace Harrier.Tests.Api.Configuration;

/// <summary>Configuration and presets: with tags, so that nothing is sent twice and nothing is changed that somebody else has changed.</summary>
public sealed class RunConfigurationTests
{
    private const string Config = "/api/v1/config";
    private const string Risk = "/api/v1/accounts/alpha/risk";
    private const string Change = """{"set":{"max_drawdown":"0.2"}}""";

    [Fact]
    public async Task Get_WithTheTagOfWhatTheClientHas_SendsNothing()
    {
        await using ApiScene scene = await ApiScene.StartAsync();
        (await scene.GetAsync(Config, scene.Viewer)).Status.ShouldBe(HttpStatusCode.ServiceUnavailable, "the run has not begun");
        int seed = 1;
        scene.Desk.Configuration = () => Task.FromResult(new JsonObject { ["seed"] = seed });
        (await scene.GetAsync(Config, scene.Viewer)).Body.GetRawText().ShouldBe("""{"seed":1}""");
        string tag = scene.LastHeader("ETag");
        (await scene.GetAsync(Config, scene.Viewer, request => request.Headers.TryAddWithoutValidation("If-None-Match", $"\"other\", {tag}"))).Status.ShouldBe(HttpStatusCode.NotModified);
        seed = 2;
        (await scene.GetAsync(Config, scene.Viewer, request => request.Headers.TryAddWithoutValidation("If-None-Match", tag))).Status.ShouldBe(HttpStatusCode.OK);
        scene.LastHeader("ETag").ShouldNotBe(tag);
    }

    [Fact]
    public async Task Change_OfAConfigurationThatSomebodyElseHasChanged_IsRefused()
    {
        await using ApiScene scene = await ApiScene.StartAsync();
        int seed = 1;
        scene.Desk.Configuration = () => Task.FromResult(new JsonObject { ["seed"] = seed });
        await scene.GetAsync(Config, scene.Viewer);
        string tag = scene.LastHeader("ETag");
        (await scene.SendAsync(HttpMethod.Patch, Risk, scene.Trader, Change, request => request.Headers.TryAddWithoutValidation("If-Match", tag))).Status.ShouldBe(HttpStatusCode.OK);
        seed = 2;
        (await scene.SendAsync(HttpMethod.Patch, Risk, scene.Trader, Change, request => request.Headers.TryAddWithoutValidation("If-Match", tag))).Status.ShouldBe(HttpStatusCode.PreconditionFailed);
        (await scene.PostAsync(Config + "/reload", scene.Trader, "{}", request => request.Headers.TryAddWithoutValidation("If-Match", tag))).Status.ShouldBe(HttpStatusCode.PreconditionFailed);
        scene.Running.Ordered.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Reload_IsThatOfTheCommandLine()
    {
        await using ApiScene scene = await ApiScene.StartAsync();
        (await scene.PostAsync(Config + "/reload", scene.Trader, "{}")).Body.GetProperty("detail").GetString().ShouldBe("this run has no configuration to read");
        List<(string By, string Reason)> asked = [];
        scene.Desk.Reload = (by, reason) =>
        {
            asked.Add((by, reason));
            return Task.FromResult(new CommandAnswer(true, "nothing changes"));
        };
        (await scene.PostAsync(Config + "/reload", scene.Viewer, "{}")).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await scene.PostAsync(Config + "/reload", scene.Trader, """{"reason":"edited"}""")).Body.GetProperty("text").GetString().ShouldBe("nothing changes");
        (asked.Single().By.StartsWith("token ", StringComparison.Ordinal), asked.Single().Reason).ShouldBe((true, "edited"));
    }

    [Fact]
    public async Task Description_HasATag()
    {
        await using ApiScene scene = await ApiScene.StartAsync();
        (await scene.GetAsync("/openapi/v1.json")).Body.GetProperty("openapi").GetString().ShouldStartWith("3.1");
        string tag = scene.LastHeader("ETag");
        (await scene.GetAsync("/openapi/v1.json", also: request => request.Headers.TryAddWithoutValidation("If-None-Match", tag))).Status.ShouldBe(HttpStatusCode.NotModified);
    }

    [Fact]
    public async Task Presets_AreListed_AndShownWithATag()
    {
        await using ApiScene scene = await ApiScene.StartAsync();
        (await scene.GetAsync("/api/v1/presets", scene.Viewer)).Body.GetRawText().ShouldBe("""[{"name":"calm","kind":"market"},{"name":"quick","kind":"run"}]""");
        (await scene.GetAsync("/api/v1/presets/calm", scene.Viewer)).Body.GetRawText().ShouldBe("""{"name":"calm"}""");
        string tag = scene.LastHeader("ETag");
        (await scene.GetAsync("/api/v1/presets/calm", scene.Viewer, request => request.Headers.TryAddWithoutValidation("If-None-Match", tag))).Status.ShouldBe(HttpStatusCode.NotModified);
        (await scene.GetAsync("/api/v1/presets/..%2Fpasswd", scene.Viewer)).Status.ShouldBe(HttpStatusCode.NotFound);
    }
}
