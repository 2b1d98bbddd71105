using System.Text.Json;

namespace Harrier.Exchanges.Binance.Wire;

/// <summary>The outer object of a message, where it has one: <c>{"stream":...,"data":...}</c>, or the answer to a request.</summary>
/// <param name="Stream">Name of the stream.</param>
/// <param name="Data">The message inside.</param>
/// <param name="IsControl">True for an answer or an error.</param>
internal readonly record struct FrameEnvelope(FieldSlot Stream, FieldSlot Data, bool IsControl)
{
    /// <summary>Reads the outer properties of a message known to be a valid JSON object.</summary>
    /// <returns>True for a message of a combined stream.</returns>
    public static bool TryRead(ReadOnlySpan<byte> frame, out FrameEnvelope envelope)
    {
        FieldSlot stream = default;
        FieldSlot data = default;
        bool isControl = false;
        Utf8JsonReader reader = new(frame);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool isStream = reader.ValueTextEquals("stream"u8);
            bool isData = reader.ValueTextEquals("data"u8);
            isControl |= reader.ValueTextEquals("id"u8) || reader.ValueTextEquals("error"u8) || reader.ValueTextEquals("code"u8);
            reader.Read();
            FieldSlot slot = MessageFields.SlotOf(ref reader, 0);
            stream = isStream ? slot : stream;
            data = isData ? slot : data;
        }

        envelope = new FrameEnvelope(stream, data, isControl);
        return stream.Kind == JsonTokenType.String && data.Kind != JsonTokenType.None;
    }
}
