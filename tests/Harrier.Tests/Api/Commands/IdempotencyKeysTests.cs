using System.Net;
using System.Text.Json;
using Harrier.Api.Commands;
using Harrier.Tests.Support;

namespace Harrier.Tests.Api.Commands;

/// <summary>A command with a key is carried out once.</summary>
public sealed class IdempotencyKeysTests
{
    private const string Panic = "/api/v1/panic";

    [Fact]
    public async Task Command_SentAgainWithItsKey_GetsTheFirstAnswer_AndIsNotCarriedOutAgain()
    {
        await using ApiScene scene = await ApiScene.StartAsync();
        (HttpStatusCode Status, string? Type, JsonElement Body) first = await scene.PostAsync(Panic, scene.Trader, """{"reason":"news"}""", Key("k1"));
        scene.LastHeader("Idempotent-Replayed").ShouldBe("");
        (HttpStatusCode Status, string? Type, JsonElement Body) second = await scene.PostAsync(Panic, scene.Trader, """{"reason":"news"}""", Key("k1"));
        scene.LastHeader("Idempotent-Replayed").ShouldBe("true");

        (second.Status, second.Type, second.Body.GetRawText()).ShouldBe((first.Status, first.Type, first.Body.GetRawText()));
        scene.Running.Ordered.Count.ShouldBe(1);
        (await scene.PostAsync(Panic, scene.Trader, """{"reason":"other news"}""", Key("k1"))).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await scene.PostAsync("/api/v1/accounts/alpha/halt", scene.Trader, """{"reason":"news"}""", Key("k1"))).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await scene.PostAsync(Panic, scene.Admin, """{"reason":"news"}""", Key("k1"))).Status.ShouldBe(HttpStatusCode.OK, "a key is of whoever sends it");
        (await scene.PostAsync(Panic, scene.Trader, """{"reason":"news"}""")).Status.ShouldBe(HttpStatusCode.OK, "without a key there is nothing to remember");
        scene.Running.Ordered.Count.ShouldBe(3);
    }

    [Fact]
    public async Task Refusal_IsRememberedToo_AndAKeyOfNobodyIsNot()
    {
        await using ApiScene scene = await ApiScene.StartAsync();
        scene.Running.Answer = new(false, "no");
        (await scene.PostAsync(Panic, scene.Trader, null, Key("k1"))).Status.ShouldBe(HttpStatusCode.Conflict);
        scene.Running.Answer = new(true, "yes");
        (await scene.PostAsync(Panic, scene.Trader, null, Key("k1"))).Status.ShouldBe(HttpStatusCode.Conflict);
        (await scene.PostAsync(Panic, token: null, null, Key("k2"))).Status.ShouldBe(HttpStatusCode.Unauthorized);
        (await scene.PostAsync(Panic, scene.Trader, null, Key("k2"))).Status.ShouldBe(HttpStatusCode.OK);
        (await scene.PostAsync(Panic, scene.Trader, null, Key("with space"))).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await scene.PostAsync(Panic, scene.Trader, null, Key(new string('k', 129)))).Status.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public void Begin_AfterARestart_KnowsAnswersAndWhatWasCutOff()
    {
        using TemporaryFolder folder = new();
        string path = Path.Combine(folder.Path, "commands.jsonl");
        RememberedCommands before = new(path, new ImmediateTime());
        before.Begin("a", "body").ShouldBeNull();
        before.End(new RememberedCommand("a", "body", default, 200, "application/json", "{}"));
        before.Begin("b", "body").ShouldBeNull();
        before.IsRunning("b").ShouldBeTrue();
        File.AppendAllText(path, """{"key":"c","bo""");

        RememberedCommands after = new(path, new ImmediateTime());
        after.Begin("a", "body").ShouldNotBeNull().Answer.ShouldBe("{}");
        after.Begin("b", "body").ShouldNotBeNull().Status.ShouldBe(0);
        after.IsRunning("b").ShouldBeFalse("its process is gone: nobody knows how it ended");
        after.Begin("c", "body").ShouldBeNull();
    }

    private static Action<HttpRequestMessage> Key(string key) => request => request.Headers.TryAddWithoutValidation("Idempotency-Key", key);
}
