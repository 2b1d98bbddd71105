using Harrier.Cli.Backtests;
using Harrier.Cli.Options;
using Harrier.Domain;
using Harrier.Features.Bars;
using Harrier.Research.Backtests;
using Harrier.Research.Checks;
using Harrier.Storage.Bars;

namespace Harrier.Cli.Composition;

/// <summary>Wires a backtest: recorded bars, the engine, the fill simulator.</summary>
internal static class Backtest
{
    /// <summary>Settings and input of a backtest, ready to run.</summary>
    public static (BacktestSettings Settings, BacktestInput Input) Compose(BacktestRequest request, IReadOnlyList<BarFileData> data)
    {
        StrategyChoice choice = request.Strategy;
        BacktestSettings settings = new()
        {
            StrategyKey = choice.Configured.Descriptor.Key,
            StrategySourceHash = choice.SourceHash,
            Parameters = choice.Parameters,
            CreateStrategy = choice.Configured.CreateAnother,
            InitialBalance = request.Balance,
            Fills = request.Fills,
            Sizing = request.Sizing,
            Protection = request.Protection,
            MinConfidence = request.MinConfidence,
            Seed = request.Seed,
        };
        List<BarSeries> series = [.. data.Select(d => d.Series)];
        if (series.Select(s => s.Instrument.Quote).Distinct().Count() > 1)
        {
            throw new InputException("symbol", string.Join(", ", series.Select(s => s.Instrument.Symbol)), "symbols with the same quote asset");
        }

        foreach (BarSeries one in series)
        {
            RequireCountableLots(request, one);
        }

        return (settings, new BacktestInput
        {
            Series = series,
            DataHash = BarSeriesHash.Compute(series),
            DataChecks = [DataCheckReport.Combine([.. data.Select(d => DataCheck.Run(d.Series, IntakeOf(d.Report)))])],
        });
    }

    // Sizes are counted in whole lots, and an instrument takes no more than 2^52 of them.
    private static void RequireCountableLots(BacktestRequest request, BarSeries series)
    {
        double lowest = double.MaxValue;
        foreach (ref readonly Bar bar in series.Bars)
        {
            lowest = Math.Min(lowest, series.Instrument.ToDouble(bar.Low));
        }

        decimal lot = series.Instrument.Definition.LotSize;
        double lots = (double)(request.Balance * request.Fills.Leverage) / lowest / (double)lot;
        if (lots > 1L << 52)
        {
            throw new InputException("lot", FormattableString.Invariant($"{lot}"), "a size step of which the balance buys less than 4.5e15 at the lowest price");
        }
    }

    private static DataIntake IntakeOf(BarFileReport report) => new(
        report.Count(BarFindingKind.RefusedRow),
        report.Count(BarFindingKind.ConflictingDuplicate),
        report.Count(BarFindingKind.EqualDuplicate),
        report.Count(BarFindingKind.OutOfOrder));
}
