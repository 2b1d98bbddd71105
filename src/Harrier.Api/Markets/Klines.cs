using Harrier.Api.Hosting;
using Harrier.Domain;
using Harrier.Hosting.Markets;
using Harrier.Storage.Market;
using Harrier.Storage.Market.Serving;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Harrier.Api.Markets;

/// <summary>A candle as the API shows it; prices and volume are texts.</summary>
/// <param name="Timestamp">When it begins, in milliseconds.</param>
/// <param name="Open">First price.</param>
/// <param name="High">Highest price.</param>
/// <param name="Low">Lowest price.</param>
/// <param name="Close">Last price.</param>
/// <param name="Volume">In base currency.</param>
public sealed record KlineAnswer(long Timestamp, decimal Open, decimal High, decimal Low, decimal Close, decimal Volume);

/// <summary>Candles of a symbol.</summary>
/// <param name="Symbol">The symbol.</param>
/// <param name="Interval">Their length.</param>
/// <param name="Source">Where they are from: <c>store</c>, <c>live</c> (made of the trades that the run saw; the last one is still open) or <c>store+live</c>.</param>
/// <param name="Data">The candles, oldest first.</param>
/// <param name="Count">How many.</param>
public sealed record KlinesAnswer(string Symbol, string Interval, string Source, IReadOnlyList<KlineAnswer> Data, int Count);

/// <summary><c>GET /api/v1/market/klines/{symbol}</c>.</summary>
internal static class Klines
{
    private const int MostCandles = 1000;
    private const string Allowed = "a length of time of whole seconds, such as 1m, 1h, 1d";

    /// <summary>Shows candles: those of the market data store, then those that the run saw itself.</summary>
    /// <param name="symbol">As BTCUSDT or BTC-USDT.</param>
    /// <param name="sources">What is read.</param>
    /// <param name="interval">Their length, 1h when nothing is said.</param>
    /// <param name="limit">How many of the newest, 1 to 1000; 100 when nothing is said.</param>
    /// <param name="venue">Of this venue; where nothing is said, of the first that has the symbol.</param>
    public static Results<Ok<KlinesAnswer>, ValidationProblem, ProblemHttpResult> Get(string symbol, ApiSources sources, string? interval = null, string? limit = null, string? venue = null)
    {
        Faults faults = new();
        BarSpec spec = IntervalOf(interval ?? "1h", faults);
        int count = faults.Whole("limit", limit, 1, MostCandles, 100);
        if (!faults.IsEmpty)
        {
            return faults.Problem;
        }

        KlinesAnswer? found = Find(sources, (symbol, venue), spec, count);
        return found is null
            ? TypedResults.Problem($"symbol: {Shown.Of(symbol)}: neither the run nor its store has it", statusCode: StatusCodes.Status404NotFound)
            : TypedResults.Ok(found);
    }

    /// <summary>A length of candles.</summary>
    public static BarSpec IntervalOf(string text, Faults faults)
    {
        if (BarSpec.TryParse(text, out BarSpec spec) && spec.IsTime && spec.IntervalNanos > 0 && spec.IntervalNanos % Timestamp.NanosPerSecond == 0)
        {
            return spec;
        }

        faults.Add("interval", text, Allowed);
        return default;
    }

    /// <summary>The newest candles; null when nobody knows the symbol.</summary>
    public static KlinesAnswer? Find(ApiSources sources, (string Symbol, string? Venue) what, BarSpec spec, int count)
    {
        string symbol = MarketMemory.Plain(what.Symbol);
        SymbolMemory? memory = sources.Markets.Find(symbol, what.Venue);
        IReadOnlyList<KlineAnswer> live = memory is null ? [] : [.. memory.Candles(TimeSpan.FromTicks(spec.IntervalNanos / TimeSpan.NanosecondsPerTick), count).Select(Of)];
        string? venue = memory?.Instrument.Definition.Venue.Name ?? what.Venue;
        (IReadOnlyList<KlineAnswer> stored, bool isKnown) = Stored(sources.Store, (symbol, venue), spec, count);
        if (memory is null && !isKnown)
        {
            return null;
        }

        // Where both have a candle the stored one is whole; the run may have come in its middle.
        HashSet<long> whole = [.. stored.Select(static one => one.Timestamp)];
        KlineAnswer[] fresh = [.. live.Where(one => !whole.Contains(one.Timestamp))];
        KlineAnswer[] all = [.. stored.Concat(fresh).OrderBy(static one => one.Timestamp)];
        KlineAnswer[] newest = all.Length > count ? all[^count..] : all;
        string source = stored.Count == 0 ? "live" : fresh.Length == 0 ? "store" : "store+live";
        return new KlinesAnswer(symbol, spec.ToString(), source, newest, newest.Length);
    }

    private static (IReadOnlyList<KlineAnswer> Bars, bool IsKnown) Stored(string root, (string Symbol, string? Venue) what, BarSpec spec, int count)
    {
        if (!Directory.Exists(root))
        {
            return ([], false);
        }

        using MarketStore store = MarketStore.Open(root);
        SeriesKey? key = store.List().FirstOrDefault(one => one.Kind == SeriesKind.Bars && one.Symbol == what.Symbol && (what.Venue is null || one.Venue.Name == what.Venue));
        return key is null
            ? ([], false)
            : ([.. new KlineQuery(store.Bars).Read(new KlineRequest { Venue = key.Venue, Symbol = what.Symbol, Interval = spec, Limit = count }).Select(Of)], true);
    }

    private static KlineAnswer Of(Candle candle) => new(candle.OpenTime.Nanos / 1_000_000, candle.Open, candle.High, candle.Low, candle.Close, candle.Volume);

    private static KlineAnswer Of(HistoricalBar bar) => new(bar.OpenTime.Nanos / 1_000_000, bar.Open, bar.High, bar.Low, bar.Close, bar.Volume);
}
