namespace Harrier.Exchanges.Transport;

/// <summary>A kind of WebSocket message that is sent; the values are the opcodes of RFC 6455 section 5.2.</summary>
public enum FrameKind : byte
{
    /// <summary>UTF-8 text.</summary>
    Text = 1,

    /// <summary>Close: two bytes of code, then a reason.</summary>
    Close = 8,

    /// <summary>Ping; at most 125 bytes, which the pong repeats.</summary>
    Ping = 9,

    /// <summary>Pong.</summary>
    Pong = 10,
}

/// <summary>Takes what a socket read. All calls of one socket come from the one task that receives.</summary>
public interface IFrameSink
{
    /// <summary>Bytes arrived; the calls for the messages in them follow, then <see cref="EndRead"/>.</summary>
    void BeginRead();

    /// <summary>A whole text or binary message, fragments joined. The span is valid during the call only.</summary>
    void OnMessage(ReadOnlySpan<byte> payload);

    /// <summary>The server asks for a pong with this payload.</summary>
    void OnPing(ReadOnlySpan<byte> payload);

    /// <summary>The server answers a ping.</summary>
    void OnPong(ReadOnlySpan<byte> payload);

    /// <summary>The server closes; nothing follows.</summary>
    /// <param name="code">Its code, 1005 when the frame has none.</param>
    /// <param name="reason">Its reason, may be empty.</param>
    void OnClose(int code, string reason);

    /// <summary>All messages of one read were handed over.</summary>
    void EndRead();
}

/// <summary>One open WebSocket, control frames visible.</summary>
public interface ISocket : IAsyncDisposable
{
    /// <summary>Waits for bytes and hands every message that is complete by then to <paramref name="sink"/>.</summary>
    /// <returns>False when the stream ended.</returns>
    /// <exception cref="SocketFaultException">The server broke the protocol or sent too large a message.</exception>
    /// <exception cref="IOException">The connection broke.</exception>
    ValueTask<bool> ReceiveAsync(IFrameSink sink, CancellationToken cancel);

    /// <summary>Sends one unfragmented message. Not to be called again before it ended.</summary>
    /// <exception cref="IOException">The connection broke.</exception>
    ValueTask SendAsync(FrameKind kind, ReadOnlyMemory<byte> payload, CancellationToken cancel);
}

/// <summary>Opens sockets.</summary>
public interface ISocketFactory
{
    /// <summary>Connects and upgrades.</summary>
    /// <param name="address">Address with scheme ws or wss.</param>
    /// <param name="maxMessageBytes">Largest message that the socket takes.</param>
    /// <param name="cancel">Ends the attempt.</param>
    /// <exception cref="IOException">No connection, or the server refused the upgrade.</exception>
    ValueTask<ISocket> ConnectAsync(Uri address, int maxMessageBytes, CancellationToken cancel);
}

/// <summary>The server broke the protocol; the connection cannot go on.</summary>
/// <param name="kind">What was broken.</param>
/// <param name="closeCode">The code to close with.</param>
/// <param name="message">What was wrong.</param>
public sealed class SocketFaultException(DisconnectKind kind, int closeCode, string message) : Exception(message)
{
    /// <summary>What was broken.</summary>
    public DisconnectKind Kind { get; } = kind;

    /// <summary>The code to close with.</summary>
    public int CloseCode { get; } = closeCode;
}
