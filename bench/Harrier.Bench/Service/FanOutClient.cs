using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;

namespace Harrier.Bench.Service;

/// <summary>One listener on <c>/ws/trades</c> over a bare socket: counts frames, and notes how long each was on its way from being told to being read.</summary>
internal sealed class FanOutClient : IDisposable
{
    private static readonly byte[] IdField = "\"id\":"u8.ToArray();

    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly TimeProvider _time;
    private long _frames;

    public FanOutClient(TimeProvider time) => _time = time;

    /// <summary>Frames so far.</summary>
    public long Frames => Volatile.Read(ref _frames);

    /// <summary>True once the service let it go.</summary>
    public bool HasEnded { get; private set; }

    /// <summary>Takes delays in milliseconds while it is set.</summary>
    public List<double>? Delays { get; set; }

    /// <summary>Opens the socket.</summary>
    public async Task OpenAsync(Uri address, string token)
    {
        await _socket.ConnectAsync(address.Host, address.Port);
        string request = $"GET /ws/trades HTTP/1.1\r\nHost: {address.Authority}\r\nAuthorization: Bearer {token}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n";
        await _socket.SendAsync(Encoding.ASCII.GetBytes(request));
        byte[] answer = new byte[4096];
        int filled = 0;
        while (!Encoding.ASCII.GetString(answer, 0, filled).EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            filled += await _socket.ReceiveAsync(answer.AsMemory(filled, 1));
        }

        if (!Encoding.ASCII.GetString(answer, 0, filled).StartsWith("HTTP/1.1 101", StringComparison.Ordinal))
        {
            throw new InvalidOperationException(Encoding.ASCII.GetString(answer, 0, filled));
        }
    }

    /// <summary>Reads until the connection ends.</summary>
    public async Task ReadAsync()
    {
        byte[] buffer = new byte[1 << 16];
        int filled = 0;
        try
        {
            while (await _socket.ReceiveAsync(buffer.AsMemory(filled)) is > 0 and int read)
            {
                filled += read;
                int taken = Take(buffer.AsSpan(0, filled));
                buffer.AsSpan(taken, filled - taken).CopyTo(buffer);
                filled -= taken;
            }
        }
        catch (Exception gone) when (gone is SocketException or ObjectDisposedException)
        {
            // The measurement is over, or the service let this one go.
        }

        HasEnded = true;
    }

    public void Dispose() => _socket.Dispose();

    private int Take(ReadOnlySpan<byte> bytes)
    {
        int taken = 0;
        long frames = 0;
        long now = _time.GetTimestamp();
        while (bytes.Length - taken >= 2)
        {
            ReadOnlySpan<byte> rest = bytes[taken..];
            int length = rest[1] & 127;
            int head = length switch { 126 => 4, 127 => 10, _ => 2 };
            if (rest.Length < head)
            {
                break;
            }

            length = head switch { 4 => BinaryPrimitives.ReadUInt16BigEndian(rest[2..]), 10 => (int)BinaryPrimitives.ReadUInt64BigEndian(rest[2..]), _ => length };
            if (rest.Length < head + length)
            {
                break;
            }

            if (Delays is { } delays)
            {
                Note(rest.Slice(head, length), now, delays);
            }

            taken += head + length;
            frames++;
        }

        Volatile.Write(ref _frames, _frames + frames);
        return taken;
    }

    private void Note(ReadOnlySpan<byte> message, long now, List<double> delays)
    {
        int at = message.IndexOf(IdField);
        if (at >= 0 && System.Buffers.Text.Utf8Parser.TryParse(message[(at + IdField.Length)..], out long told, out _))
        {
            delays.Add(_time.GetElapsedTime(told, now).TotalMilliseconds);
        }
    }
}
