using Harrier.Domain;

namespace Harrier.Features.Portfolio;

/// <summary>
/// The quotes of one moment as a graph: assets are joined where one is quoted in the other. A base is sold at the bid and bought at the ask, and each
/// conversion costs the fee.
/// </summary>
public sealed class RateGraph
{
    /// <summary>The most conversions of a route.</summary>
    public const int MostHops = 3;

    private readonly Asset[] _assets;
    private readonly Dictionary<Asset, int> _index = [];
    private readonly HashSet<(Asset Base, Asset Quote)> _bases;
    private readonly RouteLeg?[,] _legs;

    /// <summary>Creates it.</summary>
    /// <param name="quotes">The quotes; of several for the same pair of assets each direction takes the best.</param>
    /// <param name="fee">What a conversion costs as a fraction of what it brings, 0 or more and below 1.</param>
    /// <exception cref="PortfolioInputException">The fee is out of range.</exception>
    public RateGraph(IReadOnlyList<PairQuote> quotes, decimal fee = 0)
    {
        ArgumentNullException.ThrowIfNull(quotes);
        if (fee is < 0 or >= 1)
        {
            throw new PortfolioInputException("fee", FormattableString.Invariant($"{fee}"), "a fraction of 0 or more and below 1");
        }

        _assets = [.. quotes.SelectMany(quote => new[] { quote.Base, quote.Quote }).Distinct().OrderBy(asset => asset.Code, StringComparer.Ordinal)];
        for (int i = 0; i < _assets.Length; i++)
        {
            _index.Add(_assets[i], i);
        }

        _bases = [.. quotes.Select(quote => (quote.Base, quote.Quote))];
        _legs = new RouteLeg?[_assets.Length, _assets.Length];
        foreach (PairQuote quote in quotes)
        {
            Offer(new RouteLeg(quote.Base, quote.Quote, quote.Bid * (1 - fee), quote.Mid, quote.Time));
            Offer(new RouteLeg(quote.Quote, quote.Base, (1 - fee) / quote.Ask, 1 / quote.Mid, quote.Time));
        }
    }

    /// <summary>Every asset that is quoted, by code.</summary>
    public IReadOnlyList<Asset> Assets => _assets;

    /// <summary>The route that brings most of an asset.</summary>
    /// <param name="from">What is given.</param>
    /// <param name="to">What is wanted.</param>
    /// <param name="mostHops">The most conversions, 1 to 3.</param>
    /// <returns>The route; of several that bring as much the one with fewest conversions, then the first by codes. Null when there is none.</returns>
    public ConversionRoute? Best(Asset from, Asset to, int mostHops = MostHops) => Find(from, to, mostHops, static leg => leg.Rate, isShortestFirst: false);

    /// <summary>What one unit of an asset is worth in another in the middle of the market, over the fewest conversions.</summary>
    /// <returns>The value; 1 for an asset in itself, null when no route of up to three conversions joins them.</returns>
    public decimal? Mid(Asset asset, Asset inAsset) => asset == inAsset ? 1 : MidRoute(asset, inAsset)?.MidRate;

    /// <summary>The value of holdings in one asset, in the middle of the market.</summary>
    /// <param name="holdings">The holdings.</param>
    /// <param name="numeraire">What to count in.</param>
    /// <returns>The value, and what could not be valued because nothing quotes it.</returns>
    public (decimal Value, IReadOnlyList<Money> Unvalued) Value(IEnumerable<Money> holdings, Asset numeraire)
    {
        ArgumentNullException.ThrowIfNull(holdings);
        decimal total = 0;
        List<Money> unvalued = [];
        foreach (Money holding in holdings.Where(holding => holding.Amount != 0))
        {
            if (Mid(holding.Asset, numeraire) is { } price)
            {
                total += holding.Amount * price;
            }
            else
            {
                unvalued.Add(holding);
            }
        }

        return (total, unvalued);
    }

    /// <summary>The route that <see cref="Mid"/> multiplies along: fewest conversions first, then the one that costs least.</summary>
    internal ConversionRoute? MidRoute(Asset asset, Asset inAsset) => Find(asset, inAsset, MostHops, static leg => leg.Rate / leg.MidRate, isShortestFirst: true);

    /// <summary>True when a quote names the first asset as its base and the second as what it is priced in.</summary>
    internal bool IsBase(Asset asset, Asset inAsset) => _bases.Contains((asset, inAsset));

    private void Offer(RouteLeg leg)
    {
        ref RouteLeg? known = ref _legs[_index[leg.From], _index[leg.To]];
        if (known is null || leg.Rate > known.Rate)
        {
            known = leg;
        }
    }

    private ConversionRoute? Find(Asset from, Asset to, int mostHops, Func<RouteLeg, decimal> worth, bool isShortestFirst)
    {
        if (from == to || !_index.TryGetValue(from, out int start) || !_index.TryGetValue(to, out int end))
        {
            return null;
        }

        Search search = new(this, end, worth);
        for (int hops = 1; hops <= Math.Min(mostHops, MostHops) && !(isShortestFirst && search.Found.Count > 0); hops++)
        {
            search.Extend(start, hops, 1);
        }

        return search.Found.Count > 0 ? new ConversionRoute(search.Found) : null;
    }

    // Looks through every way of exactly some number of conversions that enters no asset twice; a later find must be strictly better.
    private sealed class Search(RateGraph graph, int end, Func<RouteLeg, decimal> worth)
    {
        private readonly List<RouteLeg> _way = [];
        private decimal _best;

        public IReadOnlyList<RouteLeg> Found { get; private set; } = [];

        public void Extend(int at, int hops, decimal product)
        {
            if (hops == 1)
            {
                Close(at, product);
                return;
            }

            for (int next = 0; next < graph._assets.Length; next++)
            {
                if (next == end || graph._legs[at, next] is not { } leg || _way.Exists(before => before.From == leg.To))
                {
                    continue;
                }

                _way.Add(leg);
                Extend(next, hops - 1, product * worth(leg));
                _way.RemoveAt(_way.Count - 1);
            }
        }

        private void Close(int at, decimal product)
        {
            if (graph._legs[at, end] is { } last && product * worth(last) > _best)
            {
                _best = product * worth(last);
                Found = [.. _way, last];
            }
        }
    }
}
