using System.Net;
using System.Text.RegularExpressions;
using Harrier.Api.People;
using Harrier.Api.Security;
using Harrier.Hosting.Accounts;

namespace Harrier.Tests.Api.People;

/// <summary>People in a browser: the first user, signing in and out, what a cookie may do and what it may not.</summary>
public sealed partial class PeopleTests
{
    private const string Password = "correct horse battery";

    [Fact]
    public async Task FirstUser_IsMadeByTheLink_Once()
    {
        await using ApiScene scene = await ApiScene.StartAsync();
        using Browser browser = new(scene.Address);
        string link = scene.SetupPath.ShouldNotBeNull();
        (await browser.GetAsync("/setup?key=00")).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await browser.GetAsync(link)).Status.ShouldBe(HttpStatusCode.OK);
        string key = link[(link.IndexOf('=', StringComparison.Ordinal) + 1)..];
        (await browser.PostAsync("/setup", ("key", "00"), ("name", "ann"), ("password", Password))).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await browser.PostAsync("/setup", ("key", key), ("name", "ann"), ("password", "short"))).Text.ShouldContain("password: 12 to 200 letters");
        (await browser.PostAsync("/setup", ("key", key), ("name", "<b>"), ("password", Password))).Text.ShouldContain("name: 1 to 40 letters");
        (await browser.PostAsync("/setup", ("key", key), ("name", "ann"), ("password", Password))).Text.ShouldContain("trend");
        scene.SetupPath.ShouldBeNull();
        (await browser.PostAsync("/setup", ("key", key), ("name", "eve"), ("password", Password))).Status.ShouldBe(HttpStatusCode.Forbidden);
        scene.Users.All().Single().ShouldSatisfyAllConditions(
            static user => user.Role.ShouldBe(Role.Admin),
            static user => user.PasswordHash.ShouldNotContain(Password));
        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(Path.Combine(scene.Home, "users.json")).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }

    [Fact]
    public async Task SignIn_ShowsTheBots_AndSignOutEndsTheSessionEverywhere()
    {
        await using ApiScene scene = await ApiScene.StartAsync();
        scene.Users.Add("ann", Password, Role.Trader, default).ShouldBeNull();
        using Browser browser = new(scene.Address);
        (await browser.GetAsync("/")).Text.ShouldContain("Sign in");
        (await browser.PostAsync("/login", ("name", "ann"), ("password", "wrong horse battery"))).Status.ShouldBe(HttpStatusCode.Unauthorized);
        (HttpStatusCode status, string text) = await browser.PostAsync("/login", ("name", "ann"), ("password", Password));
        (status, text.Contains("10000.10", StringComparison.Ordinal)).ShouldBe((HttpStatusCode.OK, true), text);
        (await browser.GetAsync("/api/v1/bots")).Status.ShouldBe(HttpStatusCode.OK);
        (await browser.GetAsync("/admin/")).Status.ShouldBe(HttpStatusCode.Forbidden, "a trader is no administrator");
        string cookie = browser.Cookie;
        cookie.Length.ShouldBe(64);
        (await browser.PostAsync("/logout", ("csrf", Browser.CsrfOf(text)))).Text.ShouldContain("Sign in");

        using Browser thief = new(scene.Address, cookie);
        (await thief.GetAsync("/api/v1/bots")).Status.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Change_ByCookie_NeedsWhatThePageWasGiven()
    {
        await using ApiScene scene = await ApiScene.StartAsync();
        scene.Users.Add("ann", Password, Role.Admin, default).ShouldBeNull();
        using Browser browser = new(scene.Address);
        string csrf = Browser.CsrfOf((await browser.PostAsync("/login", ("name", "ann"), ("password", Password))).Text);
        (await browser.PostAsync("/api/v1/panic")).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await browser.PostAsync("/api/v1/panic", ("csrf", "0"))).Status.ShouldBe(HttpStatusCode.Forbidden);
        scene.Running.Ordered.ShouldBeEmpty();
        (await browser.OrderAsync("/api/v1/panic", csrf, origin: "http://evil.tld")).ShouldBe(HttpStatusCode.Forbidden);
        (await browser.OrderAsync("/api/v1/panic", csrf, origin: null)).ShouldBe(HttpStatusCode.OK);
        scene.Running.Ordered.Select(static order => (order.Order, order.By)).ShouldBe([(AccountOrder.Panic, "user ann")]);
        (await browser.GetAsync("/admin/")).Text.ShouldContain("POST /api/v1/panic");
        scene.Audit.Newest(10).Select(static entry => (entry.Who, entry.What, entry.Outcome)).ShouldBe(
        [
            ("user ann", "login", "done"), ("user ann", "POST /api/v1/panic", "403"), ("user ann", "POST /api/v1/panic", "403"), ("user ann", "POST /api/v1/panic", "200"),
        ]);
    }

    [Fact]
    public async Task Guessing_IsStoppedAfterFiveFailures_AlsoForTheRightPassword()
    {
        await using ApiScene scene = await ApiScene.StartAsync();
        scene.Users.Add("ann", Password, Role.Viewer, default).ShouldBeNull();
        using Browser browser = new(scene.Address);
        for (int i = 0; i < 5; i++)
        {
            (await browser.PostAsync("/login", ("name", "ann"), ("password", $"wrong {i}"))).Status.ShouldBe(HttpStatusCode.Unauthorized);
        }

        (await browser.PostAsync("/login", ("name", "ann"), ("password", Password))).Status.ShouldBe(HttpStatusCode.TooManyRequests);
        (await browser.PostAsync("/login", ("name", "bob"), ("password", Password))).Status.ShouldBe(HttpStatusCode.Unauthorized, "others may try");
    }

    [Fact]
    public async Task OneTimeCodes_OnceAsked_AreNeeded_AndWorkOnce()
    {
        await using ApiScene scene = await ApiScene.StartAsync();
        scene.Users.Add("ann", Password, Role.Viewer, default).ShouldBeNull();
        using Browser browser = new(scene.Address);
        await browser.PostAsync("/login", ("name", "ann"), ("password", Password));
        string page = (await browser.GetAsync("/user")).Text;
        string secret = SecretField().Match(page).Groups[1].Value;
        long step = OneTimeCode.StepOf(new Support.ImmediateTime().GetUtcNow());
        (await browser.PostAsync("/user", ("csrf", Browser.CsrfOf(page)), ("secret", secret), ("code", "000000"))).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await browser.PostAsync("/user", ("csrf", Browser.CsrfOf(page)), ("secret", secret), ("code", OneTimeCode.Of(secret, step)))).Text.ShouldContain("One-time codes are asked for.");

        using Browser another = new(scene.Address);
        (await another.PostAsync("/login", ("name", "ann"), ("password", Password))).Status.ShouldBe(HttpStatusCode.Unauthorized);
        (await another.PostAsync("/login", ("name", "ann"), ("password", Password), ("code", OneTimeCode.Of(secret, step)))).Status.ShouldBe(HttpStatusCode.Unauthorized, "used already");
        (await another.PostAsync("/login", ("name", "ann"), ("password", Password), ("code", OneTimeCode.Of(secret, step + 1)))).Status.ShouldBe(HttpStatusCode.OK);
    }

    [GeneratedRegex("name=\"secret\" value=\"([A-Z2-7]{32})\"")]
    private static partial Regex SecretField();
}
