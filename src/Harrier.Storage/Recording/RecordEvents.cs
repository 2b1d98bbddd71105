using System.Text.Json;
using Harrier.Domain;

namespace Harrier.Storage.Recording;

/// <summary>The texts of records that are no messages: what became of a connection, and where records are missing.</summary>
public static class RecordEvents
{
    // Begins every such text, so that a line of a plain capture can be told from a message.
    private static readonly (byte[] Start, RecordKind Kind)[] _starts =
        [.. Enum.GetValues<RecordKind>().Where(kind => kind >= RecordKind.Opened).Select(kind => (System.Text.Encoding.UTF8.GetBytes($$"""{"record":"{{Word(kind)}}"}"""[..^1]), kind))];

    /// <summary>The text of a connection's event.</summary>
    /// <param name="kind">Opened, closed or lost.</param>
    /// <param name="connection">Name of the connection.</param>
    /// <param name="session">Number of its session; 0 when none came about.</param>
    /// <param name="reason">Why it ended; null for an opening.</param>
    public static byte[] Connection(RecordKind kind, string connection, int session, string? reason) => Write(kind, writer =>
    {
        writer.WriteString("connection", connection);
        writer.WriteNumber("session", session);
        if (reason is not null)
        {
            writer.WriteString("reason", reason);
        }
    });

    /// <summary>The text of a hole.</summary>
    /// <param name="records">How many records are missing.</param>
    /// <param name="bytes">How many bytes they had.</param>
    /// <param name="span">Times of the first and the last of them.</param>
    /// <param name="reason">Why they are missing.</param>
    public static byte[] Hole(long records, long bytes, (Timestamp First, Timestamp Last) span, string reason) => Write(RecordKind.Hole, writer =>
    {
        writer.WriteNumber("records", records);
        writer.WriteNumber("bytes", bytes);
        writer.WriteNumber("from_ns", span.First.Nanos);
        writer.WriteNumber("to_ns", span.Last.Nanos);
        writer.WriteString("reason", reason);
    });

    /// <summary>The kind of an event's text; null when it is none.</summary>
    internal static RecordKind? KindOf(ReadOnlySpan<byte> text)
    {
        foreach ((byte[] start, RecordKind kind) in _starts)
        {
            if (text.StartsWith(start))
            {
                return kind;
            }
        }

        return null;
    }

    private static string Word(RecordKind kind) => kind.ToString().ToLowerInvariant();

    private static byte[] Write(RecordKind kind, Action<Utf8JsonWriter> body)
    {
        using MemoryStream text = new();
        using (Utf8JsonWriter writer = new(text))
        {
            writer.WriteStartObject();
            writer.WriteString("record", Word(kind));
            body(writer);
            writer.WriteEndObject();
        }

        return text.ToArray();
    }
}
