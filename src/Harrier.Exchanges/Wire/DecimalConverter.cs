using System.Buffers.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Harrier.Exchanges.Wire;

/// <summary>Reads a decimal from a JSON string or number without ever going through a double; an empty string is no value.</summary>
public sealed class OptionalDecimalConverter : JsonConverter<decimal?>
{
    private const int LongestNumber = 64;

    /// <inheritdoc/>
    public override decimal? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => Read(ref reader);

    /// <summary>Not supported: messages are only read.</summary>
    public override void Write(Utf8JsonWriter writer, decimal? value, JsonSerializerOptions options) => throw new NotSupportedException();

    internal static decimal? Read(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.Number)
        {
            return reader.GetDecimal();
        }

        if (reader.TokenType == JsonTokenType.Null)
        {
            return null;
        }

        if (reader.TokenType != JsonTokenType.String || reader.HasValueSequence || reader.ValueSpan.Length > LongestNumber)
        {
            throw new JsonException("a number was expected");
        }

        ReadOnlySpan<byte> text = reader.ValueSpan;
        return text.IsEmpty ? null
            : Utf8Parser.TryParse(text, out decimal value, out int used) && used == text.Length ? value
            : throw new JsonException("a decimal was expected");
    }
}

/// <summary>The same for fields that always hold a number; an empty string is 0.</summary>
public sealed class DecimalConverter : JsonConverter<decimal>
{
    /// <inheritdoc/>
    public override decimal Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => OptionalDecimalConverter.Read(ref reader) ?? 0;

    /// <summary>Not supported: messages are only read.</summary>
    public override void Write(Utf8JsonWriter writer, decimal value, JsonSerializerOptions options) => throw new NotSupportedException();
}
