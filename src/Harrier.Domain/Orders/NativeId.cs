using System.Buffers.Binary;
using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Harrier.Domain;

/// <summary>
/// An id that a venue gave, exact in 16 bytes: a whole number (sign-extended) or a UUID (big-endian, RFC 9562). Ids that Harrier derives from
/// facts are UUIDs of version 8, which that standard leaves to private use and no known venue gives.
/// </summary>
internal readonly record struct NativeId(ulong High, ulong Low)
{
    private const int NumberDigits = 19;
    private const int UuidLength = 36;
    private const ulong VersionMask = 0xF000;
    private const ulong VersionEight = 0x8000;
    private const ulong VariantMask = 0xC000_0000_0000_0000;
    private const ulong VariantRfc = 0x8000_0000_0000_0000;

    public bool IsNumber => High == 0 || (High == ulong.MaxValue && unchecked((long)Low) < 0);

    public bool IsDerived => !IsNumber && (High & VersionMask) == VersionEight && (Low & VariantMask) == VariantRfc;

    public static NativeId Of(long number) => new(unchecked((ulong)(number >> 63)), unchecked((ulong)number));

    public static bool TryParse(ReadOnlySpan<byte> utf8, out NativeId id)
    {
        id = default;
        if (utf8.Length == UuidLength)
        {
            if (!Utf8Parser.TryParse(utf8, out Guid uuid, out int read, 'D') || read != UuidLength)
            {
                return false;
            }

            Span<byte> bytes = stackalloc byte[16];
            uuid.TryWriteBytes(bytes, bigEndian: true, out _);
            id = new NativeId(BinaryPrimitives.ReadUInt64BigEndian(bytes), BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]));

            // Such a UUID would read back as a number; no generator makes one.
            return !id.IsNumber;
        }

        // A leading zero or sign would not come back in the text.
        bool isPlain = utf8.Length is > 0 and <= NumberDigits && (utf8[0] != '0' || utf8.Length == 1) && utf8[0] != '+';
        if (!isPlain || !Utf8Parser.TryParse(utf8, out long number, out int digits) || digits != utf8.Length)
        {
            return false;
        }

        id = Of(number);
        return true;
    }

    public static bool TryParse(ReadOnlySpan<char> text, out NativeId id)
    {
        Span<byte> utf8 = stackalloc byte[UuidLength];
        id = default;
        return text.Length <= UuidLength && Encoding.UTF8.TryGetBytes(text, utf8, out int length) && TryParse(utf8[..length], out id);
    }

    public static NativeId Derive(string facts)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(facts), digest);
        ulong high = BinaryPrimitives.ReadUInt64BigEndian(digest);
        ulong low = BinaryPrimitives.ReadUInt64BigEndian(digest[8..]);
        return new NativeId((high & ~VersionMask) | VersionEight, (low & ~VariantMask) | VariantRfc);
    }

    public override string ToString()
    {
        if (IsNumber)
        {
            return unchecked((long)Low).ToString(CultureInfo.InvariantCulture);
        }

        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, High);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[8..], Low);
        return new Guid(bytes, bigEndian: true).ToString("D");
    }
}
