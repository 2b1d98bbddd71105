using System.Text;
using System.Text.Json;

namespace Harrier.Testnet.Binance.Shared;

/// <summary>A request over the WebSocket API.</summary>
/// <param name="Id">Text of its id, as sent; <c>null</c> for none.</param>
/// <param name="Method">What it asks for.</param>
/// <param name="Parameters">Names and values; numbers and lists as written.</param>
internal sealed record SocketRequest(byte[] Id, string Method, IReadOnlyList<KeyValuePair<string, string>> Parameters)
{
    /// <summary>The id of a request that had none.</summary>
    public static byte[] NoId { get; } = Encoding.ASCII.GetBytes("null");

    /// <summary>Reads a request; null for what is none.</summary>
    public static SocketRequest? Read(ReadOnlySpan<byte> message)
    {
        try
        {
            Utf8JsonReader reader = new(message);
            using JsonDocument document = JsonDocument.ParseValue(ref reader);
            return Read(document.RootElement);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>What the signature of the request covers: all parameters but the signature, sorted by name, as they are.</summary>
    public byte[] SignedPayload()
    {
        IEnumerable<string> parts = Parameters
            .Where(p => p.Key != "signature")
            .OrderBy(p => p.Key, StringComparer.Ordinal)
            .Select(p => $"{p.Key}={p.Value}");
        return Encoding.UTF8.GetBytes(string.Join('&', parts));
    }

    private static SocketRequest? Read(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("method", out JsonElement method) || method.ValueKind != JsonValueKind.String)
        {
            return null;
        }

        byte[] id = root.TryGetProperty("id", out JsonElement idElement) ? Encoding.UTF8.GetBytes(idElement.GetRawText()) : NoId;
        List<KeyValuePair<string, string>> parameters = [];
        if (root.TryGetProperty("params", out JsonElement given) && given.ValueKind == JsonValueKind.Object)
        {
            foreach (JsonProperty property in given.EnumerateObject())
            {
                if (property.Value.ValueKind != JsonValueKind.Null)
                {
                    string value = property.Value.ValueKind == JsonValueKind.String ? property.Value.GetString() ?? "" : property.Value.GetRawText();
                    parameters.Add(KeyValuePair.Create(property.Name, value));
                }
            }
        }

        return new SocketRequest(id, method.GetString() ?? "", parameters);
    }
}
