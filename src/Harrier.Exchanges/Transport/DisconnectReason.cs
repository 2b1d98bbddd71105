namespace Harrier.Exchanges.Transport;

/// <summary>Why a connection ended.</summary>
public enum DisconnectKind : byte
{
    /// <summary>We closed it because the connection was told to stop.</summary>
    Stopped = 0,

    /// <summary>The address was not known, did not answer in time or refused the upgrade.</summary>
    ConnectFailed = 1,

    /// <summary>The server sent a close frame; <see cref="DisconnectReason.CloseCode"/> is its code.</summary>
    ServerClosed = 2,

    /// <summary>The stream ended without a close frame: code 1006.</summary>
    Cut = 3,

    /// <summary>Our ping was not answered in time.</summary>
    PongTimeout = 4,

    /// <summary>Nothing arrived although data was due.</summary>
    Silent = 5,

    /// <summary>A message was larger than allowed.</summary>
    Oversized = 6,

    /// <summary>The server broke the WebSocket protocol.</summary>
    ProtocolError = 7,

    /// <summary>A newer connection took over before the venue cuts at its age limit, or after it said that it will shut down.</summary>
    Replaced = 8,

    /// <summary>The code that opens the subscriptions or logs in failed.</summary>
    OpeningFailed = 9,

    /// <summary>The user of the connection asked for a new one.</summary>
    Requested = 10,
}

/// <summary>Why a connection ended, and how.</summary>
/// <param name="Kind">The class of cause.</param>
/// <param name="CloseCode">Close code of RFC 6455 section 7.4; 1006 where no close frame was seen.</param>
/// <param name="Detail">More for a log; never holds a secret.</param>
public readonly record struct DisconnectReason(DisconnectKind Kind, int CloseCode, string Detail)
{
    /// <summary>Close code when no close frame was seen.</summary>
    public const int Abnormal = 1006;

    /// <inheritdoc/>
    public override string ToString() => $"{Kind} ({CloseCode}): {Detail}";
}
