using Harrier.Domain;

namespace Harrier.Storage.Bars;

/// <summary>The rows of the files of one symbol, read and judged, not yet in order.</summary>
/// <param name="Symbol">The symbol.</param>
/// <param name="Table">The rows that are bars.</param>
/// <param name="Targets">The files in the order in which they were read.</param>
/// <param name="Sources">How each file was understood.</param>
/// <param name="Findings">What was found so far.</param>
internal sealed record BarGroupRows(string Symbol, BarTable Table, IReadOnlyList<BarFileTarget> Targets, IReadOnlyList<BarFileSource> Sources, List<BarFinding> Findings)
{
    // Honest data holds a few broken rows; one in five means that the columns are not what they were taken for.
    private const double MaxContradictoryShare = 0.2;
    private const int MinContradictoryRows = 10;

    /// <summary>Reads all files of a symbol.</summary>
    /// <param name="group">The files.</param>
    /// <param name="id">Handle to write into the bars.</param>
    /// <param name="options">What the caller knows.</param>
    /// <param name="exact">Keeps every number as written; null where that is not wanted.</param>
    /// <exception cref="BarDataException">A file cannot be read, its columns are not what they seem, or nothing names the symbol.</exception>
    public static BarGroupRows Read(BarFileGroup group, InstrumentId id, BarReadOptions options, ExactBars? exact = null)
    {
        BarTable table = new(id, group.Interval ?? options.Interval ?? default);
        List<BarFileTarget> targets = [];
        List<BarFileSource> sources = [];
        List<BarFinding> findings = [.. group.Unused];
        string? symbol = group.Symbol;
        foreach (BarFileContent file in group.Files)
        {
            BarFileTarget target = new(table, file.Name, symbol, exact);
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
        return new BarGroupRows(symbol, table, targets, sources, findings);
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
}
