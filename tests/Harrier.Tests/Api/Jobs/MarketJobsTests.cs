using System.Net;
using System.Net.WebSockets;
using System.Text.Json;
using Harrier.Api.Jobs;
using Harrier.Hosting.Jobs;
using Harrier.Tests.Api.Live;

namespace Harrier.Tests.Api.Jobs;

/// <summary>Jobs on markets over HTTP.</summary>
public sealed class MarketJobsTests
{
    [Fact]
    public async Task Stream_IsStartedOnce_AndStoppedOnce()
    {
        await using ApiScene scene = await ApiScene.StartAsync();
        TaskCompletionSource begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
        scene.MarketWork.Work = (_, stop) =>
        {
            begun.SetResult();
            stop.WaitHandle.WaitOne();
            return new JobResult("""{"records":3}""", null);
        };
        (await scene.PostAsync("/api/v1/stream/stop", scene.Trader, "{}")).Body.GetRawText().ShouldBe("""{"status":"not_running","job_id":null}""");
        (HttpStatusCode status, _, JsonElement body) = await scene.PostAsync("/api/v1/stream/start", scene.Trader, """{"venue":"sim-x","symbols":["BTCUSDT"],"channels":["trades"]}""");
        string job = body.GetProperty("job_id").GetString()!;
        (status, body.GetProperty("status").GetString()).ShouldBe((HttpStatusCode.Accepted, "started"));
        await begun.Task;
        (await scene.PostAsync("/api/v1/stream/start", scene.Trader, "{}")).Body.GetRawText().ShouldBe($$"""{"status":"already_running","job_id":"{{job}}"}""");
        scene.MarketWork.Asked.OfType<StreamBody>().Single().Channels.ShouldBe(["trades"]);

        (await scene.PostAsync("/api/v1/stream/stop", scene.Trader)).Body.GetRawText().ShouldBe($$"""{"status":"stopped","job_id":"{{job}}"}""");
        (await scene.PostAsync("/api/v1/stream/stop", scene.Trader)).Body.GetProperty("status").GetString().ShouldBe("not_running");
        (await scene.PostAsync("/api/v1/stream/stop", scene.Viewer)).Status.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Collect_BadInput_IsNamedByField_AndNoJobIsMade()
    {
        await using ApiScene scene = await ApiScene.StartAsync();
        scene.MarketWork.Faults = ["venue: nowhere: one of sim-x"];
        foreach (string path in (string[])["/api/v1/data/collect", "/api/v1/stream/start", "/api/v1/scan/run"])
        {
            (HttpStatusCode status, _, JsonElement body) = await scene.PostAsync(path, scene.Trader, """{"venue":"nowhere"}""");
            (status, body.GetProperty("errors").GetRawText()).ShouldBe((HttpStatusCode.BadRequest, """{"venue":["nowhere: one of sim-x"]}"""));
            (await scene.PostAsync(path, scene.Viewer, "{}")).Status.ShouldBe(HttpStatusCode.Forbidden);
        }

        scene.Jobs.All.ShouldBeEmpty();
    }

    [Fact]
    public async Task Scan_IsAJob_WhoseResultIsToldOnTheSocket()
    {
        await using ApiScene scene = await ApiScene.StartAsync();
        scene.MarketWork.Work = static (_, _) => new JobResult("""{"preset":"calm","markets":[{"rank":1,"symbol":"BTCUSDT"}]}""", null);
        using ClientWebSocket socket = await LiveSocketsTests.OpenAsync(scene, "/ws", scene.Viewer);
        await LiveSocketsTests.ReadAsync(socket);
        (await scene.PostAsync("/api/v1/scan/run", scene.Trader, """{"preset":"calm"}""")).Status.ShouldBe(HttpStatusCode.Accepted);

        JsonElement told = await LiveSocketsTests.ReadUntilAsync(socket, "SCAN_RESULT");

        told.GetProperty("data").GetRawText().ShouldBe("""{"preset":"calm","markets":[{"rank":1,"symbol":"BTCUSDT"}]}""");
    }
}
