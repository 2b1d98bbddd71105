using Harrier.Testnet.Core;

namespace Harrier.Testnet.Uphold;

/// <summary>What one unit of an asset brings and costs in another.</summary>
/// <param name="Bid">What the broker pays.</param>
/// <param name="Ask">What the broker wants.</param>
internal readonly record struct BrokerPrice(decimal Bid, decimal Ask);

/// <summary>The broker's prices: the best prices of the spot market in dollars, worse by the spread; pairs without the dollar go through it.</summary>
/// <param name="market">The spot market whose prices are taken.</param>
/// <param name="spread">Share by which they are worse, on each side.</param>
internal sealed class BrokerPrices(ExchangeCore market, decimal spread)
{
    /// <summary>Decimals of prices; finer ones are cut to the broker's favor.</summary>
    public const int Decimals = 18;

    /// <summary>All assets: the dollar, and those that the market prices in dollars.</summary>
    public IReadOnlyList<BrokerAsset> Assets { get; } =
    [
        .. market.Listings
            .Where(l => BrokerAsset.Of(l.Quote).IsDollar)
            .SelectMany(l => new[] { l.Base, l.Quote })
            .Prepend("USD")
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal)
            .Select(BrokerAsset.Of),
    ];

    /// <summary>The asset of a code; null where the broker has none.</summary>
    public BrokerAsset? Find(string code) => Assets.FirstOrDefault(a => a.Code == code);

    /// <summary>The price of an asset in another; null while the market has none. Takes the market's gate.</summary>
    public BrokerPrice? Of(BrokerAsset priced, BrokerAsset unit)
    {
        if (priced == unit)
        {
            return new BrokerPrice(1, 1);
        }

        if (InDollars(priced) is not { } own || InDollars(unit) is not { } other)
        {
            return null;
        }

        return new BrokerPrice(
            decimal.Round(own.Bid / other.Ask * (1 - spread), Decimals, MidpointRounding.ToZero),
            decimal.Round(own.Ask / other.Bid * (1 + spread), Decimals, MidpointRounding.ToPositiveInfinity));
    }

    private BrokerPrice? InDollars(BrokerAsset asset)
    {
        if (asset.IsDollar)
        {
            return new BrokerPrice(1, 1);
        }

        ListedInstrument? listing = market.Listings.FirstOrDefault(l => l.Base == asset.Code && BrokerAsset.Of(l.Quote).IsDollar);
        if (listing is null)
        {
            return null;
        }

        lock (market.Gate)
        {
            decimal bid = listing.Book.BestBid > 0 ? listing.Book.BestBid : listing.LastPrice;
            decimal ask = listing.Book.BestAsk > 0 ? listing.Book.BestAsk : Math.Max(bid, listing.LastPrice);
            bool isOpen = listing.Status == ListingStatus.Trading && bid > 0 && ask >= bid;
            return isOpen ? new BrokerPrice(bid, ask) : null;
        }
    }
}
