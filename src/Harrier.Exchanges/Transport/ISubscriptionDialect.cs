using System.Buffers;

namespace Harrier.Exchanges.Transport;

/// <summary>What a frame of a stream connection is.</summary>
public enum FrameRouteKind : byte
{
    /// <summary>Neither data nor an answer to us; counted and skipped.</summary>
    Other = 0,

    /// <summary>Data of <see cref="FrameRoute.Topic"/>.</summary>
    Data = 1,

    /// <summary>The request <see cref="FrameRoute.Request"/> was accepted.</summary>
    Accepted = 2,

    /// <summary>The request <see cref="FrameRoute.Request"/> was refused; 0 when the venue does not say which.</summary>
    Refused = 3,

    /// <summary>The venue will shut this connection down.</summary>
    Shutdown = 4,
}

/// <summary>A frame, sorted.</summary>
public readonly ref struct FrameRoute
{
    /// <summary>What it is.</summary>
    public required FrameRouteKind Kind { get; init; }

    /// <summary>Name of the topic in UTF-8, of data only.</summary>
    public ReadOnlySpan<byte> Topic { get; init; }

    /// <summary>The message of the topic without its envelope, of data only.</summary>
    public ReadOnlySpan<byte> Payload { get; init; }

    /// <summary>Number of the request that is answered.</summary>
    public long Request { get; init; }
}

/// <summary>How a venue is asked for streams, and how its frames are told apart. Called by one task at a time.</summary>
public interface ISubscriptionDialect
{
    /// <summary>Most topics in one message.</summary>
    int TopicsPerMessage { get; }

    /// <summary>Writes the message that subscribes or unsubscribes topics.</summary>
    /// <param name="into">Takes the UTF-8 text of one message.</param>
    /// <param name="request">Number that the venue repeats in its answer.</param>
    /// <param name="topics">At least one and at most <see cref="TopicsPerMessage"/>.</param>
    /// <param name="isSubscribe">False to unsubscribe.</param>
    void Write(IBufferWriter<byte> into, long request, IReadOnlyList<string> topics, bool isSubscribe);

    /// <summary>Sorts a frame.</summary>
    FrameRoute Route(ReadOnlySpan<byte> utf8);
}
