using System.Text.Json;
using Harrier.Domain;
using Harrier.Exchanges.Books;
using Harrier.Exchanges.Wire;

namespace Harrier.Exchanges.Binance.Mapping;

/// <summary>What of a list of levels did not fit the instrument's grid.</summary>
internal struct LevelFaults
{
    /// <summary>Levels left out because their price lies between two ticks.</summary>
    public int OffGridPrices;

    /// <summary>Sizes rounded down to whole lots.</summary>
    public int RoundedSizes;
}

/// <summary>
/// Reads <c>[["price","size"],...]</c> in any spelling that JSON allows. Recorded books hold orders from before a venue made its grid coarser
/// (34 prices of NKNUSDT, 131 of CTKUSDT, 3 sizes of BTCUSDT): no order of ours can meet such a price, so the level is left out; of such a
/// size only whole lots can be had, so it is rounded down, but not to nothing. Both are counted.
/// </summary>
internal static class LevelReader
{
    /// <summary>Reads the array; further elements of a level are left out, as Binance once sent an empty one.</summary>
    /// <param name="array">The array with its brackets, valid JSON.</param>
    /// <param name="entry">Whose grids.</param>
    /// <param name="isAsk">Which side.</param>
    /// <param name="into">Where the levels go.</param>
    /// <param name="faults">Counts up.</param>
    /// <returns>False when a level is no pair of numbers of at least 0.</returns>
    public static bool TryRead(ReadOnlySpan<byte> array, SymbolEntry entry, bool isAsk, LevelBuffer into, ref LevelFaults faults)
    {
        Utf8JsonReader reader = new(array);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.StartArray)
        {
            if (!TryPrice(ref reader, entry.Prices, out long ticks, out bool isOffGrid) || !TrySize(ref reader, entry.Sizes, out long lots, ref faults))
            {
                return false;
            }

            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                reader.Skip();
            }

            if (isOffGrid)
            {
                faults.OffGridPrices++;
            }
            else
            {
                into.Add(new LevelChange(ticks, lots, isAsk));
            }
        }

        return reader.TokenType == JsonTokenType.EndArray;
    }

    private static bool TryPrice(ref Utf8JsonReader reader, in DecimalGrid grid, out long ticks, out bool isOffGrid)
    {
        ticks = 0;
        isOffGrid = false;
        if (!IsNumberText(ref reader))
        {
            return false;
        }

        NumberFault fault = NumberText.Read(reader.ValueSpan, in grid, out ticks);
        isOffGrid = fault == NumberFault.OffGrid && NumberText.TryDecimal(reader.ValueSpan, out decimal price) && grid.TryFloor(price, out _);
        return isOffGrid || (fault == NumberFault.None && ticks is > 0 and <= OrderBook.MaxTicks);
    }

    private static bool TrySize(ref Utf8JsonReader reader, in DecimalGrid grid, out long lots, ref LevelFaults faults)
    {
        lots = 0;
        if (!IsNumberText(ref reader))
        {
            return false;
        }

        NumberFault fault = NumberText.Read(reader.ValueSpan, in grid, out lots);
        if (fault != NumberFault.OffGrid)
        {
            return fault == NumberFault.None;
        }

        if (!NumberText.TryDecimal(reader.ValueSpan, out decimal size) || !grid.TryFloor(size, out lots))
        {
            return false;
        }

        lots = Math.Max(1, lots);
        faults.RoundedSizes++;
        return true;
    }

    private static bool IsNumberText(ref Utf8JsonReader reader) => reader.Read() && reader.TokenType == JsonTokenType.String && !reader.ValueIsEscaped;
}
