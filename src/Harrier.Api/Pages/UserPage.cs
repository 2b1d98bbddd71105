using Harrier.Api.Hosting;
using Harrier.Api.People;
using Harrier.Api.Security;
using Microsoft.AspNetCore.Http;

namespace Harrier.Api.Pages;

/// <summary>What somebody may change of themselves: one-time codes.</summary>
/// <param name="users">Who may sign in.</param>
internal sealed class UserPage(UserStore users)
{
    /// <summary>Shows it.</summary>
    public IResult Get(HttpContext context)
    {
        if (context.Features.Get<Session>() is not { } session)
        {
            return Results.Redirect("/login");
        }

        Page page = new Page().Line($"Signed in as {session.User}, {RoleWords.Of(session.Role)}.");
        if (users.Find(session.User)?.GoogleSubject is not null)
        {
            return page.Line("Google asks for what it asks for when you sign in.").Show("You", session);
        }

        return HasCodes(session)
            ? page.Line("One-time codes are asked for.", "good").Show("You", session)
            : Ask(page, session, OneTimeCode.NewSecret()).Show("You", session);
    }

    /// <summary>Asks for codes from now on, once one was shown that fits the secret.</summary>
    public async Task<IResult> SetAsync(HttpContext context, ApiSources sources)
    {
        if (context.Features.Get<Session>() is not { } session)
        {
            return Results.Redirect("/login");
        }

        IFormCollection form = await PageForm.ReadAsync(context.Request).ConfigureAwait(false);
        string secret = form["secret"].ToString();
        if (HasCodes(session) || secret.Length != OneTimeCode.NewSecret().Length || !secret.All(static letter => letter is (>= 'A' and <= 'Z') or (>= '2' and <= '7')))
        {
            return Results.Redirect("/user");
        }

        if (OneTimeCode.Match(secret, form["code"].ToString(), sources.Time.GetUtcNow(), 0) is not { } step)
        {
            return Ask(new Page().Line("The code does not fit.", "bad"), session, secret).Show("You", session, StatusCodes.Status400BadRequest);
        }

        users.SetTotp(session.User, secret, step);
        return Results.Redirect("/user");
    }

    private bool HasCodes(Session session) => users.Find(session.User)?.TotpSecret is not null;

    private static Page Ask(Page page, Session session, string secret) =>
        page.Heading("One-time codes").Line($"Give this secret to your authenticator program, then show one of its codes: {secret}")
            .Form("/user", "Ask for codes from now on", [new PageField("code", "Code", "text", "one-time-code")], ("secret", secret), (CsrfGuard.Field, session.Csrf));
}
