namespace Harrier.Testnet.Hosting.Faults;

/// <summary>What can be made to go wrong. Names on the admin port are in <see cref="FaultNames"/>.</summary>
public enum FaultKind : byte
{
    /// <summary>A pushed frame is lost.</summary>
    Drop,

    /// <summary>An answer, or a socket's output from a frame on, comes late.</summary>
    Delay,

    /// <summary>A pushed frame comes twice.</summary>
    Duplicate,

    /// <summary>A pushed frame comes after the next one.</summary>
    Reorder,

    /// <summary>A depth update is lost, so that the ids jump.</summary>
    Gap,

    /// <summary>A stream stays open and says nothing.</summary>
    Silent,

    /// <summary>The connection is cut: a request before its effect, a socket instead of a frame.</summary>
    Cut,

    /// <summary>The connection is cut after the request's effect: no answer comes.</summary>
    CutAfter,

    /// <summary>The rate limit is said to be exceeded.</summary>
    TooManyRequests,

    /// <summary>The address is said to be banned.</summary>
    Banned,

    /// <summary>A server error without effect.</summary>
    ServerError,

    /// <summary>A server error after the effect.</summary>
    ServerErrorAfter,

    /// <summary>A proxy's page in place of the answer.</summary>
    Html,

    /// <summary>Requests are refused as if the venue's clock were elsewhere.</summary>
    ClockSkew,

    /// <summary>The venue is closed for maintenance.</summary>
    Maintenance,

    /// <summary>A frame is cut in the middle of its text.</summary>
    Malformed,

    /// <summary>A frame of an event that no client knows comes before the real one.</summary>
    UnknownEvent,

    /// <summary>A frame of several megabytes comes before the real one.</summary>
    Oversized,

    /// <summary>A commit is refused until a one-time password comes with it.</summary>
    Password,
}
