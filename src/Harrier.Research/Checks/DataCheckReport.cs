using Harrier.Domain;
using Harrier.Research.Backtests;

namespace Harrier.Research.Checks;

/// <summary>What a data check can find.</summary>
public enum DataFindingKind
{
    /// <summary>There are no bars at all.</summary>
    NoBars,

    /// <summary>Bars are missing between two others.</summary>
    Gap,

    /// <summary>Two bars are closer together than their length.</summary>
    Overlap,

    /// <summary>Bars do not open on a multiple of their length.</summary>
    Misaligned,

    /// <summary>Bars in which nothing was traded.</summary>
    ZeroVolume,

    /// <summary>A price that jumps away without unusual volume and comes back in the next bar: most likely a wrong print.</summary>
    RevertingOutlier,

    /// <summary>A price that jumps away and stays, or that comes back with volume that shows real trading.</summary>
    Jump,

    /// <summary>A high or low far from a body that did not move.</summary>
    Wick,

    /// <summary>Hardly any price needs the last decimal of the tick size.</summary>
    SubTick,

    /// <summary>The tick is so large against the price that returns are rounded.</summary>
    CoarseTick,

    /// <summary>Rows were refused while reading.</summary>
    RefusedRow,

    /// <summary>Rows with one open time and different content.</summary>
    ConflictingDuplicate,

    /// <summary>Rows that repeat others.</summary>
    EqualDuplicate,

    /// <summary>Rows that were not in the order of time.</summary>
    OutOfOrder,
}

/// <summary>One thing found in the bars of one symbol.</summary>
/// <param name="Kind">What was found.</param>
/// <param name="Fails">True when it makes the check fail; false when it only informs.</param>
/// <param name="Count">How often, at least 1; for gaps the number of gaps, not of bars.</param>
/// <param name="Detail">One line for people.</param>
/// <param name="First">Open times of the first bars concerned, at most 10; for a gap the first missing bar.</param>
public sealed record DataFinding(DataFindingKind Kind, bool Fails, long Count, string Detail, IReadOnlyList<Timestamp> First);

/// <summary>What had to be done to the rows before they were a series; counts of the reader, because only it has seen them.</summary>
/// <param name="Refused">Rows that break the rules of a bar.</param>
/// <param name="ConflictingDuplicates">Rows that contradict another with the same open time.</param>
/// <param name="EqualDuplicates">Rows that repeat another.</param>
/// <param name="OutOfOrder">Rows that were sorted.</param>
public readonly record struct DataIntake(long Refused, long ConflictingDuplicates, long EqualDuplicates, long OutOfOrder);

/// <summary>The outcome of a data check on one series.</summary>
public sealed record DataCheckReport
{
    /// <summary>Symbol of the series.</summary>
    public required string Symbol { get; init; }

    /// <summary>Number of bars.</summary>
    public required long Bars { get; init; }

    /// <summary>Number of holes between bars.</summary>
    public required long Gaps { get; init; }

    /// <summary>Number of bars that the holes would hold.</summary>
    public required long MissingBars { get; init; }

    /// <summary>Number of bars that the longest hole would hold.</summary>
    public required long LongestGap { get; init; }

    /// <summary>Number of bars without volume.</summary>
    public required long ZeroVolumeBars { get; init; }

    /// <summary>Everything found, failures first.</summary>
    public required IReadOnlyList<DataFinding> Findings { get; init; }

    /// <summary>True when nothing found makes the check fail.</summary>
    public bool Passed => Findings.All(finding => !finding.Fails);

    /// <summary>All findings in one line.</summary>
    public string Detail => FormattableString.Invariant($"{Symbol}: {Bars} bars")
        + (Findings.Count == 0 ? ", nothing found" : "; " + string.Join("; ", Findings.Select(finding => finding.Detail)));

    /// <summary>The check named <c>data</c> over all series of a run.</summary>
    public static CheckResult Combine(IReadOnlyList<DataCheckReport> reports) =>
        new("data", reports.All(report => report.Passed), string.Join(" | ", reports.Select(report => report.Detail)));
}
