using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Harrier.Exchanges.Transport;

/// <summary>
/// Cuts the bytes of a server into WebSocket messages (RFC 6455 section 5). Whole messages are handed over where they lie in the receive
/// buffer; only fragmented ones are copied. Allocates nothing once its buffers have grown.
/// </summary>
/// <param name="maxMessageBytes">Largest message; a larger one is refused when its header is read, before it is received.</param>
internal sealed class FrameReader(int maxMessageBytes) : IDisposable
{
    private const int FirstSize = 64 * 1024;
    private const int LongestHeader = 10;
    private const int LongestControl = 125;
    private const int NoCode = 1005;

    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(Math.Min(FirstSize, maxMessageBytes + LongestHeader));
    private byte[] _joined = [];
    private int _joinedLength;
    private bool _isJoining;
    private int _start;
    private int _end;

    /// <summary>Room for more bytes, never empty.</summary>
    public Memory<byte> Free()
    {
        if (_start == _end)
        {
            _start = 0;
            _end = 0;
        }

        if (_end == _buffer.Length)
        {
            MakeRoom();
        }

        return _buffer.AsMemory(_end);
    }

    /// <summary>Takes bytes that were written to <see cref="Free"/> and hands over what is complete.</summary>
    /// <returns>False after a close frame.</returns>
    /// <exception cref="SocketFaultException">The server broke the protocol.</exception>
    public bool Advance(int count, IFrameSink sink)
    {
        _end += count;
        while (TryReadHeader(out FrameHeader header))
        {
            ReadOnlySpan<byte> payload = _buffer.AsSpan(_start + header.Length, header.PayloadLength);
            _start += header.Length + header.PayloadLength;
            if (!Deliver(header, payload, sink))
            {
                return false;
            }
        }

        return true;
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
        if (_joined.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_joined);
            _joined = [];
        }
    }

    private bool TryReadHeader(out FrameHeader header)
    {
        header = default;
        ReadOnlySpan<byte> bytes = _buffer.AsSpan(_start, _end - _start);
        if (bytes.Length < 2)
        {
            return false;
        }

        int shortLength = bytes[1] & 0x7F;
        int headerLength = shortLength switch { 126 => 4, 127 => 10, _ => 2 };
        CheckBits(bytes[0], bytes[1]);
        if (bytes.Length < headerLength)
        {
            return false;
        }

        ulong length = shortLength switch
        {
            126 => BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]),
            127 => BinaryPrimitives.ReadUInt64BigEndian(bytes[2..]),
            _ => (ulong)shortLength,
        };
        header = new FrameHeader(bytes[0] & 0x0F, (bytes[0] & 0x80) != 0, headerLength, CheckedLength(bytes[0] & 0x0F, length));
        return bytes.Length - headerLength >= header.PayloadLength;
    }

    private static void CheckBits(byte first, byte second)
    {
        if ((first & 0x70) != 0)
        {
            throw Broken("reserved bits are set though no extension was agreed");
        }

        if ((second & 0x80) != 0)
        {
            throw Broken("a server must not mask");
        }
    }

    private int CheckedLength(int opcode, ulong length)
    {
        if (opcode >= (int)FrameKind.Close && length > LongestControl)
        {
            throw Broken("a control frame is longer than 125 bytes");
        }

        ulong already = _isJoining && opcode < (int)FrameKind.Close ? (ulong)_joinedLength : 0;
        return length + already <= (ulong)maxMessageBytes && length <= (ulong)maxMessageBytes
            ? (int)length
            : throw new SocketFaultException(DisconnectKind.Oversized, 1009, $"a message of at least {length + already} bytes, allowed are {maxMessageBytes}");
    }

    private bool Deliver(in FrameHeader header, ReadOnlySpan<byte> payload, IFrameSink sink)
    {
        switch (header.Opcode)
        {
            case 1 or 2 when header.IsFinal && !_isJoining:
                sink.OnMessage(payload);
                return true;
            case 0 or 1 or 2:
                Join(header, payload, sink);
                return true;
            case (int)FrameKind.Ping when header.IsFinal:
                sink.OnPing(payload);
                return true;
            case (int)FrameKind.Pong when header.IsFinal:
                sink.OnPong(payload);
                return true;
            case (int)FrameKind.Close when header.IsFinal:
                Close(payload, sink);
                return false;
            default:
                throw Broken($"opcode {header.Opcode} is unknown or its frame is fragmented");
        }
    }

    private void Join(in FrameHeader header, ReadOnlySpan<byte> payload, IFrameSink sink)
    {
        if (header.Opcode == 0 != _isJoining)
        {
            throw Broken(_isJoining ? "a new message begins inside a fragmented one" : "a continuation without a beginning");
        }

        if (_joined.Length < _joinedLength + payload.Length)
        {
            byte[] larger = ArrayPool<byte>.Shared.Rent(_joinedLength + payload.Length);
            _joined.AsSpan(0, _joinedLength).CopyTo(larger);
            if (_joined.Length > 0)
            {
                ArrayPool<byte>.Shared.Return(_joined);
            }

            _joined = larger;
        }

        payload.CopyTo(_joined.AsSpan(_joinedLength));
        _joinedLength += payload.Length;
        _isJoining = !header.IsFinal;
        if (header.IsFinal)
        {
            int length = _joinedLength;
            _joinedLength = 0;
            sink.OnMessage(_joined.AsSpan(0, length));
        }
    }

    private static void Close(ReadOnlySpan<byte> payload, IFrameSink sink)
    {
        int code = payload.Length >= 2 ? BinaryPrimitives.ReadUInt16BigEndian(payload) : NoCode;
        sink.OnClose(code, payload.Length > 2 ? Encoding.UTF8.GetString(payload[2..]) : "");
    }

    private void MakeRoom()
    {
        int kept = _end - _start;
        if (_start > 0)
        {
            _buffer.AsSpan(_start, kept).CopyTo(_buffer);
        }
        else
        {
            byte[] larger = ArrayPool<byte>.Shared.Rent(checked(_buffer.Length * 2));
            _buffer.AsSpan(0, kept).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = larger;
        }

        _start = 0;
        _end = kept;
    }

    private static SocketFaultException Broken(string what) => new(DisconnectKind.ProtocolError, 1002, what);

    private readonly record struct FrameHeader(int Opcode, bool IsFinal, int Length, int PayloadLength);
}
