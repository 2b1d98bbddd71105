using System.Net;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Harrier.Api.People;
using Harrier.Api.Security;

namespace Harrier.Tests.Api.People.Google;

/// <summary>Signing in with Google against a stand-in that speaks its protocol over sockets, and each reason to refuse it.</summary>
public sealed class GoogleSignInTests
{
    private const string Unreadable = "its ID token or Google's keys cannot be read";
    private const string WrongKey = "its signature is of none of Google's keys";

    private static readonly DateTimeOffset Now = TimeProvider.System.GetUtcNow();

    private static readonly (string Claim, string Value, string Why)[] Lies =
    [
        ("nonce", "\"0123456789abcdef0123456789abcdef\"", "its nonce is of another sign-in"),
        ("aud", "\"somebody else\"", "it is for another audience"),
        ("aud", "[\"harrier-tests\", \"somebody else\"]", "it is for another audience"),
        ("azp", "\"somebody else\"", "it is for another audience"),
        ("iss", "\"https://evil.example\"", "it is of another issuer"),
        ("exp", "1700000000", "it has expired"),
        ("exp", "\"never\"", "it has expired"),
        ("iat", "4000000000", "it is not good yet"),
        ("email_verified", "false", "the address is not verified"),
        ("email_verified", "\"true\"", "the address is not verified"),
        ("email", "\"eve@example.org\"", "eve@example.org may not sign in here"),
        ("email", "\"<b>@example.org\"", "it names nobody"),
        ("sub", "\"\"", "it names nobody"),
    ];

    [Fact]
    public async Task SignIn_OfSomebodyAllowed_MakesAUserOnce_WhoHasNoPassword()
    {
        await using GoogleStandIn google = await GoogleStandIn.StartAsync(Now);
        await using ApiScene scene = await SceneAsync(google, "ann@example.org");
        using Browser browser = new(scene.Address);
        (await browser.GetAsync("/login")).Text.ShouldContain("Sign in with Google");
        (HttpStatusCode status, string text) = await browser.GetAsync("/login/google");
        (status, text.Contains("http-equiv=\"refresh\" content=\"0;url=/\"", StringComparison.Ordinal)).ShouldBe((HttpStatusCode.OK, true), text);
        (await browser.GetAsync("/api/v1/bots")).Status.ShouldBe(HttpStatusCode.OK);
        scene.Users.All().Select(static user => (user.Name, user.Role, user.GoogleSubject)).ShouldBe([("ann@example.org", Role.Trader, "1234567890")]);
        (await browser.PostAsync("/login", ("csrf", Browser.CsrfOf((await browser.GetAsync("/")).Text)), ("name", "ann@example.org"), ("password", ""))).Status.ShouldBe(HttpStatusCode.Unauthorized);
        scene.SetupPath.ShouldNotBeNull("the first administrator is yet to come");

        // Again, with another address of the same person, and twice as fast as Google changes keys.
        google.Claims["email"] = "ann@example.org";
        using Browser again = new(scene.Address);
        (await again.GetAsync("/login/google")).Status.ShouldBe(HttpStatusCode.OK);
        (scene.Users.All().Count, google.KeysAsked).ShouldBe((1, 1));
        google.Seen.ShouldAllBe(static address => !address.Contains(GoogleStandIn.ClientSecret, StringComparison.Ordinal) && !address.Contains("verifier", StringComparison.Ordinal));
        string kept = string.Concat(Directory.GetFiles(scene.Home, "*.json*").Select(File.ReadAllText));
        kept.ShouldNotContain("canary");
        scene.Audit.Newest(9).Select(static entry => (entry.Who, entry.What)).ShouldContain(("user ann@example.org", "login with Google"));
    }

    [Fact]
    public async Task IdToken_ThatIsNotToBeBelieved_LetsNobodyIn()
    {
        await using GoogleStandIn google = await GoogleStandIn.StartAsync(Now);
        await using ApiScene scene = await SceneAsync(google, "ann@example.org");
        foreach ((string claim, string value, string why) in Lies)
        {
            JsonNode? truth = google.Claims[claim]?.DeepClone();
            google.Claims[claim] = JsonNode.Parse(value);
            await RefusedAsync(scene, why);
            google.Claims[claim] = truth;
        }

        google.Claims.Remove("azp");
        google.Claims.Remove("nonce");
        foreach ((string algorithm, string key, string why) in ((string, string, string)[])[("HS256", "k1", Unreadable), ("none", "k1", Unreadable), ("RS256", "k2", WrongKey)])
        {
            (google.Header["alg"], google.Header["kid"]) = (algorithm, key);
            await RefusedAsync(scene, why);
        }

        using RSA other = RSA.Create(2048);
        (google.OtherKey, google.Header["kid"]) = (other, "k1");
        await RefusedAsync(scene, WrongKey);
        scene.Users.All().ShouldBeEmpty();
        google.OtherKey = null;
        using Browser browser = new(scene.Address);
        (await browser.GetAsync("/login/google")).Status.ShouldBe(HttpStatusCode.OK, "the truth is believed");
    }

    [Fact]
    public async Task Domain_IsThatOfTheOrganization_NotOfTheAddress()
    {
        await using GoogleStandIn google = await GoogleStandIn.StartAsync(Now);
        google.Claims.Remove("hd");
        await using ApiScene scene = await SceneAsync(google);
        using Browser browser = new(scene.Address);
        (await browser.GetAsync("/login/google")).Status.ShouldBe(HttpStatusCode.Unauthorized);
        google.Claims["hd"] = "example.org";
        (await browser.GetAsync("/login/google")).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task State_ThatIsWrong_OrOfAnotherBrowser_OrUsedTwice_LetsNobodyIn()
    {
        await using GoogleStandIn google = await GoogleStandIn.StartAsync(Now);
        await using ApiScene scene = await SceneAsync(google, "ann@example.org");
        using Browser ann = new(scene.Address);
        string back = await ann.StepsAsync("/login/google", 2);
        back.ShouldStartWith(new Uri(scene.Address, "/login/google/back").ToString());
        using Browser eve = new(scene.Address);
        (await eve.GetAsync(back)).Status.ShouldBe(HttpStatusCode.Unauthorized, "she has not asked for it");
        (await ann.GetAsync(back.Replace("state=", "state=A", StringComparison.Ordinal))).Status.ShouldBe(HttpStatusCode.Unauthorized);
        (await ann.GetAsync("/login/google/back?error=access_denied&state=1")).Status.ShouldBe(HttpStatusCode.Unauthorized);
        (await ann.GetAsync("/login/google/back")).Status.ShouldBe(HttpStatusCode.Unauthorized);
        scene.Users.All().ShouldBeEmpty();
        string good = await ann.StepsAsync("/login/google", 2);
        (await ann.GetAsync(good)).Status.ShouldBe(HttpStatusCode.OK);
        (await ann.GetAsync(good)).Status.ShouldBe(HttpStatusCode.Unauthorized, "once");
    }

    [Fact]
    public async Task SomebodyDisabled_OrWhoseAddressIsNowAnothers_IsNotLetIn()
    {
        await using GoogleStandIn google = await GoogleStandIn.StartAsync(Now);
        await using ApiScene scene = await SceneAsync(google, "ann@example.org");
        using Browser browser = new(scene.Address);
        (await browser.GetAsync("/login/google")).Status.ShouldBe(HttpStatusCode.OK);
        google.Claims["sub"] = "another";
        (await browser.GetAsync("/login/google")).Status.ShouldBe(HttpStatusCode.Unauthorized);
        google.Claims["sub"] = "1234567890";
        scene.Users.Change("ann@example.org", static user => user with { IsDisabled = true }).ShouldBe(UserChange.Done);
        (await browser.GetAsync("/login/google")).Status.ShouldBe(HttpStatusCode.Unauthorized);
        (await browser.GetAsync("/api/v1/bots")).Status.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task WithoutGoogle_ItIsNotOffered()
    {
        await using ApiScene scene = await ApiScene.StartAsync();
        using Browser browser = new(scene.Address);
        (await browser.GetAsync("/login")).Text.ShouldNotContain("Google");
        (await browser.GetAsync("/login/google")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    // Browsers let cookies run out by their own clock: the service has the same here.
    private static Task<ApiScene> SceneAsync(GoogleStandIn google, params string[] emails) => ApiScene.StartAsync(options => options with { Google = google.SignIn(emails) }, TimeProvider.System);

    private static async Task RefusedAsync(ApiScene scene, string why)
    {
        using Browser browser = new(scene.Address);
        (await browser.GetAsync("/login/google")).Status.ShouldBe(HttpStatusCode.Unauthorized, why);
        (await browser.GetAsync("/api/v1/bots")).Status.ShouldBe(HttpStatusCode.Unauthorized, why);
        scene.Audit.Newest(1).Single().What.ShouldBe("login with Google: " + why);
    }
}
