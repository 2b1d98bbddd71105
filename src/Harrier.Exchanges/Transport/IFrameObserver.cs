using Harrier.Domain;

namespace Harrier.Exchanges.Transport;

/// <summary>
/// Sees what connections receive, byte by byte, before anything reads it: for recordings. Called on the threads that receive, so it must neither wait nor
/// throw; calls of different connections may come at once, those of one connection do not. Bytes are valid during a call only.
/// </summary>
public interface IFrameObserver
{
    /// <summary>A session is open; its messages follow.</summary>
    void OnOpened(string connection, int session, Timestamp time);

    /// <summary>A text or binary message came; also those that answer requests and pings.</summary>
    /// <param name="connection">Name of the connection.</param>
    /// <param name="session">Number of its session; while a newer one takes over, messages of both come.</param>
    /// <param name="payload">The message, fragments joined.</param>
    /// <param name="received">When it reached this process.</param>
    void OnFrame(string connection, int session, ReadOnlySpan<byte> payload, Timestamp received);

    /// <summary>A session ended.</summary>
    /// <param name="connection">Name of the connection.</param>
    /// <param name="session">Number of the session; 0 when the attempt to open one failed.</param>
    /// <param name="reason">Why.</param>
    /// <param name="time">When.</param>
    void OnEnded(string connection, int session, DisconnectReason reason, Timestamp time);

    /// <summary>The answer to a request came from which a book is built.</summary>
    /// <param name="symbol">The venue's symbol.</param>
    /// <param name="body">The answer.</param>
    /// <param name="received">When it reached this process.</param>
    void OnSnapshot(string symbol, ReadOnlySpan<byte> body, Timestamp received);
}
