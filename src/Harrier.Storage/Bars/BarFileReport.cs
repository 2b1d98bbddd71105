using Harrier.Domain;

namespace Harrier.Storage.Bars;

/// <summary>The bars of one symbol and where they come from.</summary>
/// <param name="Series">Clean bars: strictly ascending, every one passes the rules of a bar, prices on the instrument's grid.</param>
/// <param name="Report">What was read, detected, repaired and refused.</param>
public sealed record BarFileData(BarSeries Series, BarFileReport Report);

/// <summary>The provenance of a bar series: everything that was detected rather than told, so that a wrong guess can be seen.</summary>
public sealed record BarFileReport
{
    /// <summary>Where the bars were recorded, from the file name; <c>csv</c> when it does not say.</summary>
    public required VenueId Venue { get; init; }

    /// <summary>Symbol without separators.</summary>
    public required string Symbol { get; init; }

    /// <summary>Interval of the bars in the files.</summary>
    public required BarSpec FileInterval { get; init; }

    /// <summary>True when the interval is the most frequent distance of open times, false when a name or the caller says it.</summary>
    public required bool IntervalInferred { get; init; }

    /// <summary>The files in the order in which they were read.</summary>
    public required IReadOnlyList<BarFileSource> Files { get; init; }

    /// <summary>Rows read in all files, refused ones included.</summary>
    public required long Rows { get; init; }

    /// <summary>Price step in quote currency.</summary>
    public required decimal TickSize { get; init; }

    /// <summary>True when the tick size is the coarsest power of ten, at most 1, that holds every price.</summary>
    public required bool TickInferred { get; init; }

    /// <summary>Size step in base currency.</summary>
    public required decimal LotSize { get; init; }

    /// <summary>True when the lot size comes from the decimals of the volumes.</summary>
    public required bool LotInferred { get; init; }

    /// <summary>Everything repaired, refused or left out; empty for flawless input.</summary>
    public required IReadOnlyList<BarFinding> Findings { get; init; }

    /// <summary>How often something was found; 0 when it was not.</summary>
    public long Count(BarFindingKind kind) => Findings.Where(finding => finding.Kind == kind).Sum(finding => finding.Count);
}

/// <summary>One file, or one entry of a zip, as it was understood.</summary>
public sealed record BarFileSource
{
    /// <summary>Name relative to the path asked for.</summary>
    public required string Name { get; init; }

    /// <summary>The layout detected: <c>csv, header: open_time,open,...</c>, <c>csv, 12 columns without header</c>, <c>json array</c>.</summary>
    public required string Layout { get; init; }

    /// <summary>The unit in which times are written: <c>milliseconds</c>, <c>ISO 8601 text</c>, ...</summary>
    public required string TimeUnit { get; init; }

    /// <summary>Rows read, refused ones included.</summary>
    public required long Rows { get; init; }

    /// <summary>Time of the first row in the file's own order.</summary>
    public required Timestamp FirstRow { get; init; }

    /// <summary>Time of the last row in the file's own order.</summary>
    public required Timestamp LastRow { get; init; }
}
