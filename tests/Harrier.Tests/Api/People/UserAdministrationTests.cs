using System.Net;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Harrier.Api.People;
using Harrier.Api.Security;
using Harrier.Tests.Api.Live;

namespace Harrier.Tests.Api.People;

/// <summary>What administrators do with users, links and tokens, over the API and on the page; and that it holds at once.</summary>
public sealed partial class UserAdministrationTests
{
    private const string Password = "correct horse battery";

    [Fact]
    public async Task Invitation_MakesAUserOfItsRole_Once()
    {
        await using ApiScene scene = await ApiScene.StartAsync();
        (HttpStatusCode status, _, JsonElement made) = await scene.PostAsync("/api/v1/invitations", scene.Admin, """{ "role": "trader", "expires_hours": 1 }""");
        status.ShouldBe(HttpStatusCode.Created);
        string link = made.GetProperty("path").GetString()!;
        (await File.ReadAllTextAsync(Path.Combine(scene.Home, "links.json"), TestContext.Current.CancellationToken)).ShouldNotContain(KeyOf(link));
        (await scene.GetAsync("/api/v1/invitations", scene.Admin)).Body[0].GetProperty("id").GetString().ShouldBe(made.GetProperty("id").GetString());
        using Browser browser = new(scene.Address);
        (await browser.GetAsync(link)).Text.ShouldContain("You are invited as trader");
        (await browser.PostAsync("/invite", ("key", KeyOf(link)), ("name", "bob"), ("password", "short"))).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await browser.PostAsync("/invite", ("key", KeyOf(link)), ("name", "bob"), ("password", Password))).Text.ShouldContain("Sign in");
        (await browser.PostAsync("/invite", ("key", KeyOf(link)), ("name", "eve"), ("password", Password))).Status.ShouldBe(HttpStatusCode.Forbidden);
        scene.Users.All().Select(static user => (user.Name, user.Role)).ShouldBe([("bob", Role.Trader)]);
        scene.Audit.Newest(10).Select(static entry => entry.Who).ShouldContain("user bob");
    }

    [Theory]
    [InlineData("expired")]
    [InlineData("closed")]
    [InlineData("wrong")]
    public async Task Link_ThatIsNotGood_OpensNothing(string how)
    {
        await using ApiScene scene = await ApiScene.StartAsync();
        DateTimeOffset now = new Support.ImmediateTime().GetUtcNow();
        (OneTimeLink link, string path) = scene.Links.Create(null, Role.Admin, (now - TimeSpan.FromHours(2), now + TimeSpan.FromHours(how == "expired" ? -1 : 1)), "test");
        if (how == "closed")
        {
            (await scene.SendAsync(HttpMethod.Delete, "/api/v1/invitations/" + link.Id, scene.Admin)).Status.ShouldBe(HttpStatusCode.OK);
        }

        string key = how == "wrong" ? new string('0', 64) : KeyOf(path);
        using Browser browser = new(scene.Address);
        (await browser.GetAsync("/invite?key=" + key)).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await browser.PostAsync("/invite", ("key", key), ("name", "eve"), ("password", Password))).Status.ShouldBe(HttpStatusCode.Forbidden);
        scene.Users.All().ShouldBeEmpty();
    }

    [Fact]
    public async Task PasswordLink_SetsAnother_EndsSessions_AndDiesWithItsUser()
    {
        await using ApiScene scene = await SceneAsync(("bob", Role.Viewer));
        using Browser bob = await SignedInAsync(scene, "bob");
        string link = (await scene.PostAsync("/api/v1/users/bob/password", scene.Admin)).Body.GetProperty("path").GetString()!;
        (await bob.GetAsync("/api/v1/bots")).Status.ShouldBe(HttpStatusCode.OK, "the old one is good until the link is used");
        using Browser fresh = new(scene.Address);
        await fresh.PostAsync("/invite", ("key", KeyOf(link)), ("password", "another horse battery"));
        (await bob.GetAsync("/api/v1/bots")).Status.ShouldBe(HttpStatusCode.Unauthorized);
        (await fresh.PostAsync("/login", ("name", "bob"), ("password", Password))).Status.ShouldBe(HttpStatusCode.Unauthorized);
        (await fresh.PostAsync("/login", ("name", "bob"), ("password", "another horse battery"))).Status.ShouldBe(HttpStatusCode.OK);

        string late = (await scene.PostAsync("/api/v1/users/bob/password", scene.Admin)).Body.GetProperty("path").GetString()!;
        (await scene.SendAsync(HttpMethod.Delete, "/api/v1/users/bob", scene.Admin)).Status.ShouldBe(HttpStatusCode.OK);
        scene.Users.Add("bob", Password, Role.Admin, new Support.ImmediateTime().GetUtcNow() + TimeSpan.FromSeconds(1)).ShouldBeNull();
        (await fresh.PostAsync("/invite", ("key", KeyOf(late)), ("password", "a thief's horse battery"))).Status.ShouldBe(HttpStatusCode.Forbidden, "it was for another bob");
    }

    [Theory]
    [InlineData("role", """{ "role": "viewer" }""")]
    [InlineData("disable", null)]
    [InlineData("", null)]
    public async Task LastAdministrator_StaysOne(string change, string? body)
    {
        await using ApiScene scene = await SceneAsync(("ann", Role.Admin), ("bob", Role.Trader), ("old", Role.Admin));
        (await scene.PostAsync("/api/v1/users/old/disable", scene.Admin)).Status.ShouldBe(HttpStatusCode.OK, "ann is there");
        (HttpStatusCode status, string? type, JsonElement problem) = await ChangeAsync();
        (status, type).ShouldBe((HttpStatusCode.Conflict, "application/problem+json"));
        problem.GetProperty("detail").GetString().ShouldBe("ann: the last administrator: make another one first");
        scene.Users.Find("ann").ShouldNotBeNull().IsActingAdmin.ShouldBeTrue();
        (await scene.PostAsync("/api/v1/users/bob/role", scene.Admin, """{ "role": "admin" }""")).Status.ShouldBe(HttpStatusCode.OK);
        (await ChangeAsync()).Status.ShouldBe(HttpStatusCode.OK, "now bob is another one");

        Task<(HttpStatusCode Status, string? Type, JsonElement Body)> ChangeAsync() =>
            change.Length == 0 ? scene.SendAsync(HttpMethod.Delete, "/api/v1/users/ann", scene.Admin) : scene.PostAsync("/api/v1/users/ann/" + change, scene.Admin, body);
    }

    [Fact]
    public async Task Disabling_EndsSessionsAndSockets_AndEnablingBringsNoneBack()
    {
        await using ApiScene scene = await SceneAsync(("bob", Role.Trader));
        using Browser bob = await SignedInAsync(scene, "bob");
        using ClientWebSocket socket = await OpenAsync(scene, "/ws/trades", bob.Cookie);
        (await scene.GetAsync("/api/v1/users", scene.Admin)).Body[0].GetProperty("sessions").GetInt32().ShouldBe(1);
        (await scene.PostAsync("/api/v1/users/bob/disable", scene.Admin)).Status.ShouldBe(HttpStatusCode.OK);
        WebSocketReceiveResult end = await socket.ReceiveAsync(new byte[1024], TestContext.Current.CancellationToken);
        (end.MessageType, end.CloseStatus).ShouldBe((WebSocketMessageType.Close, WebSocketCloseStatus.PolicyViolation));
        (await bob.GetAsync("/api/v1/bots")).Status.ShouldBe(HttpStatusCode.Unauthorized);
        (await bob.PostAsync("/login", ("name", "bob"), ("password", Password))).Status.ShouldBe(HttpStatusCode.Unauthorized);
        (await scene.PostAsync("/api/v1/users/bob/enable", scene.Admin)).Status.ShouldBe(HttpStatusCode.OK);
        (await bob.GetAsync("/api/v1/bots")).Status.ShouldBe(HttpStatusCode.Unauthorized, "the session is dead for good");
        (await bob.PostAsync("/login", ("name", "bob"), ("password", Password))).Status.ShouldBe(HttpStatusCode.OK);
        scene.Audit.Newest(20).Select(static entry => (entry.What, entry.Outcome)).ShouldContain(("user bob: disable", "done"));
    }

    [Fact]
    public async Task LoweredRole_RefusesTheNextCommand_OnTheOpenSocketToo()
    {
        await using ApiScene scene = await SceneAsync(("bob", Role.Trader));
        using Browser bob = await SignedInAsync(scene, "bob");
        string csrf = Browser.CsrfOf((await bob.GetAsync("/")).Text);
        using ClientWebSocket socket = await OpenAsync(scene, "/ws/bot/status/", bob.Cookie);
        await UntilAsync(socket, "connection");
        (await UpdateAsync(socket)).GetProperty("type").GetString().ShouldBe("config_updated");
        (await bob.OrderAsync("/api/v1/panic", csrf, origin: null)).ShouldBe(HttpStatusCode.OK);
        (await scene.PostAsync("/api/v1/users/bob/role", scene.Admin, """{ "role": "viewer" }""")).Status.ShouldBe(HttpStatusCode.OK);
        (await UpdateAsync(socket)).GetProperty("message").GetString().ShouldBe("Failed to update configuration: the role trader is needed");
        (await bob.OrderAsync("/api/v1/panic", csrf, origin: null)).ShouldBe(HttpStatusCode.Forbidden);
        (await bob.GetAsync("/api/v1/bots")).Status.ShouldBe(HttpStatusCode.OK, "a viewer looks");
        scene.Running.Ordered.Count.ShouldBe(1);
    }

    [Fact]
    public async Task ResetCodes_And_EndSessions_LetThePasswordIn_AndTheOldSessionsOut()
    {
        await using ApiScene scene = await SceneAsync(("bob", Role.Viewer));
        using Browser bob = await SignedInAsync(scene, "bob");
        (await scene.PostAsync("/api/v1/users/bob/end-sessions", scene.Admin)).Status.ShouldBe(HttpStatusCode.OK);
        (await bob.GetAsync("/api/v1/bots")).Status.ShouldBe(HttpStatusCode.Unauthorized);
        scene.Users.SetTotp("bob", OneTimeCode.NewSecret(), 0);
        (await bob.PostAsync("/login", ("name", "bob"), ("password", Password))).Status.ShouldBe(HttpStatusCode.Unauthorized, "a code is asked for");
        (await scene.PostAsync("/api/v1/users/bob/reset-codes", scene.Admin)).Status.ShouldBe(HttpStatusCode.OK);
        (await bob.PostAsync("/login", ("name", "bob"), ("password", Password))).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task RevokedToken_IsRefusedAtOnce_AndItsSocketEnds()
    {
        await using ApiScene scene = await ApiScene.StartAsync();
        using ClientWebSocket socket = await LiveSocketsTests.OpenAsync(scene, "/ws/trades", scene.Viewer);
        JsonElement tokens = (await scene.GetAsync("/api/v1/tokens", scene.Admin)).Body;
        tokens.GetRawText().ShouldNotContain("hash");
        string id = tokens.EnumerateArray().Single(static token => token.GetProperty("role").GetString() == "viewer").GetProperty("id").GetString()!;
        (await scene.SendAsync(HttpMethod.Delete, "/api/v1/tokens/" + id, scene.Admin)).Status.ShouldBe(HttpStatusCode.OK);
        (await socket.ReceiveAsync(new byte[1024], TestContext.Current.CancellationToken)).CloseStatus.ShouldBe(WebSocketCloseStatus.PolicyViolation);
        (await scene.GetAsync("/api/v1/bots", scene.Viewer)).Status.ShouldBe(HttpStatusCode.Unauthorized);
        (await scene.SendAsync(HttpMethod.Delete, "/api/v1/tokens/" + id, scene.Admin)).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("/api/v1/invitations", """{ "role": "root" }""", "role", "root: one of viewer, trader, admin")]
    [InlineData("/api/v1/invitations", "{}", "role", "none: one of viewer, trader, admin")]
    [InlineData("/api/v1/invitations", """{ "role": "viewer", "expires_hours": 721 }""", "expires_hours", "721: a whole number from 1 to 720")]
    [InlineData("/api/v1/users/bob/role", "{}", "role", "none: one of viewer, trader, admin")]
    public async Task BadInput_IsNamedByField(string path, string body, string field, string expected)
    {
        await using ApiScene scene = await SceneAsync(("bob", Role.Viewer));
        (HttpStatusCode status, _, JsonElement problem) = await scene.PostAsync(path, scene.Admin, body);
        status.ShouldBe(HttpStatusCode.BadRequest);
        problem.GetProperty("errors").GetProperty(field)[0].GetString().ShouldBe(expected);
    }

    [Fact]
    public async Task Users_AreForAdministrators_AndNobodyIsMissing()
    {
        await using ApiScene scene = await SceneAsync(("bob", Role.Viewer));
        foreach (string path in (string[])["/api/v1/users/bob/role", "/api/v1/users/bob/disable", "/api/v1/users/bob/enable", "/api/v1/users/bob/password", "/api/v1/users/bob/reset-codes", "/api/v1/users/bob/end-sessions", "/api/v1/invitations"])
        {
            (await scene.PostAsync(path, scene.Trader, """{ "role": "admin" }""")).Status.ShouldBe(HttpStatusCode.Forbidden, path);
        }

        scene.Users.All().Single().ShouldSatisfyAllConditions(static bob => bob.Role.ShouldBe(Role.Viewer), static bob => bob.IsDisabled.ShouldBeFalse());
        (await scene.PostAsync("/api/v1/users/eve/disable", scene.Admin)).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Page_InvitesAndChanges_WithWhatItKnows_AndNotWithout()
    {
        await using ApiScene scene = await SceneAsync(("ann", Role.Admin), ("bob", Role.Viewer));
        using Browser ann = await SignedInAsync(scene, "ann");
        string csrf = Browser.CsrfOf((await ann.GetAsync("/admin/users")).Text);
        (await ann.PostAsync("/admin/users", ("do", "disable"), ("name", "bob"))).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await ann.PostAsync("/admin/users", ("csrf", csrf), ("do", "role"), ("name", "bob"), ("role", "trader"))).Status.ShouldBe(HttpStatusCode.OK);
        (await ann.PostAsync("/admin/users", ("csrf", csrf), ("do", "disable"), ("name", "bob"))).Status.ShouldBe(HttpStatusCode.OK);
        scene.Users.Find("bob").ShouldNotBeNull().ShouldSatisfyAllConditions(static bob => bob.Role.ShouldBe(Role.Trader), static bob => bob.IsDisabled.ShouldBeTrue());
        (await ann.PostAsync("/admin/users", ("csrf", csrf), ("do", "remove"), ("name", "ann"))).ShouldSatisfyAllConditions(
            static answer => answer.Status.ShouldBe(HttpStatusCode.Conflict), static answer => answer.Text.ShouldContain("the last administrator"));
        (await ann.PostAsync("/admin/users", ("csrf", csrf), ("do", "fly"), ("name", "bob"))).Status.ShouldBe(HttpStatusCode.BadRequest);

        string page = (await ann.PostAsync("/admin/users", ("csrf", csrf), ("do", "invite"), ("role", "viewer"), ("days", "1"))).Text;
        using Browser carl = new(scene.Address);
        (await carl.PostAsync("/invite", ("key", LinkKey().Match(page).Groups[1].Value), ("name", "carl"), ("password", Password))).Status.ShouldBe(HttpStatusCode.OK);
        scene.Users.Find("carl").ShouldNotBeNull().Role.ShouldBe(Role.Viewer);
        (await ann.GetAsync("/admin/users")).Text.ShouldContain("carl");
    }

    [Fact]
    public async Task ChangeOfAnotherProcess_HoldsForThisOne_AndBothAreInTheAudit()
    {
        await using ApiScene scene = await SceneAsync(("ann", Role.Admin), ("bob", Role.Viewer));
        using Browser bob = await SignedInAsync(scene, "bob");
        UserAdministration command = UserAdministration.Of(scene.Home, new Support.ImmediateTime());
        command.Disable(new Administrator("command line", ""), "bob").ShouldBe(UserChange.Done);
        (await bob.GetAsync("/api/v1/bots")).Status.ShouldBe(HttpStatusCode.Unauthorized);
        (await scene.PostAsync("/api/v1/users/bob/enable", scene.Admin)).Status.ShouldBe(HttpStatusCode.OK);
        command.Remove(new Administrator("command line", ""), "bob").ShouldBe(UserChange.Done);
        scene.Audit.Newest(3).Select(static entry => (entry.Number, entry.What)).ShouldBe([(3, "user bob: enable"), (4, "POST /api/v1/users/bob/enable"), (5, "user bob: remove")]);
    }

    private static async Task<ApiScene> SceneAsync(params (string Name, Role Role)[] users)
    {
        ApiScene scene = await ApiScene.StartAsync();
        foreach ((string name, Role role) in users)
        {
            scene.Users.Add(name, Password, role, default).ShouldBeNull();
        }

        return scene;
    }

    private static async Task<Browser> SignedInAsync(ApiScene scene, string name)
    {
        Browser browser = new(scene.Address);
        (await browser.PostAsync("/login", ("name", name), ("password", Password))).Status.ShouldBe(HttpStatusCode.OK);
        return browser;
    }

    private static async Task<ClientWebSocket> OpenAsync(ApiScene scene, string path, string cookie)
    {
        ClientWebSocket socket = new();
        socket.Options.SetRequestHeader("Cookie", "harrier_session=" + cookie);
        socket.Options.SetRequestHeader("Origin", scene.Address.GetLeftPart(UriPartial.Authority));
        await socket.ConnectAsync(new UriBuilder(new Uri(scene.Address, path)) { Scheme = "ws" }.Uri, TestContext.Current.CancellationToken);
        return socket;
    }

    private static async Task<JsonElement> UpdateAsync(ClientWebSocket socket)
    {
        await socket.SendAsync(Encoding.UTF8.GetBytes("""{ "action": "update_config", "data": { "cache_ttl": 7 } }"""), WebSocketMessageType.Text, endOfMessage: true, TestContext.Current.CancellationToken);
        return await UntilAsync(socket, "config_updated", "error");
    }

    private static async Task<JsonElement> UntilAsync(ClientWebSocket socket, params string[] types)
    {
        while (true)
        {
            JsonElement message = await LiveSocketsTests.ReadAsync(socket);
            if (types.Contains(message.GetProperty("type").GetString()))
            {
                return message;
            }
        }
    }

    private static string KeyOf(string link) => link[(link.IndexOf('=', StringComparison.Ordinal) + 1)..];

    [GeneratedRegex("/invite\\?key=([0-9a-f]{64})")]
    private static partial Regex LinkKey();
}
