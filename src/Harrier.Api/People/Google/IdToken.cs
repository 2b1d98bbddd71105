using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Harrier.Api.People.Google;

/// <summary>What an ID token is held against.</summary>
/// <param name="Issuers">Who may have made it.</param>
/// <param name="Audience">For whom: our client id.</param>
/// <param name="Nonce">What we sent when this sign-in began.</param>
/// <param name="Now">The time.</param>
internal sealed record IdTokenRules(IReadOnlyList<string> Issuers, string Audience, string Nonce, DateTimeOffset Now);

/// <summary>An ID token (OpenID Connect Core 1.0, section 3.1.3.7) as it was sent: nothing of it is to be believed before <see cref="Check"/>.</summary>
internal sealed class IdToken
{
    private const string Algorithm = "RS256";
    private const int SmallestKeyBits = 2048;
    private const int LongestAddress = 80;

    private static readonly TimeSpan Skew = TimeSpan.FromSeconds(30);

    private readonly byte[] _signed;
    private readonly byte[] _signature;
    private readonly JsonElement _claims;

    private IdToken(string key, byte[] signed, byte[] signature, JsonElement claims) => (KeyId, _signed, _signature, _claims) = (key, signed, signature, claims);

    /// <summary>Which key it says that it is signed by.</summary>
    public string KeyId { get; }

    /// <summary>Reads one.</summary>
    /// <exception cref="FormatException">It is none that is signed by RS256.</exception>
    public static IdToken Read(string text)
    {
        string[] parts = text.Split('.');
        try
        {
            if (parts.Length == 3)
            {
                JsonElement header = Object(parts[0]);
                JsonElement claims = Object(parts[1]);
                if (Text(header, "alg") == Algorithm && Text(header, "kid") is { } key)
                {
                    return new IdToken(key, Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"), Base64Url.DecodeFromChars(parts[2]), claims);
                }
            }
        }
        catch (JsonException)
        {
            throw new FormatException("an ID token of three parts, with JSON in the first two");
        }

        throw new FormatException($"an ID token that is signed by {Algorithm} and names its key");
    }

    /// <summary>Whose it is; null where it is not to be believed.</summary>
    /// <param name="key">The key that it names, as Google publishes it; null where there is none.</param>
    /// <param name="rules">What it is held against.</param>
    /// <param name="fault">Why not.</param>
    public IdClaims? Check(RSAParameters? key, IdTokenRules rules, out string? fault)
    {
        fault = !IsSignedBy(key) ? "its signature is of none of Google's keys" : FaultOf(rules);
        return fault is null ? new IdClaims(Text(_claims, "sub")!, Text(_claims, "email")!.ToLowerInvariant(), Text(_claims, "hd")) : null;
    }

    private bool IsSignedBy(RSAParameters? key)
    {
        if (key is not { } known)
        {
            return false;
        }

        using RSA rsa = RSA.Create(known);
        return rsa.KeySize >= SmallestKeyBits && rsa.VerifyData(_signed, _signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
    }

    private string? FaultOf(IdTokenRules rules) =>
        Text(_claims, "iss") is not { } issuer || !rules.Issuers.Contains(issuer, StringComparer.Ordinal) ? "it is of another issuer"
        : Text(_claims, "aud") != rules.Audience || (Text(_claims, "azp") is { } party && party != rules.Audience) ? "it is for another audience"
        : Instant("exp") is not { } end || end <= rules.Now - Skew ? "it has expired"
        : Instant("iat") is not { } begin || begin > rules.Now + Skew ? "it is not good yet"
        : Text(_claims, "nonce") is not { } nonce || !CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(nonce), Encoding.UTF8.GetBytes(rules.Nonce)) ? "its nonce is of another sign-in"
        : string.IsNullOrEmpty(Text(_claims, "sub")) || !IsAddress(Text(_claims, "email")) ? "it names nobody"
        : !IsVerified() ? "the address is not verified"
        : null;

    private bool IsVerified() => _claims.TryGetProperty("email_verified", out JsonElement verified) && verified.ValueKind == JsonValueKind.True;

    // It becomes a name here.
    private static bool IsAddress(string? email) =>
        email is { Length: > 2 and <= LongestAddress } && email.Count(static letter => letter == '@') == 1 && email.All(static letter => char.IsAsciiLetterOrDigit(letter) || "@.-_+%".Contains(letter, StringComparison.Ordinal));

    private DateTimeOffset? Instant(string name) =>
        _claims.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out long seconds) && seconds is > 0 and < 253_402_300_800
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : null;

    private static JsonElement Object(string part)
    {
        using JsonDocument document = JsonDocument.Parse(Base64Url.DecodeFromChars(part));
        return document.RootElement.ValueKind == JsonValueKind.Object ? document.RootElement.Clone() : throw new JsonException("no object");
    }

    private static string? Text(JsonElement json, string name) => json.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
