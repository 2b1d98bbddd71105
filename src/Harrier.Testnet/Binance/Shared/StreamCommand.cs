using System.Text.Json;

namespace Harrier.Testnet.Binance.Shared;

/// <summary>A message of a client on a market stream.</summary>
/// <param name="Method">What it asks for.</param>
/// <param name="Names">Texts among its parameters.</param>
/// <param name="Flag">A truth value among its parameters.</param>
/// <param name="Id">Text of its id, as sent; empty for none.</param>
internal sealed record StreamCommand(string Method, IReadOnlyList<string> Names, bool? Flag, byte[] Id)
{
    /// <summary>Reads a message.</summary>
    /// <param name="message">JSON text.</param>
    /// <param name="invalid">What is wrong with it; null where it is not JSON at all.</param>
    public static StreamCommand? Read(ReadOnlySpan<byte> message, out string? invalid)
    {
        invalid = null;
        try
        {
            Utf8JsonReader reader = new(message);
            using JsonDocument document = JsonDocument.ParseValue(ref reader);
            return document.RootElement.ValueKind == JsonValueKind.Object ? Read(document.RootElement, out invalid) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static StreamCommand? Read(JsonElement root, out string? invalid)
    {
        invalid = null;
        if (!root.TryGetProperty("method", out JsonElement method) || method.ValueKind != JsonValueKind.String)
        {
            invalid = "Invalid request: missing field `method`";
            return null;
        }

        byte[] id = root.TryGetProperty("id", out JsonElement idElement) ? System.Text.Encoding.UTF8.GetBytes(idElement.GetRawText()) : [];
        List<string> names = [];
        bool? flag = null;
        if (root.TryGetProperty("params", out JsonElement parameters) && parameters.ValueKind == JsonValueKind.Array)
        {
            foreach (JsonElement item in parameters.EnumerateArray())
            {
                switch (item.ValueKind)
                {
                    case JsonValueKind.String:
                        names.Add(item.GetString() ?? "");
                        break;
                    case JsonValueKind.True or JsonValueKind.False:
                        flag = item.GetBoolean();
                        break;
                    default:
                        invalid = "Invalid request: property name must be a string";
                        return null;
                }
            }
        }

        return new StreamCommand(method.GetString() ?? "", names, flag, id);
    }
}
