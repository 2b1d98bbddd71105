using System.Buffers;
using System.Buffers.Text;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Harrier.Exchanges.Wire;

/// <summary>How the reading of a number ended.</summary>
public enum NumberFault : byte
{
    /// <summary>It was read.</summary>
    None = 0,

    /// <summary>It is not a plain decimal number, or too long.</summary>
    Malformed = 1,

    /// <summary>It is a number between two steps of the grid, below 0, or too large.</summary>
    OffGrid = 2,
}

/// <summary>Reads decimal text: digits with at most one point, no sign, exponent, blanks or separators.</summary>
public static class NumberText
{
    private static readonly SearchValues<byte> DigitsAndPoint = SearchValues.Create("0123456789."u8);

    private const ulong Zeros = 0x3030303030303030;
    private const ulong HighNibbles = 0xF0F0F0F0F0F0F0F0;
    private const ulong FixedOne = 100_000_000;

    /// <summary>Bytes that must be readable after a quoted number, and before it, for the quick way.</summary>
    public const int Reach = 32;

    /// <summary>Counts a number in steps of a grid.</summary>
    /// <param name="text">The number without quotes.</param>
    /// <param name="grid">The grid.</param>
    /// <param name="steps">The count; 0 when it could not be read.</param>
    public static NumberFault Read(ReadOnlySpan<byte> text, in DecimalGrid grid, out long steps)
    {
        if (TryFixedPoint(text, out ulong fixedPoint))
        {
            if (grid.TryCount(fixedPoint, out steps))
            {
                return NumberFault.None;
            }

            if (grid.HasFixedPoint)
            {
                steps = 0;
                return NumberFault.OffGrid;
            }
        }

        steps = 0;
        if (!TryDecimal(text, out decimal value))
        {
            return NumberFault.Malformed;
        }

        return grid.TryCount(value, out steps) ? NumberFault.None : NumberFault.OffGrid;
    }

    /// <summary>Reads a number of any shape that JSON text of a venue has: a sign is allowed, an exponent is not.</summary>
    /// <returns>False when it is no such number or has more digits than a decimal holds.</returns>
    public static bool TryDecimal(ReadOnlySpan<byte> text, out decimal value)
    {
        value = 0;
        ReadOnlySpan<byte> digits = text.Length > 0 && text[0] == '-' ? text[1..] : text;
        return digits.Length > 0
            && char.IsAsciiDigit((char)digits[0])
            && char.IsAsciiDigit((char)digits[^1])
            && !digits.ContainsAnyExcept(DigitsAndPoint)
            && IsExact(digits)
            && Utf8Parser.TryParse(text, out value, out int used)
            && used == text.Length;
    }

    /// <summary>
    /// Reads a quoted number in a message and counts it in steps. Only for a number of at most 8 digits before and 8 after the point, at least
    /// <see cref="Reach"/> bytes away from both ends of the message.
    /// </summary>
    /// <param name="message">The whole message.</param>
    /// <param name="position">Of the opening quote; afterwards behind the closing one.</param>
    /// <param name="grid">The grid.</param>
    /// <param name="steps">The count.</param>
    /// <returns>False for any other number or place: read it the careful way.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryQuick(ReadOnlySpan<byte> message, ref int position, in DecimalGrid grid, out long steps)
    {
        steps = 0;
        int start = position + 1;
        if (start < 8 || start > message.Length - Reach)
        {
            return false;
        }

        ref byte first = ref Unsafe.Add(ref MemoryMarshal.GetReference(message), start);
        Vector256<byte> text = Vector256.LoadUnsafe(ref first);
        uint quotes = Vector256.Equals(text, Vector256.Create((byte)'"')).ExtractMostSignificantBits();
        uint points = Vector256.Equals(text, Vector256.Create((byte)'.')).ExtractMostSignificantBits();
        int length = BitOperations.TrailingZeroCount(quotes);
        int point = Math.Min(BitOperations.TrailingZeroCount(points), length);
        int decimals = length - point - 1;
        if (point is < 1 or > 8 || decimals is > 8 or 0 || length == 32)
        {
            return false;
        }

        // The digits before the point end at its place; what stands further left in the 8 bytes belongs to something else.
        ulong left = Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref first, point - 8));
        ulong other = (ulong.MaxValue >> 8) >> ((point - 1) * 8);
        left = (left & ~other) | (Zeros & other);
        ulong right = Zeros;
        if (decimals > 0)
        {
            right = Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref first, point + 1));
            ulong beyond = ~(ulong.MaxValue >> ((8 - decimals) * 8));
            right = (right & ~beyond) | (Zeros & beyond);
        }

        if (!AreDigits(left) || !AreDigits(right) || !grid.TryCount((EightDigits.Join(left - Zeros) * FixedOne) + EightDigits.Join(right - Zeros), out steps))
        {
            return false;
        }

        position = start + length + 1;
        return true;
    }

    /// <summary>Reads a quoted number in a message and counts it in steps.</summary>
    /// <param name="message">The whole message.</param>
    /// <param name="position">Of the opening quote; afterwards behind the closing one.</param>
    /// <param name="grid">The grid.</param>
    /// <param name="steps">The count.</param>
    /// <returns>False when there is no quoted number on the grid.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryQuoted(ReadOnlySpan<byte> message, ref int position, in DecimalGrid grid, out long steps)
    {
        steps = 0;
        return (uint)position < (uint)message.Length
            && message[position] == '"'
            && (TryQuick(message, ref position, in grid, out steps) || TryQuotedCarefully(message, ref position, in grid, out steps));
    }

    private static bool TryQuotedCarefully(ReadOnlySpan<byte> message, ref int position, in DecimalGrid grid, out long steps)
    {
        steps = 0;
        int length = message[(position + 1)..].IndexOf((byte)'"');
        if (length < 0 || Read(message.Slice(position + 1, length), in grid, out steps) != NumberFault.None)
        {
            return false;
        }

        position += length + 2;
        return true;
    }

    private static bool IsExact(ReadOnlySpan<byte> digits)
    {
        // A decimal holds 28 digits of any value and rounds away what does not fit.
        ReadOnlySpan<byte> significant = digits.TrimStart((byte)'0');
        return significant.Length <= 29 && digits.Length <= 60 && digits.Count((byte)'.') <= 1;
    }

    private static bool TryFixedPoint(ReadOnlySpan<byte> text, out ulong fixedPoint)
    {
        const ulong Room = ulong.MaxValue / 100;
        fixedPoint = 0;
        int decimals = -1;
        foreach (byte character in text)
        {
            uint digit = unchecked((uint)(character - '0'));
            if (digit > 9)
            {
                if (character != '.' || decimals >= 0)
                {
                    return false;
                }

                decimals = 0;
                continue;
            }

            decimals = decimals >= 0 ? decimals + 1 : decimals;
            if (decimals > DecimalGrid.FixedDecimals || fixedPoint > Room)
            {
                return false;
            }

            fixedPoint = (fixedPoint * 10) + digit;
        }

        for (int i = Math.Max(decimals, 0); i < DecimalGrid.FixedDecimals; i++)
        {
            if (fixedPoint > Room)
            {
                return false;
            }

            fixedPoint *= 10;
        }

        return text.Length > 0 && text[0] != '.' && text[^1] != '.';
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool AreDigits(ulong text) => (text & HighNibbles) == Zeros && (unchecked(text + 0x0606060606060606) & HighNibbles) == Zeros;
}
