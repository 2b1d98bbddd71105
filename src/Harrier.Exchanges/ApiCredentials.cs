using System.Security.Cryptography;
using System.Text;

namespace Harrier.Exchanges;

/// <summary>What a venue knows an account's owner by.</summary>
/// <param name="Key">The public half, sent with each call; shown only by its first four characters.</param>
/// <param name="Secret">The private half, which signs.</param>
public sealed record ApiCredentials(string Key, Secret Secret)
{
    private const int ShownLength = 4;

    /// <summary>The key as it may be shown: its first four characters, or none of a key shorter than twelve.</summary>
    public string MaskedKey => Key.Length >= 3 * ShownLength ? Key[..ShownLength] + "***" : "***";

    /// <summary>Sets this account apart from others in what processes share, without showing its key.</summary>
    public string Scope => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Key)));

    /// <inheritdoc/>
    public override string ToString() => $"ApiCredentials {{ Key = {MaskedKey}, Secret = *** }}";
}
