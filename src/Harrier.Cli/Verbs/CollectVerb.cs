using System.CommandLine;
using Harrier.Cli.Collecting;
using Harrier.Engine.History;
using Harrier.Exchanges.History;
using Harrier.Exchanges.Requests;
using Harrier.Exchanges.Results;
using Harrier.Exchanges.Venues;
using Harrier.Storage.Collection;
using Microsoft.Extensions.Logging.Abstractions;
using Spectre.Console;

namespace Harrier.Cli.Verbs;

/// <summary><c>collect --venue V --symbols S,S --interval I --months N</c>: brings a venue's past into the market data store.</summary>
public static class CollectVerb
{
    /// <summary>Builds the command.</summary>
    public static Command Create(Option<bool> verbose)
    {
        CollectOptions options = new();
        Command command = new("collect", "Collect history of a venue: bars, trades, funding, books. Stopped or killed at any moment, the next run goes on from there.");
        options.AddTo(command);
        command.Does(verbose, (parsed, streams, stop) => RunAsync(options.Read(parsed), streams, stop));
        return command;
    }

    private static async Task<int> RunAsync(CollectCommand command, InvocationConfiguration streams, CancellationToken stop)
    {
        using HttpMessageInvoker http = RestTransport.Create();
        VenueSurroundings surroundings = Composition.Exchanges.Surroundings(http, TimeProvider.System, NullLogger.Instance);
        VenueResult<IMarketHistory> opened = Composition.Exchanges.Of(command.Venue.Name).OpenHistory(new HistoryRequest(command.Venue.Name, command.Place), surroundings);
        using IMarketHistory history = opened.IsOk ? opened.Value : throw new InputException("venue", command.Venue.Name, opened.Error.Message);
        CollectRun run = new(command, TimeProvider.System);
        run.Check(history);
        CollectSummary summary = await ShowAsync(run, history, command, streams, stop);
        if (summary.Symbols.FirstOrDefault(static one => one.IsNotSupported) is { } unsupported)
        {
            throw new InputException("kind", command.Request.Kind.ToString().ToLowerInvariant(), unsupported.Notes[^1]);
        }

        if (command.IsJson)
        {
            await streams.Output.WriteAsync(CollectJson.Of(summary, command));
        }
        else
        {
            CollectText.Write(summary, command, streams.Output);
        }

        return run.Conclude(summary, streams.Error, stop.IsCancellationRequested);
    }

    private static async Task<CollectSummary> ShowAsync(
        CollectRun run, IMarketHistory history, CollectCommand command, InvocationConfiguration streams, CancellationToken stop)
    {
        if (command.IsJson || Console.IsOutputRedirected)
        {
            return await run.RunAsync(history, new CollectLines(streams.Error, TimeProvider.System), stop);
        }

        return await AnsiConsole.Live(new Text("asking the venue ...")).AutoClear(true)
            .StartAsync(context => run.RunAsync(history, new CollectTable(context, TimeProvider.System), stop));
    }
}
