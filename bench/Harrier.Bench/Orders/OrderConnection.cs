using System.Buffers.Text;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;

namespace Harrier.Bench.Orders;

/// <summary>A connection that sends signed requests one after the other and costs as little as possible; it only looks at the status.</summary>
internal sealed class OrderConnection : IAsyncDisposable
{
    private readonly ExchangeScene _scene;
    private readonly byte[] _secret;
    private readonly byte[] _buffer = new byte[64 * 1024];
    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };

    public OrderConnection(ExchangeScene scene)
    {
        _scene = scene;
        _secret = Encoding.ASCII.GetBytes(scene.Secret);
        _socket.Connect(scene.Rest.Host, scene.Rest.Port);
    }

    /// <summary>Sends a request about an order and reads the answer.</summary>
    /// <param name="method">POST or DELETE.</param>
    /// <param name="parameters">What is asked, without time and signature.</param>
    /// <returns>False when it was refused.</returns>
    public async ValueTask<bool> SendAsync(string method, string parameters)
    {
        string payload = $"{parameters}&timestamp={_scene.Stamp()}";
        string signature = Convert.ToHexStringLower(HMACSHA256.HashData(_secret, Encoding.ASCII.GetBytes(payload)));
        string request = $"{method} /api/v3/order?{payload}&signature={signature} HTTP/1.1\r\nHost: {_scene.Rest.Authority}\r\nX-MBX-APIKEY: {_scene.Key}\r\nContent-Length: 0\r\n\r\n";
        int length = Encoding.ASCII.GetBytes(request, _buffer);
        await _socket.SendAsync(_buffer.AsMemory(0, length));
        int read = 0;
        while (Missing(_buffer.AsSpan(0, read)))
        {
            int more = await _socket.ReceiveAsync(_buffer.AsMemory(read));
            read += more > 0 ? more : throw new IOException("the exchange closed the connection");
        }

        return _buffer.AsSpan(0, read).StartsWith("HTTP/1.1 200 "u8);
    }

    public ValueTask DisposeAsync()
    {
        _socket.Dispose();
        return ValueTask.CompletedTask;
    }

    private static bool Missing(ReadOnlySpan<byte> answer)
    {
        int head = answer.IndexOf("\r\n\r\n"u8);
        if (head < 0)
        {
            return true;
        }

        int at = answer.IndexOf("Content-Length: "u8) + "Content-Length: ".Length;
        return !Utf8Parser.TryParse(answer[at..head], out int length, out _) || answer.Length < head + 4 + length;
    }
}
