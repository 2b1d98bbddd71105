using System.Runtime.CompilerServices;

namespace Harrier.Exchanges.Wire;

/// <summary>Joins eight decimal digits that were loaded together.</summary>
internal static class EightDigits
{
    /// <summary>The value of 8 digits of 0 to 9, the first one in the lowest byte: neighbors are joined to pairs, pairs to fours, fours to eight.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Join(ulong digits)
    {
        unchecked
        {
            ulong pairs = (digits * 10) + (digits >> 8);
            return (((pairs & 0x000000FF000000FF) * 0x000F424000000064) + (((pairs >> 16) & 0x000000FF000000FF) * 0x0000271000000001)) >> 32;
        }
    }
}
