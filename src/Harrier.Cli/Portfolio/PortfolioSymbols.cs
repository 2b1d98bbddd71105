using Harrier.Domain;
using Harrier.Features.Portfolio;
using Harrier.Testnet;

namespace Harrier.Cli.Portfolio;

/// <summary>What the built-in exchange has to list for portfolio accounts.</summary>
internal static class PortfolioSymbols
{
    /// <summary>True for a market, whose pairs are its symbols; false for a broker, which prices all in dollars.</summary>
    public static bool IsMarket(string venue) => venue.Contains('-', StringComparison.Ordinal);

    /// <summary>The usual symbols, and those that pairs need.</summary>
    public static IEnumerable<string> Of(string venue, IEnumerable<TradingPair> pairs) => BuiltInExchangeOptions.DefaultSymbols
        .Concat(IsMarket(venue)
            ? pairs.Select(static pair => pair.Base.Code + pair.Quote.Code)
            : pairs.SelectMany(static pair => (Asset[])[pair.Base, pair.Quote]).Where(static asset => !asset.Code.StartsWith("USD", StringComparison.Ordinal)).Select(static asset => asset.Code + "USDT"))
        .Distinct(StringComparer.Ordinal);

    /// <summary>The markets that have to move: its own, or the one that the broker takes its prices from.</summary>
    public static IReadOnlyList<string> MovingFor(string venue) => [IsMarket(venue) ? venue : VenueAliases.Known[0]];
}
