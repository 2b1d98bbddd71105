using System.Security.Cryptography;
using System.Text.Json;

namespace Harrier.Api.People.Google;

/// <summary>Says whose an ID token is, or why nobody's.</summary>
/// <param name="google">Who may sign in.</param>
/// <param name="time">The wall clock.</param>
internal sealed class GoogleIdentity(GoogleSignIn google, TimeProvider time) : IDisposable
{
    private readonly GoogleKeys _keys = new(google.Endpoints.Keys, time);

    /// <summary>Checks one.</summary>
    /// <param name="text">The token as it was sent.</param>
    /// <param name="nonce">What was sent when this sign-in began.</param>
    /// <param name="http">Asks for keys.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="GoogleRefusalException">It is not to be believed, or who it is may not sign in here.</exception>
    public async Task<IdClaims> CheckAsync(string? text, string? nonce, HttpClient http, CancellationToken cancellation)
    {
        if (string.IsNullOrEmpty(text) || string.IsNullOrEmpty(nonce))
        {
            throw new GoogleRefusalException("there is no ID token");
        }

        try
        {
            IdToken token = IdToken.Read(text);
            RSAParameters? key = await _keys.FindAsync(token.KeyId, http, cancellation).ConfigureAwait(false);
            IdClaims? claims = token.Check(key, new IdTokenRules(google.Endpoints.Issuers, google.ClientId, nonce, time.GetUtcNow()), out string? fault);
            return claims is null ? throw new GoogleRefusalException(fault!)
                : google.Allows(claims) ? claims
                : throw new GoogleRefusalException($"{claims.Email} may not sign in here");
        }
        catch (Exception broken) when (broken is FormatException or CryptographicException or HttpRequestException or JsonException or KeyNotFoundException)
        {
            throw new GoogleRefusalException("its ID token or Google's keys cannot be read", broken);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _keys.Dispose();
}
