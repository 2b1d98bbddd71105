using Harrier.Domain;

namespace Harrier.Storage.Bars;

/// <summary>The bars of one symbol, every number as the files have it.</summary>
/// <param name="Bars">The bars in the order of the files and rows; an open time may come twice.</param>
/// <param name="Interval">Length of the bars.</param>
/// <param name="Report">What was read and refused.</param>
public sealed record HistoricalBarFile(IReadOnlyList<HistoricalBar> Bars, BarSpec Interval, HistoricalBarReport Report);

/// <summary>What was read and refused.</summary>
/// <param name="Venue">Where the bars were recorded, from the file name; <c>csv</c> when it does not say.</param>
/// <param name="Symbol">Symbol without separators.</param>
/// <param name="Files">The files in the order in which they were read.</param>
/// <param name="Rows">Rows read in all files, refused ones included.</param>
/// <param name="Findings">Everything refused or left out.</param>
public sealed record HistoricalBarReport(VenueId Venue, string Symbol, IReadOnlyList<BarFileSource> Files, long Rows, IReadOnlyList<BarFinding> Findings);

/// <summary>
/// Reads bars from the same files as <see cref="BarFileReader"/>, by the same parsers, without putting them on a grid: what floating point has left behind the
/// last decimal of a file stays, because it is what the file says.
/// </summary>
public static class HistoricalBarReader
{
    /// <summary>Reads the bars of all symbols asked for.</summary>
    /// <param name="path">A file, or a folder that is searched with its subfolders.</param>
    /// <param name="options">Which symbols, and the interval; no other is heeded.</param>
    /// <exception cref="BarDataException">Nothing fits, something is ambiguous, or a file is malformed.</exception>
    public static IReadOnlyList<HistoricalBarFile> Read(string path, BarReadOptions options)
    {
        List<HistoricalBarFile> files = [];
        foreach (BarFileGroup group in BarFileGroup.Choose(BarFileContent.List(path), options))
        {
            ExactBars exact = new();
            BarGroupRows rows = BarGroupRows.Read(group, default, options, exact);
            BarOrder order = BarOrder.Of(rows.Table, rows.Targets, rows.Findings);
            BarIntervals intervals = BarIntervals.Of(order, group, options.Interval, rows.Findings);
            if (intervals.Asked.IntervalNanos != intervals.File.IntervalNanos)
            {
                throw new BarDataException("interval", intervals.Asked.ToString(), $"{intervals.File}, which the rows of {group.Files[0].Name} have");
            }

            files.Add(new HistoricalBarFile(exact.Bars, intervals.File, new HistoricalBarReport(group.Venue, rows.Symbol, rows.Sources, rows.Table.Rows, rows.Findings)));
        }

        return files;
    }
}
