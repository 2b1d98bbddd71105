using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Harrier.Testnet.Uphold;

/// <summary>Ids that follow from the seed, in the form of random UUIDs, so that scripts can be repeated.</summary>
internal static class UuidMint
{
    /// <summary>The id of the number-th thing of a kind of an account.</summary>
    public static string Mint(long seed, string account, string kind, long number)
    {
        string facts = string.Create(CultureInfo.InvariantCulture, $"harrier/{seed}/uphold/{account}/{kind}/{number}");
        Span<byte> bytes = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(facts), bytes);
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x40);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes[..16], bigEndian: true).ToString("D");
    }
}
