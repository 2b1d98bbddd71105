using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Harrier.Exchanges.Wire;

/// <summary>
/// Joins decimal digits that were loaded together, eight to a number: neighbors are joined to pairs, pairs to fours, fours to eight.
/// </summary>
internal static class EightDigits
{
    private const ulong FixedOne = 100_000_000;
    private const short TenAndOne = 0x010A;
    private const int HundredAndOne = 0x0001_0064;
    private const int TenThousandAndOne = 0x0001_2710;

    /// <summary>The value of 8 digits of 0 to 9, the first one in the lowest byte.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Join(ulong digits)
    {
        unchecked
        {
            ulong pairs = (digits * 10) + (digits >> 8);
            return (((pairs & 0x000000FF000000FF) * 0x000F424000000064) + (((pairs >> 16) & 0x000000FF000000FF) * 0x0000271000000001)) >> 32;
        }
    }

    /// <summary>The value of 16 digits, the first one in the lowest byte. Only with <see cref="Sse41"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong JoinTwo(Vector128<byte> digits)
    {
        Vector128<short> pairs = Ssse3.MultiplyAddAdjacent(digits, Vector128.Create(TenAndOne).AsSByte());
        Vector128<int> fours = Sse2.MultiplyAddAdjacent(pairs, Vector128.Create(HundredAndOne).AsInt16());
        Vector128<ushort> packed = Sse41.PackUnsignedSaturate(fours, fours);
        return Number(Sse2.MultiplyAddAdjacent(packed.AsInt16(), Vector128.Create(TenThousandAndOne).AsInt16()).AsUInt64().ToScalar());
    }

    /// <summary>The values of two numbers of 16 digits. Only with <see cref="Avx2"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void JoinFour(Vector256<byte> digits, out ulong first, out ulong second)
    {
        Vector256<short> pairs = Avx2.MultiplyAddAdjacent(digits, Vector256.Create(TenAndOne).AsSByte());
        Vector256<int> fours = Avx2.MultiplyAddAdjacent(pairs, Vector256.Create(HundredAndOne).AsInt16());
        Vector256<ushort> packed = Avx2.PackUnsignedSaturate(fours, fours);
        Vector256<ulong> eights = Avx2.MultiplyAddAdjacent(packed.AsInt16(), Vector256.Create(TenThousandAndOne).AsInt16()).AsUInt64();
        first = Number(eights.ToScalar());
        second = Number(eights.GetUpper().ToScalar());
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Number(ulong eights) => ((uint)eights * FixedOne) + (eights >> 32);
}
