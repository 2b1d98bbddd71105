using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Harrier.Domain;

namespace Harrier.Api.Live;

/// <summary>How messages are written.</summary>
internal static class LiveJson
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>An object as UTF-8.</summary>
    public static ReadOnlyMemory<byte> Encode(Action<Utf8JsonWriter> write)
    {
        ArrayBufferWriter<byte> buffer = new(256);
        using Utf8JsonWriter json = new(buffer, Options);
        json.WriteStartObject();
        write(json);
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>A message of type, time in milliseconds and data, as guide 001 has them.</summary>
    public static void Typed(Utf8JsonWriter json, string type, Timestamp time, Action<Utf8JsonWriter> data)
    {
        json.WriteString("type", type);
        json.WriteNumber("ts", time.Nanos / 1_000_000);
        json.WriteStartObject("data");
        data(json);
        json.WriteEndObject();
    }

    /// <summary>A number as text with every digit; null where there is none.</summary>
    public static void Amount(Utf8JsonWriter json, string name, decimal? value) => json.WriteString(name, value?.ToString(CultureInfo.InvariantCulture));

    /// <summary>An instant in ISO 8601.</summary>
    public static void Time(Utf8JsonWriter json, string name, Timestamp time) =>
        json.WriteString(name, time.ToDateTimeOffset().UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFF'Z'", CultureInfo.InvariantCulture));
}
