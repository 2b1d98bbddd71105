using System.Globalization;
using System.Text.Json;

namespace Harrier.Testnet.Bybit.Requests;

/// <summary>
/// The parameters of one request, from a query or from the members of a JSON object; unknown ones are of no effect, as with the venue. Reading is
/// sticky: the first fault is kept, later reads give defaults, and the handler looks at <see cref="Fault"/> before it does anything.
/// </summary>
internal sealed class BybitParameters
{
    private const NumberStyles DecimalStyle = NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign;
    private const int LongestNumber = 40;

    private readonly Dictionary<string, string> _texts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, JsonElement> _lists = new(StringComparer.Ordinal);

    /// <summary>The first fault met.</summary>
    public BybitFault? Fault { get; private set; }

    /// <summary>Keeps the first fault.</summary>
    public void Fail(BybitFault fault) => Fault ??= fault;

    /// <summary>Reads a query as sent.</summary>
    public static BybitParameters OfQuery(string query)
    {
        BybitParameters read = new();
        foreach (string part in query.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            int mark = part.IndexOf('=', StringComparison.Ordinal);
            string name = Decode(mark < 0 ? part : part[..mark]);
            read._texts[name] = mark < 0 ? "" : Decode(part[(mark + 1)..]);
        }

        return read;
    }

    /// <summary>Reads a body; one that is no JSON object is a fault.</summary>
    public static BybitParameters OfBody(ReadOnlySpan<byte> body)
    {
        BybitParameters read = new();
        try
        {
            Utf8JsonReader reader = new(body);
            using JsonDocument document = JsonDocument.ParseValue(ref reader);
            if (document.RootElement.ValueKind == JsonValueKind.Object)
            {
                return Of(document.RootElement.Clone());
            }
        }
        catch (JsonException)
        {
            // Said below.
        }

        read.Fail(BybitFault.Parameter("Request body is not a JSON object"));
        return read;
    }

    /// <summary>Reads the members of an object.</summary>
    public static BybitParameters Of(JsonElement members)
    {
        BybitParameters read = new();
        foreach (JsonProperty member in members.EnumerateObject())
        {
            switch (member.Value.ValueKind)
            {
                case JsonValueKind.String:
                    read._texts[member.Name] = member.Value.GetString() ?? "";
                    break;
                case JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False:
                    read._texts[member.Name] = member.Value.GetRawText();
                    break;
                case JsonValueKind.Array:
                    read._lists[member.Name] = member.Value;
                    break;
                default:
                    break;
            }
        }

        return read;
    }

    /// <summary>Whether a value was sent that is not empty.</summary>
    public bool Has(string name) => Text(name) is not null;

    /// <summary>A text; null when it is absent or empty, which the venue does not tell apart.</summary>
    public string? Text(string name) => _texts.TryGetValue(name, out string? text) && text.Length > 0 ? text : null;

    /// <summary>A text that must be there.</summary>
    public string Required(string name)
    {
        if (Text(name) is { } text)
        {
            return text;
        }

        Fail(BybitFault.Missing(name));
        return "";
    }

    /// <summary>A number; null when it is absent.</summary>
    public decimal? Decimal(string name)
    {
        if (Text(name) is not { } text)
        {
            return null;
        }

        if (text.Length <= LongestNumber && decimal.TryParse(text, DecimalStyle, CultureInfo.InvariantCulture, out decimal value))
        {
            return value;
        }

        Fail(BybitFault.Invalid(name));
        return null;
    }

    /// <summary>A whole number; null when it is absent.</summary>
    public long? Integer(string name)
    {
        if (Text(name) is not { } text)
        {
            return null;
        }

        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long value))
        {
            return value;
        }

        Fail(BybitFault.Invalid(name));
        return null;
    }

    /// <summary>A number of items a page has, within its bounds.</summary>
    public int Limit(int usual, int most) => (int)Math.Clamp(Integer("limit") ?? usual, 1, most);

    /// <summary>A truth value, false when it is absent.</summary>
    public bool Flag(string name)
    {
        switch (Text(name))
        {
            case null or "false" or "0":
                return false;
            case "true" or "1":
                return true;
            default:
                Fail(BybitFault.Invalid(name));
                return false;
        }
    }

    /// <summary>A list of objects.</summary>
    public IReadOnlyList<JsonElement> Objects(string name)
    {
        if (_lists.TryGetValue(name, out JsonElement list) && list.EnumerateArray().All(e => e.ValueKind == JsonValueKind.Object))
        {
            return [.. list.EnumerateArray()];
        }

        Fail(BybitFault.Missing(name));
        return [];
    }

    private static string Decode(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));
}
