using Harrier.Domain;
using Harrier.Features.Bars;
using Harrier.Storage.Bars;

namespace Harrier.Storage.Market.Serving;

/// <summary>
/// Finds in a store what a run asks for: the bars as they are stored, else longer ones made of the longest stored that divide them, else bars made of
/// trades. Bars that something else than time closes are made of trades, or without any of the shortest stored bars, and say so. Anything ambiguous is an
/// error and never a guess.
/// </summary>
/// <remarks>
/// The grid is the coarsest power of ten, at most 1, that holds every stored price, the same as for a file of the same bars; what the venue tells is
/// reported beside it.
/// </remarks>
public static class StoredHistories
{
    private const int MaxLotDecimals = 8;

    /// <summary>Finds the bars of all symbols asked for, or of all there are.</summary>
    /// <param name="store">The store; must outlive the histories.</param>
    /// <param name="options">What is wanted. The market does not choose the venue: <paramref name="venue"/> does.</param>
    /// <param name="venue">Whose data; null when the store has only one venue's.</param>
    /// <returns>One element per symbol, in the order asked for or of their names; instrument ids count from 0.</returns>
    /// <exception cref="BarDataException">Nothing fits, or several things do.</exception>
    /// <exception cref="StoreException">A file is damaged, or not the one that was written.</exception>
    public static IReadOnlyList<StoredHistory> Find(MarketStore store, BarReadOptions options, VenueId? venue)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(options);
        options.Check(anyKind: true);
        SeriesKey[] all = [.. store.List().Where(key => key.Kind is SeriesKind.Bars or SeriesKind.Trades)];
        SeriesKey[] keys = [.. all.Where(key => venue is null || key.Venue == venue)];
        if (keys.Length == 0)
        {
            throw all.Length == 0
                ? new BarDataException("data", store.Root, "a store with bars or trades; collect or data import bring some")
                : new BarDataException("venue", venue.ToString()!, "a venue of the store: " + Join(all.Select(key => key.Venue.Name)));
        }

        string[] wanted = [.. options.Symbols.Select(Normalize).Distinct()];
        string[] symbols = wanted.Length > 0 ? wanted : [.. keys.Select(key => key.Symbol).Distinct().Order(StringComparer.Ordinal)];
        return [.. symbols.Select((symbol, i) => Find(new Choice(store, keys, options), symbol, new InstrumentId(i)))];
    }

    private static StoredHistory Find(Choice choice, string symbol, InstrumentId id)
    {
        SeriesKey[] keys = [.. choice.Keys.Where(key => key.Symbol == symbol)];
        VenueId[] venues = [.. keys.Select(key => key.Venue).Distinct()];
        if (venues.Length != 1)
        {
            throw venues.Length == 0
                ? new BarDataException("symbol", symbol, "a symbol of the store: " + Join(choice.Keys.Select(key => key.Symbol)))
                : new BarDataException("venue", "none given", $"one of {Join(venues.Select(venue => venue.Name))}, each of which has {symbol}");
        }

        SeriesKey[] bars = [.. keys.Where(key => key.Kind == SeriesKind.Bars).OrderBy(key => key.Interval!.Value.IntervalNanos)];
        SeriesKey? trades = keys.FirstOrDefault(key => key.Kind == SeriesKind.Trades);
        return choice.Options.Interval switch
        {
            null when bars.Length == 1 => OfBars(choice, bars[0], null, id),
            null => throw new BarDataException("interval", "none given", $"one of {Names(bars)}, in which the store has {symbol}, or a multiple"),
            { IsTime: true } spec when Longest(bars, spec) is { } source => OfBars(choice, source, spec, id),
            { } spec when trades is not null => OfTrades(choice, trades, spec, id),
            { IsTime: false } spec when bars.Length > 0 => OfBars(choice, bars[0], spec, id),
            { } spec => throw new BarDataException("interval", spec.ToString(), $"a multiple of one of {Names(bars)}, in which the store has {symbol}"),
        };
    }

    private static SeriesKey? Longest(SeriesKey[] bars, BarSpec spec) => bars.LastOrDefault(key => spec.IntervalNanos % key.Interval!.Value.IntervalNanos == 0);

    private static StoredHistory OfBars(Choice choice, SeriesKey key, BarSpec? asked, InstrumentId id)
    {
        SeriesDescription description = choice.Store.Bars.Describe(key);
        Instrument instrument = new(id, Define(key, description, choice.Options));
        long interval = key.Interval!.Value.IntervalNanos;
        Timestamp end = choice.Options.To is null ? TimeRange.Always.To : new Timestamp(choice.Options.RangeEnd.Nanos - interval + 1);
        TimeRange range = new(choice.Options.RangeStart, end);
        choice.Store.Bars.RequireUnchanged(key, range);
        StoredBars stored = new(choice.Store.Bars, key, instrument, range);
        bool isStored = asked is null || (asked.Value.IsTime && asked.Value.IntervalNanos == interval);
        return Describe(description, isStored ? stored : new BuiltHistory(stored, asked!.Value), stored);
    }

    private static StoredHistory OfTrades(Choice choice, SeriesKey key, BarSpec asked, InstrumentId id)
    {
        SeriesDescription description = choice.Store.Trades.Describe(key);
        Instrument instrument = new(id, Define(key, description, choice.Options));
        TimeRange range = new(choice.Options.RangeStart, choice.Options.RangeEnd);
        choice.Store.Trades.RequireUnchanged(key, range);
        return Describe(description, new TradeHistory(choice.Store.Trades, key, new TradeBars(instrument, asked, range)), null);
    }

    private static StoredHistory Describe(SeriesDescription description, BarHistory history, StoredBars? stored)
    {
        decimal tick = history.Instrument.Definition.TickSize;
        BarExtent extent = history.Extent;
        return extent.Count == 0
            ? throw new BarDataException("interval", history.Spec.ToString(), $"one that {description.Rows} rows of {description.Key} from {description.First} to {description.Last} fill within the days asked for")
            : new StoredHistory(description.Key, history, stored)
            {
                OtherTickSize = description.Facts.TickSize is { } told && told != tick ? told : null,
                StoredRows = description.Rows,
            };
    }

    private static InstrumentDefinition Define(SeriesKey key, SeriesDescription description, BarReadOptions options)
    {
        _ = SymbolText.TryParse(key.Symbol, out Asset baseAsset, out Asset quoteAsset);
        return new InstrumentDefinition
        {
            Venue = key.Venue,
            Symbol = key.Symbol,
            Kind = options.Market,
            Base = baseAsset,
            Quote = quoteAsset,
            TickSize = options.TickSize is { } tick ? tick / 1.000000000000000000000000000m : PowerOfTenth(description.PriceDecimals),
            LotSize = options.LotSize ?? PowerOfTenth(Math.Min(MaxLotDecimals, description.VolumeDecimals)),
            MinNotional = options.MinNotional,
        };
    }

    private static decimal PowerOfTenth(int decimals) => new(1, 0, 0, false, (byte)decimals);

    private static string Normalize(string text) =>
        BarFileName.TryNormalizeSymbol(text, out string symbol) ? symbol : throw new BarDataException("symbol", text, "BTCUSDT, BTC/USDT or BTC-USDT");

    private static string Names(IEnumerable<SeriesKey> bars) => Join(bars.Select(key => key.IntervalName!));

    private static string Join(IEnumerable<string> names) => names.Distinct().ToArray() is { Length: > 0 } some ? string.Join(", ", some) : "(none)";

    private sealed record Choice(MarketStore Store, IReadOnlyList<SeriesKey> Keys, BarReadOptions Options);
}
