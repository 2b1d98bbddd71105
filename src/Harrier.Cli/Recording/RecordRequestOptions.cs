using System.CommandLine;
using Harrier.Cli.Options;
using Harrier.Domain;
using Harrier.Exchanges.Feeds;
using Harrier.Exchanges.Venues;

namespace Harrier.Cli.Recording;

/// <summary>The options of <c>record</c>.</summary>
internal sealed class RecordRequestOptions
{
    private static readonly Dictionary<string, bool> _formats = new(StringComparer.OrdinalIgnoreCase) { ["segments"] = false, ["capture"] = true };

    private readonly Option<string> _venue = new("--venue") { Description = "whose market data", HelpName = "V", Required = true };
    private readonly Option<string[]> _symbols = new("--symbols") { Description = "symbols, with commas between", HelpName = "S,S", Required = true };
    private readonly Option<string[]> _channels = new("--channels") { Description = "trades, book, ticker, top, mark; the first two where nothing is said", HelpName = "C,C" };
    private readonly Option<string> _out = new("--out") { Description = "folder for the recording; an earlier recording there goes on", HelpName = "DIR", Required = true };
    private readonly Option<string?> _format = new("--format") { Description = "segments, or capture for plain lines of <unix ns> <json> in gzip", HelpName = "F" };
    private readonly Option<string?> _endpoint = new("--endpoint") { Description = EndpointChoice.AllowedPublic, HelpName = "E" };
    private readonly Option<string?> _for = new("--for") { Description = "end after this time, such as 60s or 10m", HelpName = "T" };
    private readonly Option<string?> _every = new("--every") { Description = "time between lines, 10s where nothing is said", HelpName = "T" };
    private readonly Option<bool> _json = new("--json") { Description = "print one JSON object per line" };

    /// <summary>Adds the options to the verb.</summary>
    public void AddTo(Command verb)
    {
        foreach (Option option in (Option[])[_venue, _symbols, _channels, _out, _format, _endpoint, _for, _every, _json])
        {
            verb.Options.Add(option);
        }
    }

    /// <summary>Reads them.</summary>
    /// <exception cref="InputFaultsException">Some are wrong; all are named.</exception>
    public RecordRequest Read(ParseResult parsed)
    {
        FaultList faults = new();
        VenueId venue = faults.Try(() => VenueAliases.Find("--venue", parsed.GetRequiredValue(_venue)));
        IReadOnlyList<string> symbols = faults.Try(() => MarketOptions.Symbols(parsed.GetRequiredValue(_symbols))) ?? [];
        FeedChannels channels = faults.Try(() => MarketOptions.Channels(parsed.GetValue(_channels), FeedChannels.Trades | FeedChannels.Book));
        TimeSpan? length = faults.Try(() => parsed.GetValue(_for) is { } text ? OptionText.Span("--for", text) : (TimeSpan?)null);
        TimeSpan every = faults.Try(() => OptionText.Span("--every", parsed.GetValue(_every) ?? "10s"));
        bool isCapture = faults.Try(() => OptionText.Choice("--format", parsed.GetValue(_format) ?? "segments", _formats));
        VenuePlace? place = faults.Try(() => EndpointChoice.ReadPublic(parsed.GetValue(_endpoint)));
        string? folder = faults.Try(() => RecordFolder.Check("--out", parsed.GetRequiredValue(_out)));
        faults.ThrowIfAny();
        return new RecordRequest(venue, symbols, channels, place!) { Out = folder!, For = length, Every = every, IsCapture = isCapture, IsJson = parsed.GetValue(_json) };
    }
}
