using System.CommandLine;
using Harrier.Cli.Backtests;
using Harrier.Cli.Composition;
using Harrier.Cli.Options;
using Harrier.Domain;
using Harrier.Engine.Journal;
using Harrier.Research.Backtests;
using Harrier.Research.Replays;
using Harrier.Research.Reports;
using Harrier.Storage.Bars;
using Harrier.Storage.Journal;
using Harrier.Strategies.Presets;

namespace Harrier.Cli.Verbs;

/// <summary><c>backtest</c>: runs a strategy on bars, or on recorded trades and books, and writes result, trades, equity and a report.</summary>
internal static class BacktestVerb
{
    /// <summary>Builds the command.</summary>
    public static Command Create(Option<bool> verbose)
    {
        Command command = new("backtest", "Run a strategy on bars, or on recorded trades and books; without arguments on a synthetic sample market");
        BacktestRequestOptions options = new();
        options.AddTo(command);
        command.SetAction((parsed, stop) => Task.Run(
            () => BadInput.Guard(parsed.InvocationConfiguration.Error, () => Run(options.Read(parsed), stop), parsed.GetValue(verbose)), CancellationToken.None));
        return command;
    }

    private static int Run(BacktestRequest request, CancellationToken stop)
    {
        if (request.Data is { } path && RecordedTape.IsRecording(path))
        {
            return Deliver(request, RunRecording(request, stop), stop);
        }

        if (request.Replay.Given is [{ } option, ..])
        {
            throw new InputException(option, "a value", "left out where the data is bars: it concerns recordings of trades and books");
        }

        // The report reads the bars once more: a store stays open until it is written.
        using BacktestData data = ReadBars(request);
        stop.ThrowIfCancellationRequested();
        return Deliver(request, RunBars(request, data, stop), stop);
    }

    private static int Deliver(BacktestRequest request, BacktestResult result, CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        string folder = request.Out ?? DefaultFolder(request.Home, result);
        string json = OutputFolder.Write("--out", folder, () => ResultFiles.Write(result, folder));
        if (request.IsJson)
        {
            Console.Out.Write(json);
            Console.Error.WriteLine($"report: {Path.GetFullPath(Path.Combine(folder, ResultFiles.ReportName))}");
        }
        else
        {
            ResultPrinter.Print(result);
            Console.Out.WriteLine($"report: {Path.GetFullPath(Path.Combine(folder, ResultFiles.ReportName))}");
        }

        return 0;
    }

    private static BacktestResult RunBars(BacktestRequest request, BacktestData data, CancellationToken stop)
    {
        (BacktestSettings settings, BacktestInput input) = Backtest.Compose(request, data);
        Tell(request, data.Summary);
        long bars = input.Series.Sum(s => s.Extent.Count);
        return Explained(request, input.Series, decisions => BacktestProgress.Show(bars, "bars", progress => Journaled(
            request,
            (BacktestAssumptions.Hash(settings, BacktestAssumptions.Describe(settings, input.Series)), input.Series),
            journal => BacktestRunner.Run(settings with { Decisions = decisions }, input, new StoppableProgress(progress, stop), journal))));
    }

    private static BacktestResult RunRecording(BacktestRequest request, CancellationToken stop)
    {
        (BacktestSettings settings, ReplayInput input, IReadOnlyList<string> summary) = Replay.Compose(request, stop);
        Tell(request, summary);
        return Explained(request, input.Bars.Series, decisions => BacktestProgress.Show(input.Events, "events", progress => Journaled(
            request,
            (BacktestAssumptions.Hash(settings, ReplayAssumptions.Describe(settings, input)), input.Bars.Series),
            journal => ReplayRunner.Run(settings with { Decisions = decisions }, input, new StoppableProgress(progress, stop), journal))));
    }

    private static void Tell(BacktestRequest request, IEnumerable<string> summary)
    {
        foreach (string line in summary)
        {
            Console.Error.WriteLine(line);
        }

        if (request.Strategy.Preset is { } preset)
        {
            Console.Error.WriteLine($"preset {preset.Name}: not followed: {string.Join(", ", PresetParameters.NotFollowed(request.Strategy.Configured.Descriptor))}");
        }
    }

    private static BacktestResult Explained(BacktestRequest request, IReadOnlyList<BarHistory> series, Func<DecisionFile?, BacktestResult> run)
    {
        using DecisionFile? decisions = request.Diagnostics is { } file ? DecisionFile.Open(file, [.. series.Select(s => s.Instrument.Symbol)]) : null;
        BacktestResult result = run(decisions);
        if (decisions is not null)
        {
            decisions.Complete();
            Console.Error.WriteLine(decisions.Summary);
        }

        return result;
    }

    private static BacktestResult Journaled(BacktestRequest request, (string Config, IReadOnlyList<BarHistory> Series) run, Func<IJournal?, BacktestResult> play)
    {
        if (request.Journal is null)
        {
            return play(null);
        }

        using FileJournal journal = new(request.Journal, new JournalIdentity(BacktestRunner.Version, run.Config, [.. run.Series.Select(s => s.Instrument.Definition)]));
        return play(journal);
    }

    private static BacktestData ReadBars(BacktestRequest request)
    {
        string? store = request.Data is null ? StoredData.OfHome(request.Home, request.Reading.Symbols)
            : StoredData.IsStore(request.Data) ? request.Data
            : null;
        if (store is not null)
        {
            return StoredData.Read(store, request.Reading, request.Venue);
        }

        if (request.Venue is { } venue)
        {
            throw new InputException("venue", venue.Name, "left out where the data is not a store: a file names its venue itself");
        }

        bool isSample = request.Data is null && request.Reading.Symbols.Count == 0;
        BarSpec? otherKind = request.Reading.Interval is { IsTime: false } asked ? asked : null;
        BarReadOptions reading = request.Reading with
        {
            Symbols = isSample ? ["BTCUSDT"] : request.Reading.Symbols,
            Interval = otherKind is null ? request.Reading.Interval : null,
        };
        return BacktestData.Of(BarFileReader.Read(request.Data ?? SampleMarket.Folder(request.Home), reading), otherKind);
    }

    // A run is named by what it is, so that repeating it replaces it and changing anything does not.
    private static string DefaultFolder(string home, BacktestResult result) => Path.Combine(
        home,
        "backtests",
        $"{result.Manifest.Strategy}-{string.Join('-', result.Manifest.Symbols)}-{result.Manifest.Interval}-{result.Manifest.ConfigHash[..8]}-{result.Manifest.DataHash[..8]}");
}
