using System.Security.Cryptography;
using System.Text;

namespace Harrier.Testnet.Hosting;

/// <summary>Keys and secrets that follow from the seed, so that scripts can be repeated. They protect a toy exchange on loopback and nothing else.</summary>
public static class KeyMint
{
    private const int Length = 64;
    private const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    /// <summary>64 letters and digits for a seed, a venue, an account and a purpose.</summary>
    public static string Mint(long seed, string venue, string account, string purpose)
    {
        byte[] hash = SHA512.HashData(Encoding.UTF8.GetBytes(FormattableString.Invariant($"harrier/{seed}/{venue}/{account}/{purpose}")));
        return string.Create(Length, hash, static (text, bytes) =>
        {
            for (int i = 0; i < text.Length; i++)
            {
                text[i] = Letters[bytes[i] % Letters.Length];
            }
        });
    }
}
