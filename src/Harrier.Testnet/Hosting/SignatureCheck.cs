using System.Security.Cryptography;
using System.Text;

namespace Harrier.Testnet.Hosting;

/// <summary>HMAC-SHA256 over the bytes of a request as they came, written as hexadecimal digits of any case.</summary>
public static class SignatureCheck
{
    private const int HashBytes = 32;

    /// <summary>Compares in constant time.</summary>
    /// <param name="secret">Secret of the key.</param>
    /// <param name="payload">What was signed.</param>
    /// <param name="signature">Signature received.</param>
    public static bool IsValid(string secret, ReadOnlySpan<byte> payload, ReadOnlySpan<char> signature)
    {
        if (signature.Length != HashBytes * 2)
        {
            return false;
        }

        Span<byte> received = stackalloc byte[HashBytes];
        if (Convert.FromHexString(signature, received, out _, out _) != System.Buffers.OperationStatus.Done)
        {
            return false;
        }

        Span<byte> expected = stackalloc byte[HashBytes];
        _ = HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), payload, expected);
        return CryptographicOperations.FixedTimeEquals(expected, received);
    }
}
