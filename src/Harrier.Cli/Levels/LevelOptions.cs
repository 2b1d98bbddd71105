using System.CommandLine;
using Harrier.Cli.Options;
using Harrier.Domain;
using Harrier.Exchanges.Venues;
using Harrier.Storage.Bars;
using Harrier.Strategies.Presets;

namespace Harrier.Cli.Levels;

/// <summary>What <c>diag-levels</c> was asked for.</summary>
/// <param name="Preset">The rules.</param>
/// <param name="Reading">Symbol, interval and days.</param>
/// <param name="Venue">Whose bars, without a file.</param>
/// <param name="Place">Where the venue is reached.</param>
internal sealed record LevelRequest(Preset Preset, BarReadOptions Reading, string Venue, VenuePlace Place)
{
    /// <summary>A file or folder of bars, or a recording.</summary>
    /// <value>Null: the venue's.</value>
    public string? Data { get; init; }

    /// <summary>Where the chart goes.</summary>
    /// <value>Null: nowhere.</value>
    public string? Out { get; init; }

    /// <summary>True when the venue was named: then of a recording that holds several it is this one.</summary>
    public bool IsVenueGiven { get; init; }

    /// <summary>Where the records of the session go.</summary>
    /// <value>Null: nowhere.</value>
    public string? Diagnostics { get; init; }

    /// <summary>True for JSON.</summary>
    public bool IsJson { get; init; }
}

/// <summary>The options of <c>diag-levels</c>.</summary>
internal sealed class LevelOptions
{
    private readonly Option<string> _preset = new("--preset") { Description = "a preset by name or file: " + string.Join(", ", PresetFolders.Usual().Names()), HelpName = "P", Required = true };
    private readonly Option<string?> _symbol = new("--symbol") { Description = "such as BTC/USDT, BTCUSDT or BTC-USDT; default: what the file holds", HelpName = "S" };
    private readonly Option<string?> _data = new("--data") { Description = "bars: a file, or a folder together with --symbol; or a recording of trades, of which bars are made; the venue's bars where nothing is said", HelpName = "FILE" };
    private readonly Option<string?> _venue = new("--venue") { Description = $"whose bars, {VenueAliases.Known[0]} where nothing is said", HelpName = "V" };
    private readonly Option<string?> _endpoint = new("--endpoint") { Description = EndpointChoice.AllowedPublic, HelpName = "E" };
    private readonly Option<string?> _interval = new("--interval") { Description = "length of a bar, such as 5m, 1h; that of the file, or 5m", HelpName = "I" };
    private readonly Option<string?> _from = new("--from") { Description = "first day, of a file", HelpName = "YYYY-MM-DD" };
    private readonly Option<string?> _to = new("--to") { Description = "last day, included, of a file", HelpName = "YYYY-MM-DD" };
    private readonly Option<string?> _out = new("--out") { Description = "write the chart to this HTML file", HelpName = "FILE" };
    private readonly Option<string?> _diagnostics = new("--diagnostics") { Description = "write a line of JSON for each level to this file; of a recording also for walls and activity", HelpName = "FILE" };
    private readonly Option<bool> _json = new("--json") { Description = "print one JSON document" };

    /// <summary>Length of a venue's bars where nothing is said.</summary>
    public static BarSpec UsualInterval { get; } = new(300 * Timestamp.NanosPerSecond, BarKind.Time, BarSource.Venue);

    /// <summary>Adds the options to the verb.</summary>
    public void AddTo(Command verb)
    {
        foreach (Option option in (Option[])[_preset, _symbol, _data, _venue, _endpoint, _interval, _from, _to, _out, _diagnostics, _json])
        {
            verb.Options.Add(option);
        }
    }

    /// <summary>Reads them.</summary>
    /// <exception cref="InputFaultsException">Some are wrong; all are named.</exception>
    public LevelRequest Read(ParseResult parsed)
    {
        FaultList faults = new();
        string? data = parsed.GetValue(_data);
        Preset? preset = faults.Try(() => PresetFolders.Usual().Find(parsed.GetRequiredValue(_preset)));
        IReadOnlyList<string> symbols = faults.Try(() => Symbols(parsed.GetValue(_symbol), isNeeded: data is null)) ?? [];
        BarReadOptions reading = new()
        {
            Symbols = symbols,
            Interval = faults.Try(() => parsed.GetValue(_interval) is { } length ? OptionText.Interval("--interval", length) : (BarSpec?)null),
            From = faults.Try(() => parsed.GetValue(_from) is { } first ? OptionText.Day("--from", first) : (DateOnly?)null),
            To = faults.Try(() => parsed.GetValue(_to) is { } last ? OptionText.Day("--to", last) : (DateOnly?)null),
        };
        string? venue = faults.Try(() => VenueAliases.Find("--venue", parsed.GetValue(_venue) ?? VenueAliases.Known[0]).Name);
        VenuePlace? place = faults.Try(() => EndpointChoice.ReadPublic(parsed.GetValue(_endpoint)));
        faults.ThrowIfAny();
        return new LevelRequest(preset!, reading, venue!, place!)
        {
            Data = data,
            IsVenueGiven = parsed.GetValue(_venue) is not null,
            Out = parsed.GetValue(_out),
            Diagnostics = parsed.GetValue(_diagnostics),
            IsJson = parsed.GetValue(_json),
        };
    }

    private static IReadOnlyList<string> Symbols(string? text, bool isNeeded) =>
        text is null && !isNeeded ? [] : SymbolList.Read("--symbol", text is null ? [] : [text], 1);
}
