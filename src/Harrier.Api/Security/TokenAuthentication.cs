using System.Security.Claims;
using System.Text.Encodings.Web;
using Harrier.Api.Hosting;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Harrier.Api.Security;

/// <summary>Knows programs by the token in <c>Authorization: Bearer ...</c>; a token in an address is not looked at.</summary>
/// <param name="options">None.</param>
/// <param name="logger">Logs.</param>
/// <param name="encoder">Unused.</param>
/// <param name="sources">Where tokens are.</param>
internal sealed class TokenAuthentication(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, ApiSources sources)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    /// <summary>Name of the scheme.</summary>
    public const string SchemeName = "Token";

    /// <summary>Claim with the id of the token.</summary>
    public const string TokenId = "token_id";

    private const string Bearer = "Bearer ";

    /// <inheritdoc/>
    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        string header = Request.Headers.Authorization.ToString();
        if (!header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase))
        {
            return Task.FromResult(AuthenticateResult.NoResult());
        }

        ApiToken? token = sources.Tokens.Find(header[Bearer.Length..].Trim(), sources.Time.GetUtcNow());
        if (token is null)
        {
            return Task.FromResult(AuthenticateResult.Fail("no such token, or it has expired"));
        }

        ClaimsIdentity identity = new([new Claim(ClaimTypes.Name, "token " + token.Id), new Claim(ClaimTypes.Role, token.Role.ToString()), new Claim(TokenId, token.Id)], SchemeName);
        return Task.FromResult(AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), SchemeName)));
    }

    /// <inheritdoc/>
    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.Headers.WWWAuthenticate = "Bearer";
        Response.StatusCode = Microsoft.AspNetCore.Http.StatusCodes.Status401Unauthorized;
        return Task.CompletedTask;
    }
}
