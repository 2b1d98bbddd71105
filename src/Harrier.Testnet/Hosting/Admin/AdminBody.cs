using System.Globalization;
using System.Text.Json;

namespace Harrier.Testnet.Hosting.Admin;

/// <summary>The JSON object of a request to the admin port; members nobody knows are refused.</summary>
internal sealed class AdminBody
{
    private readonly Dictionary<string, JsonElement> _members;

    private AdminBody(Dictionary<string, JsonElement> members) => _members = members;

    /// <summary>Reads a body.</summary>
    /// <exception cref="AdminRequestException">It is no object, or has a member that is not known.</exception>
    public static AdminBody Read(ReadOnlyMemory<byte> body, params string[] known)
    {
        Dictionary<string, JsonElement>? members = null;
        try
        {
            members = JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(body.Span);
        }
        catch (JsonException)
        {
            // Answered below like any other body that is no object.
        }

        if (members is null)
        {
            throw AdminRequestException.Invalid("body", "not a JSON object", "an object with " + string.Join(", ", known));
        }

        foreach (string name in members.Keys.Where(n => !known.Contains(n, StringComparer.Ordinal)))
        {
            throw AdminRequestException.Invalid(name, "unknown member", string.Join(", ", known));
        }

        return new AdminBody(members);
    }

    /// <summary>A text; null where it is absent.</summary>
    public string? Text(string name) => Member(name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.String } text => text.GetString(),
        { ValueKind: JsonValueKind.Number } number => number.GetRawText(),
        { } other => throw AdminRequestException.Invalid(name, other.GetRawText(), "a text"),
    };

    /// <summary>A text that must be there.</summary>
    public string Required(string name) => Text(name) ?? throw AdminRequestException.Invalid(name, "absent", "a text");

    /// <summary>A number given as number or text; null where it is absent.</summary>
    public decimal? Number(string name, decimal min, decimal max)
    {
        if (Text(name) is not { } text)
        {
            return null;
        }

        return decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal value) && value >= min && value <= max
            ? value
            : throw AdminRequestException.Invalid(name, text, string.Create(CultureInfo.InvariantCulture, $"a number from {min} to {max}"));
    }

    /// <summary>A truth value; null where it is absent.</summary>
    public bool? Flag(string name) => Member(name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.True or JsonValueKind.False } flag => flag.GetBoolean(),
        { } other => throw AdminRequestException.Invalid(name, other.GetRawText(), "true or false"),
    };

    /// <summary>Amounts by name; null where they are absent.</summary>
    public IReadOnlyDictionary<string, decimal>? Amounts(string name)
    {
        if (Member(name) is not { } member)
        {
            return null;
        }

        if (member.ValueKind != JsonValueKind.Object)
        {
            throw AdminRequestException.Invalid(name, member.GetRawText(), "an object of assets and amounts");
        }

        Dictionary<string, decimal> amounts = new(StringComparer.Ordinal);
        foreach (JsonProperty property in member.EnumerateObject())
        {
            string text = property.Value.ValueKind == JsonValueKind.String ? property.Value.GetString() ?? "" : property.Value.GetRawText();
            amounts[property.Name] = decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal value) && value is >= 0 and <= 1e15m
                ? value
                : throw AdminRequestException.Invalid($"{name}.{property.Name}", text, "a number of at least 0");
        }

        return amounts;
    }

    private JsonElement? Member(string name) => _members.TryGetValue(name, out JsonElement element) && element.ValueKind != JsonValueKind.Null ? element : null;
}
