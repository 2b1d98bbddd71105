using Harrier.Domain;
using Harrier.Features.Bars;
using Harrier.Research.Backtests;
using Harrier.Research.Checks;
using Harrier.Storage.Bars;

namespace Harrier.Cli.Backtests;

/// <summary>What a backtest runs on, wherever it came from.</summary>
internal sealed record BacktestData : IDisposable
{
    /// <summary>One history per symbol.</summary>
    public required IReadOnlyList<BarHistory> Series { get; init; }

    /// <summary>What was read and how it was understood, a line each; to be asked for after all bars were read once.</summary>
    public required IEnumerable<string> Summary { get; init; }

    /// <summary>What the readers had to do to the rows of each history.</summary>
    public IReadOnlyList<DataIntake> Intakes { get; init; } = [];

    /// <summary>What is known of the data besides what its bars show.</summary>
    public IReadOnlyList<CheckResult> Checks { get; init; } = [];

    /// <summary>Where the bars come from and what was done to them; to be asked for after all bars were read once.</summary>
    public Func<IReadOnlyList<KeyValuePair<string, object?>>> Provenance { get; init; } = () => [];

    /// <summary>What must stay open while the bars are read; null for nothing.</summary>
    public IDisposable? Open { get; init; }

    /// <summary>Bars that were read from files.</summary>
    /// <param name="files">The files.</param>
    /// <param name="asked">The bars asked for where they are of another kind than time; null for the bars as they were read.</param>
    public static BacktestData Of(IReadOnlyList<BarFileData> files, BarSpec? asked)
    {
        BarHistory[] series = [.. files.Select(BarHistory (file) => asked is { } spec ? BuiltOf(file.Series, spec) : file.Series)];
        return new BacktestData
        {
            Series = series,
            Summary = DataSummary.Lines(files),
            Intakes = [.. files.Select(file => IntakeOf(file.Report))],
            Checks = BarKindCheck.Of(series),
        };
    }

    /// <inheritdoc/>
    public void Dispose() => Open?.Dispose();

    private static BuiltHistory BuiltOf(BarSeries bars, BarSpec spec)
    {
        BuiltHistory built = new(bars, spec);
        return built.Extent.Count > 0 ? built
            : throw new InputException("interval", spec.ToString(), $"one that {bars.Count} bars of {bars.Spec} fill at least once");
    }

    private static DataIntake IntakeOf(BarFileReport report) => new(
        report.Count(BarFindingKind.RefusedRow),
        report.Count(BarFindingKind.ConflictingDuplicate),
        report.Count(BarFindingKind.EqualDuplicate),
        report.Count(BarFindingKind.OutOfOrder));
}
