using Harrier.Domain;
using Harrier.Features.Bars;

namespace Harrier.Storage.Bars;

/// <summary>
/// Reads bars from files: exchange dumps, data frames written as csv, JSON klines, plain or in gzip or zip. Layout, time unit, interval,
/// symbol and grid are detected and reported; anything ambiguous is an error and never a guess.
/// </summary>
public static class BarFileReader
{
    /// <summary>Reads the bars of all symbols asked for.</summary>
    /// <param name="path">A file, or a folder that is searched with its subfolders.</param>
    /// <param name="options">What to take.</param>
    /// <returns>One element per symbol, in the order asked for or of their names; instrument ids count from 0.</returns>
    /// <exception cref="BarDataException">Nothing fits, something is ambiguous, or a file is malformed.</exception>
    public static IReadOnlyList<BarFileData> Read(string path, BarReadOptions options)
    {
        options.Check();
        IReadOnlyList<BarFileGroup> groups = BarFileGroup.Choose(BarFileContent.List(path), options);
        BarFileData[] results = new BarFileData[groups.Count];
        for (int i = 0; i < results.Length; i++)
        {
            results[i] = ReadGroup(groups[i], new InstrumentId(i), options);
        }

        return results;
    }

    private static BarFileData ReadGroup(BarFileGroup group, InstrumentId id, BarReadOptions options)
    {
        BarGroupRows rows = BarGroupRows.Read(group, id, options);
        BarOrder order = BarOrder.Of(rows.Table, rows.Targets, rows.Findings);
        BarIntervals intervals = BarIntervals.Of(order, group, options.Interval, rows.Findings);
        BarGrid grid = BarGrid.Of(rows.Table, options);
        Instrument instrument = new(id, Define(rows.Symbol, group.Venue, grid, options));
        BarSeries series = new BarRange(order, options, rows.Findings).ToSeries(instrument, intervals.File, grid);
        return new BarFileData(
            Resample(series, intervals, rows.Findings),
            new BarFileReport
            {
                Venue = group.Venue,
                Symbol = rows.Symbol,
                FileInterval = intervals.File,
                IntervalInferred = intervals.Inferred,
                Files = rows.Sources,
                Rows = rows.Table.Rows,
                TickSize = grid.TickSize,
                TickInferred = options.TickSize is null,
                LotSize = grid.LotSize,
                LotInferred = options.LotSize is null,
                Findings = rows.Findings,
            });
    }

    private static InstrumentDefinition Define(string symbol, VenueId venue, BarGrid grid, BarReadOptions options)
    {
        _ = SymbolText.TryParse(symbol, out Asset baseAsset, out Asset quoteAsset);
        return new InstrumentDefinition
        {
            Venue = venue,
            Symbol = symbol,
            Kind = options.Market,
            Base = baseAsset,
            Quote = quoteAsset,
            TickSize = grid.TickSize,
            LotSize = grid.LotSize,
            MinNotional = options.MinNotional,
        };
    }

    private static BarSeries Resample(BarSeries series, BarIntervals intervals, List<BarFinding> findings)
    {
        if (intervals.Asked.IntervalNanos == intervals.File.IntervalNanos)
        {
            return series;
        }

        ResampledBars result = BarResampler.Aggregate(series, intervals.Asked.IntervalNanos);
        int dropped = result.DroppedFirst + result.DroppedLast;
        if (dropped > 0)
        {
            findings.Add(new BarFinding(
                BarFindingKind.IncompleteBucket,
                dropped,
                FormattableString.Invariant($"{result.DroppedFirst} bars at the start and {result.DroppedLast} at the end do not fill a bar of {intervals.Asked}; left out"),
                []));
        }

        return result.Series.Count > 0 ? result.Series
            : throw new BarDataException("interval", intervals.Asked.ToString(), FormattableString.Invariant($"one that {series.Count} bars of {intervals.File} from {series[0].OpenTime} fill at least once"));
    }
}
