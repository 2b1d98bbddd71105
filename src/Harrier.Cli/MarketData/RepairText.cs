using System.Text.Json;
using Harrier.Storage.Market.Checks;

namespace Harrier.Cli.MarketData;

/// <summary>What a repair did, for people and for scripts.</summary>
internal static class RepairText
{
    /// <summary>For people.</summary>
    public static string ToText(IReadOnlyList<SeriesRepair> repairs)
    {
        using StringWriter text = new() { NewLine = "\n" };
        foreach (SeriesRepair repair in repairs)
        {
            text.WriteLine($"{(repair.Missing.Count == 0 ? "ok        " : "incomplete")}  {repair.Key}");
            WriteLines(text, "moved aside", repair.Moved);
            WriteLines(text, "rewritten", repair.Rewritten);
            WriteLines(text, "missing", repair.Missing.Select(range => range.ToString()));
        }

        return text.ToString();
    }

    /// <summary>For scripts.</summary>
    public static string ToJson(string root, IReadOnlyList<SeriesRepair> repairs) => JsonText.Object(json =>
    {
        json.WriteString("store", root);
        JsonText.Array(json, "series", repairs, repair =>
        {
            JsonText.Key(json, repair.Key);
            WriteArray(json, "moved", repair.Moved);
            WriteArray(json, "rewritten", repair.Rewritten);
            JsonText.Ranges(json, "missing", repair.Missing);
        });
    });

    private static void WriteLines(StringWriter text, string what, IEnumerable<string> lines)
    {
        foreach (string line in lines)
        {
            text.WriteLine($"            {what} {line}");
        }
    }

    private static void WriteArray(Utf8JsonWriter json, string name, IEnumerable<string> items)
    {
        json.WriteStartArray(name);
        foreach (string item in items)
        {
            json.WriteStringValue(item);
        }

        json.WriteEndArray();
    }
}
