using Harrier.Domain;

namespace Harrier.Features.Microstructure;

/// <summary>What happened to a wall.</summary>
public enum DensityEventKind : byte
{
    /// <summary>It is there.</summary>
    Detected = 0,

    /// <summary>It lost most of its largest size, at least half of that to trades. Once, until it is refreshed.</summary>
    Eaten = 1,

    /// <summary>It had lost half of its largest size and has four fifths of it again.</summary>
    Refreshed = 2,

    /// <summary>It is followed no longer; see <see cref="RemovalReason"/>.</summary>
    Removed = 3,
}

/// <summary>Why a wall is followed no longer.</summary>
public enum RemovalReason : byte
{
    /// <summary>It was not removed.</summary>
    None = 0,

    /// <summary>Its owners took most of it away: the size fell without trades.</summary>
    Canceled = 1,

    /// <summary>Trades ate it up.</summary>
    Consumed = 2,

    /// <summary>The market moved away from it.</summary>
    OutOfRange = 3,

    /// <summary>Too small for too long, or its end was not seen: the book was in doubt, or its buckets changed.</summary>
    Expired = 4,
}

/// <summary>Something happened to a wall.</summary>
/// <param name="Kind">What.</param>
/// <param name="Reason">Why it was removed.</param>
/// <param name="Wall">The wall as it is now.</param>
/// <param name="Time">When it was noticed.</param>
public readonly record struct DensityEvent(DensityEventKind Kind, RemovalReason Reason, Wall Wall, Timestamp Time);
