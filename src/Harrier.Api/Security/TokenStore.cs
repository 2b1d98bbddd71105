using System.Security.Cryptography;
using System.Text;

namespace Harrier.Api.Security;

/// <summary>A token of a program, without the token.</summary>
/// <param name="Id">What it is known by; no secret.</param>
/// <param name="Role">What it allows.</param>
/// <param name="Created">Since when.</param>
/// <param name="Expires">Until when; null for good.</param>
/// <param name="Hash">SHA-256 of the token in hexadecimal. The token has 256 random bits, so that a slow hash would add nothing.</param>
public sealed record ApiToken(string Id, Role Role, DateTimeOffset Created, DateTimeOffset? Expires, string Hash);

/// <summary>The tokens of a home: a file that only its owner can read, with hashes and no tokens.</summary>
/// <param name="path">The file; it need not exist.</param>
public sealed class TokenStore(string path)
{
    /// <summary>Name of the file in a home.</summary>
    public const string FileName = "tokens.json";

    private const string Prefix = "hrr_";
    private const int SecretBytes = 32;

    private readonly OwnerList<ApiToken> _tokens = new(path, "a list of tokens as token create writes it");

    /// <summary>Makes a token and keeps its hash.</summary>
    /// <param name="role">What it allows.</param>
    /// <param name="now">The time.</param>
    /// <param name="expires">Until when; null for good.</param>
    /// <returns>The token, which nobody can read again.</returns>
    /// <exception cref="IOException">The file could not be written.</exception>
    /// <exception cref="InvalidDataException">The file is not a list of tokens.</exception>
    public string Create(Role role, DateTimeOffset now, DateTimeOffset? expires)
    {
        string token = Prefix + Convert.ToBase64String(RandomNumberGenerator.GetBytes(SecretBytes)).Replace('+', '-').Replace('/', '_').TrimEnd('=');
        ApiToken kept = new(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4)), role, now, expires, HashOf(token));
        _tokens.Add(kept);
        return token;
    }

    /// <summary>The token that a text is; null for any other text, and for one that has expired.</summary>
    public ApiToken? Find(string text, DateTimeOffset now)
    {
        byte[] hash = Encoding.ASCII.GetBytes(HashOf(text));
        ApiToken? found = null;

        // All are compared, each in the same time: how long it takes tells nothing.
        foreach (ApiToken token in All())
        {
            bool isIt = CryptographicOperations.FixedTimeEquals(hash, Encoding.ASCII.GetBytes(token.Hash));
            found = isIt ? token : found;
        }

        return found is null || found.Expires <= now ? null : found;
    }

    /// <summary>What a token that let somebody in allows; null where it is not there any more, or has expired.</summary>
    public Role? RoleOf(string id, DateTimeOffset now) => All().FirstOrDefault(token => token.Id == id && !(token.Expires <= now))?.Role;

    /// <summary>Takes a token away.</summary>
    /// <returns>False where there is none.</returns>
    public bool Revoke(string id) => _tokens.Remove(token => token.Id == id);

    /// <summary>The tokens there are, expired ones too; another process may have added some.</summary>
    /// <exception cref="InvalidDataException">The file is not a list of tokens.</exception>
    public IReadOnlyList<ApiToken> All() => _tokens.All();

    private static string HashOf(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
}
