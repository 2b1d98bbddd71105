using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Harrier.Exchanges.Transport;

namespace Harrier.Exchanges.Bybit.Feeds;

/// <summary>
/// Subscribing, and telling frames apart. A topic's message is handed on with its envelope, which says whether it is a snapshot. One bad topic
/// fails a whole request, and spot takes ten in one.
/// </summary>
public sealed class BybitStreamDialect : ISubscriptionDialect
{
    private static readonly JsonWriterOptions _plain = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <inheritdoc/>
    public int TopicsPerMessage => 10;

    /// <inheritdoc/>
    public void Write(IBufferWriter<byte> into, long request, IReadOnlyList<string> topics, bool isSubscribe)
    {
        using Utf8JsonWriter writer = new(into, _plain);
        writer.WriteStartObject();
        writer.WriteString("op"u8, isSubscribe ? "subscribe"u8 : "unsubscribe"u8);
        writer.WriteString("req_id"u8, request.ToString(CultureInfo.InvariantCulture));
        writer.WriteStartArray("args"u8);
        foreach (string topic in topics)
        {
            writer.WriteStringValue(topic);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    /// <inheritdoc/>
    public FrameRoute Route(ReadOnlySpan<byte> utf8)
    {
        if (utf8.StartsWith("{\"topic\":\""u8))
        {
            ReadOnlySpan<byte> rest = utf8["{\"topic\":\""u8.Length..];
            int end = rest.IndexOf((byte)'"');
            if (end > 0 && !rest[..end].Contains((byte)'\\'))
            {
                return new FrameRoute { Kind = FrameRouteKind.Data, Topic = rest[..end], Payload = utf8 };
            }
        }

        try
        {
            return RouteCarefully(utf8);
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            return new FrameRoute { Kind = FrameRouteKind.Other };
        }
    }

    /// <summary>Reads <c>{"success":true,"ret_msg":"","op":"subscribe","req_id":"1",...}</c>, and data whose topic does not come first.</summary>
    private static FrameRoute RouteCarefully(ReadOnlySpan<byte> utf8)
    {
        Utf8JsonReader reader = new(utf8);
        reader.Read();
        bool? isDone = null;
        bool isRequest = false;
        long request = 0;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool isTopic = reader.ValueTextEquals("topic"u8);
            bool isSuccess = reader.ValueTextEquals("success"u8);
            bool isOperation = reader.ValueTextEquals("op"u8);
            bool isId = reader.ValueTextEquals("req_id"u8);
            reader.Read();
            if (isTopic && reader.TokenType == JsonTokenType.String && !reader.ValueIsEscaped)
            {
                return new FrameRoute { Kind = FrameRouteKind.Data, Topic = utf8.Slice((int)reader.TokenStartIndex + 1, reader.ValueSpan.Length), Payload = utf8 };
            }

            isDone = isSuccess && reader.TokenType is JsonTokenType.True or JsonTokenType.False ? reader.TokenType == JsonTokenType.True : isDone;
            isRequest |= isOperation && reader.TokenType == JsonTokenType.String && (reader.ValueTextEquals("subscribe"u8) || reader.ValueTextEquals("unsubscribe"u8));
            if (isId && reader.TokenType == JsonTokenType.String && long.TryParse(reader.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out long number))
            {
                request = number;
            }

            reader.Skip();
        }

        return new FrameRoute
        {
            Kind = !isRequest || isDone is null ? FrameRouteKind.Other : isDone.Value ? FrameRouteKind.Accepted : FrameRouteKind.Refused,
            Request = request,
        };
    }
}
