using System.Buffers;
using System.Buffers.Text;
using System.Text.Json;
using Harrier.Exchanges.Binance.Wire;
using Harrier.Exchanges.Transport;

namespace Harrier.Exchanges.Binance.Feeds;

/// <summary>SUBSCRIBE and UNSUBSCRIBE, and the envelope of combined streams. From Binance's documents of its WebSocket streams.</summary>
public sealed class BinanceStreamDialect : ISubscriptionDialect
{
    private static readonly JsonWriterOptions _plain = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <inheritdoc/>
    public int TopicsPerMessage => 100;

    /// <inheritdoc/>
    public void Write(IBufferWriter<byte> into, long request, IReadOnlyList<string> topics, bool isSubscribe)
    {
        using Utf8JsonWriter writer = new(into, _plain);
        writer.WriteStartObject();
        writer.WriteString("method"u8, isSubscribe ? "SUBSCRIBE"u8 : "UNSUBSCRIBE"u8);
        writer.WriteStartArray("params"u8);
        foreach (string topic in topics)
        {
            writer.WriteStringValue(topic);
        }

        writer.WriteEndArray();
        writer.WriteNumber("id"u8, request);
        writer.WriteEndObject();
    }

    /// <inheritdoc/>
    public FrameRoute Route(ReadOnlySpan<byte> utf8)
    {
        if (utf8.StartsWith("{\"stream\":\""u8) && utf8[^1] == '}')
        {
            ReadOnlySpan<byte> rest = utf8["{\"stream\":\""u8.Length..];
            int end = rest.IndexOf((byte)'"');
            if (end > 0 && rest[end..].StartsWith("\",\"data\":"u8) && !rest[..end].Contains((byte)'\\'))
            {
                return Data(rest[..end], rest[(end + "\",\"data\":"u8.Length)..^1]);
            }
        }

        return RouteCarefully(utf8);
    }

    private static FrameRoute RouteCarefully(ReadOnlySpan<byte> utf8)
    {
        try
        {
            if (FrameEnvelope.TryRead(utf8, out FrameEnvelope envelope))
            {
                // Behind the end of the data there is only what closes the envelope: the decoder is given the value alone.
                int length = envelope.Data.Kind is JsonTokenType.StartObject or JsonTokenType.StartArray ? LengthOf(utf8[envelope.Data.Start..]) : envelope.Data.Length;
                return Data(utf8.Slice(envelope.Stream.Start, envelope.Stream.Length), utf8.Slice(envelope.Data.Start, length));
            }

            return Answer(utf8);
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            return new FrameRoute { Kind = FrameRouteKind.Other };
        }
    }

    private static FrameRoute Data(ReadOnlySpan<byte> stream, ReadOnlySpan<byte> data) => stream.SequenceEqual("!serverShutdown"u8)
        ? new FrameRoute { Kind = FrameRouteKind.Shutdown }
        : new FrameRoute { Kind = FrameRouteKind.Data, Topic = stream, Payload = data };

    private static int LengthOf(ReadOnlySpan<byte> value)
    {
        Utf8JsonReader reader = new(value);
        reader.Read();
        reader.Skip();
        return (int)reader.BytesConsumed;
    }

    /// <summary>Reads <c>{"result":null,"id":1}</c>, <c>{"code":2,"msg":"...","id":1}</c>, <c>{"error":{...},"id":1}</c> and the shutdown event.</summary>
    private static FrameRoute Answer(ReadOnlySpan<byte> utf8)
    {
        Utf8JsonReader reader = new(utf8);
        reader.Read();
        bool isError = false;
        bool isAnswer = false;
        long request = 0;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool isId = reader.ValueTextEquals("id"u8);
            isAnswer |= isId || reader.ValueTextEquals("result"u8);
            isError |= reader.ValueTextEquals("error"u8) || reader.ValueTextEquals("code"u8);
            bool isType = reader.ValueTextEquals("e"u8);
            reader.Read();
            if (isType && reader.TokenType == JsonTokenType.String && reader.ValueTextEquals("serverShutdown"u8))
            {
                return new FrameRoute { Kind = FrameRouteKind.Shutdown };
            }

            if (isId && reader.TokenType is JsonTokenType.Number or JsonTokenType.String && Utf8Parser.TryParse(reader.ValueSpan, out long number, out int read)
                && read == reader.ValueSpan.Length)
            {
                request = isId ? number : request;
            }

            reader.Skip();
        }

        FrameRouteKind kind = isError ? FrameRouteKind.Refused : isAnswer ? FrameRouteKind.Accepted : FrameRouteKind.Other;
        return new FrameRoute { Kind = kind, Request = request };
    }
}
