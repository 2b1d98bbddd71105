using Harrier.Domain;
using Harrier.Storage.Bars;

namespace Harrier.Cli.Backtests;

/// <summary>Says what was read, so that a wrong guess about a file cannot be missed.</summary>
internal static class DataSummary
{
    /// <summary>The lines to print, one per file, symbol and finding.</summary>
    public static IEnumerable<string> Lines(IReadOnlyList<BarFileData> data)
    {
        foreach (BarFileData one in data)
        {
            BarFileReport report = one.Report;
            foreach (BarFileSource file in report.Files)
            {
                yield return $"{file.Name}: {file.Layout}, times in {file.TimeUnit}, {file.Rows} rows, first {file.FirstRow}, last {file.LastRow}";
            }

            BarSeries series = one.Series;
            string origin = series.Instrument.Definition.Venue.IsSimulated ? " (synthetic or simulated, not a real market)" : "";
            yield return $"{report.Venue} {report.Symbol} {series.Spec}{origin}: {series.Count} bars from {series[0].OpenTime} to {series[series.Count - 1].CloseTime}";
            yield return $"grid: tick {report.TickSize}{Inferred(report.TickInferred)}, lot {report.LotSize}{Inferred(report.LotInferred)}";
            foreach (BarFinding finding in report.Findings)
            {
                yield return $"note: {finding.Detail}";
            }
        }
    }

    private static string Inferred(bool isInferred) => isInferred ? " (from the decimals in the data)" : "";
}
