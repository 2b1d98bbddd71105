using Harrier.Domain;

namespace Harrier.Research.Checks;

/// <summary>
/// Looks at bars before anything is traded on them. Fails on what makes results wrong: more than 0.5 % of bars missing, overlapping bars, rows
/// refused or contradicting each other, and prices that jump away without volume and come back in the next bar. Everything else informs: gaps below that
/// share, bars without volume, jumps that stay, long wicks, duplicates that agree, rows out of order, a doubtful grid. It sees the bars once, in their
/// order, and remembers no more than the last few.
/// </summary>
public sealed class DataCheck
{
    private readonly BarHistory _series;
    private readonly TimesCheck? _times;
    private readonly VolumeCheck _volume = new();
    private readonly OutlierCheck _outliers;
    private readonly WickCheck _wicks;
    private readonly GridCheck _grid = new();
    private long _bars;

    /// <summary>A check before the first bar.</summary>
    /// <param name="series">Whose bars will come.</param>
    /// <param name="settings">Limits; null for the defaults.</param>
    public DataCheck(BarHistory series, DataCheckSettings? settings = null)
    {
        ArgumentNullException.ThrowIfNull(series);
        settings ??= new DataCheckSettings();
        _series = series;
        _times = series.Spec.IsTime ? new TimesCheck(series.Spec, settings) : null;
        _outliers = new OutlierCheck(settings);
        _wicks = new WickCheck(settings);
    }

    /// <summary>Checks one series.</summary>
    /// <param name="series">The bars.</param>
    /// <param name="intake">What the reader had to do; all zero for bars that did not come from rows.</param>
    /// <param name="settings">Limits; null for the defaults.</param>
    public static DataCheckReport Run(BarHistory series, DataIntake intake = default, DataCheckSettings? settings = null)
    {
        ArgumentNullException.ThrowIfNull(series);
        DataCheck check = new(series, settings);
        foreach (ReadOnlyMemory<Bar> block in series.ReadPrices())
        {
            check.Add(block.Span);
        }

        return check.Report(intake);
    }

    /// <summary>Looks at the next bars.</summary>
    public void Add(ReadOnlySpan<Bar> bars)
    {
        _bars += bars.Length;
        _times?.Add(bars);
        _volume.Add(bars);
        _outliers.Add(bars);
        _wicks.Add(bars);
        _grid.Add(bars);
    }

    /// <summary>What was found in all bars, none of which is to come any more.</summary>
    /// <param name="intake">What the reader had to do.</param>
    public DataCheckReport Report(DataIntake intake)
    {
        List<DataFinding> findings = [];
        if (_bars == 0)
        {
            findings.Add(new DataFinding(DataFindingKind.NoBars, true, 1, "there are no bars", []));
        }

        _times?.Report(findings);
        _volume.Report(findings);
        _outliers.Report(findings);
        _wicks.Report(findings);
        _grid.Report(findings, _series.Instrument.Definition.TickSize);
        AddIntake(intake, findings);
        return new DataCheckReport
        {
            Symbol = _series.Instrument.Symbol,
            Bars = _bars,
            Gaps = _times?.Gaps ?? 0,
            MissingBars = _times?.Missing ?? 0,
            LongestGap = _times?.Longest ?? 0,
            ZeroVolumeBars = _volume.Zeros,
            Findings = [.. findings.OrderByDescending(finding => finding.Fails)],
        };
    }

    private static void AddIntake(DataIntake intake, List<DataFinding> findings)
    {
        (DataFindingKind Kind, bool Fails, long Count, string Detail)[] items =
        [
            (DataFindingKind.RefusedRow, true, intake.Refused, "rows break the rules of a bar and were refused"),
            (DataFindingKind.ConflictingDuplicate, true, intake.ConflictingDuplicates, "rows contradict another with the same open time; the first one was kept"),
            (DataFindingKind.EqualDuplicate, false, intake.EqualDuplicates, "rows repeat another and were dropped"),
            (DataFindingKind.OutOfOrder, false, intake.OutOfOrder, "rows were out of order and were sorted"),
        ];
        foreach ((DataFindingKind kind, bool fails, long count, string detail) in items)
        {
            if (count > 0)
            {
                findings.Add(new DataFinding(kind, fails, count, FormattableString.Invariant($"{count} {detail}"), []));
            }
        }
    }
}
