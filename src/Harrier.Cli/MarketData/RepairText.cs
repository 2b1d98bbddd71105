using System.Text.Json;
using Harrier.Storage.Market.Checks;

namespace Harrier.Cli.MarketData;

/// <summary>A series after its repair.</summary>
/// <param name="Repair">What was done.</param>
/// <param name="Check">What a look at it finds now.</param>
internal sealed record RepairedSeries(SeriesRepair Repair, SeriesCheck Check)
{
    /// <value>True when nothing is missing and nothing wrong.</value>
    public bool IsWell => Repair.Missing.Count == 0 && Check.Passed;

    /// <value>What no repair can put right, a line each; what is missing stands apart.</value>
    public IEnumerable<string> Wrong => Check.Findings.Where(static finding => !finding.IsNote && finding.Kind != StoreFindingKind.Gap).Select(static finding => finding.Detail);
}

/// <summary>What a repair did, for people and for scripts.</summary>
internal static class RepairText
{
    /// <summary>For people.</summary>
    public static string ToText(IReadOnlyList<RepairedSeries> repaired)
    {
        using StringWriter text = new() { NewLine = "\n" };
        foreach (RepairedSeries series in repaired)
        {
            SeriesRepair repair = series.Repair;
            text.WriteLine($"{(series.IsWell ? "ok        " : repair.Missing.Count == 0 ? "faulty    " : "incomplete")}  {repair.Key}");
            WriteLines(text, "moved aside", repair.Moved);
            WriteLines(text, "rewritten", repair.Rewritten);
            WriteLines(text, "missing", repair.Missing.Select(range => range.ToString()));
            WriteLines(text, "still wrong:", series.Wrong);
        }

        return text.ToString();
    }

    /// <summary>For scripts.</summary>
    public static string ToJson(string root, IReadOnlyList<RepairedSeries> repaired) => JsonText.Object(json =>
    {
        json.WriteString("store", root);
        JsonText.Array(json, "series", repaired, series =>
        {
            SeriesRepair repair = series.Repair;
            JsonText.Key(json, repair.Key);
            WriteArray(json, "moved", repair.Moved);
            WriteArray(json, "rewritten", repair.Rewritten);
            JsonText.Ranges(json, "missing", repair.Missing);
            WriteArray(json, "wrong", series.Wrong);
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
