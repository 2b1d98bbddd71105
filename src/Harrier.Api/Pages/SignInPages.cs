using Harrier.Api.Hosting;
using Harrier.Api.People;
using Harrier.Api.Security;
using Microsoft.AspNetCore.Http;

namespace Harrier.Api.Pages;

/// <summary>How the first user is made, and how people sign in and out.</summary>
/// <param name="users">Who may sign in.</param>
/// <param name="sessions">Who has.</param>
/// <param name="setup">The link in the terminal.</param>
/// <param name="limit">How often somebody may guess.</param>
/// <param name="audit">Who did what.</param>
internal sealed class SignInPages(UserStore users, Sessions sessions, SetupKey setup, LoginLimit limit, AuditLog audit)
{
    private const string Refused = "Name, password or code are not right.";

    private static readonly PageField[] Credentials =
    [
        new("name", "Name", "text", "username"), new("password", "Password", "password", "current-password"), new("code", "One-time code, where one is asked for", "text", "one-time-code"),
    ];

    private static readonly PageField[] NewCredentials = [new("name", "Name", "text", "username"), new("password", $"Password, at least {UserStore.ShortestPassword} letters", "password", "new-password")];

    /// <summary>Shows the form for the first user to whoever has the link.</summary>
    public IResult Setup(HttpContext context)
    {
        string? key = context.Request.Query["key"];
        return setup.Opens(key) ? SetupForm(key!, null) : Closed();
    }

    /// <summary>Makes the first user, an administrator, and signs in.</summary>
    public async Task<IResult> SetUpAsync(HttpContext context, ApiSources sources)
    {
        IFormCollection form = await PageForm.ReadAsync(context.Request).ConfigureAwait(false);
        string key = form["key"].ToString();
        if (!setup.Opens(key))
        {
            return Closed();
        }

        string name = form["name"].ToString();
        if (users.Add(name, form["password"].ToString(), Role.Admin, sources.Time.GetUtcNow()) is { } fault)
        {
            return SetupForm(key, fault);
        }

        audit.Add("user " + name, AuditTrail.AddressOf(context), "first user made", "done");
        return Enter(context, users.All().First(user => user.Name == name));
    }

    /// <summary>Shows the form to sign in.</summary>
    public static IResult SignIn(ApiOptions options) => SignInForm(null, StatusCodes.Status200OK, options.Google is not null);

    /// <summary>Signs in.</summary>
    public async Task<IResult> SignInAsync(HttpContext context, ApiSources sources, ApiOptions options)
    {
        bool hasGoogle = options.Google is not null;
        IFormCollection form = await PageForm.ReadAsync(context.Request).ConfigureAwait(false);
        (string name, string address) = (form["name"].ToString(), AuditTrail.AddressOf(context));
        if (!limit.MayTry(name, address))
        {
            return SignInForm("Too many failures: wait a minute.", StatusCodes.Status429TooManyRequests, hasGoogle);
        }

        if (users.Check(name, form["password"].ToString(), form["code"].ToString(), sources.Time.GetUtcNow()) is not { } user)
        {
            limit.Failed(name, address);
            audit.Add(Shown.Of(name), address, "login", "refused");
            return SignInForm(Refused, StatusCodes.Status401Unauthorized, hasGoogle);
        }

        limit.Succeeded(name);
        audit.Add("user " + name, address, "login", "done");
        return Enter(context, user);
    }

    /// <summary>Signs out; the session is dead from here on.</summary>
    public IResult SignOut(HttpContext context)
    {
        if (context.Request.Cookies[Sessions.Cookie] is { } id)
        {
            sessions.End(id);
        }

        context.Response.Cookies.Delete(Sessions.Cookie);
        return Results.Redirect("/login");
    }

    /// <summary>Begins a session, and gives the browser its cookie.</summary>
    public void Begin(HttpContext context, User user)
    {
        (string id, _) = sessions.Begin(user);
        context.Response.Cookies.Append(Sessions.Cookie, id, new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Strict, Secure = context.Request.IsHttps, Path = "/", IsEssential = true });
    }

    /// <summary>The form to sign in.</summary>
    /// <param name="fault">What was wrong; null for nothing.</param>
    /// <param name="status">Status of the answer.</param>
    /// <param name="hasGoogle">Whether Google may be asked.</param>
    public static IResult SignInForm(string? fault, int status, bool hasGoogle)
    {
        Page page = Faulty(new Page(), fault).Form("/login", "Sign in", Credentials);
        return (hasGoogle ? page.Link("/login/google", "Sign in with Google") : page).Show("Sign in", null, status);
    }

    private IResult Enter(HttpContext context, User user)
    {
        Begin(context, user);
        return Results.Redirect("/");
    }

    private static IResult SetupForm(string key, string? fault) =>
        Faulty(new Page().Line("You are the first. Choose how you sign in; you may do everything."), fault)
            .Form("/setup", "Begin", NewCredentials, ("key", key))
            .Show("Welcome", null, fault is null ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest);

    private static IResult Closed() => new Page().Line("This link is not good: there is an administrator already, or it is of another start.", "bad").Show("Welcome", null, StatusCodes.Status403Forbidden);

    private static Page Faulty(Page page, string? fault) => fault is null ? page : page.Line(fault, "bad");
}
