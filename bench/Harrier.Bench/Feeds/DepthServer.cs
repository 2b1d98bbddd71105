using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;

namespace Harrier.Bench.Feeds;

/// <summary>
/// A server of depth streams that costs as little as possible: prepared frames whose ids are written over, no reading of what the client
/// says. Symbols are S0USDT, S1USDT and so on.
/// </summary>
internal sealed class DepthServer : IDisposable
{
    /// <summary>Last id of every snapshot.</summary>
    public const long FirstId = 100_000_000_000;

    private const int AnsweredRequests = 30;
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly byte[][] _frames;
    private readonly long[] _ids;
    private readonly (int First, int Final)[] _places;
    private NetworkStream? _stream;

    public DepthServer(int symbols)
    {
        _frames = new byte[symbols][];
        _ids = new long[symbols];
        _places = new (int, int)[symbols];
        for (int i = 0; i < symbols; i++)
        {
            byte[] text = Encoding.UTF8.GetBytes(Message(i));
            _frames[i] = Framed(text);
            int first = _frames[i].AsSpan().IndexOf("\"U\":"u8) + 4;
            int final = _frames[i].AsSpan().IndexOf("\"u\":"u8) + 4;
            _places[i] = (first, final);
            _ids[i] = FirstId;
        }

        _listener.Start();
    }

    public Uri Address => new("ws://127.0.0.1:" + ((IPEndPoint)_listener.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture));

    /// <summary>Bytes of one message on the wire.</summary>
    public int FrameLength => _frames[0].Length;

    /// <summary>A snapshot with which the first message of any symbol joins.</summary>
    public static byte[] Snapshot()
    {
        StringBuilder json = new();
        json.Append(CultureInfo.InvariantCulture, $"{{\"lastUpdateId\":{FirstId},\"bids\":[");
        json.AppendJoin(',', Enumerable.Range(0, 100).Select(i => string.Create(CultureInfo.InvariantCulture, $"[\"{(10_000 - i) / 100m:F2}\",\"1.000\"]")));
        json.Append("],\"asks\":[");
        json.AppendJoin(',', Enumerable.Range(1, 100).Select(i => string.Create(CultureInfo.InvariantCulture, $"[\"{(10_000 + i) / 100m:F2}\",\"1.000\"]")));
        return Encoding.UTF8.GetBytes(json.Append("]}").ToString());
    }

    public void Accept()
    {
        Socket client = _listener.AcceptSocket();
        client.NoDelay = true;
        _stream = new NetworkStream(client, ownsSocket: true);
        byte[] buffer = new byte[8192];
        int length = 0;
        while (buffer.AsSpan(0, length).IndexOf("\r\n\r\n"u8) < 0)
        {
            length += _stream.Read(buffer, length, buffer.Length - length);
        }

        string key = Encoding.ASCII.GetString(buffer, 0, length).Split("\r\n").Single(line => line.StartsWith("Sec-WebSocket-Key:", StringComparison.OrdinalIgnoreCase)).Split(':', 2)[1].Trim();
        _stream.Write(Encoding.ASCII.GetBytes($"HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Accept: {AcceptOf(key)}\r\n\r\n"));
    }

    /// <summary>Accepts the first requests, whatever they were.</summary>
    public void Answer()
    {
        for (int id = 1; id <= AnsweredRequests; id++)
        {
            _stream!.Write(Framed(Encoding.ASCII.GetBytes($"{{\"result\":null,\"id\":{id}}}")));
        }
    }

    /// <summary>Writes the next message of a symbol.</summary>
    public void Send(int symbol)
    {
        Number(symbol);
        _stream!.Write(_frames[symbol]);
    }

    /// <summary>Writes messages of a symbol one behind the other into a buffer, which is then sent at once.</summary>
    public void SendMany(int symbol, byte[] buffer)
    {
        byte[] frame = _frames[symbol];
        int used = 0;
        for (; used + frame.Length <= buffer.Length; used += frame.Length)
        {
            Number(symbol);
            frame.CopyTo(buffer, used);
        }

        _stream!.Write(buffer, 0, used);
    }

    public void Dispose()
    {
        _stream?.Dispose();
        _listener.Dispose();
    }

    private void Number(int symbol)
    {
        long id = ++_ids[symbol];
        Digits(_frames[symbol].AsSpan(_places[symbol].First, 12), id);
        Digits(_frames[symbol].AsSpan(_places[symbol].Final, 12), id);
    }

    private static void Digits(Span<byte> into, long value)
    {
        for (int i = into.Length - 1; i >= 0; i--)
        {
            (value, long digit) = Math.DivRem(value, 10);
            into[i] = (byte)('0' + digit);
        }
    }

    private static string Message(int symbol)
    {
        string bids = string.Join(',', Enumerable.Range(0, 5).Select(i => string.Create(CultureInfo.InvariantCulture, $"[\"{(10_000 - (i * 3)) / 100m:F2}\",\"{1 + i}.250\"]")));
        string asks = string.Join(',', Enumerable.Range(1, 5).Select(i => string.Create(CultureInfo.InvariantCulture, $"[\"{(10_000 + (i * 3)) / 100m:F2}\",\"{i}.750\"]")));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{{\"stream\":\"s{symbol}usdt@depth@100ms\",\"data\":{{\"e\":\"depthUpdate\",\"E\":1767225600000,\"s\":\"S{symbol}USDT\",\"U\":{FirstId},\"u\":{FirstId},\"b\":[{bids}],\"a\":[{asks}]}}}}");
    }

    private static byte[] Framed(byte[] text)
    {
        if (text.Length < 126)
        {
            return [0x81, (byte)text.Length, .. text];
        }

        byte[] frame = [0x81, 126, 0, 0, .. text];
        BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(2), (ushort)text.Length);
        return frame;
    }

    [SuppressMessage("Security", "CA5350:Do Not Use Weak Cryptographic Algorithms", Justification = "RFC 6455 prescribes SHA-1 here; it protects nothing.")]
    private static string AcceptOf(string key) => Convert.ToBase64String(SHA1.HashData(Encoding.ASCII.GetBytes(key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11")));
}
