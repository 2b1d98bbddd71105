using System.Globalization;
using System.Text;
using System.Text.Json;
using Harrier.Domain;

namespace Harrier.Storage.Market.Files;

/// <summary>The text of manifests and of the files of series: times as ISO 8601, exact numbers as text, unknown values left out.</summary>
internal static class StoreJson
{
    private static readonly JsonWriterOptions Indented = new() { Indented = true };

    /// <summary>Reads a manifest.</summary>
    /// <returns>Null when there is none that can be read: it is then made again from the rows.</returns>
    public static PartitionManifest? ReadManifest(string path) => Read(path, root => new PartitionManifest
    {
        Schema = root.GetProperty("schema").GetInt32(),
        Rows = root.GetProperty("rows").GetInt64(),
        First = TimeOf(root.GetProperty("first")),
        Last = TimeOf(root.GetProperty("last")),
        Bytes = root.GetProperty("bytes").GetInt64(),
        Sha256 = root.GetProperty("sha256").GetString()!,
        Source = root.GetProperty("source").GetString()!,
        WrittenAt = TimeOf(root.GetProperty("written_at")),
        Gaps = RangesOf(root.GetProperty("gaps")),
        PriceDecimals = root.GetProperty("price_decimals").GetInt32(),
        VolumeDecimals = root.GetProperty("volume_decimals").GetInt32(),
    });

    /// <summary>Writes a manifest.</summary>
    public static void Write(string path, PartitionManifest manifest) => Write(path, json =>
    {
        json.WriteNumber("schema", manifest.Schema);
        json.WriteNumber("rows", manifest.Rows);
        json.WriteString("first", manifest.First.ToString());
        json.WriteString("last", manifest.Last.ToString());
        json.WriteNumber("bytes", manifest.Bytes);
        json.WriteString("sha256", manifest.Sha256);
        json.WriteString("source", manifest.Source);
        json.WriteString("written_at", manifest.WrittenAt.ToString());
        WriteRanges(json, "gaps", manifest.Gaps);
        json.WriteNumber("price_decimals", manifest.PriceDecimals);
        json.WriteNumber("volume_decimals", manifest.VolumeDecimals);
    });

    /// <summary>Reads what is known of a series.</summary>
    /// <returns>Null when there is nothing that can be read.</returns>
    public static SeriesFacts? ReadFacts(string path) => Read(path, root => new SeriesFacts
    {
        Covered = RangesOf(root.GetProperty("covered")),
        FirstAvailable = root.TryGetProperty("first_available", out JsonElement first) ? TimeOf(first) : null,
        TickSize = root.TryGetProperty("tick_size", out JsonElement tick) ? DecimalOf(tick) : null,
        LotSize = root.TryGetProperty("lot_size", out JsonElement lot) ? DecimalOf(lot) : null,
        Market = root.TryGetProperty("market", out JsonElement market) ? MarketOf(market.GetString()) : null,
        Source = root.GetProperty("source").GetString()!,
    });

    /// <summary>Writes what is known of a series.</summary>
    public static void Write(string path, SeriesKey key, SeriesFacts facts) => Write(path, json =>
    {
        json.WriteNumber("schema", PartitionManifest.CurrentSchema);
        json.WriteString("venue", key.Venue.Name);
        json.WriteString("kind", StoreLayout.NameOf(key.Kind));
        json.WriteString("symbol", key.Symbol);
        WriteText(json, "interval", key.IntervalName);
        WriteRanges(json, "covered", facts.Covered);
        WriteText(json, "first_available", facts.FirstAvailable?.ToString());
        WriteText(json, "tick_size", facts.TickSize?.ToString(CultureInfo.InvariantCulture));
        WriteText(json, "lot_size", facts.LotSize?.ToString(CultureInfo.InvariantCulture));
        WriteText(json, "market", facts.Market is { } market ? NameOf(market) : null);
        json.WriteString("source", facts.Source);
    });

    /// <summary>The word for how trades are settled.</summary>
    public static string NameOf(InstrumentKind market) => market == InstrumentKind.Spot ? "spot" : "perp";

    private static InstrumentKind? MarketOf(string? name) => name switch
    {
        "spot" => InstrumentKind.Spot,
        "perp" => InstrumentKind.LinearPerpetual,
        _ => null,
    };

    private static T? Read<T>(string path, Func<JsonElement, T> read)
        where T : class
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(path));
            return read(document.RootElement);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or JsonException or FormatException or KeyNotFoundException or InvalidOperationException or OverflowException)
        {
            return null;
        }
    }

    private static void Write(string path, Action<Utf8JsonWriter> write) => DurableFile.Write(path, stream =>
    {
        using (Utf8JsonWriter json = new(stream, Indented))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        stream.Write(Encoding.UTF8.GetBytes("\n"));
    });

    private static void WriteText(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
        {
            json.WriteString(name, value);
        }
    }

    private static void WriteRanges(Utf8JsonWriter json, string name, IReadOnlyList<TimeRange> ranges)
    {
        json.WriteStartArray(name);
        foreach (TimeRange range in ranges)
        {
            json.WriteStartObject();
            json.WriteString("from", range.From.ToString());
            json.WriteString("to", range.To.ToString());
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static IReadOnlyList<TimeRange> RangesOf(JsonElement ranges) =>
        [.. ranges.EnumerateArray().Select(range => new TimeRange(TimeOf(range.GetProperty("from")), TimeOf(range.GetProperty("to"))))];

    private static Timestamp TimeOf(JsonElement text) =>
        Timestamp.From(DateTimeOffset.Parse(text.GetString()!, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal));

    private static decimal DecimalOf(JsonElement text) => decimal.Parse(text.GetString()!, NumberStyles.Number, CultureInfo.InvariantCulture);
}
