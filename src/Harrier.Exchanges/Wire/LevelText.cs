using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Harrier.Domain;
using Harrier.Exchanges.Books;

namespace Harrier.Exchanges.Wire;

/// <summary>Quick reading of <c>[["price","size"],...]</c>, written without blanks, each price a whole number of ticks and each size of lots.</summary>
public static class LevelText
{
    /// <summary>Bytes between the quotes of price and size.</summary>
    internal const int Gap = 1;

    private const ushort Opening = '[' | '"' << 8;
    private const uint Between = '"' | ',' << 8 | '"' << 16;
    private const uint Closing = '"' | ']' << 8;
    private const uint ThreeBytes = 0xFFFFFF;

    /// <summary>Reads a list.</summary>
    /// <param name="message">The whole message.</param>
    /// <param name="position">Of the first bracket; afterwards behind the last one.</param>
    /// <param name="grids">The grids.</param>
    /// <param name="isAsk">Which side.</param>
    /// <param name="into">Where the levels go; it must have room for all.</param>
    /// <returns>False for a list of any other kind, or one that is no JSON: read it the careful way.</returns>
    public static bool TryRead(ReadOnlySpan<byte> message, ref int position, LevelGrids grids, bool isAsk, LevelBuffer into)
    {
        ArgumentNullException.ThrowIfNull(grids);
        ArgumentNullException.ThrowIfNull(into);
        int at = position;
        if ((uint)(at + 1) >= (uint)message.Length || message[at++] != '[')
        {
            return false;
        }

        if (message[at] == ']')
        {
            position = at + 1;
            return true;
        }

        Span<LevelChange> free = into.Free;
        int count = 0;
        byte next = (byte)',';
        while (next == ',')
        {
            count += ReadAlike(message, ref at, grids, isAsk, free[count..]);
            if (count == free.Length || !TryOne(message, ref at, grids, out long ticks, out long lots))
            {
                return false;
            }

            free[count++] = new LevelChange(ticks, lots, isAsk);
            next = message[at++];
        }

        into.Take(count);
        position = at;
        return next == ']';
    }

    /// <summary>Reads levels as long as they are laid out as the last one was, and others follow.</summary>
    private static int ReadAlike(ReadOnlySpan<byte> message, ref int position, LevelGrids grids, bool isAsk, Span<LevelChange> free)
    {
        PairForm form = grids.LevelForm;
        int last = message.Length - 1 - form.Reach;
        int at = position;
        int count = 0;
        ref byte bytes = ref MemoryMarshal.GetReference(message);
        ref LevelChange into = ref MemoryMarshal.GetReference(free);
        while (at <= last && count < free.Length)
        {
            ref byte level = ref Unsafe.Add(ref bytes, at);
            bool isAlike = form.TryRead(ref Unsafe.Add(ref level, 1), out ulong price, out ulong size);
            uint between = Unsafe.ReadUnaligned<uint>(ref Unsafe.Add(ref level, 1 + form.Middle)) & ThreeBytes;
            uint closing = Unsafe.ReadUnaligned<uint>(ref Unsafe.Add(ref level, 1 + form.End)) & ThreeBytes;
            if (!isAlike || between != Between || closing != (Closing | ',' << 16) || Unsafe.ReadUnaligned<ushort>(ref level) != Opening
                || !grids.Prices.TryCount(price, out long ticks) || !grids.Sizes.TryCount(size, out long lots) || ticks == 0)
            {
                break;
            }

            Unsafe.Add(ref into, count) = new LevelChange(ticks, lots, isAsk);
            count++;
            at += form.End + 4;
        }

        position = at;
        return count;
    }

    /// <summary>Reads a level of any layout; behind it there is at least one character more.</summary>
    private static bool TryOne(ReadOnlySpan<byte> message, ref int position, LevelGrids grids, out long ticks, out long lots)
    {
        int at = position + 1;
        if (!NumberPair.TryRead(message, ref at, Gap, grids, out PairValue level))
        {
            return TryOneCarefully(message, ref position, grids, out ticks, out lots);
        }

        ticks = level.First;
        lots = level.Second;
        grids.LevelForm = PairForm.Of(level.Shape, Gap);
        uint between = Unsafe.ReadUnaligned<uint>(ref Unsafe.Add(ref MemoryMarshal.GetReference(message), level.Middle)) & ThreeBytes;
        bool isLevel = message[position] == '[' && between == Between && (uint)(at + 1) < (uint)message.Length && message[at] == ']';
        position = at + 1;
        return isLevel && ticks != 0;
    }

    private static bool TryOneCarefully(ReadOnlySpan<byte> message, ref int at, LevelGrids grids, out long ticks, out long lots)
    {
        ticks = 0;
        lots = 0;
        return (uint)at < (uint)message.Length
            && message[at++] == '['
            && NumberText.TryQuoted(message, ref at, in grids.Prices, out ticks)
            && (uint)at < (uint)message.Length
            && message[at++] == ','
            && NumberText.TryQuoted(message, ref at, in grids.Sizes, out lots)
            && (uint)(at + 1) < (uint)message.Length
            && message[at++] == ']'
            && ticks is > 0 and <= OrderBook.MaxTicks;
    }
}
