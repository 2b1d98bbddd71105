using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Harrier.Exchanges.Binance.Mapping;

/// <summary>Passes the name of a stream at the beginning of a message.</summary>
internal static class StreamName
{
    /// <summary>Finds the end of a name, unless it has to be read the careful way.</summary>
    /// <param name="frame">The whole message.</param>
    /// <param name="at">Of the opening quote.</param>
    /// <returns>
    /// Position behind the closing quote; -1 where there is no name of plain characters, or it is that of a stream of the best 5, 10 or 20
    /// levels: its messages look like changes, and are none.
    /// </returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int End(ReadOnlySpan<byte> frame, int at)
    {
        if ((uint)(at + 1 + Vector256<byte>.Count) > (uint)frame.Length || frame[at] != '"')
        {
            return EndOfLong(frame, at);
        }

        Vector256<byte> text = Vector256.LoadUnsafe(ref MemoryMarshal.GetReference(frame), (nuint)(at + 1));
        int length = BitOperations.TrailingZeroCount(Vector256.Equals(text, Vector256.Create((byte)'"')).ExtractMostSignificantBits());
        Vector256<byte> odd = Vector256.LessThan(text, Vector256.Create((byte)' ')) | Vector256.GreaterThan(text, Vector256.Create((byte)'~'))
            | Vector256.Equals(text, Vector256.Create((byte)'\\'));

        // "h" and a digit, as in depth20: rare enough to look twice.
        uint afterH = Vector256.Equals(text, Vector256.Create((byte)'h')).ExtractMostSignificantBits() << 1;
        uint digits = Vector256.LessThan(text - Vector256.Create((byte)'0'), Vector256.Create((byte)10)).ExtractMostSignificantBits();
        uint name = uint.MaxValue >> (31 & -length);
        bool isPlain = length is > 0 and < 32 && ((odd.ExtractMostSignificantBits() | (afterH & digits)) & name) == 0;
        return isPlain ? at + length + 2 : EndOfLong(frame, at);
    }

    private static int EndOfLong(ReadOnlySpan<byte> frame, int at) =>
        HotScanner.TryText(frame, ref at, out ReadOnlySpan<byte> name) && !DepthStream.IsPartial(name) ? at : -1;
}
