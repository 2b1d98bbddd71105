namespace Harrier.Exchanges.Books;

/// <summary>What happened to a book since its synchronizer was made.</summary>
public readonly record struct BookStatistics
{
    /// <summary>Updates applied to the verified book.</summary>
    public required long Applied { get; init; }

    /// <summary>Updates that the book held already.</summary>
    public required long Stale { get; init; }

    /// <summary>Updates thrown away: without a stream, or because too many had to be kept.</summary>
    public required long Dropped { get; init; }

    /// <summary>Holes found between updates.</summary>
    public required long Gaps { get; init; }

    /// <summary>Times the best bid stood at or above the best ask.</summary>
    public required long Crossed { get; init; }

    /// <summary>Times the book became verified.</summary>
    public required long Resyncs { get; init; }

    /// <summary>Snapshots asked for.</summary>
    public required long SnapshotRequests { get; init; }

    /// <summary>Snapshots older than the first update kept.</summary>
    public required long SnapshotsTooOld { get; init; }

    /// <summary>Snapshots that failed or never came.</summary>
    public required long SnapshotFailures { get; init; }

    /// <summary>Times the book was reported as given up.</summary>
    public required long GivenUp { get; init; }

    /// <summary>Time in which the book could not be read, from the first connection on.</summary>
    public required TimeSpan TimeUnverified { get; init; }
}
