using Harrier.Domain;
using Harrier.Engine;

namespace Harrier.Exchanges.Feeds;

/// <summary>What a feed puts into the queue of an engine.</summary>
public readonly struct FeedItem
{
    /// <summary>An event of the market.</summary>
    public FeedItem(in MarketEvent marketEvent) => Event = marketEvent;

    /// <summary>A fault: what the engine knows of this instrument's book and trades is no longer whole.</summary>
    public FeedItem(FeedFault fault)
    {
        Fault = fault;
        IsFault = true;
    }

    /// <summary>True for a fault.</summary>
    public bool IsFault { get; }

    /// <summary>The event, unless it is a fault.</summary>
    public MarketEvent Event { get; }

    /// <summary>The fault, if it is one.</summary>
    public FeedFault Fault { get; }
}
