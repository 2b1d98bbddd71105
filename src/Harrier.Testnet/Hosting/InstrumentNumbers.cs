using System.Globalization;
using System.Text.Json;
using Harrier.Testnet.Core;

namespace Harrier.Testnet.Hosting;

/// <summary>Decimals as JSON strings with as many digits as the contract's grids have.</summary>
internal static class InstrumentNumbers
{
    /// <summary>Digits of amounts of money.</summary>
    public const int MoneyDigits = 8;

    private const int Longest = 48;
    private static readonly string[] _formats = [.. Enumerable.Range(0, 29).Select(n => "F" + n.ToString(CultureInfo.InvariantCulture))];

    /// <summary>Digits after the point of a grid's step.</summary>
    public static int DigitsOf(decimal step) => (step / 1.0000000000000000000000000000m).Scale;

    /// <summary>A price with the digits of the contract's tick.</summary>
    public static void WritePrice(this Utf8JsonWriter json, ReadOnlySpan<byte> name, ListedInstrument instrument, decimal price) =>
        json.WriteDigits(name, price, DigitsOf(instrument.TickSize));

    /// <summary>A quantity with the digits of the contract's step.</summary>
    public static void WriteQuantity(this Utf8JsonWriter json, ReadOnlySpan<byte> name, ListedInstrument instrument, decimal quantity) =>
        json.WriteDigits(name, quantity, DigitsOf(instrument.LotSize));

    /// <summary>An amount of money.</summary>
    public static void WriteMoney(this Utf8JsonWriter json, ReadOnlySpan<byte> name, decimal amount) => json.WriteDigits(name, amount, MoneyDigits);

    /// <summary>With exactly so many digits after the point; more are rounded to the nearest.</summary>
    public static void WriteDigits(this Utf8JsonWriter json, ReadOnlySpan<byte> name, decimal value, int digits)
    {
        Span<byte> text = stackalloc byte[Longest];
        json.WriteString(name, text[..Format(value, digits, text)]);
    }

    /// <summary>The same as an element of a list.</summary>
    public static void WriteDigits(this Utf8JsonWriter json, decimal value, int digits)
    {
        Span<byte> text = stackalloc byte[Longest];
        json.WriteStringValue(text[..Format(value, digits, text)]);
    }

    /// <summary>A whole number as text.</summary>
    public static void WriteNumberText(this Utf8JsonWriter json, ReadOnlySpan<byte> name, long value) => json.WriteDigits(name, value, 0);

    /// <summary>Levels as pairs of price and quantity.</summary>
    public static void WriteLevels(this Utf8JsonWriter json, ReadOnlySpan<byte> name, ListedInstrument instrument, IReadOnlyList<DepthLevel> levels)
    {
        int priceDigits = DigitsOf(instrument.TickSize);
        int quantityDigits = DigitsOf(instrument.LotSize);
        json.WriteStartArray(name);
        for (int i = 0; i < levels.Count; i++)
        {
            json.WriteStartArray();
            json.WriteDigits(levels[i].Price, priceDigits);
            json.WriteDigits(levels[i].Quantity, quantityDigits);
            json.WriteEndArray();
        }

        json.WriteEndArray();
    }

    private static int Format(decimal value, int digits, Span<byte> text)
    {
        // As decimal.Round does, which answers without these digits are rounded by: formats alone send a half away from zero, and two answers would differ.
        _ = decimal.Round(value, digits).TryFormat(text, out int length, _formats[digits], CultureInfo.InvariantCulture);
        return length;
    }
}
