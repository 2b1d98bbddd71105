using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Harrier.Api.People;

/// <summary>One-time codes by time: RFC 6238 with SHA-1, six digits and steps of 30 seconds, as authenticator programs make them.</summary>
public static class OneTimeCode
{
    private const string Base32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private const int SecretBytes = 20;
    private const int StepSeconds = 30;
    private const int Modulus = 1_000_000;

    /// <summary>A secret for somebody, in Base32.</summary>
    public static string NewSecret() => Encode(RandomNumberGenerator.GetBytes(SecretBytes));

    /// <summary>The step that a moment lies in.</summary>
    public static long StepOf(DateTimeOffset time) => time.ToUnixTimeSeconds() / StepSeconds;

    /// <summary>The code of a step.</summary>
    /// <exception cref="FormatException">The secret is no Base32.</exception>
    public static string Of(string secret, long step)
    {
        Span<byte> counter = stackalloc byte[sizeof(long)];
        System.Buffers.Binary.BinaryPrimitives.WriteInt64BigEndian(counter, step);
        Span<byte> hash = stackalloc byte[20];
        Hash(Decode(secret), counter, hash);
        int offset = hash[^1] & 0xF;
        int number = System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(hash[offset..]) & int.MaxValue;
        return (number % Modulus).ToString("000000", CultureInfo.InvariantCulture);
    }

    /// <summary>The step whose code somebody shows: this one, or the one before or after it, for clocks differ.</summary>
    /// <param name="secret">The secret.</param>
    /// <param name="code">What is shown.</param>
    /// <param name="now">The time.</param>
    /// <param name="last">The step of the last code that was used: only later ones are good.</param>
    /// <returns>Null where it is none of them.</returns>
    public static long? Match(string secret, string code, DateTimeOffset now, long last)
    {
        long? found = null;
        for (long step = StepOf(now) - 1; step <= StepOf(now) + 1; step++)
        {
            bool isIt = CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(Of(secret, step)), Encoding.UTF8.GetBytes(code));
            found = isIt && step > last ? step : found;
        }

        return found;
    }

    /// <summary>Bytes in Base32 without padding.</summary>
    internal static string Encode(ReadOnlySpan<byte> bytes)
    {
        StringBuilder text = new();
        (int buffer, int bits) = (0, 0);
        foreach (byte one in bytes)
        {
            (buffer, bits) = ((buffer << 8) | one, bits + 8);
            for (; bits >= 5; bits -= 5)
            {
                text.Append(Base32[(buffer >> (bits - 5)) & 31]);
            }

            buffer &= (1 << bits) - 1;
        }

        return bits > 0 ? text.Append(Base32[(buffer << (5 - bits)) & 31]).ToString() : text.ToString();
    }

    private static byte[] Decode(string text)
    {
        List<byte> bytes = [];
        (int buffer, int bits) = (0, 0);
        foreach (char letter in text)
        {
            int value = Base32.IndexOf(letter, StringComparison.Ordinal);
            (buffer, bits) = value < 0 ? throw new FormatException("a secret in Base32") : ((buffer << 5) | value, bits + 5);
            if (bits >= 8)
            {
                bytes.Add((byte)(buffer >> (bits -= 8)));
                buffer &= (1 << bits) - 1;
            }
        }

        return [.. bytes];
    }

    [System.Diagnostics.CodeAnalysis.SuppressMessage("Security", "CA5350:Do Not Use Weak Cryptographic Algorithms", Justification = "RFC 6238 as authenticator programs have it; nothing rests on collisions.")]
    private static void Hash(byte[] secret, ReadOnlySpan<byte> counter, Span<byte> hash) => HMACSHA1.HashData(secret, counter, hash);
}
