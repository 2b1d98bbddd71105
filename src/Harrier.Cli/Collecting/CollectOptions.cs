using System.CommandLine;
using Harrier.Cli.Options;
using Harrier.Domain;
using Harrier.Exchanges.Venues;
using Harrier.Storage.Collection;
using Harrier.Storage.Market;

namespace Harrier.Cli.Collecting;

/// <summary>The options of <c>collect</c>.</summary>
internal sealed class CollectOptions
{
    private const int MostSymbols = 1000;
    private const int MostMonths = 240;
    private const int MostAtOnce = 16;
    private const int UsualMonths = 10;
    private const int UsualAtOnce = 4;

    // Trades of months are billions of rows: nobody means that by saying nothing.
    private const int UsualTradeDays = 1;

    private static readonly Dictionary<string, SeriesKind> _kinds = new(StringComparer.OrdinalIgnoreCase)
    {
        ["bars"] = SeriesKind.Bars,
        ["trades"] = SeriesKind.Trades,
        ["funding"] = SeriesKind.Funding,
        ["book"] = SeriesKind.Book,
    };

    private static readonly Dictionary<string, BulkUse> _bulkUses = new(StringComparer.OrdinalIgnoreCase)
    {
        ["auto"] = BulkUse.Auto,
        ["never"] = BulkUse.Never,
        ["only"] = BulkUse.Only,
    };

    private readonly Option<string?> _venue = new("--venue") { Description = "one of " + string.Join(", ", VenueAliases.Known) + $" [{VenueAliases.Known[0]}]", HelpName = "V" };
    private readonly Option<string[]> _symbols = new("--symbols") { Description = "symbols, with commas between [ten major ones]", HelpName = "S,S" };
    private readonly Option<string?> _kind = new("--kind") { Description = "bars, trades (those of yesterday and today unless said), funding, or book (as it stands) [bars]", HelpName = "K" };
    private readonly Option<string?> _interval = new("--interval") { Description = "length of the bars, such as 1m, 1h, 1d [1h]", HelpName = "I" };
    private readonly Option<string?> _months = new("--months") { Description = "calendar months back from now [10]", HelpName = "N" };
    private readonly Option<string?> _from = new("--from") { Description = "first day (UTC), instead of months", HelpName = "DAY" };
    private readonly Option<string?> _to = new("--to") { Description = "last day (UTC), included [until now]", HelpName = "DAY" };
    private readonly Option<string?> _endpoint = new("--endpoint") { Description = EndpointChoice.AllowedPublic, HelpName = "E" };
    private readonly Option<string?> _bulk = new("--bulk") { Description = "the venue's files of whole months: auto, never, only [auto]", HelpName = "B" };
    private readonly Option<string?> _concurrency = new("--concurrency") { Description = "symbols at the same time, 1 to 16 [4]", HelpName = "N" };
    private readonly Option<string?> _home = new("--home") { Description = "folder of all state [.harrier]", HelpName = "DIR" };
    private readonly Option<string?> _store = new("--store") { Description = "folder of the market data [HOME/data]", HelpName = "DIR" };
    private readonly Option<bool> _noCsv = new("--no-csv") { Description = "write no CSV beside the Parquet files" };
    private readonly Option<bool> _json = new("--json") { Description = "print the summary as JSON" };

    /// <summary>Adds the options to the verb.</summary>
    public void AddTo(Command verb)
    {
        foreach (Option option in (Option[])[_venue, _symbols, _kind, _interval, _months, _from, _to, _endpoint, _bulk, _concurrency, _home, _store, _noCsv, _json])
        {
            verb.Options.Add(option);
        }
    }

    /// <summary>Reads them.</summary>
    /// <exception cref="InputFaultsException">Some are wrong; all are named.</exception>
    public CollectCommand Read(ParseResult parsed)
    {
        FaultList faults = new();
        VenueId venue = faults.Try(() => VenueAliases.Find("--venue", parsed.GetValue(_venue) ?? VenueAliases.Known[0]));
        IReadOnlyList<string> symbols = faults.Try(() => SymbolList.Read("--symbols", parsed.GetValue(_symbols) is { Length: > 0 } given ? given : MajorSymbols.All, MostSymbols)) ?? [];
        SeriesKind kind = faults.Try(() => OptionText.Choice("--kind", parsed.GetValue(_kind) ?? "bars", _kinds));
        BarSpec interval = faults.Try(() => Interval(kind, parsed.GetValue(_interval)));
        CollectPeriod? period = faults.Try(() => Period(kind, parsed));
        VenuePlace? place = faults.Try(() => EndpointChoice.ReadPublic(parsed.GetValue(_endpoint)));
        BulkUse bulk = faults.Try(() => Bulk(parsed.GetValue(_bulk), place));
        int concurrency = faults.Try(() => Whole("--concurrency", parsed.GetValue(_concurrency), UsualAtOnce, MostAtOnce));
        string? store = faults.Try(() => OutputFolder.Check("--store", parsed.GetValue(_store) ?? Path.Combine(OutputFolder.Check("--home", parsed.GetValue(_home) ?? ".harrier"), "data")));
        faults.ThrowIfAny();
        CollectRequest request = new() { Kind = kind, Symbols = symbols, Interval = interval, Period = period!, Bulk = bulk, Concurrency = concurrency };
        return new CollectCommand(venue, place!, request, store!) { WritesCsv = !parsed.GetValue(_noCsv), IsJson = parsed.GetValue(_json) };
    }

    private static BarSpec Interval(SeriesKind kind, string? text) => (kind, text) switch
    {
        (SeriesKind.Bars, _) when BarSpec.TryParse(text ?? "1h", out BarSpec spec) && spec.Kind == BarKind.Time => spec,
        (SeriesKind.Bars, { } given) => throw new InputException("interval", given, "a bar length such as 1m, 5m, 1h, 4h, 1d"),
        (_, { } given) => throw new InputException("interval", given, "only with --kind bars"),
        _ => default,
    };

    private static int Whole(string option, string? text, int usual, int most)
    {
        decimal value = text is null ? usual : OptionText.Decimal(option, text, 1, most);
        return value == decimal.Truncate(value) ? (int)value : throw new InputException(option.TrimStart('-'), text!, $"a whole number from 1 to {most}");
    }

    private static BulkUse Bulk(string? text, VenuePlace? place)
    {
        BulkUse use = OptionText.Choice("--bulk", text ?? "auto", _bulkUses);
        return use == BulkUse.Only && place is { Kind: not PlaceKind.Live } ? throw new InputException("bulk", text!, "auto or never, as files are of the venue itself (--endpoint live)") : use;
    }

    private CollectPeriod Period(SeriesKind kind, ParseResult parsed)
    {
        (string? months, string? from, string? to) = (parsed.GetValue(_months), parsed.GetValue(_from), parsed.GetValue(_to));
        if (months is not null && from is not null)
        {
            throw new InputException("months", months, "either months or --from, not both");
        }

        DateOnly? first = from is null ? null : OptionText.Day("--from", from);
        DateOnly? last = to is null ? null : OptionText.Day("--to", to);
        return last < first
            ? throw new InputException("to", to!, $"a day not before {from}")
            : new CollectPeriod
            {
                Months = Whole("--months", months, UsualMonths, MostMonths),
                Days = kind == SeriesKind.Trades && months is null ? UsualTradeDays : null,
                From = first,
                To = last,
            };
    }
}
