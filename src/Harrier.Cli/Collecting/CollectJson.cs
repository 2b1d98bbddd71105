using System.Text;
using System.Text.Json;
using Harrier.Domain;
using Harrier.Storage.Collection;
using Harrier.Storage.Market;

namespace Harrier.Cli.Collecting;

/// <summary>The summary of a collection as one JSON document.</summary>
internal static class CollectJson
{
    /// <summary>The document with a line end.</summary>
    public static string Of(CollectSummary summary, CollectCommand command)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter json = new(stream, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            json.WriteString("venue", summary.Venue.Name);
            json.WriteString("kind", command.Request.Kind.ToString().ToLowerInvariant());
            json.WriteString("interval", command.Request.Kind == SeriesKind.Bars ? SeriesKey.NameOf(command.Request.Interval) : null);
            json.WriteString("store", command.Store);
            json.WriteBoolean("complete", summary.IsComplete);
            json.WriteNumber("requests", summary.Requests);
            json.WriteString("error", summary.Fault?.Message);
            json.WriteStartArray("symbols");
            foreach (SymbolSummary symbol in summary.Symbols)
            {
                Write(json, symbol);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray()) + Environment.NewLine;
    }

    private static void Write(Utf8JsonWriter json, SymbolSummary symbol)
    {
        json.WriteStartObject();
        json.WriteString("symbol", symbol.Symbol);
        json.WriteString("state", CollectText.Word(symbol.State));
        json.WriteNumber("rows_new", symbol.RowsNew);
        json.WriteNumber("rows_total", symbol.RowsTotal);
        json.WriteString("first", Text(symbol.First));
        json.WriteString("last", Text(symbol.Last));
        json.WriteNumber("gaps", symbol.Gaps);
        json.WriteNumber("requests", symbol.Requests);
        json.WriteNumber("repairs", symbol.Repairs);
        json.WriteStartArray("notes");
        foreach (string note in symbol.Notes)
        {
            json.WriteStringValue(note);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static string? Text(Timestamp? time) => time?.ToString();
}
