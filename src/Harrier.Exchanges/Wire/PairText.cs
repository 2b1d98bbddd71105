using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Harrier.Exchanges.Wire;

/// <summary>Quick reading of a price and the size that follows it in a property with a name of one letter: <c>"price","q":"size"</c>.</summary>
public static class PairText
{
    /// <summary>Bytes between the quotes of price and size.</summary>
    internal const int Gap = 5;

    // "," then the name, then ":" and the quote of the size, as they lie in memory.
    private const ulong Between = '"' | (ulong)',' << 8 | (ulong)'"' << 16 | (ulong)'"' << 32 | (ulong)':' << 40 | (ulong)'"' << 48;
    private const ulong SevenBytes = 0x00FFFFFFFFFFFFFF;

    /// <summary>Reads a pair.</summary>
    /// <param name="message">The whole message.</param>
    /// <param name="position">Of the opening quote of the price.</param>
    /// <param name="name">Name of the second property.</param>
    /// <param name="grids">The grids.</param>
    /// <param name="pair">Ticks and lots.</param>
    /// <returns>Position behind the closing quote of the size; -1 for anything else: read it the careful way.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Read(ReadOnlySpan<byte> message, int position, byte name, LevelGrids grids, out (long Ticks, long Lots) pair)
    {
        PairForm form = grids.FieldForm;
        pair = default;
        if (position <= message.Length - form.Reach)
        {
            ref byte text = ref Unsafe.Add(ref MemoryMarshal.GetReference(message), position);
            bool isAlike = form.TryRead(ref text, out ulong price, out ulong size);
            ulong between = Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref text, form.Middle)) & SevenBytes;
            if (isAlike && text == '"' && between == (Between | (ulong)name << 24)
                && grids.Prices.TryCount(price, out long ticks) && grids.Sizes.TryCount(size, out long lots))
            {
                pair = (ticks, lots);
                return position + form.End + 1;
            }
        }

        return ReadOther(message, position, name, grids, out pair);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int ReadOther(ReadOnlySpan<byte> message, int position, byte name, LevelGrids grids, out (long Ticks, long Lots) pair)
    {
        pair = default;
        if (!NumberPair.TryRead(message, ref position, Gap, grids, out PairValue read))
        {
            return -1;
        }

        grids.FieldForm = PairForm.Of(read.Shape, Gap);
        pair = (read.First, read.Second);
        ulong between = Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref MemoryMarshal.GetReference(message), read.Middle)) & SevenBytes;
        return between == (Between | (ulong)name << 24) ? position : -1;
    }
}
