using Harrier.Domain;
using Harrier.Features.Bars;

namespace Harrier.Storage.Bars;

/// <summary>
/// Reads bars from files: exchange dumps, data frames written as csv, JSON klines, plain or in gzip or zip. Layout, time unit, interval,
/// symbol and grid are detected and reported; anything ambiguous is an error and never a guess.
/// </summary>
public static class BarFileReader
{
    // Honest data holds a few broken rows; one in five means that the columns are not what they were taken for.
    private const double MaxContradictoryShare = 0.2;
    private const int MinContradictoryRows = 10;

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
        BarTable table = new(id, group.Interval ?? options.Interval ?? default);
        List<BarFileTarget> targets = [];
        List<BarFileSource> sources = [];
        List<BarFinding> findings = [.. group.Unused];
        string? symbol = group.Symbol;
        foreach (BarFileContent file in group.Files)
        {
            BarFileTarget target = new(table, file.Name, symbol);
            long refusedBefore = table.Faults.Contradictory;
            string layout = file.ReadInto(target);
            CheckRows(target, table.Faults.Contradictory - refusedBefore, layout);
            targets.Add(target);
            sources.Add(Describe(target, layout));
            symbol ??= target.Symbol;
        }

        if (symbol is null)
        {
            throw new BarDataException("symbol", "none given", $"a symbol, because neither the name nor the rows of {group.Files[0].Name} hold one");
        }

        AddRowFindings(table, targets, findings);
        BarOrder order = BarOrder.Of(table, targets, findings);
        BarIntervals intervals = BarIntervals.Of(order, group, options.Interval, findings);
        BarGrid grid = BarGrid.Of(table, options);
        Instrument instrument = new(id, Define(symbol, group.Venue, grid, options));
        BarSeries series = new BarRange(order, options, findings).ToSeries(instrument, intervals.File, grid);
        return new BarFileData(
            Resample(series, intervals, findings),
            new BarFileReport
            {
                Venue = group.Venue,
                Symbol = symbol,
                FileInterval = intervals.File,
                IntervalInferred = intervals.Inferred,
                Files = sources,
                Rows = table.Rows,
                TickSize = grid.TickSize,
                TickInferred = options.TickSize is null,
                LotSize = grid.LotSize,
                LotInferred = options.LotSize is null,
                Findings = findings,
            });
    }

    private static void CheckRows(BarFileTarget target, long contradictory, string layout)
    {
        if (target.Rows == 0 && target.OtherRows > 0)
        {
            throw new BarDataException("symbol", target.Symbol ?? "", $"a symbol of the data: {target.OtherSymbol}");
        }

        if (target.Rows == 0)
        {
            throw new BarDataException("data", target.File, "at least one row with a bar");
        }

        bool wrong = contradictory >= MinContradictoryRows && contradictory > MaxContradictoryShare * target.Rows;
        if (wrong || contradictory == target.Rows)
        {
            throw new BarDataException(
                "data",
                FormattableString.Invariant($"{target.File}: in {contradictory} of {target.Rows} rows high and low do not enclose open and close"),
                $"columns as in the layout detected ({layout}); add a header that names the columns if their order differs");
        }
    }

    private static BarFileSource Describe(BarFileTarget target, string layout) => new()
    {
        Name = target.File,
        Layout = layout,
        TimeUnit = TimeText.Describe(target.Units),
        Rows = target.Rows,
        FirstRow = new Timestamp(target.FirstTime),
        LastRow = new Timestamp(target.LastTime),
    };

    private static void AddRowFindings(BarTable table, List<BarFileTarget> targets, List<BarFinding> findings)
    {
        if (table.Faults.Refused > 0)
        {
            findings.Add(new BarFinding(
                BarFindingKind.RefusedRow, table.Faults.Refused, FormattableString.Invariant($"{table.Faults.Refused} rows break the rules of a bar; refused"), table.Faults.First));
        }

        foreach (BarFileTarget target in targets)
        {
            if (target.OtherRows > 0)
            {
                findings.Add(new BarFinding(BarFindingKind.OtherSymbol, target.OtherRows, $"{target.File} also holds rows of {target.OtherSymbol}; left out", []));
            }

            if (System.Numerics.BitOperations.PopCount((uint)target.Units) > 1)
            {
                findings.Add(new BarFinding(BarFindingKind.MixedTimeUnits, 1, $"{target.File} writes times in {TimeText.Describe(target.Units)}", []));
            }
        }
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
