using System.Security.Claims;
using System.Security.Cryptography;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OAuth;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Harrier.Api.People.Google;

/// <summary>
/// The framework's handler of the authorization code flow (state, PKCE, exchange of the code), with what OpenID Connect adds: a nonce, and the ID token, which is checked before anything of it is believed.
/// </summary>
/// <param name="options">The framework's.</param>
/// <param name="logger">Logs.</param>
/// <param name="encoder">Encodes addresses.</param>
/// <param name="google">Checks ID tokens.</param>
internal sealed class GoogleHandler(IOptionsMonitor<OAuthOptions> options, ILoggerFactory logger, UrlEncoder encoder, GoogleIdentity google) : OAuthHandler<OAuthOptions>(options, logger, encoder)
{
    private const string Nonce = "nonce";
    private const string Token = "id_token";

    /// <summary>What a ticket that was made here says.</summary>
    public static IdClaims ClaimsOf(ClaimsPrincipal who) => new(who.FindFirstValue(ClaimTypes.NameIdentifier)!, who.FindFirstValue(ClaimTypes.Email)!, null);

    /// <inheritdoc/>
    protected override string BuildChallengeUrl(AuthenticationProperties properties, string redirectUri)
    {
        // It travels back encrypted, within the state.
        string nonce = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        properties.Items[Nonce] = nonce;
        return QueryHelpers.AddQueryString(base.BuildChallengeUrl(properties, redirectUri), Nonce, nonce);
    }

    /// <inheritdoc/>
    protected override async Task<AuthenticationTicket> CreateTicketAsync(ClaimsIdentity identity, AuthenticationProperties properties, OAuthTokenResponse tokens)
    {
        string? text = tokens.Response!.RootElement.TryGetProperty(Token, out System.Text.Json.JsonElement sent) ? sent.GetString() : null;
        properties.Items.TryGetValue(Nonce, out string? nonce);
        IdClaims claims = await google.CheckAsync(text, nonce, Backchannel, Context.RequestAborted).ConfigureAwait(false);
        ClaimsIdentity known = new([new Claim(ClaimTypes.NameIdentifier, claims.Subject), new Claim(ClaimTypes.Email, claims.Email)], Scheme.Name);
        return new AuthenticationTicket(new ClaimsPrincipal(known), properties, Scheme.Name);
    }
}
