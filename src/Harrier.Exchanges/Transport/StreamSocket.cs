using System.Buffers;
using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Harrier.Exchanges.Transport;

/// <summary>
/// The client side of a WebSocket over a stream on which the upgrade is done. .NET's ClientWebSocket hides pings and pongs and takes one
/// asynchronous call per message; here they are visible, and one read hands over all messages that came with it.
/// </summary>
internal sealed class StreamSocket(Stream stream, int maxMessageBytes, IDisposable? owner = null) : ISocket
{
    private const int LongestHeader = 14;
    private const int MaskLength = 4;

    private readonly FrameReader _reader = new(maxMessageBytes);
    private byte[] _outgoing = ArrayPool<byte>.Shared.Rent(1024);

    public async ValueTask<bool> ReceiveAsync(IFrameSink sink, CancellationToken cancel)
    {
        int count = await stream.ReadAsync(_reader.Free(), cancel).ConfigureAwait(false);
        if (count == 0)
        {
            return false;
        }

        sink.BeginRead();
        try
        {
            return _reader.Advance(count, sink);
        }
        finally
        {
            sink.EndRead();
        }
    }

    public async ValueTask SendAsync(FrameKind kind, ReadOnlyMemory<byte> payload, CancellationToken cancel)
    {
        int length = Frame(kind, payload.Span);
        await stream.WriteAsync(_outgoing.AsMemory(0, length), cancel).ConfigureAwait(false);
        await stream.FlushAsync(cancel).ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        await stream.DisposeAsync().ConfigureAwait(false);
        owner?.Dispose();
        _reader.Dispose();
        ArrayPool<byte>.Shared.Return(_outgoing);
        _outgoing = [];
    }

    private int Frame(FrameKind kind, ReadOnlySpan<byte> payload)
    {
        if (_outgoing.Length < payload.Length + LongestHeader)
        {
            ArrayPool<byte>.Shared.Return(_outgoing);
            _outgoing = ArrayPool<byte>.Shared.Rent(payload.Length + LongestHeader);
        }

        Span<byte> frame = _outgoing;
        frame[0] = (byte)(0x80 | (byte)kind);
        int header = 2;
        switch (payload.Length)
        {
            case < 126:
                frame[1] = (byte)(0x80 | payload.Length);
                break;
            case <= ushort.MaxValue:
                frame[1] = 0x80 | 126;
                BinaryPrimitives.WriteUInt16BigEndian(frame[2..], (ushort)payload.Length);
                header = 4;
                break;
            default:
                frame[1] = 0x80 | 127;
                BinaryPrimitives.WriteUInt64BigEndian(frame[2..], (ulong)payload.Length);
                header = 10;
                break;
        }

        Span<byte> mask = frame.Slice(header, MaskLength);
        RandomNumberGenerator.Fill(mask);
        Span<byte> body = frame.Slice(header + MaskLength, payload.Length);
        payload.CopyTo(body);
        Mask(body, mask);
        return header + MaskLength + payload.Length;
    }

    private static void Mask(Span<byte> body, ReadOnlySpan<byte> mask)
    {
        uint word = MemoryMarshal.Read<uint>(mask);
        Vector<byte> wide = Vector.AsVectorByte(new Vector<uint>(word));
        int i = 0;
        for (; i + Vector<byte>.Count <= body.Length; i += Vector<byte>.Count)
        {
            (new Vector<byte>(body[i..]) ^ wide).CopyTo(body[i..]);
        }

        for (; i < body.Length; i++)
        {
            body[i] ^= mask[i & 3];
        }
    }
}
