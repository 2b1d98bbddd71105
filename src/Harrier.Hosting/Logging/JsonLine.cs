using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Serilog.Events;
using Serilog.Formatting;
using Serilog.Parsing;

namespace Harrier.Hosting.Logging;

/// <summary>Writes an entry of the log as one line of JSON. Whatever an entry holds passes the <see cref="Redaction"/> here, the last place before the file: message, exception, values and their names.</summary>
/// <param name="redaction">Hides secrets.</param>
internal sealed class JsonLine(Redaction redaction) : ITextFormatter
{
    /// <summary>Characters of a text that are kept; what an exchange answers may be of any length.</summary>
    public const int LongestText = 16 * 1024;

    private const string Category = "SourceContext";
    private const string Event = "EventId";

    // What entries are looked for by stands beside time and level; the names are those of the messages.
    private static readonly (string Property, string Member)[] Lifted = [("Account", "account"), ("Bot", "bot"), ("Symbol", "symbol")];

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public void Format(LogEvent logEvent, TextWriter output)
    {
        ArrayBufferWriter<byte> bytes = new(512);
        using (Utf8JsonWriter json = new(bytes, Options))
        {
            json.WriteStartObject();
            Write(json, logEvent);
            json.WriteEndObject();
        }

        output.Write(Encoding.UTF8.GetString(bytes.WrittenSpan));
        output.Write('\n');
    }

    private void Write(Utf8JsonWriter json, LogEvent entry)
    {
        json.WriteString("time", entry.Timestamp.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.ffffffZ", CultureInfo.InvariantCulture));
        json.WriteString("level", WordOf(entry.Level));
        if (TextOf(entry, Category) is { } category)
        {
            json.WriteString("category", category);
        }

        WriteEvent(json, entry);
        json.WriteString("message", Clean(MessageOf(entry)));
        foreach ((string property, string member) in Lifted)
        {
            if (TextOf(entry, property) is { Length: > 0 } text)
            {
                json.WriteString(member, Clean(text));
            }
        }

        if (entry.TraceId is { } trace)
        {
            json.WriteString("traceId", trace.ToHexString());
            json.WriteString("spanId", entry.SpanId?.ToHexString());
        }

        if (entry.Exception is { } fault)
        {
            json.WriteString("exception", Clean(fault.ToString()));
        }

        WriteValues(json, entry);
    }

    // Texts without quotes, as people read them.
    private static string MessageOf(LogEvent entry)
    {
        using StringWriter message = new(CultureInfo.InvariantCulture);
        foreach (MessageTemplateToken token in entry.MessageTemplate.Tokens)
        {
            if (token is PropertyToken { PropertyName: var name } && entry.Properties.GetValueOrDefault(name) is ScalarValue { Value: string text })
            {
                message.Write(text);
            }
            else
            {
                token.Render(entry.Properties, message, CultureInfo.InvariantCulture);
            }
        }

        return message.ToString();
    }

    private static void WriteEvent(Utf8JsonWriter json, LogEvent entry)
    {
        if (entry.Properties.GetValueOrDefault(Event) is not StructureValue id)
        {
            return;
        }

        foreach (LogEventProperty part in id.Properties)
        {
            switch (part)
            {
                case { Name: "Id", Value: ScalarValue { Value: int number } }:
                    json.WriteNumber("event", number);
                    break;
                case { Name: "Name", Value: ScalarValue { Value: string name } }:
                    json.WriteString("eventName", name);
                    break;
            }
        }
    }

    private void WriteValues(Utf8JsonWriter json, LogEvent entry)
    {
        KeyValuePair<string, LogEventPropertyValue>[] values = [.. entry.Properties.Where(static one => one.Key is not (Category or Event) && !Array.Exists(Lifted, lifted => lifted.Property == one.Key))];
        if (values.Length == 0)
        {
            return;
        }

        json.WriteStartObject("values");
        foreach ((string name, LogEventPropertyValue value) in values)
        {
            WriteMember(json, name, value);
        }

        json.WriteEndObject();
    }

    private void WriteMember(Utf8JsonWriter json, string name, LogEventPropertyValue value)
    {
        json.WritePropertyName(Clean(name));
        if (Redaction.IsSecret(name))
        {
            json.WriteStringValue(Exchanges.KnownSecrets.Hidden);
        }
        else
        {
            WriteValue(json, value);
        }
    }

    private void WriteValue(Utf8JsonWriter json, LogEventPropertyValue value)
    {
        switch (value)
        {
            case ScalarValue scalar:
                WriteScalar(json, scalar.Value);
                break;
            case SequenceValue list:
                json.WriteStartArray();
                foreach (LogEventPropertyValue element in list.Elements)
                {
                    WriteValue(json, element);
                }

                json.WriteEndArray();
                break;
            case StructureValue structure:
                json.WriteStartObject();
                foreach (LogEventProperty part in structure.Properties)
                {
                    WriteMember(json, part.Name, part.Value);
                }

                json.WriteEndObject();
                break;
            case DictionaryValue pairs:
                json.WriteStartObject();
                foreach ((ScalarValue key, LogEventPropertyValue element) in pairs.Elements)
                {
                    WriteMember(json, Convert.ToString(key.Value, CultureInfo.InvariantCulture) ?? "", element);
                }

                json.WriteEndObject();
                break;
        }
    }

    // Money is a text, as everywhere; a number that is a secret is a text too, and hidden.
    private void WriteScalar(Utf8JsonWriter json, object? value)
    {
        string text = value switch
        {
            null => "",
            TimeSpan length => length.ToString("c", CultureInfo.InvariantCulture),
            DateTimeOffset time => time.UtcDateTime.ToString("O", CultureInfo.InvariantCulture),
            IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
            _ => value.ToString() ?? "",
        };
        string clean = Clean(text);
        switch (value)
        {
            case null:
                json.WriteNullValue();
                break;
            case bool isSo:
                json.WriteBooleanValue(isSo);
                break;
            case byte or short or int or long or uint or ulong when clean == text:
                json.WriteRawValue(text);
                break;
            case double real when double.IsFinite(real) && clean == text:
                json.WriteNumberValue(real);
                break;
            default:
                json.WriteStringValue(clean);
                break;
        }
    }

    // Cut after it is clean: half a secret is still too much of it.
    private string Clean(string text)
    {
        string clean = redaction.Clean(text);
        return clean.Length <= LongestText ? clean : string.Concat(clean.AsSpan(0, LongestText), " ...");
    }

    private static string? TextOf(LogEvent entry, string property) =>
        entry.Properties.GetValueOrDefault(property) is ScalarValue { Value: { } value } ? Convert.ToString(value, CultureInfo.InvariantCulture) : null;

    private static string WordOf(LogEventLevel level) => level switch
    {
        LogEventLevel.Verbose => "trace",
        LogEventLevel.Debug => "debug",
        LogEventLevel.Information => "information",
        LogEventLevel.Warning => "warning",
        LogEventLevel.Error => "error",
        _ => "critical",
    };
}
