using Harrier.Domain;

namespace Harrier.Storage.Market;

/// <summary>What comes with rows that are written.</summary>
public sealed record StoreWrite
{
    /// <summary>Where the rows come from, in words.</summary>
    public required string Source { get; init; }

    /// <summary>The span that the source was asked for and answered in full.</summary>
    /// <value>Null: nothing is known but the rows.</value>
    public TimeRange? Covered { get; init; }

    /// <summary>Whether a row with other values replaces the stored one with the same key.</summary>
    /// <value>False: the stored one stays, and the conflict is reported.</value>
    public bool ReplaceConflicts { get; init; }

    /// <summary>When the source's rows begin.</summary>
    /// <value>Null: keeps what was known.</value>
    public Timestamp? FirstAvailable { get; init; }

    /// <summary>Price step in quote currency.</summary>
    /// <value>Null: keeps what was known.</value>
    public decimal? TickSize { get; init; }

    /// <summary>Size step in base currency.</summary>
    /// <value>Null: keeps what was known.</value>
    public decimal? LotSize { get; init; }

    /// <summary>How a trade is settled.</summary>
    /// <value>Null: keeps what was known.</value>
    public InstrumentKind? Market { get; init; }
}

/// <summary>What became of rows that were written.</summary>
public sealed record StoreWriteResult
{
    /// <summary>Rows that were not in the store before.</summary>
    public long Added { get; init; }

    /// <summary>Rows that were there with the same values, in the store or earlier among the rows.</summary>
    public long Duplicates { get; init; }

    /// <summary>Rows whose key was there with other values.</summary>
    public long Conflicts { get; init; }

    /// <summary>True when the values of these were taken, false when the ones that were there stayed.</summary>
    public bool ConflictsReplaced { get; init; }

    /// <summary>The times of the first conflicts, at most ten.</summary>
    public IReadOnlyList<Timestamp> FirstConflicts { get; init; } = [];

    /// <summary>Files that were written; those in which nothing changed are left alone.</summary>
    public int Files { get; init; }
}
