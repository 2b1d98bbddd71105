using System.Globalization;
using System.Text;
using System.Text.Json;
using Harrier.Cli.MarketData;
using Harrier.Strategies.Scanning;

namespace Harrier.Cli.Scanning;

/// <summary>Shows the markets of a scan.</summary>
internal static class ScanText
{
    private static readonly string[] _columns = ["rank", "symbol", "score", "passed", "close", "volume_24h", "spread_bps", "atr_pct", "surge_5m", "surge_1h", "level", "failed", "unknown"];

    /// <summary>A table, one line a market.</summary>
    public static void Write(TextWriter output, IReadOnlyList<ScannedMarket> markets) => TextTable.Write(output, _columns, [.. markets.Select(Row)]);

    /// <summary>One JSON document.</summary>
    public static string ToJson(ScanRequest request, IReadOnlyList<ScannedMarket> markets, int lookedAt)
    {
        using MemoryStream buffer = new();
        using (Utf8JsonWriter json = new(buffer))
        {
            json.WriteStartObject();
            json.WriteString("preset", request.Preset.Name);
            json.WriteString("interval", request.Interval.ToString());
            json.WriteNumber("looked_at", lookedAt);
            json.WriteStartArray("markets");
            foreach (ScannedMarket market in markets)
            {
                Write(json, market);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }

    private static string[] Row(ScannedMarket market)
    {
        MarketFacts facts = market.Facts;
        return
        [
            market.Rank.ToString(CultureInfo.InvariantCulture), facts.Symbol, Number(market.Score, "F3"), market.Passed ? "yes" : "no", Number(facts.Close, "G9"), Number(facts.Volume24H, "F0"),
            Number(facts.SpreadBps, "F2"), Number(facts.AtrRange * 100, "F3"), Number(facts.Surge5M, "F2"), Number(facts.Surge1H, "F2"), Number(facts.LevelStrength, "F2"),
            string.Join(' ', market.Filters.Where(filter => filter.Passed == false).Select(filter => filter.Name)), string.Join(' ', market.Unknown),
        ];
    }

    private static string Number(double value, string format) => double.IsNaN(value) ? "" : value.ToString(format, CultureInfo.InvariantCulture);

    private static void Write(Utf8JsonWriter json, ScannedMarket market)
    {
        json.WriteStartObject();
        json.WriteNumber("rank", market.Rank);
        json.WriteString("symbol", market.Facts.Symbol);
        json.WriteNumber("score", market.Score);
        json.WriteBoolean("passed", market.Passed);
        WriteNumber(json, "close", market.Facts.Close);
        WriteNumber(json, "level_strength", market.Facts.LevelStrength);
        json.WriteStartArray("filters");
        foreach (FilterResult filter in market.Filters)
        {
            json.WriteStartObject();
            json.WriteString("name", filter.Name);
            WriteNumber(json, "value", filter.Value);
            json.WriteNumber("threshold", filter.Threshold);
            json.WritePropertyName("passed");
            JsonSerializer.Serialize(json, filter.Passed);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteNumber(Utf8JsonWriter json, string name, double value)
    {
        if (double.IsFinite(value))
        {
            json.WriteNumber(name, value);
        }
        else
        {
            json.WriteNull(name);
        }
    }
}
