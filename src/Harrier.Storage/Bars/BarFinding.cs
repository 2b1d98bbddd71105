using Harrier.Domain;

namespace Harrier.Storage.Bars;

/// <summary>What had to be repaired, refused or left out while reading bars.</summary>
public enum BarFindingKind
{
    /// <summary>A row breaks the rules of a bar (not a number, price not above 0, high below low, open or close outside) and was dropped.</summary>
    RefusedRow,

    /// <summary>A row repeats another with the same open time and the same content; dropped.</summary>
    EqualDuplicate,

    /// <summary>A row contradicts an earlier one with the same open time; the earlier one was kept.</summary>
    ConflictingDuplicate,

    /// <summary>A row is older than one before it in its file; sorted.</summary>
    OutOfOrder,

    /// <summary>A file is written newest first; turned round.</summary>
    NewestFirst,

    /// <summary>The rows of one file write times in several units.</summary>
    MixedTimeUnits,

    /// <summary>Rows are mostly further apart than the interval in the file's name.</summary>
    SparseRows,

    /// <summary>Rows of another symbol; left out.</summary>
    OtherSymbol,

    /// <summary>Bars outside the days asked for; left out.</summary>
    OutsideRange,

    /// <summary>The first or last bucket of an aggregation lacks bars at its outer end; left out.</summary>
    IncompleteBucket,

    /// <summary>A file of the folder was not used.</summary>
    UnusedFile,
}

/// <summary>Where in the input a row stands.</summary>
/// <param name="File">File name, with the entry's name behind an exclamation mark inside a zip.</param>
/// <param name="Row">Line of a text file from 1, or element of a JSON array from 1.</param>
/// <param name="IsLine">True for a line of text, false for an element of a JSON array.</param>
public readonly record struct BarRowPlace(string File, int Row, bool IsLine)
{
    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"{File} {(IsLine ? "line" : "row")} {Row}");
}

/// <summary>One row that something was found in.</summary>
/// <param name="Place">Where it stands.</param>
/// <param name="OpenTime">Its time; null when it has none.</param>
/// <param name="Detail">What is wrong with it.</param>
public sealed record BarFindingRow(BarRowPlace Place, Timestamp? OpenTime, string Detail);

/// <summary>One kind of finding over all files of a symbol.</summary>
/// <param name="Kind">What was found.</param>
/// <param name="Count">How often; at least 1.</param>
/// <param name="Detail">One line for people.</param>
/// <param name="First">The first rows concerned, at most 10; empty where no row is to blame.</param>
public sealed record BarFinding(BarFindingKind Kind, long Count, string Detail, IReadOnlyList<BarFindingRow> First);
