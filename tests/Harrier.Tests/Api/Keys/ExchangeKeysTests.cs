using System.Net;
using System.Text.Json;
using Harrier.Hosting.Keys;

namespace Harrier.Tests.Api.Keys;

/// <summary>Keys of exchanges over HTTP: taken in, shown masked, never returned.</summary>
public sealed class ExchangeKeysTests
{
    private const string Path = "/exchange/keys";
    private const string Body = """{"exchange":"SIM-X","api_key":"canary-key-112233","api_secret":"canary-secret","label":"mine"}""";

    [Fact]
    public async Task Keys_AreTakenInByAnAdministrator_ListedMasked_AndForgotten()
    {
        await using ApiScene scene = await ApiScene.StartAsync();
        (await scene.PostAsync(Path, scene.Trader, Body)).Status.ShouldBe(HttpStatusCode.Forbidden);
        (HttpStatusCode status, _, JsonElement stored) = await scene.PostAsync(Path, scene.Admin, Body);
        (status, stored.GetProperty("status").GetString()).ShouldBe((HttpStatusCode.OK, "STORED_SECURE"));
        string id = stored.GetProperty("id").GetString()!;
        JsonElement listed = (await scene.GetAsync(Path, scene.Admin)).Body;
        listed.GetRawText().ShouldBe($$"""[{"id":"{{id}}","venue":"sim-x","label":"mine","masked_key":"cana***","created":"2026-03-01T12:00:00+00:00"}]""");
        new KeyVault(scene.Home, null).Open(id)!.Value.Credentials.Secret.Reveal().ShouldBe("canary-secret");
        foreach (string file in Directory.GetFiles(scene.Home, "*.json*"))
        {
            (await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken)).ShouldNotContain("canary-secret", customMessage: file);
        }

        (await scene.SendAsync(HttpMethod.Delete, $"{Path}/{id}", scene.Admin)).Status.ShouldBe(HttpStatusCode.NoContent);
        (await scene.SendAsync(HttpMethod.Delete, $"{Path}/{id}", scene.Admin)).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("""{"exchange":"nowhere","api_key":"k","api_secret":"canary"}""", "exchange")]
    [InlineData("""{"exchange":"sim-x","api_secret":"canary"}""", "api_key")]
    [InlineData("""{"exchange":"sim-x","api_key":"k","api_secret":"canary canary"}""", "api_secret")]
    [InlineData("""{"exchange":"sim-x","api_key":"k","api_secret":"canary","label":"a\nb"}""", "label")]
    public async Task Key_ThatMakesNoSense_IsNamedByField_AndNotRepeated(string body, string field)
    {
        await using ApiScene scene = await ApiScene.StartAsync();
        (HttpStatusCode status, _, JsonElement problem) = await scene.PostAsync(Path, scene.Admin, body);
        status.ShouldBe(HttpStatusCode.BadRequest);
        problem.GetProperty("errors").EnumerateObject().Single().Name.ShouldBe(field);
        problem.GetRawText().ShouldNotContain("canary");
    }
}
