using Harrier.Testnet.Core;
using Harrier.Testnet.Hosting;

namespace Harrier.Testnet.Bybit;

/// <summary>One category of the venue and the exchange behind it.</summary>
/// <param name="category">As requests name it: <c>spot</c> or <c>linear</c>.</param>
/// <param name="facts">The exchange.</param>
/// <param name="seed">Seed of the ids.</param>
internal sealed class BybitMarket(string category, MarketFacts facts, long seed)
{
    /// <summary>Spot.</summary>
    public const string SpotCategory = "spot";

    /// <summary>Linear contracts.</summary>
    public const string LinearCategory = "linear";

    /// <summary>Number of a book's updates at the start; 1 is told after a restart alone.</summary>
    public const long FirstBookUpdate = 1_000_000;

    /// <summary>As requests name it.</summary>
    public string Category { get; } = category;

    /// <summary>Venue id without the prefix of simulated data.</summary>
    public string Venue { get; } = "bybit-" + category;

    /// <summary>What is derived from its trades.</summary>
    public MarketFacts Facts { get; } = facts;

    /// <summary>The exchange.</summary>
    public ExchangeCore Core => Facts.Core;

    /// <summary>Whether it is the spot market.</summary>
    public bool IsSpot => Core.Kind == MarketKind.Spot;

    /// <summary>Its ids on the wire.</summary>
    public BybitIds Ids { get; } = new(facts.Core.Kind == MarketKind.Spot, seed);

    /// <summary>Number of the last update of each instrument's deepest book on the streams.</summary>
    public long[] BookUpdates { get; } = [.. facts.Core.Listings.Select(_ => FirstBookUpdate)];

    /// <summary>When the venue restarted last: it forgets ended orders then.</summary>
    public Domain.Timestamp Restarted { get; set; }

    /// <summary>An instrument that is still listed.</summary>
    public ListedInstrument? Find(string symbol) => Core.Find(symbol) is { } instrument && instrument.Status != ListingStatus.Delisted ? instrument : null;
}
