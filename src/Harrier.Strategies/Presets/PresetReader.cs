using System.Collections;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using Harrier.Engine.Strategies;

namespace Harrier.Strategies.Presets;

/// <summary>
/// Reads a preset from JSON. What is not said keeps its default; a key that nobody knows, a value of another kind or out of its range is refused, and
/// of a misspelt key the nearest known one is named.
/// </summary>
public static class PresetReader
{
    private static readonly JsonSerializerOptions Format = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, WriteIndented = true };
    private static readonly JsonDocumentOptions Lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <summary>Reads it.</summary>
    /// <param name="json">The text, in UTF-8.</param>
    /// <param name="source">Where it comes from, for errors.</param>
    /// <exception cref="PresetException">Something in it is not allowed.</exception>
    public static Preset Read(ReadOnlyMemory<byte> json, string source)
    {
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(json, Lenient);
        }
        catch (JsonException fault)
        {
            throw new PresetException($"{source}, line {fault.LineNumber + 1}", fault.Message.Split(" LineNumber", StringSplitOptions.None)[0], "a JSON object");
        }

        using (document)
        {
            return (Preset)Section(typeof(Preset), document.RootElement, source, "");
        }
    }

    /// <summary>The preset with all its numbers as JSON text.</summary>
    public static string Write(Preset preset) => JsonSerializer.Serialize(preset, Format);

    /// <summary>The key of a member.</summary>
    internal static string KeyOf(PropertyInfo property) =>
        property.GetCustomAttribute<JsonPropertyNameAttribute>()?.Name ?? JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name);

    private static object Section(Type type, JsonElement json, string source, string path)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            throw new PresetException(Field(source, path), Shown(json), "an object");
        }

        Dictionary<string, PropertyInfo> known = type.GetProperties().ToDictionary(KeyOf, StringComparer.Ordinal);
        object section = Activator.CreateInstance(type)!;
        HashSet<string> seen = new(StringComparer.Ordinal);
        foreach (JsonProperty one in json.EnumerateObject())
        {
            string key = path.Length == 0 ? one.Name : $"{path}.{one.Name}";
            if (!known.TryGetValue(one.Name, out PropertyInfo? property))
            {
                string nearest = NearestName.Find(one.Name, known.Keys) is { } near ? $"no such key, {near} is the nearest known" : "one of " + string.Join(", ", known.Keys);
                throw new PresetException(Field(source, key), Shown(one.Value), nearest);
            }

            if (!seen.Add(one.Name))
            {
                throw new PresetException(Field(source, key), Shown(one.Value), "each key once");
            }

            property.SetValue(section, Value(property, one.Value, source, key));
        }

        foreach ((string key, PropertyInfo property) in known)
        {
            if (property.GetCustomAttribute<RequiredAttribute>() is not null && !seen.Contains(key))
            {
                throw new PresetException(Field(source, key), "none given", "a text");
            }
        }

        return section;
    }

    private static object Value(PropertyInfo property, JsonElement json, string source, string key)
    {
        Type type = property.PropertyType;
        bool isRequired = property.GetCustomAttribute<RequiredAttribute>() is not null;
        object? value = type switch
        {
            _ when type == typeof(string) => json.ValueKind == JsonValueKind.String && (json.GetString()!.Length > 0 || !isRequired) ? json.GetString() : null,
            _ when type == typeof(bool) => json.ValueKind is JsonValueKind.True or JsonValueKind.False ? json.GetBoolean() : null,
            _ when type == typeof(int) => json.ValueKind == JsonValueKind.Number && json.TryGetInt32(out int whole) ? whole : null,
            _ when type == typeof(double) => json.ValueKind == JsonValueKind.Number ? json.GetDouble() : null,
            _ when typeof(IEnumerable).IsAssignableFrom(type) => Numbers(json),
            _ => Section(type, json, source, key),
        };
        RangeAttribute? range = property.GetCustomAttribute<RangeAttribute>();
        return value is not null && (range is null || range.IsValid(value)) ? value : throw new PresetException(Field(source, key), Shown(json), Allowed(type, range));
    }

    private static double[]? Numbers(JsonElement json) => json.ValueKind == JsonValueKind.Array
        && json.EnumerateArray().All(one => one.ValueKind == JsonValueKind.Number && one.GetDouble() > 0)
        ? [.. json.EnumerateArray().Select(one => one.GetDouble())]
        : null;

    private static string Allowed(Type type, RangeAttribute? range) => type switch
    {
        _ when type == typeof(string) => "a text",
        _ when type == typeof(bool) => "true or false",
        _ when range is not null => string.Create(CultureInfo.InvariantCulture, $"{(type == typeof(int) ? "a whole number" : "a number")} from {range.Minimum} to {range.Maximum}"),
        _ => "a list of numbers above 0",
    };

    private static string Field(string source, string key) => key.Length == 0 ? source : $"{source}, {key}";

    private static string Shown(JsonElement json) => json.ValueKind == JsonValueKind.String ? json.GetString()! : json.GetRawText();
}
