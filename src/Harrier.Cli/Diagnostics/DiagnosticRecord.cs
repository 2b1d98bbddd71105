using System.Buffers;
using System.Text;
using System.Text.Json;
using Harrier.Domain;

namespace Harrier.Cli.Diagnostics;

/// <summary>One line of a diagnostic session: what was looked at, what was found, and whether it passed.</summary>
/// <param name="Time">When.</param>
/// <param name="Component">Who looked: <c>density</c>, <c>activity</c>, <c>book</c>.</param>
/// <param name="Stage">At what.</param>
/// <param name="Symbol">The symbol.</param>
/// <param name="Payload">Names and values; a value is text, a number, a truth or null.</param>
/// <param name="Reason">Why it did not pass, or what happened; null when there is nothing to say.</param>
/// <param name="Passed">False when a trade would not be entered because of this.</param>
internal sealed record DiagnosticRecord(
    Timestamp Time, string Component, string Stage, string Symbol, IReadOnlyList<(string Name, object? Value)> Payload, string? Reason, bool Passed)
{
    /// <summary>The record as one line of JSON.</summary>
    public string ToJson()
    {
        ArrayBufferWriter<byte> line = new();
        using (Utf8JsonWriter json = new(line))
        {
            json.WriteStartObject();
            json.WriteString("ts", Time.ToString());
            json.WriteString("component", Component);
            json.WriteString("stage", Stage);
            json.WriteString("symbol", Symbol);
            json.WriteStartObject("payload");
            foreach ((string name, object? value) in Payload)
            {
                json.WritePropertyName(name);
                JsonSerializer.Serialize(json, value);
            }

            json.WriteEndObject();
            json.WriteString("reason", Reason);
            json.WriteBoolean("passed", Passed);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(line.WrittenSpan);
    }
}
