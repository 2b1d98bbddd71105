using Harrier.Domain;
using Harrier.Research.Backtests;
using Harrier.Research.Checks;
using Harrier.Storage.Bars;

namespace Harrier.Cli.Backtests;

/// <summary>What a backtest runs on, wherever it came from.</summary>
internal sealed record BacktestData
{
    /// <summary>One history per symbol.</summary>
    public required IReadOnlyList<BarHistory> Series { get; init; }

    /// <summary>What was read and how it was understood, a line each.</summary>
    public required IReadOnlyList<string> Summary { get; init; }

    /// <summary>What the readers had to do to the rows of each history.</summary>
    public IReadOnlyList<DataIntake> Intakes { get; init; } = [];

    /// <summary>What is known of the data besides what its bars show.</summary>
    public IReadOnlyList<CheckResult> Checks { get; init; } = [];

    /// <summary>Where the bars come from and what was done to them, asked for after they were read once.</summary>
    public Func<IReadOnlyList<KeyValuePair<string, object?>>> Provenance { get; init; } = () => [];

    /// <summary>Bars that were read from files.</summary>
    public static BacktestData Of(IReadOnlyList<BarFileData> files) => new()
    {
        Series = [.. files.Select(file => file.Series)],
        Summary = [.. DataSummary.Lines(files)],
        Intakes = [.. files.Select(file => IntakeOf(file.Report))],
    };

    private static DataIntake IntakeOf(BarFileReport report) => new(
        report.Count(BarFindingKind.RefusedRow),
        report.Count(BarFindingKind.ConflictingDuplicate),
        report.Count(BarFindingKind.EqualDuplicate),
        report.Count(BarFindingKind.OutOfOrder));
}
