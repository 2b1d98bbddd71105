using Harrier.Domain;

namespace Harrier.Engine.Reconciliation;

/// <summary>What reconciling has come to so far.</summary>
public sealed record ReconciliationStatistics
{
    /// <summary>Positions that are tracked, recently closed ones included.</summary>
    public int TotalPositions { get; init; }

    /// <summary>Positions that are held: open, partial or closing.</summary>
    public int OpenPositions { get; init; }

    /// <summary>Positions whose first execution is awaited.</summary>
    public int PendingPositions { get; init; }

    /// <summary>Readings that were compared.</summary>
    public long SyncCount { get; init; }

    /// <summary>Positions found to differ, counted once for each finding that was acted on or needs a person.</summary>
    public long MismatchCount { get; init; }

    /// <summary>Differences of positions resolved by taking over the venue's.</summary>
    public long AutoResolved { get; init; }

    /// <summary>Differences of any kind left to a person.</summary>
    public long ManualInterventions { get; init; }

    /// <summary>When the last reading was compared; null before the first.</summary>
    public Timestamp? LastSync { get; init; }

    /// <summary>Differences recorded so far; the newest are in the trail.</summary>
    public long Conflicts { get; init; }
}

/// <summary>One entry of the trail: what differed and what both sides had.</summary>
/// <param name="Time">When it was found.</param>
/// <param name="Symbol">Symbol or asset.</param>
/// <param name="Kind">In what.</param>
/// <param name="Ours">What the book had.</param>
/// <param name="Theirs">What the venue had.</param>
/// <param name="Resolution">What was done.</param>
public sealed record ConflictEntry(Timestamp Time, string Symbol, DifferenceKind Kind, string Ours, string Theirs, ResolutionKind Resolution);
