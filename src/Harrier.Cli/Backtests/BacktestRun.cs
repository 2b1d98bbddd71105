using Harrier.Domain;
using Harrier.Engine.Journal;
using Harrier.Research.Backtests;
using Harrier.Research.Replays;
using Harrier.Storage.Journal;
using Harrier.Strategies.Presets;

namespace Harrier.Cli.Backtests;

/// <summary>Plays what was asked for, with its progress, its journal and what the strategies explain.</summary>
/// <param name="request">What was asked for.</param>
/// <param name="errors">Takes what people want to know on the way.</param>
/// <param name="stop">Canceled by the user.</param>
internal sealed class BacktestRun(BacktestRequest request, TextWriter errors, CancellationToken stop)
{
    /// <summary>Says what was read and what of a preset is not followed.</summary>
    public void Tell(IEnumerable<string> summary)
    {
        foreach (string line in summary)
        {
            errors.WriteLine(line);
        }

        if (request.Strategy.Preset is { } preset)
        {
            errors.WriteLine($"preset {preset.Name}: not followed: {string.Join(", ", PresetParameters.NotFollowed(request.Strategy.Configured.Descriptor))}");
        }
    }

    /// <summary>Runs on bars.</summary>
    public BacktestResult OnBars(BacktestSettings settings, BacktestInput input)
    {
        long bars = input.Series.Sum(s => s.Extent.Count);
        return Explained(input.Series, decisions => BacktestProgress.Show(bars, "bars", progress => Journaled(
            (BacktestAssumptions.Hash(settings, BacktestAssumptions.Describe(settings, input.Series)), input.Series),
            journal => BacktestRunner.Run(settings with { Decisions = decisions }, input, new StoppableProgress(progress, stop), journal))));
    }

    /// <summary>Runs on recorded trades and books.</summary>
    public BacktestResult OnTape(BacktestSettings settings, ReplayInput input) =>
        Explained(input.Bars.Series, decisions => BacktestProgress.Show(input.Events, "events", progress => Journaled(
            (BacktestAssumptions.Hash(settings, ReplayAssumptions.Describe(settings, input)), input.Bars.Series),
            journal => ReplayRunner.Run(settings with { Decisions = decisions }, input, new StoppableProgress(progress, stop), journal))));

    private BacktestResult Explained(IReadOnlyList<BarHistory> series, Func<DecisionFile?, BacktestResult> run)
    {
        using DecisionFile? decisions = request.Diagnostics is { } file ? DecisionFile.Open(file, [.. series.Select(s => s.Instrument.Symbol)]) : null;
        BacktestResult result = run(decisions);
        if (decisions is not null)
        {
            decisions.Complete();
            errors.WriteLine(decisions.Summary);
        }

        return result;
    }

    private BacktestResult Journaled((string Config, IReadOnlyList<BarHistory> Series) run, Func<IJournal?, BacktestResult> play)
    {
        if (request.Journal is null)
        {
            return play(null);
        }

        using FileJournal journal = new(request.Journal, new JournalIdentity(BacktestRunner.Version, run.Config, [.. run.Series.Select(s => s.Instrument.Definition)]));
        return play(journal);
    }
}
