using System.CommandLine;
using Harrier.Cli.Streaming;
using Harrier.Domain;
using Harrier.Exchanges.Feeds;
using Harrier.Exchanges.Requests;
using Harrier.Exchanges.Ticks;
using Harrier.Exchanges.Venues;
using Harrier.Storage.Ticks;
using Microsoft.Extensions.Logging;
using Spectre.Console;

namespace Harrier.Cli.Verbs;

/// <summary><c>stream --venue V --symbols S,S</c>: market data as it comes, and how well it comes.</summary>
public static class StreamVerb
{
    /// <summary>Builds the command.</summary>
    public static Command Create(Option<bool> verbose)
    {
        StreamRequestOptions options = new();
        Command command = new("stream", "Show market data of a venue as it comes: prices, rates, latency, state of the books.");
        options.AddTo(command);
        command.Does(verbose, (parsed, streams, stop) => RunAsync(options.Read(parsed), streams, stop));
        return command;
    }

    private static async Task<int> RunAsync(StreamRequest request, InvocationConfiguration streams, CancellationToken stop)
    {
        using IStreamView view = ViewOf(request, streams);
        ILogger logger = new WarningLogger(view.Warn);
        using HttpMessageInvoker http = RestTransport.Create();
        VenueSurroundings surroundings = Composition.Exchanges.Surroundings(http, TimeProvider.System, logger);
        TickStreamer ticks = new(request.Symbols, TimeProvider.System, logger);
        await using (ticks.ConfigureAwait(false))
        {
            StreamBackup? backup = BackupOf(request, ticks, line => view.Warn("warning: " + line));
            MarketRequest wanted = new(request.Venue.Name, request.Place, request.Symbols, request.Channels) { OnTicker = ticks.OnTicker };
            StreamRun run = new(request, view, ends => OpenAsync(request, wanted, surroundings, (view.Warn, ends)), TimeProvider.System) { OnMoment = moment => backup?.Show(moment) };
            try
            {
                return await run.RunAsync(stop).ConfigureAwait(false);
            }
            finally
            {
                backup?.End();
            }
        }
    }

    private static Task<MarketStream> OpenAsync(StreamRequest request, MarketRequest wanted, VenueSurroundings surroundings, (Action<string> Warn, CancellationToken Ends) run) =>
        request.IsUsual ? VenueOpening.OnceWithoutUnknownAsync(wanted, surroundings, run.Warn, run.Ends) : VenueOpening.OnceAsync(wanted, surroundings, run.Ends);

    private static StreamBackup? BackupOf(StreamRequest request, TickStreamer ticks, Action<string> warn)
    {
        if (request.Backup is null)
        {
            return null;
        }

        TickBackup backup = new(request.Backup, Timestamp.From(TimeProvider.System.GetUtcNow()), warn);
        _ = ticks.AddCallback(backup.Add);
        return new StreamBackup(backup, request.BackupEvery);
    }

    private static IStreamView ViewOf(StreamRequest request, InvocationConfiguration streams)
    {
        if (request.IsJson)
        {
            return new StreamJson(streams.Output, streams.Error);
        }

        return Console.IsOutputRedirected ? new StreamLines(streams.Output, streams.Error) : new StreamTable(AnsiConsole.Console);
    }
}
