using Harrier.Api.Hosting;
using Harrier.Api.People;
using Harrier.Api.People.Google;
using Microsoft.AspNetCore.Http;

namespace Harrier.Api.Pages;

/// <summary>How people come back from Google.</summary>
/// <param name="pages">Lets people in.</param>
/// <param name="users">Who may sign in.</param>
/// <param name="audit">Who did what.</param>
/// <param name="service">As what somebody new comes.</param>
/// <param name="time">The wall clock.</param>
internal sealed class GooglePages(SignInPages pages, UserStore users, AuditLog audit, ApiOptions service, TimeProvider time)
{
    private const string Refused = "Google's word was not enough to sign in here.";

    /// <summary>Lets somebody in whom Google has named and who may sign in; for the first time as somebody new.</summary>
    public IResult Enter(HttpContext context, IdClaims claims)
    {
        if (users.Enter((claims.Email, claims.Subject), service.Google!.Role, time.GetUtcNow()) is not { } user)
        {
            return Refuse(context, new GoogleRefusalException($"{claims.Email} is disabled, or was somebody else at Google"));
        }

        audit.Add("user " + user.Name, AuditTrail.AddressOf(context), "login with Google", "done");
        pages.Begin(context, user);

        // A browser that comes from another site does not send the cookie along a redirect: it goes on from a page of ours.
        return new Page().Line($"Signed in as {user.Name}.", "good").Link("/", "Go on").ThenTo("/").Show("Welcome", null);
    }

    /// <summary>Says that somebody is not let in; why is in the audit, where it was Google that sent them.</summary>
    public IResult Refuse(HttpContext context, Exception? why)
    {
        for (Exception? cause = why; cause is not null; cause = cause.InnerException)
        {
            if (cause is GoogleRefusalException)
            {
                audit.Add("google", AuditTrail.AddressOf(context), "login with Google: " + Shown.Of(cause.Message), "refused");
                break;
            }
        }

        return SignInPages.SignInForm(Refused, StatusCodes.Status401Unauthorized, hasGoogle: true);
    }
}
