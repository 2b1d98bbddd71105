using Harrier.Cli.Backtests;
using Harrier.Cli.Options;
using Harrier.Domain;
using Harrier.Research.Backtests;
using Harrier.Research.Checks;
using Harrier.Strategies.Presets;

namespace Harrier.Cli.Composition;

/// <summary>Wires a backtest: recorded bars, the engine, the fill simulator.</summary>
internal static class Backtest
{
    /// <summary>Settings and input of a backtest, ready to run.</summary>
    public static (BacktestSettings Settings, BacktestInput Input) Compose(BacktestRequest request, BacktestData data)
    {
        BacktestSettings settings = SettingsOf(request);
        IReadOnlyList<BarHistory> series = data.Series;
        if (series.Select(s => s.Instrument.Quote).Distinct().Count() > 1)
        {
            throw new InputException("symbol", string.Join(", ", series.Select(s => s.Instrument.Symbol)), "symbols with the same quote asset");
        }

        BarSurvey survey = BarSurvey.Of(series, data.Intakes);
        for (int i = 0; i < series.Count; i++)
        {
            RequireCountableLots(request, series[i].Instrument, survey.Lowest[i]);
        }

        return (settings, new BacktestInput
        {
            Series = series,
            DataHash = survey.DataHash,
            DataChecks = [DataCheckReport.Combine(survey.Reports), .. data.Checks],
            Provenance = [.. data.Provenance(), .. ProvenanceOf(request.Strategy)],
        });
    }

    /// <summary>What to run, whatever it is run on.</summary>
    public static BacktestSettings SettingsOf(BacktestRequest request)
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
        return choice.Preset is { } preset ? Follow(settings, preset) : settings;
    }

    private static BacktestSettings Follow(BacktestSettings settings, Preset preset) => settings with
    {
        Entries = PresetRules.EntriesOf(preset),
        Rules = PresetRules.ExitsOf(preset),
        Limits = PresetRules.LimitsOf(preset, settings.Limits),
    };

    // A preset says more than a run on bars can follow: what it leaves out is part of the answer.
    internal static IEnumerable<KeyValuePair<string, object?>> ProvenanceOf(StrategyChoice choice) => choice.Preset is { } preset
        ? [
            KeyValuePair.Create("preset", (object?)preset.Name),
            KeyValuePair.Create("preset_not_followed", (object?)string.Join(", ", PresetParameters.NotFollowed(choice.Configured.Descriptor))),
        ]
        : [];

    // Sizes are counted in whole lots, and an instrument takes no more than 2^52 of them.
    internal static void RequireCountableLots(BacktestRequest request, Instrument instrument, PriceTicks lowest)
    {
        decimal lot = instrument.Definition.LotSize;
        double lots = (double)(request.Balance * request.Fills.Leverage) / instrument.ToDouble(lowest) / (double)lot;
        if (lots > 1L << 52)
        {
            throw new InputException("lot", FormattableString.Invariant($"{lot}"), "a size step of which the balance buys less than 4.5e15 at the lowest price");
        }
    }
}
