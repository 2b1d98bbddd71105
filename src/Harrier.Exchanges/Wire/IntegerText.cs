using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Harrier.Exchanges.Wire;

/// <summary>Reads whole numbers of JSON, eight digits at a time.</summary>
public static class IntegerText
{
    /// <summary>Most digits that <see cref="TryReadAlike"/> takes.</summary>
    public const int MostAlike = 16;

    private const ulong Zeros = 0x3030303030303030;
    private const ulong HighBits = 0x8080808080808080;
    private const int MaxDigits = 18;

    /// <summary>From the place n on: 16 bytes of which the last n are set.</summary>
    private static ReadOnlySpan<byte> LastBytes =>
    [
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255,
    ];

    private static ReadOnlySpan<long> PowersOfTen => [1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000];

    /// <summary>Reads digits up to the first other character.</summary>
    /// <param name="message">The whole message.</param>
    /// <param name="position">Of the first digit; afterwards of the character behind the last one.</param>
    /// <param name="value">The number.</param>
    /// <returns>False without a digit, with a leading 0, with more than 18 digits, or when no comma or closing bracket follows.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryRead(ReadOnlySpan<byte> message, ref int position, out long value)
    {
        value = 0;
        int start = position;
        while (position + sizeof(ulong) <= message.Length)
        {
            ulong digits = BinaryPrimitives.ReadUInt64LittleEndian(message[position..]) ^ Zeros;

            // A byte above 9, whether a character before or behind the digits, has its highest bit set by one of the two.
            ulong others = (digits | unchecked(digits + 0x7676767676767676)) & HighBits;
            int count = BitOperations.TrailingZeroCount(others) >> 3;
            position += count;
            if (position - start > MaxDigits)
            {
                return false;
            }

            if (count > 0)
            {
                value = (value * PowersOfTen[count]) + (long)EightDigits.Join(digits << ((8 - count) * 8));
            }

            if (count < 8)
            {
                return IsWhole(message, start, position);
            }
        }

        return TryReadTail(message, start, ref position, ref value);
    }

    /// <summary>Reads a number that has as many digits as the one before had, so that they need not be counted.</summary>
    /// <param name="message">The whole message.</param>
    /// <param name="position">Of the first digit.</param>
    /// <param name="digits">How many digits there should be, 1 to 16.</param>
    /// <param name="value">The number.</param>
    /// <returns>False for another number of digits, a leading 0, when no comma follows, or too close to the ends of the message.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryReadAlike(ReadOnlySpan<byte> message, int position, int digits, out long value)
    {
        int end = position + digits;
        value = 0;
        if (!Sse41.IsSupported || end < Vector128<byte>.Count || end >= message.Length || message[end] != ',' || message[position] == '0')
        {
            return false;
        }

        // What stands before the digits is no part of the number: it is taken for zeros.
        ref byte bytes = ref MemoryMarshal.GetReference(message);
        Vector128<byte> text = Vector128.LoadUnsafe(ref bytes, (nuint)(end - Vector128<byte>.Count)) ^ Vector128.Create((byte)'0');
        text &= Vector128.LoadUnsafe(ref MemoryMarshal.GetReference(LastBytes), (nuint)digits);
        value = (long)EightDigits.JoinTwo(text);
        return Sse2.SubtractSaturate(text, Vector128.Create((byte)9)) == Vector128<byte>.Zero;
    }

    private static bool TryReadTail(ReadOnlySpan<byte> message, int start, ref int position, ref long value)
    {
        while (position < message.Length && char.IsAsciiDigit((char)message[position]) && position - start < MaxDigits)
        {
            value = (value * 10) + (message[position] - '0');
            position++;
        }

        return position < message.Length && IsWhole(message, start, position);
    }

    private static bool IsWhole(ReadOnlySpan<byte> message, int start, int end) =>
        end > start && end - start <= MaxDigits && (message[start] != '0' || end - start == 1) && (message[end] is (byte)',' or (byte)'}' or (byte)']');
}
