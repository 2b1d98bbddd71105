using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Text;

namespace Harrier.Exchanges.Tests.Recording;

/// <summary>Listens to streams with the framework's own client, which shares no code with the transport under test.</summary>
internal sealed class FrameListener : IAsyncDisposable
{
    private readonly ClientWebSocket _socket = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentQueue<string> _frames = new();
    private Task _reading = Task.CompletedTask;

    public IReadOnlyCollection<string> Frames => _frames;

    public IReadOnlyList<string> Streams => [.. _frames.Select(StreamOf).OfType<string>().Distinct().Order(StringComparer.Ordinal)];

    public static async Task<FrameListener> StartAsync(Uri address)
    {
        FrameListener listener = new();
        await listener._socket.ConnectAsync(address, TestContext.Current.CancellationToken);
        listener._reading = Task.Run(listener.ReadAsync);
        return listener;
    }

    /// <summary>The stream that a frame names; null when it names none.</summary>
    public static string? StreamOf(string frame) => frame.StartsWith("{\"stream\":\"", StringComparison.Ordinal) ? frame[11..frame.IndexOf('"', 11)] : null;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _reading;
        _socket.Dispose();
        _stop.Dispose();
    }

    private async Task ReadAsync()
    {
        byte[] buffer = new byte[1 << 20];
        int used = 0;
        try
        {
            while (_socket.State == WebSocketState.Open)
            {
                ValueWebSocketReceiveResult part = await _socket.ReceiveAsync(buffer.AsMemory(used), _stop.Token);
                used += part.Count;
                if (part.EndOfMessage)
                {
                    _frames.Enqueue(Encoding.UTF8.GetString(buffer, 0, used));
                    used = 0;
                }
            }
        }
        catch (Exception fault) when (fault is OperationCanceledException or WebSocketException)
        {
            // Stopped.
        }
    }
}
