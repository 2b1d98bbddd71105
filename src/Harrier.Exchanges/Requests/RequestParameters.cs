using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Harrier.Domain;

namespace Harrier.Exchanges.Requests;

/// <summary>
/// The parameters of a call in the order they are sent. Empty values are left out, because venues refuse them; numbers are written
/// in plain digits whatever the machine's culture.
/// </summary>
public sealed class RequestParameters
{
    private static readonly JsonWriterOptions _plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly List<KeyValuePair<string, string>> _items = [];
    private readonly HashSet<string> _unquoted = new(StringComparer.Ordinal);

    /// <summary>Names and values.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Items => _items;

    /// <summary>A number in plain digits.</summary>
    public static string Text(decimal value) => value.ToString("0.##################", CultureInfo.InvariantCulture);

    /// <summary>Several sets of parameters as a JSON array of objects.</summary>
    public static string JsonList(IEnumerable<RequestParameters> items) => Written(writer =>
    {
        writer.WriteStartArray();
        foreach (RequestParameters item in items)
        {
            item.Write(writer);
        }

        writer.WriteEndArray();
    });

    /// <summary>Adds a text unless it is empty.</summary>
    public RequestParameters Add(string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            _items.Add(new KeyValuePair<string, string>(name, value));
        }

        return this;
    }

    /// <summary>Adds a number.</summary>
    public RequestParameters Add(string name, long value) => Add(name, value.ToString(CultureInfo.InvariantCulture));

    /// <summary>Adds a number unless there is none.</summary>
    public RequestParameters Add(string name, long? value) => Add(name, value?.ToString(CultureInfo.InvariantCulture));

    /// <summary>Adds an id unless there is none.</summary>
    public RequestParameters Add(string name, VenueOrderId? value) => Add(name, value?.ToString());

    /// <summary>Adds a number.</summary>
    public RequestParameters Add(string name, decimal value) => Add(name, Text(value));

    /// <summary>Adds a number unless it is 0.</summary>
    public RequestParameters AddUnlessZero(string name, decimal value) => value == 0 ? this : Add(name, value);

    /// <summary>Adds what stands in JSON without quotes: a number, true, false, an array.</summary>
    public RequestParameters AddUnquoted(string name, string? json)
    {
        if (!string.IsNullOrEmpty(json))
        {
            _unquoted.Add(name);
        }

        return Add(name, json);
    }

    /// <summary>Percent-encoded in UTF-8, joined as a query or form.</summary>
    public string Encoded()
    {
        StringBuilder text = new();
        foreach ((string name, string value) in _items)
        {
            text.Append(text.Length == 0 ? "" : "&").Append(Uri.EscapeDataString(name)).Append('=').Append(Uri.EscapeDataString(value));
        }

        return text.ToString();
    }

    /// <summary>Sorted by name and not encoded.</summary>
    public string Sorted() =>
        string.Join('&', _items.OrderBy(i => i.Key, StringComparer.Ordinal).Select(i => i.Key + "=" + i.Value));

    /// <summary>A JSON object.</summary>
    public string Json() => Written(Write);

    private static string Written(Action<Utf8JsonWriter> write)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter writer = new(stream, _plain))
        {
            write(writer);
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        foreach ((string name, string value) in _items)
        {
            if (_unquoted.Contains(name))
            {
                writer.WritePropertyName(name);
                writer.WriteRawValue(value);
            }
            else
            {
                writer.WriteString(name, value);
            }
        }

        writer.WriteEndObject();
    }
}
