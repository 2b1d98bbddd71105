using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Text;

namespace Harrier.Bench.Orders;

/// <summary>The private stream, and three readers of the books and trades of all five symbols. They count what comes.</summary>
internal sealed class StreamReaders : IAsyncDisposable
{
    private const int MarketReaders = 3;
    private static readonly string[] Symbols = ["btcusdt", "ethusdt", "solusdt", "bnbusdt", "xrpusdt"];

    private readonly List<ClientWebSocket> _sockets = [];
    private readonly List<Task> _reading = [];
    private readonly CancellationTokenSource _stop = new();
    private long _orderEvents;
    private long _marketEvents;

    private StreamReaders()
    {
    }

    public long OrderEvents => Interlocked.Read(ref _orderEvents);

    public long MarketEvents => Interlocked.Read(ref _marketEvents);

    public static async Task<StreamReaders> StartAsync(ExchangeScene scene, TimeProvider time)
    {
        StreamReaders readers = new();
        string streams = string.Join('/', Symbols.SelectMany(symbol => (string[])[$"{symbol}@trade", $"{symbol}@depth@100ms", $"{symbol}@bookTicker"]));
        for (int i = 0; i < MarketReaders; i++)
        {
            ClientWebSocket market = await readers.ConnectAsync(new Uri(scene.Sockets, $"/stream?streams={streams}"));
            readers._reading.Add(readers.ReadAsync(market, _ => Interlocked.Increment(ref readers._marketEvents)));
        }

        ClientWebSocket account = await readers.ConnectAsync(new Uri(scene.Sockets, "/ws-api/v3"));
        await account.SendAsync(Subscription(scene), WebSocketMessageType.Text, true, readers._stop.Token);
        readers._reading.Add(readers.ReadAsync(account, message =>
        {
            if (message.IndexOf("\"executionReport\""u8) >= 0)
            {
                Interlocked.Increment(ref readers._orderEvents);
            }
        }));
        long start = time.GetTimestamp();
        while (readers.MarketEvents == 0 && time.GetElapsedTime(start) < TimeSpan.FromSeconds(10))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), time);
        }

        return readers;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        foreach (ClientWebSocket socket in _sockets)
        {
            socket.Dispose();
        }

        await Task.WhenAll(_reading);
        _stop.Dispose();
    }

    private static byte[] Subscription(ExchangeScene scene)
    {
        string stamp = scene.Stamp();
        byte[] payload = Encoding.ASCII.GetBytes($"apiKey={scene.Key}&timestamp={stamp}");
        string signature = Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.ASCII.GetBytes(scene.Secret), payload));
        return Encoding.ASCII.GetBytes(
            $"{{\"id\":\"1\",\"method\":\"userDataStream.subscribe.signature\",\"params\":{{\"apiKey\":\"{scene.Key}\",\"timestamp\":{stamp},\"signature\":\"{signature}\"}}}}");
    }

    private async Task<ClientWebSocket> ConnectAsync(Uri address)
    {
        ClientWebSocket socket = new();
        _sockets.Add(socket);
        await socket.ConnectAsync(address, _stop.Token);
        return socket;
    }

    private async Task ReadAsync(ClientWebSocket socket, MessageReader onMessage)
    {
        await Task.Yield();
        byte[] buffer = new byte[256 * 1024];
        int length = 0;
        try
        {
            while (true)
            {
                ValueWebSocketReceiveResult part = await socket.ReceiveAsync(buffer.AsMemory(length), _stop.Token);
                length += part.Count;
                if (part.EndOfMessage)
                {
                    onMessage(buffer.AsSpan(0, length));
                    length = 0;
                }
            }
        }
        catch (Exception fault) when (_stop.IsCancellationRequested && fault is OperationCanceledException or WebSocketException or ObjectDisposedException)
        {
            // Stopped.
        }
    }

    private delegate void MessageReader(ReadOnlySpan<byte> message);
}
