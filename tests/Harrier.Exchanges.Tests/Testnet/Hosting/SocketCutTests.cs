using System.Net.Sockets;
using System.Text;
using Harrier.Exchanges.Tests.Testnet.Binance;
using Harrier.Testnet.Hosting.Sockets;

namespace Harrier.Exchanges.Tests.Testnet.Hosting;

/// <summary>Clients that a socket must be rid of: those who do not answer pings, and those who do not read.</summary>
public sealed class SocketCutTests
{
    [Fact]
    public async Task Socket_NoPongInTime_IsCut()
    {
        SocketRules rules = new() { PingInterval = TimeSpan.FromMilliseconds(50), PongTimeout = TimeSpan.FromMilliseconds(50) };
        await using QuietExchange exchange = await QuietExchange.StartAsync(rules);
        using TcpClient mute = new();
        NetworkStream stream = await HandshakeAsync(mute, exchange.Socket, "/ws");

        List<byte> received = await ReadToEndAsync(stream);

        // Opcode 9 is a ping, and nothing else was sent before the end.
        received.ShouldNotBeEmpty();
        received[0].ShouldBe((byte)0x89);
    }

    [Fact]
    public async Task Socket_UnsentOutputBeyondTheBound_IsCut()
    {
        await using QuietExchange exchange = await QuietExchange.StartAsync(new SocketRules { MaxUnsentBytes = 64 });
        using RawSocket socket = await RawSocket.OpenAsync(exchange.Socket + "/ws/btcusdt@bookTicker");
        _ = await socket.AskAsync("""{"method":"GET_PROPERTY","params":["combined"],"id":1}""");

        _ = await exchange.Client.LimitAsync("BUY", "60000", "0.01", "a-1");

        await Should.ThrowAsync<System.Net.WebSockets.WebSocketException>(socket.TextAsync);
    }

    [Fact]
    public async Task Socket_MessageTooLong_IsClosedWith1009()
    {
        await using QuietExchange exchange = await QuietExchange.StartAsync(new SocketRules { MaxMessageBytes = 1024 });
        using RawSocket socket = await RawSocket.OpenAsync(exchange.Socket + "/ws");
        await socket.SendAsync(new string(' ', 5000));

        (await socket.TextAsync()).ShouldBeNull();
        socket.CloseStatus.ShouldBe(System.Net.WebSockets.WebSocketCloseStatus.MessageTooBig);
    }

    private static async Task<NetworkStream> HandshakeAsync(TcpClient client, string origin, string path)
    {
        Uri address = new(origin);
        await client.ConnectAsync(address.Host, address.Port, TestContext.Current.CancellationToken);
        NetworkStream stream = client.GetStream();
        string request = $"GET {path} HTTP/1.1\r\nHost: {address.Authority}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n";
        await stream.WriteAsync(Encoding.ASCII.GetBytes(request), TestContext.Current.CancellationToken);
        StringBuilder answer = new();
        byte[] one = new byte[1];
        while (!answer.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            (await stream.ReadAsync(one, TestContext.Current.CancellationToken)).ShouldBe(1);
            _ = answer.Append((char)one[0]);
        }

        // The accept value of this key is in RFC 6455, section 1.3.
        answer.ToString().ShouldContain("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
        return stream;
    }

    private static async Task<List<byte>> ReadToEndAsync(NetworkStream stream)
    {
        List<byte> all = [];
        byte[] buffer = new byte[4096];
        try
        {
            while (await stream.ReadAsync(buffer, TestContext.Current.CancellationToken) is > 0 and int count)
            {
                all.AddRange(buffer.AsSpan(0, count));
            }
        }
        catch (IOException)
        {
            // A reset is an end too.
        }

        return all;
    }
}
