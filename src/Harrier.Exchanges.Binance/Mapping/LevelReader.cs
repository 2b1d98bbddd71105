using System.Text.Json;
using Harrier.Exchanges.Books;
using Harrier.Exchanges.Wire;

namespace Harrier.Exchanges.Binance.Mapping;

/// <summary>Reads <c>[["price","size"],...]</c> in any spelling that JSON allows.</summary>
internal static class LevelReader
{
    /// <summary>Reads the array; further elements of a level are left out, as Binance once sent an empty one.</summary>
    /// <param name="array">The array with its brackets, valid JSON.</param>
    /// <param name="entry">Whose grids.</param>
    /// <param name="isAsk">Which side.</param>
    /// <param name="into">Where the levels go.</param>
    public static NumberFault Read(ReadOnlySpan<byte> array, SymbolEntry entry, bool isAsk, LevelBuffer into)
    {
        Utf8JsonReader reader = new(array);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.StartArray)
        {
            NumberFault fault = ReadNumber(ref reader, entry.Prices, out long ticks);
            if (fault != NumberFault.None)
            {
                return fault;
            }

            fault = ReadNumber(ref reader, entry.Sizes, out long lots);
            if (fault != NumberFault.None)
            {
                return fault;
            }

            if (ticks == 0)
            {
                return NumberFault.Malformed;
            }

            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                reader.Skip();
            }

            into.Add(new LevelChange(ticks, lots, isAsk));
        }

        return reader.TokenType == JsonTokenType.EndArray ? NumberFault.None : NumberFault.Malformed;
    }

    private static NumberFault ReadNumber(ref Utf8JsonReader reader, in DecimalGrid grid, out long steps)
    {
        steps = 0;
        return reader.Read() && reader.TokenType == JsonTokenType.String && !reader.ValueIsEscaped
            ? DecimalText.Read(reader.ValueSpan, in grid, out steps)
            : NumberFault.Malformed;
    }
}
