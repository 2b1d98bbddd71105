using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Harrier.Testnet.Hosting;

/// <summary>A writer that is used again and again for payloads that are copied at once.</summary>
internal sealed class JsonScratch : IDisposable
{
    private static readonly JsonWriterOptions _options = new() { SkipValidation = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly ArrayBufferWriter<byte> _bytes = new(1024);
    private readonly Utf8JsonWriter _json;

    /// <summary>Creates an empty one.</summary>
    public JsonScratch() => _json = new Utf8JsonWriter(_bytes, _options);

    /// <summary>What was written since <see cref="Start"/>.</summary>
    public ReadOnlySpan<byte> Text
    {
        get
        {
            _json.Flush();
            return _bytes.WrittenSpan;
        }
    }

    /// <summary>Starts a payload; the one before is gone.</summary>
    public Utf8JsonWriter Start()
    {
        _bytes.ResetWrittenCount();
        _json.Reset(_bytes);
        return _json;
    }

    /// <inheritdoc/>
    public void Dispose() => _json.Dispose();
}

/// <summary>Decimals as JSON strings, the way the venue writes them.</summary>
internal static class JsonDecimals
{
    private const int Longest = 48;

    /// <summary>With exactly eight decimals, as spot does everywhere.</summary>
    public static void WriteFixed(this Utf8JsonWriter json, ReadOnlySpan<byte> name, decimal value)
    {
        Span<byte> text = stackalloc byte[Longest];
        json.WriteString(name, text[..FormatFixed(value, text)]);
    }

    /// <summary>With exactly eight decimals, in an array.</summary>
    public static void WriteFixedValue(this Utf8JsonWriter json, decimal value)
    {
        Span<byte> text = stackalloc byte[Longest];
        json.WriteStringValue(text[..FormatFixed(value, text)]);
    }

    /// <summary>With no more decimals than it has, as linear contracts do.</summary>
    public static void WritePlain(this Utf8JsonWriter json, ReadOnlySpan<byte> name, decimal value)
    {
        Span<byte> text = stackalloc byte[Longest];
        _ = (value / 1.0000000000000000000000000000m).TryFormat(text, out int length, "0.##################", CultureInfo.InvariantCulture);
        json.WriteString(name, text[..length]);
    }

    private static int FormatFixed(decimal value, Span<byte> text)
    {
        _ = value.TryFormat(text, out int length, "F8", CultureInfo.InvariantCulture);
        return length;
    }
}
