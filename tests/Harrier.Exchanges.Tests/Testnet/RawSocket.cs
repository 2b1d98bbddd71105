using System.Net.WebSockets;
using System.Text;
using System.Text.Json;

namespace Harrier.Exchanges.Tests.Testnet;

/// <summary>A WebSocket of texts.</summary>
internal sealed class RawSocket : IDisposable
{
    private readonly ClientWebSocket _socket = new();
    private readonly byte[] _buffer = new byte[8 * 1024 * 1024];

    public WebSocketCloseStatus? CloseStatus => _socket.CloseStatus;

    public static async Task<RawSocket> OpenAsync(string address)
    {
        RawSocket socket = new();
        await socket._socket.ConnectAsync(new Uri(address), TestContext.Current.CancellationToken);
        return socket;
    }

    public Task SendAsync(string text) => _socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, true, TestContext.Current.CancellationToken);

    /// <summary>The next message; null after the end.</summary>
    public async Task<string?> TextAsync()
    {
        int length = 0;
        while (true)
        {
            ValueWebSocketReceiveResult part = await _socket.ReceiveAsync(_buffer.AsMemory(length), TestContext.Current.CancellationToken);
            if (part.MessageType == WebSocketMessageType.Close)
            {
                return null;
            }

            length += part.Count;
            if (part.EndOfMessage)
            {
                return Encoding.UTF8.GetString(_buffer, 0, length);
            }
        }
    }

    public async Task<JsonElement> JsonAsync() => JsonSerializer.Deserialize<JsonElement>(await TextAsync() ?? "null");

    public async Task<JsonElement> AskAsync(string text)
    {
        await SendAsync(text);
        return await JsonAsync();
    }

    public void Dispose() => _socket.Dispose();
}
