using System.Buffers.Binary;

namespace Harrier.Api.Live;

/// <summary>A message to clients, encoded once for all of them.</summary>
/// <param name="Number">Its number in its stream.</param>
/// <param name="Key">What it is about: a newer message with the same key says all that this one says. Null where each message counts.</param>
/// <param name="Utf8">Its JSON.</param>
internal sealed record LiveMessage(long Number, string? Key, ReadOnlyMemory<byte> Utf8)
{
    private const byte FinalText = 0x81;
    private const int LongestShort = 125;

    /// <summary>The JSON in a frame, as it goes onto the connection of each client: one frame, not masked (RFC 6455, 5.2).</summary>
    public ReadOnlyMemory<byte> Frame { get; } = FrameOf(Utf8.Span);

    private static byte[] FrameOf(ReadOnlySpan<byte> text)
    {
        int head = text.Length <= LongestShort ? 2 : text.Length <= ushort.MaxValue ? 4 : 10;
        byte[] frame = new byte[head + text.Length];
        frame[0] = FinalText;
        frame[1] = head switch { 2 => (byte)text.Length, 4 => 126, _ => 127 };
        if (head == 4)
        {
            BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(2), (ushort)text.Length);
        }
        else if (head == 10)
        {
            BinaryPrimitives.WriteUInt64BigEndian(frame.AsSpan(2), (ulong)text.Length);
        }

        text.CopyTo(frame.AsSpan(head));
        return frame;
    }
}
