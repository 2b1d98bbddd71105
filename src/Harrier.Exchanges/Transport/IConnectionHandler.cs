using Harrier.Domain;

namespace Harrier.Exchanges.Transport;

/// <summary>One open session of a connection, as its user sees it.</summary>
public interface ISocketSender
{
    /// <summary>Counts the sessions of a connection from 1; a newer session has a larger number.</summary>
    int Session { get; }

    /// <summary>Canceled when the session ended.</summary>
    CancellationToken Ended { get; }

    /// <summary>Sends a text message, waiting for its turn within the venue's message limit.</summary>
    /// <exception cref="IOException">The connection broke.</exception>
    /// <exception cref="OperationCanceledException">The session ended.</exception>
    ValueTask SendAsync(ReadOnlyMemory<byte> utf8, CancellationToken cancel = default);

    /// <summary>Ends the session; the connection opens another.</summary>
    void End(DisconnectReason reason);

    /// <summary>Asks for a newer session to take over while this one goes on: the venue announced that it will shut down.</summary>
    void RequestReplacement();
}

/// <summary>
/// What uses a connection. Frames of all sessions, also of two that overlap, come one after the other, never at once. While a newer session
/// takes over, the same data may come twice: identifiers tell.
/// </summary>
public interface IConnectionHandler
{
    /// <summary>Messages that wait behind this handler; for <see cref="ConnectionStatus.QueueSize"/>.</summary>
    int QueueSize => 0;

    /// <summary>A session is open; subscribes and logs in. Frames arrive while this runs. A failure ends the session.</summary>
    ValueTask OnConnectedAsync(ISocketSender sender);

    /// <summary>A text or binary message.</summary>
    /// <param name="utf8">Its bytes, valid during the call only.</param>
    /// <param name="received">When it reached this process.</param>
    void OnFrame(ReadOnlySpan<byte> utf8, Timestamp received);

    /// <summary>As <see cref="OnFrame(ReadOnlySpan{byte}, Timestamp)"/>, for users who must know by which session a message came.</summary>
    void OnFrame(ISocketSender from, ReadOnlySpan<byte> utf8, Timestamp received) => OnFrame(utf8, received);

    /// <summary>True when a newer session delivers everything that the older does, which is closed then.</summary>
    bool IsCaughtUp(ISocketSender newer) => true;

    /// <summary>About once a second while a session is open, never at the same time as a frame.</summary>
    void OnTick(ISocketSender sender, Timestamp now)
    {
    }

    /// <summary>No session is open: data is missing from here on. Not called when a newer session took over.</summary>
    void OnDisconnected(DisconnectReason reason);
}
