using System.CommandLine;
using Harrier.Cli.Recording;
using Harrier.Cli.Streaming;
using Harrier.Exchanges.Requests;
using Harrier.Exchanges.Venues;
using Microsoft.Extensions.Logging;

namespace Harrier.Cli.Verbs;

/// <summary><c>record --venue V --symbols S,S --out DIR</c>: market data as it comes, byte by byte, into files.</summary>
public static class RecordVerb
{
    /// <summary>Builds the command.</summary>
    public static Command Create(Option<bool> verbose)
    {
        RecordRequestOptions options = new();
        Command command = new("record", "Record market data of a venue as it comes, byte by byte, for replay.");
        options.AddTo(command);
        command.Does(verbose, (parsed, streams, stop) => RunAsync(options.Read(parsed), streams, stop));
        return command;
    }

    private static async Task<int> RunAsync(RecordRequest request, InvocationConfiguration streams, CancellationToken stop)
    {
        RecordFolder.Prepare("--out", request.Out);
        RecordView view = new(streams.Output, streams.Error, request.IsJson);
        ILogger logger = new WarningLogger(view.Warn);
        using HttpMessageInvoker http = RestTransport.Create();
        VenueSurroundings surroundings = Composition.Exchanges.Surroundings(http, TimeProvider.System, logger);
        MarketRequest wanted = new(request.Venue.Name, request.Place, request.Symbols, request.Channels);
        RecordRun run = new(request, view, (tap, ends) => VenueOpening.OnceAsync(wanted with { Observer = tap }, surroundings, ends), TimeProvider.System);
        return await run.RunAsync(stop).ConfigureAwait(false);
    }
}
