using System.CommandLine;
using Harrier.Cli.Levels;
using Harrier.Cli.Options;
using Harrier.Domain;
using Harrier.Exchanges.Venues;
using Harrier.Strategies.Presets;

namespace Harrier.Cli.Scanning;

/// <summary>What <c>scan</c> was asked for.</summary>
/// <param name="Preset">The filters.</param>
/// <param name="Symbols">Which markets; empty for all that a store or folder holds.</param>
/// <param name="Interval">Length of the bars.</param>
internal sealed record ScanRequest(Preset Preset, IReadOnlyList<string> Symbols, BarSpec Interval)
{
    /// <summary>A file or folder of bars, or a store.</summary>
    /// <value>Null: the venue's.</value>
    public string? Data { get; init; }

    /// <summary>The venue asked for.</summary>
    /// <value>Null where none was named.</value>
    public string? Venue { get; init; }

    /// <summary>Where a venue is reached.</summary>
    public required VenuePlace Place { get; init; }

    /// <summary>How many markets are shown.</summary>
    public required int Top { get; init; }

    /// <summary>Markets that are left out.</summary>
    public IReadOnlyList<string> Excluded { get; init; } = [];

    /// <summary>True for JSON.</summary>
    public bool IsJson { get; init; }
}

/// <summary>The options of <c>scan</c>.</summary>
internal sealed class ScanOptions
{
    private const int MostSymbols = 500;

    private readonly Option<string> _preset = new("--preset") { Description = "a preset by name or file: " + string.Join(", ", PresetFolders.Usual().Names()), HelpName = "P", Required = true };
    private readonly Option<string?> _top = new("--top") { Description = "how many markets are shown; default: what the preset says", HelpName = "N" };
    private readonly Option<string[]> _symbols = new("--symbols") { Description = "markets to look at, with commas between; default: all of a store or folder, or ten major ones of a venue", HelpName = "S,..." };
    private readonly Option<string[]> _exclude = new("--exclude") { Description = "markets to leave out", HelpName = "S,..." };
    private readonly Option<string?> _data = new("--data") { Description = "bars: a file or folder, or a store; a venue's where nothing is said", HelpName = "FILE" };
    private readonly Option<string?> _venue = new("--venue") { Description = $"whose markets, {VenueAliases.Known[0]} where nothing is said; or whose of a store", HelpName = "V" };
    private readonly Option<string?> _endpoint = new("--endpoint") { Description = EndpointChoice.AllowedPublic, HelpName = "E" };
    private readonly Option<string?> _interval = new("--interval") { Description = "length of a bar, 5m where nothing is said", HelpName = "I" };
    private readonly Option<bool> _json = new("--json") { Description = "print one JSON document" };

    /// <summary>Adds the options to the verb.</summary>
    public void AddTo(Command verb)
    {
        foreach (Option option in (Option[])[_preset, _top, _symbols, _exclude, _data, _venue, _endpoint, _interval, _json])
        {
            verb.Options.Add(option);
        }
    }

    /// <summary>Reads them.</summary>
    /// <exception cref="InputFaultsException">Some are wrong; all are named.</exception>
    public ScanRequest Read(ParseResult parsed)
    {
        FaultList faults = new();
        Preset? preset = faults.Try(() => PresetFolders.Usual().Find(parsed.GetRequiredValue(_preset)));
        IReadOnlyList<string> symbols = faults.Try(() => Symbols("--symbols", parsed.GetValue(_symbols))) ?? [];
        IReadOnlyList<string> excluded = faults.Try(() => Symbols("--exclude", parsed.GetValue(_exclude))) ?? [];
        BarSpec interval = faults.Try(() => ReadInterval(parsed.GetValue(_interval)));
        VenuePlace? place = faults.Try(() => EndpointChoice.ReadPublic(parsed.GetValue(_endpoint)));
        int? top = faults.Try(() => parsed.GetValue(_top) is { } text ? ReadTop(text) : (int?)null);
        faults.ThrowIfAny();
        return new ScanRequest(preset!, symbols, interval)
        {
            Data = parsed.GetValue(_data),
            Venue = parsed.GetValue(_venue),
            Place = place!,
            Top = top ?? preset!.ScannerConfig.MaxCandidates,
            Excluded = excluded,
            IsJson = parsed.GetValue(_json),
        };
    }

    private static IReadOnlyList<string> Symbols(string option, string[]? texts) => texts is { Length: > 0 } ? SymbolList.Read(option, texts, MostSymbols) : [];

    private static BarSpec ReadInterval(string? text)
    {
        BarSpec spec = text is null ? LevelOptions.UsualInterval : OptionText.Interval("--interval", text);
        return spec.IsTime ? spec : throw new InputException("interval", text!, "a length of time such as 5m");
    }

    private static int ReadTop(string text) => OptionText.Integer("--top", text) is > 0 and <= MostSymbols and long top
        ? (int)top
        : throw new InputException("top", text, $"a whole number from 1 to {MostSymbols}");
}
