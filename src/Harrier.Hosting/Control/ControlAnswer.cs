using System.Text;
using System.Text.Json;
using Harrier.Hosting.Accounts;

namespace Harrier.Hosting.Control;

/// <summary>Writes and reads the answers of the control socket: one JSON object on one line.</summary>
public static class ControlAnswer
{
    /// <summary>What became of an order.</summary>
    public static string Of(CommandAnswer answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        return Line(json =>
        {
            json.WriteBoolean("ok", answer.IsDone);
            json.WriteString("text", answer.Text);
        });
    }

    /// <summary>How things stand, and what happened since.</summary>
    public static string Of(IReadOnlyList<AccountStatus> accounts, IReadOnlyList<LoggedEvent> events, long last) => Line(json =>
    {
        json.WriteBoolean("ok", true);
        json.WriteNumber("process", Environment.ProcessId);
        json.WriteNumber("last", last);
        StatusJson.Write(json, accounts);
        json.WriteStartArray("events");
        foreach (LoggedEvent one in events)
        {
            json.WriteStartObject();
            json.WriteNumber("number", one.Number);
            json.WriteString("text", one.Text);
            json.WritePropertyName("json");
            json.WriteRawValue(one.Json);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });

    /// <summary>Reads the answer to an order.</summary>
    public static CommandAnswer ReadOrder(string line)
    {
        JsonElement root = JsonDocument.Parse(line).RootElement;
        return new CommandAnswer(root.GetProperty("ok").GetBoolean(), root.GetProperty("text").GetString() ?? "");
    }

    private static string Line(Action<Utf8JsonWriter> write)
    {
        using MemoryStream bytes = new();
        using (Utf8JsonWriter json = new(bytes))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(bytes.ToArray());
    }
}
