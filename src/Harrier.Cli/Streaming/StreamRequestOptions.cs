using System.CommandLine;
using Harrier.Cli.Options;
using Harrier.Domain;
using Harrier.Exchanges.Feeds;
using Harrier.Exchanges.Venues;

namespace Harrier.Cli.Streaming;

/// <summary>The options of <c>stream</c>.</summary>
internal sealed class StreamRequestOptions
{
    private readonly Option<string> _venue = new("--venue") { Description = "whose market data", HelpName = "V", Required = true };
    private readonly Option<string[]> _symbols = new("--symbols") { Description = "symbols, with commas between; ten major ones where nothing is said", HelpName = "S,S" };
    private readonly Option<string[]> _chosen = new("--channels") { Description = "trades, book, ticker, top, mark; the first three where nothing is said", HelpName = "C,C" };
    private readonly Option<string?> _endpoint = new("--endpoint") { Description = EndpointChoice.AllowedPublic, HelpName = "E" };
    private readonly Option<string?> _for = new("--for") { Description = "end after this time, such as 60s or 5m", HelpName = "T" };
    private readonly Option<string?> _every = new("--every") { Description = "time between lines, 1s where nothing is said", HelpName = "T" };
    private readonly Option<string?> _backup = new("--backup") { Description = "keep the ticks in this folder: a CSV file per symbol and day, and the statistics", HelpName = "DIR" };
    private readonly Option<string?> _backupEvery = new("--backup-every") { Description = "time between two writings of the backup, 60s where nothing is said", HelpName = "T" };
    private readonly Option<bool> _json = new("--json") { Description = "print one JSON object per line" };

    /// <summary>Adds the options to the verb.</summary>
    public void AddTo(Command verb)
    {
        foreach (Option option in (Option[])[_venue, _symbols, _chosen, _endpoint, _for, _every, _backup, _backupEvery, _json])
        {
            verb.Options.Add(option);
        }
    }

    /// <summary>Reads them.</summary>
    /// <exception cref="InputFaultsException">Some are wrong; all are named.</exception>
    public StreamRequest Read(ParseResult parsed)
    {
        FaultList faults = new();
        VenueId venue = faults.Try(() => VenueAliases.Find("--venue", parsed.GetRequiredValue(_venue)));
        bool isUsual = parsed.GetResult(_symbols) is null;
        IReadOnlyList<string> symbols = isUsual ? MajorSymbols.All : faults.Try(() => MarketOptions.Symbols(parsed.GetValue(_symbols) ?? [])) ?? [];
        FeedChannels channels = faults.Try(() => MarketOptions.Channels(parsed.GetValue(_chosen), FeedChannels.Trades | FeedChannels.Book | FeedChannels.Ticker));
        TimeSpan? length = faults.Try(() => parsed.GetValue(_for) is { } text ? OptionText.Span("--for", text) : (TimeSpan?)null);
        TimeSpan every = faults.Try(() => OptionText.Span("--every", parsed.GetValue(_every) ?? "1s"));
        VenuePlace? place = faults.Try(() => EndpointChoice.ReadPublic(parsed.GetValue(_endpoint)));
        string? backup = faults.Try(() => parsed.GetValue(_backup) is { } folder ? OutputFolder.Check("--backup", folder) : null);
        TimeSpan backupEvery = faults.Try(() => BackupEvery(parsed.GetValue(_backupEvery), backup));
        faults.ThrowIfAny();
        channels |= backup is null ? FeedChannels.None : FeedChannels.Ticker;
        return new StreamRequest(venue, symbols, channels, place!)
        {
            For = length,
            Every = every,
            IsJson = parsed.GetValue(_json),
            IsUsual = isUsual,
            Backup = backup,
            BackupEvery = backupEvery,
        };
    }

    private static TimeSpan BackupEvery(string? text, string? backup) => (text, backup) switch
    {
        (null, _) => TimeSpan.FromSeconds(60),
        ({ } given, null) => throw new InputException("backup-every", given, "only with --backup DIR"),
        ({ } given, _) => OptionText.Span("--backup-every", given),
    };
}
