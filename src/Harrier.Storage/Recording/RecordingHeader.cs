using System.Text.Json;
using Harrier.Domain;

namespace Harrier.Storage.Recording;

/// <summary>What a segment of a recording says about itself.</summary>
public sealed record RecordingHeader
{
    /// <summary>Whose data; <c>sim-...</c> when it came from the built-in exchange.</summary>
    public required VenueId Venue { get; init; }

    /// <summary>The venue's symbols that were asked for.</summary>
    public required IReadOnlyList<string> Symbols { get; init; }

    /// <summary>The channels that were asked for, such as <c>trades</c> and <c>book</c>.</summary>
    public required IReadOnlyList<string> Channels { get; init; }

    /// <summary>The build that recorded.</summary>
    public required string Build { get; init; }

    /// <summary>When the segment begins.</summary>
    public required Timestamp Start { get; init; }

    internal byte[] ToJson()
    {
        using MemoryStream text = new();
        using (Utf8JsonWriter writer = new(text))
        {
            writer.WriteStartObject();
            writer.WriteString("venue", Venue.Name);
            Write(writer, "symbols", Symbols);
            Write(writer, "channels", Channels);
            writer.WriteString("build", Build);
            writer.WriteString("start", Start.ToString());
            writer.WriteNumber("start_ns", Start.Nanos);
            writer.WriteEndObject();
        }

        return text.ToArray();
    }

    /// <exception cref="InvalidDataException">The text is no header.</exception>
    internal static RecordingHeader FromJson(ReadOnlyMemory<byte> json)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(json);
            JsonElement root = document.RootElement;
            return new RecordingHeader
            {
                Venue = new VenueId(root.GetProperty("venue").GetString()!),
                Symbols = Read(root.GetProperty("symbols")),
                Channels = Read(root.GetProperty("channels")),
                Build = root.GetProperty("build").GetString()!,
                Start = new Timestamp(root.GetProperty("start_ns").GetInt64()),
            };
        }
        catch (Exception fault) when (fault is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or ArgumentException)
        {
            throw new InvalidDataException("the header of the segment cannot be read: " + fault.Message);
        }
    }

    private static void Write(Utf8JsonWriter writer, string name, IReadOnlyList<string> texts)
    {
        writer.WriteStartArray(name);
        foreach (string text in texts)
        {
            writer.WriteStringValue(text);
        }

        writer.WriteEndArray();
    }

    private static string[] Read(JsonElement texts) => [.. texts.EnumerateArray().Select(text => text.GetString()!)];
}
