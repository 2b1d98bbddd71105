using Harrier.Domain;

namespace Harrier.Research.Replays;

/// <summary>One event of a tape with the two instants at which it counts.</summary>
internal readonly struct TapeItem(in MarketEvent marketEvent, bool isFault, (long AtVenue, long Ours) time)
{
    /// <summary>The event; of a fault only instrument and times are meaningful. A field, so that it is read where it lies.</summary>
    public readonly MarketEvent Event = marketEvent;

    /// <summary>True for a fault.</summary>
    public readonly bool IsFault = isFault;

    /// <summary>When the venue's side of the simulation sees it, in nanoseconds.</summary>
    public readonly long VenueTime = time.AtVenue;

    /// <summary>When we see it, in nanoseconds; never earlier than <see cref="VenueTime"/>.</summary>
    public readonly long OurTime = time.Ours;
}
