using System.Text;
using System.Text.Json;
using Harrier.Storage.Market;

namespace Harrier.Cli.MarketData;

/// <summary>JSON documents about the market data store; prices and quantities are text, so that no reader rounds them.</summary>
internal static class JsonText
{
    private static readonly JsonWriterOptions Indented = new() { Indented = true };

    /// <summary>A document that is one object, with a line break at its end.</summary>
    public static string Object(Action<Utf8JsonWriter> write)
    {
        using MemoryStream bytes = new();
        using (Utf8JsonWriter json = new(bytes, Indented))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(bytes.ToArray()) + "\n";
    }

    /// <summary>An array of objects.</summary>
    public static void Array<T>(Utf8JsonWriter json, string name, IEnumerable<T> items, Action<T> write)
    {
        json.WriteStartArray(name);
        foreach (T item in items)
        {
            json.WriteStartObject();
            write(item);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>What names a series.</summary>
    public static void Key(Utf8JsonWriter json, SeriesKey key)
    {
        json.WriteString("venue", key.Venue.Name);
        json.WriteString("symbol", key.Symbol);
        json.WriteString("kind", key.Kind.ToString().ToLowerInvariant());
        json.WriteString("interval", key.IntervalName);
    }

    /// <summary>Spans of time.</summary>
    public static void Ranges(Utf8JsonWriter json, string name, IEnumerable<TimeRange> ranges) => Array(json, name, ranges, range =>
    {
        json.WriteString("from", range.From.ToString());
        json.WriteString("to", range.To.ToString());
    });

    /// <summary>What a series holds.</summary>
    public static void Description(Utf8JsonWriter json, SeriesDescription series)
    {
        Key(json, series.Key);
        json.WriteNumber("rows", series.Rows);
        json.WriteString("first", series.First?.ToString());
        json.WriteString("last", series.Last?.ToString());
        json.WriteNumber("files", series.Files.Count);
        json.WriteNumber("bytes", series.Bytes);
        json.WriteNumber("price_decimals", series.PriceDecimals);
        json.WriteNumber("volume_decimals", series.VolumeDecimals);
        json.WriteString("source", series.Facts.Source);
        json.WriteString("tick_size", Text(series.Facts.TickSize));
        json.WriteString("lot_size", Text(series.Facts.LotSize));
        json.WriteString("first_available", series.Facts.FirstAvailable?.ToString());
        Ranges(json, "gaps", series.Gaps);
        Ranges(json, "covered", series.Facts.Covered);
    }

    /// <summary>A number exactly as it is.</summary>
    public static string? Text(decimal? value) => value?.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
