using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Harrier.Hosting.Notifications.Webhooks;

/// <summary>Signs messages as the Standard Webhooks specification (version 1) says: HMAC-SHA256 over id, time and body, so that neither can be changed or sent again later.</summary>
public static class WebhookSignature
{
    private const string Prefix = "whsec_";
    private const int ShortestKey = 24;
    private const int LongestKey = 64;

    /// <summary>The header <c>webhook-signature</c>.</summary>
    /// <param name="key">The key.</param>
    /// <param name="id">The header <c>webhook-id</c>.</param>
    /// <param name="seconds">The header <c>webhook-timestamp</c>: Unix seconds.</param>
    /// <param name="body">The body, byte for byte.</param>
    public static string Of(ReadOnlySpan<byte> key, string id, long seconds, ReadOnlySpan<byte> body)
    {
        byte[] head = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{id}.{seconds}."));
        byte[] signed = new byte[head.Length + body.Length];
        head.CopyTo(signed, 0);
        body.CopyTo(signed.AsSpan(head.Length));
        return "v1," + Convert.ToBase64String(HMACSHA256.HashData(key, signed));
    }

    /// <summary>The key of a secret: <c>whsec_</c> and 24 to 64 bytes in Base64.</summary>
    /// <returns>The key; null where the text is no such secret.</returns>
    public static byte[]? KeyOf(string secret)
    {
        ArgumentNullException.ThrowIfNull(secret);
        byte[] key = new byte[LongestKey + 3];
        return secret.StartsWith(Prefix, StringComparison.Ordinal)
            && Convert.TryFromBase64String(secret[Prefix.Length..], key, out int length)
            && length is >= ShortestKey and <= LongestKey
                ? key[..length]
                : null;
    }
}
