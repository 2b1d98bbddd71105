using System.CommandLine;
using Harrier.Cli.Diagnostics;
using Harrier.Cli.Microstructure;
using Harrier.Cli.Options;
using Harrier.Cli.Streaming;
using Harrier.Exchanges.Feeds;
using Harrier.Exchanges.Requests;
using Harrier.Exchanges.Transport;
using Harrier.Exchanges.Venues;
using Harrier.Strategies.Presets;
using Spectre.Console;

namespace Harrier.Cli.Verbs;

/// <summary><c>diag-l2 --preset P --symbol S</c>: what a strategy with a preset would see in the book and on the tape.</summary>
public static class DiagL2Verb
{
    /// <summary>Builds the command.</summary>
    public static Command Create(Option<bool> verbose)
    {
        L2Options options = new();
        Command command = new("diag-l2", "Show the book, its walls, the activity and what a preset makes of them, live or from a recording.");
        options.AddTo(command);
        command.Does(verbose, (parsed, streams, stop) => RunAsync(options.Read(parsed), ViewOf(parsed.GetValue(options.Json), streams), stop));
        return command;
    }

    private static async Task<int> RunAsync(L2Request request, Func<IL2View> show, CancellationToken stop)
    {
        using IL2View view = show();
        L2Run run = new(request, view, TimeProvider.System);
        if (request.Data is not null)
        {
            run.Play(stop);
            return 0;
        }

        using HttpMessageInvoker http = RestTransport.Create();
        VenueSurroundings surroundings = Composition.Exchanges.Surroundings(http, TimeProvider.System, new WarningLogger(view.Warn));
        return await run.FollowAsync((queue, ends) => OpenAsync(request, queue, surroundings, ends), stop).ConfigureAwait(false);
    }

    private static Task<MarketStream> OpenAsync(L2Request request, EventQueue<FeedItem> queue, VenueSurroundings surroundings, CancellationToken stop) =>
        VenueOpening.OnceAsync(
            new MarketRequest(request.Venue, request.Place, [request.Symbol], FeedChannels.Trades | FeedChannels.Book) { Output = queue }, surroundings, stop);

    private static Func<IL2View> ViewOf(bool isJson, InvocationConfiguration streams) => isJson
        ? () => new L2Json(streams.Output, streams.Error)
        : Console.IsOutputRedirected
            ? () => new L2Lines(streams.Output, streams.Error)
            : () => new L2Table(AnsiConsole.Console);

    private sealed class L2Options
    {
        private readonly Option<string> _preset = new("--preset") { Description = "a preset by name or file: " + string.Join(", ", PresetFolders.Usual().Names()), HelpName = "P", Required = true };
        private readonly Option<string> _symbol = new("--symbol") { Description = "such as BTC/USDT, BTCUSDT or BTC-USDT", HelpName = "S", Required = true };
        private readonly Option<string?> _minutes = new("--minutes") { Description = "how long, 120 where nothing is said; in recorded time for a recording", HelpName = "N" };
        private readonly Option<string?> _venue = new("--venue") { Description = $"whose market, {Composition.Exchanges.Venues[0]} where nothing is said", HelpName = "V" };
        private readonly Option<string?> _endpoint = new("--endpoint") { Description = EndpointChoice.AllowedPublic, HelpName = "E" };
        private readonly Option<string?> _data = new("--data") { Description = "a recording instead: of harrier record, or messages one a line as <unix ns> <json>, plain or gz", HelpName = "FILE" };

        public Option<bool> Json { get; } = new("--json") { Description = "print one JSON object per line" };

        public void AddTo(Command verb)
        {
            foreach (Option option in (Option[])[_preset, _symbol, _minutes, _venue, _endpoint, _data, Json])
            {
                verb.Options.Add(option);
            }
        }

        public L2Request Read(ParseResult parsed)
        {
            FaultList faults = new();
            Preset? preset = faults.Try(() => PresetFolders.Usual().Find(parsed.GetRequiredValue(_preset)));
            string? symbol = faults.Try(() => SymbolList.Read("--symbol", [parsed.GetRequiredValue(_symbol)], 1)[0]);
            decimal minutes = faults.Try(() => OptionText.Decimal("--minutes", parsed.GetValue(_minutes) ?? "120", 0.001m, 1_000_000));
            string? venue = faults.Try(() => VenueAliases.Find("--venue", parsed.GetValue(_venue) ?? Composition.Exchanges.Venues[0]).Name);
            VenuePlace? place = faults.Try(() => EndpointChoice.ReadPublic(parsed.GetValue(_endpoint)));
            string? data = parsed.GetValue(_data);
            faults.Try(() => data is null || Path.Exists(data) ? data : throw new InputException("data", data, "a file or folder that exists"));
            faults.ThrowIfAny();
            return new L2Request(preset!, symbol!, TimeSpan.FromMinutes((double)minutes))
            {
                Data = data,
                Wish = new RecordingWish(parsed.GetValue(_venue) is null ? null : venue),
                Venue = venue!,
                Place = place!,
            };
        }
    }
}
