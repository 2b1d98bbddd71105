using System.Text.Json;
using Harrier.Api.Hosting;
using Harrier.Domain;

namespace Harrier.Api.Live;

/// <summary>What is said between the messages of a stream.</summary>
internal static class LiveProtocols
{
    /// <summary>That something was wrong with a message.</summary>
    public static ReadOnlyMemory<byte> Error(string message) => LiveJson.Encode(json =>
    {
        json.WriteString("type", "error");
        json.WriteString("message", message);
    });

    /// <summary>How old what accounts last told of themselves is, the oldest of them.</summary>
    public static void Heartbeat(Utf8JsonWriter json, ApiSources sources)
    {
        DateTimeOffset now = sources.Time.GetUtcNow();
        LiveJson.Typed(json, "HEARTBEAT", Timestamp.From(now), data =>
        {
            TimeSpan? age = sources.Desk.Status.Select(account => now - account.Time.ToDateTimeOffset()).DefaultIfEmpty().Max();
            data.WriteNumber("latencyMs", (long)(age ?? TimeSpan.Zero).TotalMilliseconds);
        });
    }

    /// <summary>Streams that only tell: a client may ask for a heartbeat, to see that it is heard.</summary>
    public static LiveProtocol Telling(ApiSources sources, bool greets) => new(
        greets ? LiveJson.Encode(json => Heartbeat(json, sources)) : default(ReadOnlyMemory<byte>?),
        message => Task.FromResult(ActionOf(message) switch
        {
            "ping" => LiveJson.Encode(json => Heartbeat(json, sources)),
            null => Error("action: a word, such as ping"),
            { } other => Error($"Unknown action: {other}"),
        }));

    /// <summary>What a client asks for; null where it does not say.</summary>
    public static string? ActionOf(JsonElement message) =>
        message.ValueKind == JsonValueKind.Object && message.TryGetProperty("action", out JsonElement action) && action.ValueKind == JsonValueKind.String ? action.GetString() : null;
}
