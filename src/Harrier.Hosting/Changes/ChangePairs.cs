using System.Text.Json.Nodes;
using Harrier.Hosting.Configuration;

namespace Harrier.Hosting.Changes;

/// <summary>Makes the keys and values of an order of an object as a configuration has it.</summary>
public static class ChangePairs
{
    /// <summary>Keys and values; those of an object in it have its name and a dot before theirs.</summary>
    /// <exception cref="ConfigurationException">It holds more than single values and objects of them; all faults are named.</exception>
    public static IReadOnlyList<KeyValuePair<string, string>> Of(JsonObject values)
    {
        ArgumentNullException.ThrowIfNull(values);
        List<KeyValuePair<string, string>> found = [];
        List<string> faults = [];
        foreach ((string key, JsonNode? value) in values)
        {
            if (value is JsonObject inner && inner.All(static pair => pair.Value is JsonValue))
            {
                found.AddRange(inner.Select(pair => KeyValuePair.Create($"{key}.{pair.Key}", pair.Value!.ToString())));
            }
            else if (value is JsonValue)
            {
                found.Add(KeyValuePair.Create(key, value.ToString()));
            }
            else
            {
                faults.Add($"{key}: {value?.ToJsonString() ?? "null"}: a single value, or an object of single values");
            }
        }

        return faults.Count == 0 ? found : throw new ConfigurationException(faults);
    }
}
