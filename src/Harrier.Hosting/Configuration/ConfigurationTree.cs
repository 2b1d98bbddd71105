using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Harrier.Hosting.Configuration;

/// <summary>The values of a configuration before anybody says what they mean: a file in JSON or YAML, and what the environment changes in it.</summary>
public static class ConfigurationTree
{
    /// <summary>With what names begin in the environment; two underscores separate the parts: <c>HARRIER__ACCOUNTS__0__LEVERAGE</c>.</summary>
    public const string Prefix = "HARRIER__";

    private static readonly JsonDocumentOptions Reading = new()
    {
        AllowDuplicateProperties = false,
        AllowTrailingCommas = true,
        CommentHandling = JsonCommentHandling.Skip,
    };

    /// <summary>Reads a file: YAML where its name ends so, JSON where it does not.</summary>
    /// <param name="name">Its name, for faults.</param>
    /// <param name="text">Its content.</param>
    /// <exception cref="ConfigurationException">It is no object in that language.</exception>
    public static JsonObject Parse(string name, string text) => Read(name, text).Tree;

    /// <summary>Reads a file, and remembers where in it each value stands if it is YAML.</summary>
    /// <param name="name">Its name, for faults.</param>
    /// <param name="text">Its content.</param>
    /// <exception cref="ConfigurationException">It is no object in that language.</exception>
    public static ConfigurationDocument Read(string name, string text)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name.EndsWith(".yaml", StringComparison.OrdinalIgnoreCase) || name.EndsWith(".yml", StringComparison.OrdinalIgnoreCase)
            ? YamlTree.Read(name, text)
            : new ConfigurationDocument(ParseJson(name, text), new Dictionary<string, long>(StringComparer.Ordinal));
    }

    private static JsonObject ParseJson(string name, string text)
    {
        try
        {
            return JsonNode.Parse(text, nodeOptions: null, Reading) as JsonObject
                ?? throw new ConfigurationException([$"config: {name}: a JSON object"]);
        }
        catch (JsonException fault)
        {
            throw new ConfigurationException([$"config: {name}: JSON; {fault.Message}"]);
        }
    }

    /// <summary>Puts the values of the environment in place of those of the file. What they mean is checked later, like the file's.</summary>
    /// <param name="root">The tree, which is changed.</param>
    /// <param name="environment">Names and values; those without <see cref="Prefix"/> are none of ours.</param>
    /// <exception cref="ConfigurationException">A name leads nowhere.</exception>
    public static void Apply(JsonObject root, IEnumerable<KeyValuePair<string, string>> environment)
    {
        ArgumentNullException.ThrowIfNull(root);
        ArgumentNullException.ThrowIfNull(environment);
        List<string> faults = [];
        foreach ((string name, string value) in environment.OrderBy(static pair => pair.Key, StringComparer.Ordinal))
        {
            if (name.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) && !TrySet(root, name[Prefix.Length..].ToLowerInvariant().Split("__"), value))
            {
                faults.Add($"{name}: {value}: a name such as HARRIER__ACCOUNTS__0__LEVERAGE; this one leads to nothing in the configuration");
            }
        }

        if (faults.Count > 0)
        {
            throw new ConfigurationException(faults);
        }
    }

    private static bool TrySet(JsonNode node, ReadOnlySpan<string> path, string value)
    {
        bool isLast = path.Length == 1;
        switch (node)
        {
            case JsonObject values when path[0].Length > 0:
                if (isLast)
                {
                    values[path[0]] = JsonValue.Create(value);
                    return true;
                }

                if (values[path[0]] is null)
                {
                    values[path[0]] = int.TryParse(path[1], NumberStyles.None, CultureInfo.InvariantCulture, out _) ? new JsonArray() : new JsonObject();
                }

                return TrySet(values[path[0]]!, path[1..], value);
            case JsonArray list when !isLast && int.TryParse(path[0], NumberStyles.None, CultureInfo.InvariantCulture, out int index) && index <= list.Count:
                if (index == list.Count)
                {
                    list.Add(new JsonObject());
                }

                return list[index] is { } item && TrySet(item, path[1..], value);
            default:
                return false;
        }
    }
}
