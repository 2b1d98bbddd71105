using System.Text.Json;
using System.Text.Json.Serialization;

namespace Harrier.Exchanges.Uphold.Wire;

/// <summary>
/// Reads an amount or rate without losing a digit, from a JSON string or number, never through a double. The venue sends up to 18 decimals and more; what
/// has more digits than a decimal can hold is refused rather than rounded. Zeros at the end of a fraction are dropped, so that equal amounts are equal bytes.
/// </summary>
internal sealed class ExactDecimalConverter : JsonConverter<decimal>
{
    private const int LongestNumber = 64;

    public override decimal Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => Read(ref reader);

    public override void Write(Utf8JsonWriter writer, decimal value, JsonSerializerOptions options) => throw new NotSupportedException();

    internal static decimal Read(ref Utf8JsonReader reader)
    {
        bool isText = reader.TokenType is JsonTokenType.String or JsonTokenType.Number && !reader.HasValueSequence && reader.ValueSpan.Length <= LongestNumber;
        return isText && TryParse(reader.ValueSpan, out decimal value) ? value : throw new JsonException("an exact decimal was expected");
    }

    /// <summary>Reads digits with at most one point and a sign; no exponent, which the venue does not write.</summary>
    internal static bool TryParse(ReadOnlySpan<byte> text, out decimal value)
    {
        value = 0;
        bool isNegative = text.Length > 0 && text[0] == (byte)'-';
        ReadOnlySpan<byte> digits = isNegative ? text[1..] : text;
        int point = digits.IndexOf((byte)'.');
        ReadOnlySpan<byte> whole = point < 0 ? digits : digits[..point];
        ReadOnlySpan<byte> fraction = point < 0 ? default : digits[(point + 1)..].TrimEnd((byte)'0');
        bool isForm = whole.Length > 0 && (point < 0 || point < digits.Length - 1);
        if (!isForm || whole.ContainsAnyExceptInRange((byte)'0', (byte)'9') || fraction.ContainsAnyExceptInRange((byte)'0', (byte)'9') || fraction.Length > 28)
        {
            return false;
        }

        UInt128 number = 0;
        return TryAppend(whole, ref number) && TryAppend(fraction, ref number) && TryMake(number, isNegative, (byte)fraction.Length, out value);
    }

    private static bool TryAppend(ReadOnlySpan<byte> digits, ref UInt128 number)
    {
        foreach (byte digit in digits)
        {
            number = (number * 10) + (uint)(digit - '0');
            if (number >> 96 != 0)
            {
                return false;
            }
        }

        return true;
    }

    private static bool TryMake(UInt128 number, bool isNegative, byte scale, out decimal value)
    {
        value = new decimal(unchecked((int)(uint)number), unchecked((int)(uint)(number >> 32)), unchecked((int)(uint)(number >> 64)), isNegative && number != 0, scale);
        return true;
    }
}

/// <summary>The same for fields that may be null or absent.</summary>
internal sealed class OptionalExactDecimalConverter : JsonConverter<decimal?>
{
    public override decimal? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.Null ? null : ExactDecimalConverter.Read(ref reader);

    public override void Write(Utf8JsonWriter writer, decimal? value, JsonSerializerOptions options) => throw new NotSupportedException();
}
