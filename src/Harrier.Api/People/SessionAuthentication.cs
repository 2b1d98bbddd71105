using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Harrier.Api.People;

/// <summary>Knows people by the cookie of their session.</summary>
/// <param name="options">None.</param>
/// <param name="logger">Logs.</param>
/// <param name="encoder">Unused.</param>
/// <param name="sessions">Who has signed in.</param>
internal sealed class SessionAuthentication(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, Sessions sessions)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    /// <summary>Name of the scheme.</summary>
    public const string SchemeName = "Session";

    private const string SignInPath = "/login";

    /// <inheritdoc/>
    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (sessions.Find(Request.Cookies[Sessions.Cookie]) is not { } session)
        {
            return Task.FromResult(AuthenticateResult.NoResult());
        }

        Context.Features.Set(session);
        ClaimsIdentity identity = new([new Claim(ClaimTypes.Name, "user " + session.User), new Claim(ClaimTypes.Role, session.Role.ToString())], SchemeName);
        return Task.FromResult(AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), SchemeName)));
    }

    /// <inheritdoc/>
    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        if (CsrfGuard.IsPage(Request))
        {
            Response.Redirect(SignInPath);
            return Task.CompletedTask;
        }

        Response.Headers.WWWAuthenticate = "Bearer";
        Response.StatusCode = StatusCodes.Status401Unauthorized;
        return Task.CompletedTask;
    }
}
