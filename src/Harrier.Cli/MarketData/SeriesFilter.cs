using System.CommandLine;
using Harrier.Cli.Options;
using Harrier.Domain;
using Harrier.Storage.Market;

namespace Harrier.Cli.MarketData;

/// <summary>The options that choose series of the store: <c>--venue</c>, <c>--symbol</c>, <c>--interval</c>, <c>--kind</c>.</summary>
internal sealed class SeriesFilter
{
    private static readonly Dictionary<string, SeriesKind> Kinds = Enum.GetValues<SeriesKind>().ToDictionary(kind => kind.ToString().ToLowerInvariant());

    private readonly Option<string?> _venue = new("--venue") { Description = "only this venue, as " + string.Join(", ", VenueAliases.Known) + ", or sim-... for the built-in exchange", HelpName = "V" };
    private readonly Option<string[]> _symbols = new("--symbol") { Description = "only this symbol, as BTCUSDT; may be repeated", HelpName = "S", DefaultValueFactory = _ => [] };
    private readonly Option<string?> _interval = new("--interval") { Description = "only bars of this length, as 1m, 1h, 1d, 1w", HelpName = "I" };
    private readonly Option<string?> _kind = new("--kind") { Description = "only this kind: " + string.Join(", ", Kinds.Keys), HelpName = "K" };

    /// <summary>Adds the options to a verb.</summary>
    public void AddTo(Command verb)
    {
        verb.Options.Add(_venue);
        verb.Options.Add(_symbols);
        verb.Options.Add(_interval);
        verb.Options.Add(_kind);
    }

    /// <summary>The series that the options choose; all where they say nothing.</summary>
    /// <exception cref="InputException">A value is at fault, or the store holds nothing like it.</exception>
    public IReadOnlyList<SeriesKey> Choose(ParseResult parsed, MarketStore store)
    {
        IReadOnlyList<SeriesKey> all = store.List();
        IEnumerable<SeriesKey> chosen = all;
        if (parsed.GetValue(_venue) is { } venue)
        {
            VenueId id = VenueAliases.FindStored("--venue", venue);
            chosen = chosen.Where(key => key.Venue == id);
        }

        if (parsed.GetValue(_interval) is { } interval)
        {
            long nanos = OptionText.Interval("--interval", interval).IntervalNanos;
            chosen = chosen.Where(key => key.Interval?.IntervalNanos == nanos);
        }

        if (parsed.GetValue(_kind) is { } kindName)
        {
            SeriesKind kind = OptionText.Choice("--kind", kindName, Kinds);
            chosen = chosen.Where(key => key.Kind == kind);
        }

        SeriesKey[] rest = [.. chosen];
        string[] symbols = [.. (parsed.GetValue(_symbols) ?? []).SelectMany(text => text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))];
        foreach (string symbol in symbols.Where(symbol => !rest.Any(key => SeriesChoice.IsSymbol(key, symbol))))
        {
            throw new InputException("symbol", symbol, SeriesChoice.Describe(all));
        }

        return symbols.Length == 0 ? rest : [.. rest.Where(key => symbols.Any(symbol => SeriesChoice.IsSymbol(key, symbol)))];
    }
}
