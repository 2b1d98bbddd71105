using System.CommandLine;
using Harrier.Cli.Backtests;
using Harrier.Cli.Composition;
using Harrier.Cli.Options;
using Harrier.Domain;
using Harrier.Research.Backtests;
using Harrier.Research.Comparisons;
using Harrier.Storage.Bars;

namespace Harrier.Cli.Verbs;

/// <summary><c>backtest</c>: runs a strategy on bars, or on recorded trades and books, and writes result, trades, equity and a report.</summary>
public static class BacktestVerb
{
    /// <summary>Builds the command.</summary>
    public static Command Create(Option<bool> verbose)
    {
        Command command = new("backtest", "Run a strategy on bars, or on recorded trades and books; without arguments on a synthetic sample market");
        BacktestRequestOptions options = new();
        options.AddTo(command);
        command.Does(verbose, (parsed, streams, stop) => Run(options.Read(parsed), streams, stop));
        return command;
    }

    private static int Run(BacktestRequest request, InvocationConfiguration streams, CancellationToken stop)
    {
        BacktestDelivery delivery = new(request, streams);
        BacktestRun run = new(request, streams.Error, stop);
        if (Replay.Concerns(request))
        {
            return RunRecording(request, run, delivery, stop);
        }

        if (request.Replay.Given is [{ } option, ..])
        {
            throw new InputException(option, "a value", "left out where the data is bars: it concerns recordings of trades and books");
        }

        RequireDay("from", request.From);
        RequireDay("to", request.To);

        // The report reads the bars once more: a store stays open until it is written.
        using BacktestData data = ReadBars(request);
        stop.ThrowIfCancellationRequested();
        (BacktestSettings settings, BacktestInput input) = Backtest.Compose(request, data);
        run.Tell(data.Summary);
        BacktestResult result = run.OnBars(settings, input);
        stop.ThrowIfCancellationRequested();
        return delivery.Deliver(result);
    }

    private static void RequireDay(string option, PointInTime? given)
    {
        if (given is { Day: null })
        {
            throw new InputException(option, given.Text, "a day as 2024-01-31 where the data is bars");
        }
    }

    private static int RunRecording(BacktestRequest request, BacktestRun run, BacktestDelivery delivery, CancellationToken stop)
    {
        using Replay replay = Replay.Compose(request, stop);
        run.Tell(replay.Summary);
        List<ComparedRun> runs = [];
        foreach (Resolution resolution in replay.Resolutions)
        {
            BacktestResult result = resolution == Resolution.Bars ? run.OnBars(replay.Settings, replay.Input.Bars) : run.OnTape(replay.Settings, replay.At(resolution));
            stop.ThrowIfCancellationRequested();
            runs.Add(new ComparedRun(resolution.ToString().ToLowerInvariant(), result));
        }

        return runs.Count > 1 ? delivery.Deliver(new RunComparison(runs)) : delivery.Deliver(runs[0].Result);
    }

    internal static BacktestData ReadBars(BacktestRequest request)
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
            throw new InputException("venue", venue.Name, "left out where the data is bars in files: a file names its venue itself");
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
}
