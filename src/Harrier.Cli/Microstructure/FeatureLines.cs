using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Harrier.Domain;

namespace Harrier.Cli.Microstructure;

/// <summary>Writes a line per event, as JSON or as text.</summary>
/// <param name="output">Where the lines go.</param>
/// <param name="isJson">True for JSON.</param>
internal sealed class FeatureLines(TextWriter output, bool isJson)
{
    private readonly ArrayBufferWriter<byte> _line = new();

    /// <summary>Lines so far.</summary>
    public long Count { get; private set; }

    /// <summary>Writes a line; a value is text, a number, a truth or null.</summary>
    /// <param name="time">When.</param>
    /// <param name="feature">Whose line.</param>
    /// <param name="values">Names and values.</param>
    public void Write(Timestamp time, string feature, params ReadOnlySpan<(string Name, object? Value)> values)
    {
        Count++;
        if (!isJson)
        {
            output.Write($"{time} {feature}");
            foreach ((string name, object? value) in values)
            {
                output.Write($" {name}={Text(value)}");
            }

            output.Write('\n');
            return;
        }

        _line.ResetWrittenCount();
        using (Utf8JsonWriter json = new(_line))
        {
            json.WriteStartObject();
            json.WriteString("time", time.ToString());
            json.WriteString("feature", feature);
            foreach ((string name, object? value) in values)
            {
                json.WritePropertyName(name);
                JsonSerializer.Serialize(json, value);
            }

            json.WriteEndObject();
        }

        output.Write(Encoding.UTF8.GetString(_line.WrittenSpan));
        output.Write('\n');
    }

    private static string Text(object? value) => value switch
    {
        null => "-",
        double number => number.ToString("0.######", CultureInfo.InvariantCulture),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };
}
