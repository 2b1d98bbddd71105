using System.CommandLine;
using Harrier.Cli.Backtests;
using Harrier.Cli.Composition;
using Harrier.Cli.Options;
using Harrier.Domain;
using Harrier.Research.Backtests;
using Harrier.Research.Reports;
using Harrier.Storage.Bars;
using Harrier.Storage.Journal;
using Harrier.Strategies.Presets;

namespace Harrier.Cli.Verbs;

/// <summary><c>backtest</c>: runs a strategy on recorded bars and writes result, trades, equity and a report.</summary>
internal static class BacktestVerb
{
    /// <summary>Builds the command.</summary>
    public static Command Create(Option<bool> verbose)
    {
        Command command = new("backtest", "Run a strategy on recorded bars; without arguments on a synthetic sample market");
        BacktestRequestOptions options = new();
        options.AddTo(command);
        command.SetAction((parsed, stop) => Task.Run(
            () => BadInput.Guard(parsed.InvocationConfiguration.Error, () => Run(options.Read(parsed), stop), parsed.GetValue(verbose)), CancellationToken.None));
        return command;
    }

    private static int Run(BacktestRequest request, CancellationToken stop)
    {
        using BacktestData data = ReadBars(request);
        stop.ThrowIfCancellationRequested();
        (BacktestSettings settings, BacktestInput input) = Backtest.Compose(request, data);
        foreach (string line in data.Summary)
        {
            Console.Error.WriteLine(line);
        }

        if (request.Strategy.Preset is { } preset)
        {
            Console.Error.WriteLine($"preset {preset.Name}: not followed on bars: {string.Join(", ", PresetParameters.NotFollowed(request.Strategy.Configured.Descriptor))}");
        }

        long bars = input.Series.Sum(s => s.Extent.Count);
        using DecisionFile? decisions = request.Diagnostics is { } file ? DecisionFile.Open(file, [.. input.Series.Select(s => s.Instrument.Symbol)]) : null;
        settings = settings with { Decisions = decisions };
        BacktestResult result = BacktestProgress.Show(bars, progress => RunJournaled(request, (settings, input), new StoppableProgress(progress, stop)));
        stop.ThrowIfCancellationRequested();
        if (decisions is not null)
        {
            decisions.Complete();
            Console.Error.WriteLine(decisions.Summary);
        }

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

    private static BacktestResult RunJournaled(BacktestRequest request, (BacktestSettings Settings, BacktestInput Input) run, IProgress<long>? progress)
    {
        if (request.Journal is null)
        {
            return BacktestRunner.Run(run.Settings, run.Input, progress);
        }

        string config = BacktestAssumptions.Hash(run.Settings, BacktestAssumptions.Describe(run.Settings, run.Input.Series));
        using FileJournal journal = new(
            request.Journal, new JournalIdentity(BacktestRunner.Version, config, [.. run.Input.Series.Select(s => s.Instrument.Definition)]));
        return BacktestRunner.Run(run.Settings, run.Input, progress, journal);
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
