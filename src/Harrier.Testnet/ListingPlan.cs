using Harrier.Domain;
using Harrier.Simulation.Synthetic;
using Harrier.Testnet.Core;
using Harrier.Testnet.Markets;

namespace Harrier.Testnet;

/// <summary>Makes listings with rules of a size that fits their prices.</summary>
public static class ListingPlan
{
    private const decimal LargestLimitWorth = 50_000_000;
    private const decimal LargestMarketWorth = 5_000_000;
    private const decimal HighestPriceFactor = 1000;
    private const decimal LeastDollars = 5;
    private static readonly Asset Dollar = new("USDT");

    /// <summary>Listings for symbols of a synthetic market.</summary>
    /// <exception cref="ArgumentException">A text is no symbol, or names one again.</exception>
    public static IReadOnlyList<ListingTerms> Synthetic(IReadOnlyList<string> symbols)
    {
        ArgumentNullException.ThrowIfNull(symbols);
        return Distinct([.. symbols.Select(text =>
        {
            (Asset baseAsset, Asset quoteAsset) = Split(text);
            SyntheticSymbol known = SymbolCatalog.Find(baseAsset, quoteAsset);
            return Terms((baseAsset, quoteAsset), known.TickSize, known.LotSize, (decimal)known.StartPrice) with { MinNotional = LeastWorth(baseAsset, known) };
        })]);
    }

    /// <summary>Listings for the symbols of a recording.</summary>
    /// <param name="recording">What is replayed.</param>
    /// <param name="wanted">Only these; empty for all.</param>
    /// <exception cref="ArgumentException">A symbol wanted is not in the recording.</exception>
    public static IReadOnlyList<ListingTerms> Of(ReplayRecording recording, IReadOnlyList<string> wanted)
    {
        ArgumentNullException.ThrowIfNull(recording);
        ArgumentNullException.ThrowIfNull(wanted);
        Dictionary<string, ReplaySymbol> recorded = recording.Symbols.ToDictionary(s => s.Symbol, StringComparer.Ordinal);
        IEnumerable<string> names = wanted.Count == 0 ? recording.Symbols.Select(s => s.Symbol) : wanted.Select(NameOf);
        return Distinct([.. names.Select(name =>
        {
            if (!recorded.TryGetValue(name, out ReplaySymbol? symbol))
            {
                throw new ArgumentException($"{name}: one of {string.Join(", ", recorded.Keys)}", nameof(wanted));
            }

            return Terms(Split(name), symbol.TickSize, symbol.LotSize, symbol.StartPrice);
        })]);
    }

    /// <summary>A symbol as venues name it: BTCUSDT.</summary>
    /// <exception cref="ArgumentException">The text is no symbol.</exception>
    public static string NameOf(string text)
    {
        (Asset baseAsset, Asset quoteAsset) = Split(text);
        return baseAsset.Code + quoteAsset.Code;
    }

    private static IReadOnlyList<ListingTerms> Distinct(IReadOnlyList<ListingTerms> terms) =>
        terms.Select(t => t.Symbol).Distinct(StringComparer.Ordinal).Count() == terms.Count
            ? terms
            : throw new ArgumentException("a symbol is named twice", nameof(terms));

    private static (Asset Base, Asset Quote) Split(string text) => SymbolText.TryParse(text, out Asset baseAsset, out Asset quoteAsset)
        ? (baseAsset, quoteAsset)
        : throw new ArgumentException($"{text}: a symbol such as BTCUSDT, BTC/USDT or BTC-USDT", nameof(text));

    // Five dollars, in whatever prices are in: of bitcoin a ten-thousandth, as on the venues.
    private static decimal LeastWorth(Asset baseAsset, SyntheticSymbol known)
    {
        decimal quoteInDollars = (decimal)(SymbolCatalog.Find(baseAsset, Dollar).StartPrice / known.StartPrice);
        return decimal.Round(LeastDollars / quoteInDollars, 4, MidpointRounding.ToPositiveInfinity);
    }

    private static ListingTerms Terms((Asset Base, Asset Quote) pair, decimal tick, decimal lot, decimal price)
    {
        decimal start = Math.Max(tick, Math.Round(price / tick) * tick);
        return new ListingTerms
        {
            Symbol = pair.Base.Code + pair.Quote.Code,
            Base = pair.Base.Code,
            Quote = pair.Quote.Code,
            TickSize = tick,
            LotSize = lot,
            MinPrice = tick,
            MaxPrice = Grid(start * HighestPriceFactor, tick),
            MinQuantity = lot,
            MaxQuantity = Grid(LargestLimitWorth / start, lot),
            MaxMarketQuantity = Grid(LargestMarketWorth / start, lot),
            StartPrice = start,
        };
    }

    private static decimal Grid(decimal value, decimal step) => Math.Max(1, Math.Floor(value / step)) * step;
}
