namespace Harrier.Testnet.Hosting.Sockets;

/// <summary>How the exchange treats its WebSockets; the defaults are those of the first venue.</summary>
public sealed record SocketRules
{
    /// <value>Time between the server's ping frames; 20 s.</value>
    public TimeSpan PingInterval { get; init; } = TimeSpan.FromSeconds(20);

    /// <value>Time after a ping within which a pong must come, else the socket is cut; 60 s.</value>
    public TimeSpan PongTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <value>Life of a socket, after which it is closed; 24 h.</value>
    public TimeSpan Life { get; init; } = TimeSpan.FromHours(24);

    /// <value>How long before the end of its life a socket is told; 10 min, but never more than half a life.</value>
    public TimeSpan ShutdownNotice { get; init; } = TimeSpan.FromMinutes(10);

    /// <value>Unsent bytes after which a reader is cut; 32 MiB.</value>
    public int MaxUnsentBytes { get; init; } = 32 * 1024 * 1024;

    /// <value>Longest message a client may send, in bytes; 64 KiB.</value>
    public int MaxMessageBytes { get; init; } = 64 * 1024;
}
