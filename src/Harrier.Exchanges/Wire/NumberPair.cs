using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Harrier.Exchanges.Wire;

/// <summary>
/// Reads two quoted numbers that stand close to each other, a price and a size, as one: both are found in the same 64 bytes, and their digits
/// are joined in one vector.
/// </summary>
public static class NumberPair
{
    /// <summary>Bytes in which both numbers with their quotes must lie; a shorter message is none for this.</summary>
    public const int Reach = 64;

    private const ulong Zeros = 0x3030303030303030;
    private const ulong FixedOne = 100_000_000;

    /// <summary>
    /// Reads the pair. Only for numbers of 1 to 8 digits before and 1 to 8 after a point. What stands between the two is not looked at, but
    /// there must be no point in it.
    /// </summary>
    /// <param name="message">The whole message.</param>
    /// <param name="position">Of the first opening quote; afterwards behind the last closing one.</param>
    /// <param name="gap">Bytes from the first closing quote to the second opening one, both not counted.</param>
    /// <param name="grids">The first number is a price, the second a size.</param>
    /// <param name="pair">The counts, and where the first closing quote stands.</param>
    /// <returns>False for any other numbers or place: read them the careful way.</returns>
    public static bool TryRead(ReadOnlySpan<byte> message, ref int position, int gap, LevelGrids grids, out PairValue pair)
    {
        pair = default;
        int start = position;
        if (message.Length < Reach || (uint)start >= (uint)message.Length || start < sizeof(ulong))
        {
            return false;
        }

        ref byte bytes = ref MemoryMarshal.GetReference(message);
        int from = Math.Min(start, message.Length - Reach);
        Marks(ref Unsafe.Add(ref bytes, from), out ulong quotes, out ulong points);
        quotes >>= start - from;
        points >>= start - from;

        ulong behind = quotes & (quotes - 1);
        int firstEnd = BitOperations.TrailingZeroCount(behind);
        int secondStart = firstEnd + gap + 1;
        int secondEnd = BitOperations.TrailingZeroCount(behind & (ulong.MaxValue << secondStart << 1));
        int firstPoint = BitOperations.TrailingZeroCount(points);
        int secondPoint = BitOperations.TrailingZeroCount(points & (points - 1));
        int wrong = (firstPoint - 2) | (firstEnd - firstPoint - 2) | (secondPoint - secondStart - 2) | (secondEnd - secondPoint - 2);
        if ((uint)wrong > 7 || secondEnd == Reach || (quotes & 1) == 0 || (quotes >> secondStart & 1) == 0)
        {
            return false;
        }

        ref byte text = ref Unsafe.Add(ref bytes, start);
        (int firstWhole, int firstDecimals) = (firstPoint - 1, firstEnd - firstPoint - 1);
        (int secondWhole, int secondDecimals) = (secondPoint - secondStart - 1, secondEnd - secondPoint - 1);
        Vector256<ulong> digits = Vector256.Create(
            Before(ref text, firstPoint, firstWhole),
            Behind(ref text, firstEnd, firstDecimals),
            Before(ref text, secondPoint, secondWhole),
            Behind(ref text, secondEnd, secondDecimals));
        position = start + secondEnd + 1;
        bool areDigits = TryJoin(digits, out ulong firstFixed, out ulong secondFixed);
        bool isOnGrid = grids.Prices.TryCount(firstFixed, out long firstSteps) & grids.Sizes.TryCount(secondFixed, out long secondSteps);
        PairShape shape = new(NumberForm.IndexOf(firstWhole, firstDecimals), NumberForm.IndexOf(secondWhole, secondDecimals));
        pair = new PairValue(firstSteps, secondSteps, start + firstEnd, shape);
        return areDigits & isOnGrid;
    }

    /// <summary>Where the quotes and the points are among 64 bytes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Marks(ref byte text, out ulong quotes, out ulong points)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            Vector512<byte> all = Vector512.LoadUnsafe(ref text);
            quotes = Vector512.Equals(all, Vector512.Create((byte)'"')).ExtractMostSignificantBits();
            points = Vector512.Equals(all, Vector512.Create((byte)'.')).ExtractMostSignificantBits();
            return;
        }

        Vector256<byte> low = Vector256.LoadUnsafe(ref text);
        Vector256<byte> high = Vector256.LoadUnsafe(ref text, (nuint)Vector256<byte>.Count);
        Vector256<byte> quote = Vector256.Create((byte)'"');
        Vector256<byte> point = Vector256.Create((byte)'.');
        quotes = Vector256.Equals(low, quote).ExtractMostSignificantBits() | (ulong)Vector256.Equals(high, quote).ExtractMostSignificantBits() << 32;
        points = Vector256.Equals(low, point).ExtractMostSignificantBits() | (ulong)Vector256.Equals(high, point).ExtractMostSignificantBits() << 32;
    }

    /// <summary>The digits before a point, as eight with zeros in front.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Before(ref byte text, int point, int count)
    {
        int other = 64 - (count * 8);
        return (Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref text, point - sizeof(ulong))) ^ Zeros) >> other << other;
    }

    /// <summary>The digits behind a point, as eight with zeros at the end.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Behind(ref byte text, int end, int count) =>
        (Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref text, end - sizeof(ulong))) ^ Zeros) >> (64 - (count * 8));

    /// <summary>Joins four times eight digits to two numbers of eight digits before and eight after the point.</summary>
    private static bool TryJoin(Vector256<ulong> digits, out ulong first, out ulong second)
    {
        if (Avx2.IsSupported)
        {
            EightDigits.JoinFour(digits.AsByte(), out first, out second);
        }
        else
        {
            first = (EightDigits.Join(digits[0]) * FixedOne) + EightDigits.Join(digits[1]);
            second = (EightDigits.Join(digits[2]) * FixedOne) + EightDigits.Join(digits[3]);
        }

        return Vector256.LessThanOrEqualAll(digits.AsByte(), Vector256.Create((byte)9));
    }
}

/// <summary>Two numbers that were read together.</summary>
/// <param name="First">The first, in steps of its grid.</param>
/// <param name="Second">The second, in steps of its grid.</param>
/// <param name="Middle">Position of the closing quote of the first.</param>
/// <param name="Shape">How they were laid out.</param>
public readonly record struct PairValue(long First, long Second, int Middle, PairShape Shape);
