using Harrier.Domain;

namespace Harrier.Storage.Market.Checks;

/// <summary>What a check of the store can find.</summary>
public enum StoreFindingKind
{
    /// <summary>A file that is no Parquet file that can be read.</summary>
    DamagedFile,

    /// <summary>A Parquet file with other columns.</summary>
    OtherSchema,

    /// <summary>A manifest whose file is gone.</summary>
    MissingFile,

    /// <summary>A file that is not the one that its manifest describes, or that has no manifest.</summary>
    Checksum,

    /// <summary>Rows in the file of another month or day.</summary>
    Misplaced,

    /// <summary>Rows that are older than one before them.</summary>
    OutOfOrder,

    /// <summary>Rows that repeat the one before them.</summary>
    Duplicate,

    /// <summary>Rows of the same time with other values.</summary>
    Overlap,

    /// <summary>Bars that do not open on a multiple of their length.</summary>
    Unaligned,

    /// <summary>Bars whose high and low do not enclose open and close.</summary>
    Inconsistent,

    /// <summary>A price that is not above 0.</summary>
    Price,

    /// <summary>A volume or size below 0.</summary>
    Volume,

    /// <summary>A run of at least ten bars in which nothing was traded.</summary>
    ZeroVolume,

    /// <summary>A price that jumps away without unusual volume and comes back in the next bar: most likely a wrong print.</summary>
    Outlier,

    /// <summary>A high or low far from a body that did not move.</summary>
    Wick,

    /// <summary>Bars that are missing and were not asked for, or are gone.</summary>
    Gap,

    /// <summary>A price that jumps away and stays, or that is backed by volume. A note: markets do that.</summary>
    Jump,

    /// <summary>Bars that are missing because the source has none. A note.</summary>
    SourceHasNone,
}

/// <summary>One kind of thing found in a series.</summary>
/// <param name="Kind">What was found.</param>
/// <param name="Count">How often, at least 1; for gaps the number of missing bars.</param>
/// <param name="Detail">One line for people.</param>
/// <param name="First">The first times concerned, at most 10; empty where a file is concerned.</param>
public sealed record StoreFinding(StoreFindingKind Kind, long Count, string Detail, IReadOnlyList<Timestamp> First)
{
    /// <summary>True when nothing is wrong with the store.</summary>
    public bool IsNote => Kind is StoreFindingKind.Jump or StoreFindingKind.SourceHasNone;
}

/// <summary>What a check found in a series.</summary>
/// <param name="Key">The series.</param>
/// <param name="Files">Files looked at.</param>
/// <param name="Rows">Rows looked at.</param>
/// <param name="Findings">What was found, notes last.</param>
/// <param name="Missing">Spans of missing bars that are worth asking for.</param>
public sealed record SeriesCheck(SeriesKey Key, int Files, long Rows, IReadOnlyList<StoreFinding> Findings, IReadOnlyList<TimeRange> Missing)
{
    /// <summary>True when nothing but notes was found.</summary>
    public bool Passed => Findings.All(finding => finding.IsNote);
}
