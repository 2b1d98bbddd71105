using Harrier.Cli.Options;
using Harrier.Domain;
using Harrier.Storage.Market;

namespace Harrier.Cli.MarketData;

/// <summary>Finds the one series that is meant. Two that fit are an error that names them, never a guess.</summary>
/// <param name="Symbol">As BTCUSDT, BTC/USDT or BTC-USDT.</param>
/// <param name="Kind">What the rows are.</param>
/// <param name="Interval">Length of the bars as text; null for any.</param>
/// <param name="Venue">Name of the venue; null for any.</param>
internal sealed record SeriesChoice(string Symbol, SeriesKind Kind, string? Interval, string? Venue)
{
    private const int Named = 20;

    /// <summary>The series.</summary>
    /// <exception cref="InputException">None fits, or several do.</exception>
    public SeriesKey Find(MarketStore store)
    {
        long? nanos = Interval is { } interval ? OptionText.Interval("--interval", interval).IntervalNanos : null;
        VenueId? venue = Venue is { } name ? VenueAliases.FindStored("--venue", name) : null;
        IReadOnlyList<SeriesKey> all = store.List();
        SeriesKey[] named = [.. all.Where(key => key.Kind == Kind && IsSymbol(key, Symbol))];
        if (named.Length == 0)
        {
            throw new InputException("symbol", Symbol, Describe(all));
        }

        SeriesKey[] found = [.. named.Where(key => (nanos is null || key.Interval?.IntervalNanos == nanos) && (venue is null || key.Venue == venue))];
        return found switch
        {
            [SeriesKey only] => only,
            [] when venue is not null && named.All(key => key.Venue != venue) => throw new InputException("venue", Venue!, Describe(named)),
            [] => throw new InputException("interval", Interval!, Describe(named)),
            _ when found.Select(key => key.Venue).Distinct().Count() > 1 => throw new InputException("venue", "none given", Describe(found)),
            _ => throw new InputException("interval", "none given", Describe(found)),
        };
    }

    /// <summary>True when a series is of the symbol, however that is written.</summary>
    public static bool IsSymbol(SeriesKey key, string text) => key.Symbol == text
        || (SymbolText.TryParse(text, out Asset baseAsset, out Asset quoteAsset) && key.Symbol == baseAsset.Code + quoteAsset.Code);

    /// <summary>Names series for a message.</summary>
    public static string Describe(IReadOnlyCollection<SeriesKey> keys) => keys.Count == 0
        ? "the store is empty; harrier collect and harrier data import fill it"
        : "one of " + string.Join(", ", keys.Take(Named)) + (keys.Count > Named ? FormattableString.Invariant($" and {keys.Count - Named} more") : "");
}
