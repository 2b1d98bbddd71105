using Harrier.Domain;

namespace Harrier.Exchanges.Transport;

/// <summary>Where a connection is in its life.</summary>
public enum ConnectionState : byte
{
    /// <summary>Not started, or stopped.</summary>
    Disconnected = 0,

    /// <summary>The first attempt is under way.</summary>
    Connecting = 1,

    /// <summary>A session is open.</summary>
    Connected = 2,

    /// <summary>No session; waiting for or making the next attempt.</summary>
    Reconnecting = 3,

    /// <summary>Too many failures in a row; attempts go on slowly.</summary>
    Failed = 4,
}

/// <summary>How well a connection does.</summary>
/// <param name="IsHealthy">True when nothing below is wrong.</param>
/// <param name="IsSilent">Nothing came for longer than is normal for this connection.</param>
/// <param name="HasPongTimeout">The last ping was not answered in time.</param>
/// <param name="ErrorRatio">Faults per message.</param>
public readonly record struct ConnectionHealth(bool IsHealthy, bool IsSilent, bool HasPongTimeout, double ErrorRatio);

/// <summary>A connection at one moment.</summary>
public sealed record ConnectionStatus
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Where it is in its life.</summary>
    public required ConnectionState State { get; init; }

    /// <summary>How well it does.</summary>
    public required ConnectionHealth Health { get; init; }

    /// <summary>Failures in a row; cleared once a session was stable.</summary>
    public required int ReconnectAttempts { get; init; }

    /// <summary>Sessions opened after the first one was lost; replacements in time are not among them.</summary>
    public required int Reconnects { get; init; }

    /// <summary>Sessions that took over from an older one without a gap.</summary>
    public required int Rollovers { get; init; }

    /// <summary>Messages received.</summary>
    public required long MessageCount { get; init; }

    /// <summary>Bytes of those messages.</summary>
    public required long ByteCount { get; init; }

    /// <summary>Lost sessions, failed attempts and messages that their handler could not take.</summary>
    public required long ErrorCount { get; init; }

    /// <summary>Messages that wait behind the handler.</summary>
    public required int QueueSize { get; init; }

    /// <summary>When the last message came; null when none has.</summary>
    public required Timestamp? LastMessage { get; init; }

    /// <summary>When the server last answered a ping; null when it has not.</summary>
    public required Timestamp? LastPong { get; init; }

    /// <summary>When the server last pinged and was answered; null when it has not.</summary>
    public required Timestamp? LastServerPing { get; init; }

    /// <summary>Smoothed time from ping to pong; null before the first.</summary>
    public required TimeSpan? Latency { get; init; }

    /// <summary>When the present session opened; null when there is none.</summary>
    public required Timestamp? ConnectedSince { get; init; }

    /// <summary>Part of the time since the start in which a session was open, 0 to 1.</summary>
    public required double Uptime { get; init; }

    /// <summary>Why the last session or attempt ended; null when none has.</summary>
    public required DisconnectReason? LastDisconnect { get; init; }
}
