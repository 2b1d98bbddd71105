using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Harrier.Exchanges.Wire;

namespace Harrier.Exchanges.Tests.Support;

/// <summary>Walks a recorded message beside the shape it is read into, and names what nobody reads and nobody leaves out on purpose.</summary>
internal static class WireCoverage
{
    public static IReadOnlyList<string> Unread(JsonElement element, Type shape, JsonSerializerContext context)
    {
        List<string> unread = [];
        Walk(element, shape, context, unread);
        return unread;
    }

    private static void Walk(JsonElement element, Type shape, JsonSerializerContext context, List<string> unread)
    {
        if (element.ValueKind == JsonValueKind.Array)
        {
            Type item = shape.IsGenericType ? shape.GetGenericArguments()[0] : shape;
            foreach (JsonElement child in element.EnumerateArray())
            {
                Walk(child, item, context, unread);
            }
        }
        else if (element.ValueKind == JsonValueKind.Object && typeof(WireMessage).IsAssignableFrom(shape))
        {
            JsonTypeInfo info = context.GetTypeInfo(shape) ?? throw new InvalidOperationException(shape.Name);
            foreach (JsonProperty property in element.EnumerateObject())
            {
                JsonPropertyInfo? declared = info.Properties.FirstOrDefault(p => p.Name == property.Name && !p.IsExtensionData);
                if (declared is not null)
                {
                    Walk(property.Value, Nullable.GetUnderlyingType(declared.PropertyType) ?? declared.PropertyType, context, unread);
                }
                else if (!WireCensus.IgnoredBy(shape).Contains(property.Name))
                {
                    unread.Add(shape.Name + "." + property.Name);
                }
            }
        }
    }
}
