using System.CommandLine;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using Harrier.Api.Jobs;
using Harrier.Cli.Collecting;
using Harrier.Cli.Recording;
using Harrier.Cli.Scanning;
using Harrier.Cli.Streaming;
using Harrier.Engine.History;
using Harrier.Exchanges.History;
using Harrier.Exchanges.Requests;
using Harrier.Exchanges.Results;
using Harrier.Exchanges.Venues;
using Harrier.Hosting.Jobs;
using Harrier.Storage.Collection;
using Harrier.Strategies.Scanning;
using Microsoft.Extensions.Logging.Abstractions;

namespace Harrier.Cli.Running;

/// <summary>Work of the service on markets: read by the rules of the command line, done on the thread of a job.</summary>
/// <param name="home">The folder of all state.</param>
/// <param name="builtIn">Where the built-in exchange of the run serves a venue; null where it serves none.</param>
internal sealed class ServiceMarketWork(string home, Func<string, Uri?> builtIn) : IMarketWork
{
    private static readonly (string Option, string Field)[] Fields = [("from", "start_date"), ("to", "end_date"), ("for", "duration")];

    /// <inheritdoc/>
    public (JobWork? Work, IReadOnlyList<string> Faults) Collect(CollectBody body)
    {
        CollectOptions options = new();
        return Prepare(
            options.AddTo,
            [
                .. Market(body), ("home", home), ("kind", body.Kind), ("interval", body.Interval), ("months", body.Months?.ToString(CultureInfo.InvariantCulture)),
                ("from", body.StartDate), ("to", body.EndDate),
            ],
            body,
            parsed => options.Read(parsed) is var command ? (progress, stop) => Collect(command, progress, stop) : null!);
    }

    /// <inheritdoc/>
    public (JobWork? Work, IReadOnlyList<string> Faults) Stream(StreamBody body)
    {
        RecordRequestOptions options = new();
        string venue = body.Venue is { } named && VenueAliases.Known.Contains(named) ? named : VenueAliases.Known[0];
        return Prepare(
            options.AddTo,
            [
                .. Market(body with { Venue = body.Venue ?? venue }), ("out", Path.Combine(home, "recordings", venue)),
                ("channels", body.Channels is null ? null : string.Join(',', body.Channels)), ("for", body.Duration), ("every", "60s"), ("json", ""),
            ],
            body,
            parsed => options.Read(parsed) is var request ? (_, stop) => Record(request, stop) : null!);
    }

    /// <inheritdoc/>
    public (JobWork? Work, IReadOnlyList<string> Faults) Scan(ScanBody body)
    {
        ScanOptions options = new();
        return Prepare(
            options.AddTo,
            [.. Market(body), ("preset", body.Preset), ("interval", body.Interval), ("top", body.Top?.ToString(CultureInfo.InvariantCulture))],
            body,
            parsed => options.Read(parsed) is var request ? (_, stop) => Scan(request, stop) : null!);
    }

    private static (string Option, string? Value)[] Market(MarketBody body) => [("venue", body.Venue), ("symbols", body.Symbols is null ? null : string.Join(',', body.Symbols))];

    // A value of the body is one argument, whatever stands in it: --option=value is never read as another option.
    private (JobWork? Work, IReadOnlyList<string> Faults) Prepare(Action<Command> addOptions, IReadOnlyList<(string Option, string? Value)> values, MarketBody body, Func<ParseResult, JobWork> read)
    {
        if (Refusal(values, body) is { } refusal)
        {
            return (null, [refusal]);
        }

        Command command = new("work");
        addOptions(command);
        (string Option, string? Value)[] all = [.. values, ("endpoint", body.Endpoint == "built-in" ? builtIn(body.Venue ?? VenueAliases.Known[0])!.ToString() : body.Endpoint)];
        ParseResult parsed = command.Parse([.. all.Where(static one => one.Value is not null).Select(static one => one.Value!.Length == 0 ? $"--{one.Option}" : $"--{one.Option}={one.Value}")]);
        if (parsed.Errors.Count > 0)
        {
            return (null, [.. parsed.Errors.Select(static error => "body: " + error.Message)]);
        }

        try
        {
            return (read(parsed), []);
        }
        catch (InputFaultsException wrong)
        {
            return (null, [.. wrong.Lines.Select(NameOf)]);
        }
        catch (InputException wrong)
        {
            return (null, [NameOf(wrong.Message)]);
        }
    }

    // An address of a request would let whoever sends it have this machine ask any other.
    private string? Refusal(IReadOnlyList<(string Option, string? Value)> values, MarketBody body)
    {
        if (body.Endpoint is not (null or "live" or "testnet" or "built-in") || (body.Endpoint == "built-in" && builtIn(body.Venue ?? VenueAliases.Known[0]) is null))
        {
            return $"endpoint: {body.Endpoint}: live, testnet, or built-in where the run has an exchange inside that serves the venue";
        }

        // A preset is one of the list: elsewhere its name may be the path of a file.
        if (body is ScanBody { Preset: var preset } && !Strategies.Presets.PresetFolders.Usual().Names().Contains(preset))
        {
            return $"preset: {preset ?? "none"}: one of {string.Join(", ", Strategies.Presets.PresetFolders.Usual().Names())}";
        }

        return values.FirstOrDefault(static one => one.Value?.Length == 0 && one.Option != "json").Option is { } empty ? $"{empty}: : a text, or nothing said" : null;
    }

    [SuppressMessage("Reliability", "CA2025:Ensure tasks using 'IDisposable' instances complete before the instances are disposed", Justification = "The run is waited for.")]
    private static JobResult Collect(CollectCommand command, IProgress<double> progress, CancellationToken stop)
    {
        using HttpMessageInvoker http = RestTransport.Create();
        VenueResult<IMarketHistory> opened = Composition.Exchanges.Of(command.Venue.Name).OpenHistory(
            new HistoryRequest(command.Venue.Name, command.Place), Composition.Exchanges.Surroundings(http, TimeProvider.System, NullLogger.Instance));
        using IMarketHistory history = opened.IsOk ? opened.Value : throw new InputException("venue", command.Venue.Name, opened.Error.Message);
        CollectRun run = new(command, TimeProvider.System);
        run.Check(history);
        CollectSummary summary = run.RunAsync(history, new CollectShare(progress), stop).GetAwaiter().GetResult();
        stop.ThrowIfCancellationRequested();
        return summary.Fault is { } fault ? throw new IOException($"{command.Venue}: {fault.Message}") : new JobResult(CollectJson.Of(summary, command), null);
    }

    private static JobResult Record(RecordRequest request, CancellationToken stop)
    {
        RecordFolder.Prepare("--out", request.Out);
        using LastLine line = new();
        RecordView view = new(line, TextWriter.Null, isJson: true);
        using HttpMessageInvoker http = RestTransport.Create();
        VenueSurroundings surroundings = Composition.Exchanges.Surroundings(http, TimeProvider.System, NullLogger.Instance);
        MarketRequest wanted = new(request.Venue.Name, request.Place, request.Symbols, request.Channels);
        RecordRun run = new(request, view, (tap, ends) => VenueOpening.OnceAsync(wanted with { Observer = tap }, surroundings, ends), TimeProvider.System);
        int code = run.RunAsync(stop).GetAwaiter().GetResult();
        return code == 0 ? new JobResult(line.Text, null) : throw new IOException("no message was recorded, or the disk refused");
    }

    private static JobResult Scan(ScanRequest request, CancellationToken stop)
    {
        IReadOnlyList<MarketFacts> facts = ScanMarkets.ReadAsync(request, static _ => { }, stop).GetAwaiter().GetResult();
        return new JobResult(ScanText.ToJson(request, [.. new MarketScanner(request.Preset).Scan(facts).Take(request.Top)], facts.Count), null);
    }

    // A fault is named by the field of the body, not by the option that it became.
    private static string NameOf(string line)
    {
        string field = line.Split(':')[0].TrimStart('-');
        string name = Fields.FirstOrDefault(one => one.Option == field).Field ?? field;
        int rest = line.IndexOf(':', StringComparison.Ordinal);
        return rest < 0 ? $"{name}: {line}" : name + line[rest..];
    }

    private sealed class CollectShare(IProgress<double> progress) : ICollectView
    {
        public void Show(CollectProgress shown) => progress.Report(shown.Symbols.Count == 0 ? 0 : shown.Symbols.Average(static one => one.State > SymbolState.Running ? 1 : one.Share));
    }

    private sealed class LastLine : TextWriter
    {
        public string Text { get; private set; } = "{}";

        public override Encoding Encoding => Encoding.UTF8;

        public override void WriteLine(string? value) => Text = value ?? Text;
    }
}
