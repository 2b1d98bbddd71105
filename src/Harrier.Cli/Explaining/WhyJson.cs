using System.Globalization;
using System.Text;
using System.Text.Json;
using Harrier.Domain;
using Harrier.Hosting.Accounts;
using Harrier.Hosting.Control;
using Harrier.Hosting.Explaining;

namespace Harrier.Cli.Explaining;

/// <summary>Why bots traded or did not, as JSON. Values and limits are texts.</summary>
internal static class WhyJson
{
    /// <summary>An array of bots.</summary>
    public static string Of(IReadOnlyList<BotMoment> moments)
    {
        using MemoryStream bytes = new();
        using (Utf8JsonWriter json = new(bytes))
        {
            json.WriteStartArray();
            foreach (BotMoment moment in moments)
            {
                Write(json, moment);
            }

            json.WriteEndArray();
        }

        return Encoding.UTF8.GetString(bytes.ToArray());
    }

    private static void Write(Utf8JsonWriter json, BotMoment moment)
    {
        json.WriteStartObject();
        json.WriteString("account", moment.Account);
        json.WriteString("bot", moment.Bot);
        json.WriteString("time", RunText.Of(moment.Time));
        json.WriteString("condition", moment.Condition.ToString().ToLowerInvariant());
        json.WriteString("state", RiskWords.Of(moment.State));
        json.WriteString("position", Number(moment.Position));
        json.WriteStartObject("signal");
        if (moment.Signal is { } said)
        {
            json.WriteString("time", RunText.Of(said.Time));
            json.WriteString("signal", said.Side.ToString().ToUpperInvariant());
            json.WriteNumber("confidence", said.Confidence);
            json.WriteStartObject("meta");
            foreach ((string name, string value) in said.Meta)
            {
                json.WriteString(name, value);
            }

            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.WriteStartArray("entries");
        foreach (PossibleEntry entry in moment.Entries)
        {
            Write(json, entry);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, PossibleEntry entry)
    {
        json.WriteStartObject();
        json.WriteString("side", entry.Side == OrderSide.Buy ? "buy" : "sell");
        json.WriteString("quantity", Number(entry.Quantity));
        json.WriteString("refused_by", entry.RefusedBy?.Rule);
        json.WriteString("nearest", entry.Nearest?.Rule);
        json.WriteStartArray("gates");
        foreach (GateAnswer gate in entry.Gates.Where(static one => one.Reading.Limit is not null))
        {
            json.WriteStartObject();
            json.WriteString("rule", gate.Rule);
            json.WriteString("value", Number(gate.Reading.Value));
            json.WriteString("limit", Number(gate.Reading.Limit!.Value));
            json.WriteBoolean("passes", gate.Reading.Passes);
            json.WriteString("change", Number(gate.Change!.Value));
            json.WriteString("flip", gate.Flip);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static string Number(decimal value) => value.ToString("0.##################", CultureInfo.InvariantCulture);
}
