using System.Collections.Frozen;
using Harrier.Domain;

namespace Harrier.Exchanges.Symbols;

/// <summary>What a venue says about a symbol. A rule that is 0, empty or null is not there.</summary>
public sealed record SymbolRules
{
    /// <summary>The part that the platform knows as an instrument.</summary>
    public required InstrumentDefinition Definition { get; init; }

    /// <summary>The venue's word for the state; words nobody knows are not tradable.</summary>
    public required string Status { get; init; }

    /// <summary>True when new orders are accepted.</summary>
    public required bool IsTrading { get; init; }

    /// <summary>Lowest price.</summary>
    public decimal MinPrice { get; init; }

    /// <summary>Highest price.</summary>
    public decimal MaxPrice { get; init; }

    /// <summary>Step of prices; 0: prices are free.</summary>
    public decimal TickSize { get; init; }

    /// <summary>Smallest size.</summary>
    public decimal MinQuantity { get; init; }

    /// <summary>Largest size.</summary>
    public decimal MaxQuantity { get; init; }

    /// <summary>Step of sizes; 0: sizes are free.</summary>
    public decimal StepSize { get; init; }

    /// <summary>Smallest size of an order that takes the market's price.</summary>
    public decimal MarketMinQuantity { get; init; }

    /// <summary>Largest size of an order that takes the market's price.</summary>
    public decimal MarketMaxQuantity { get; init; }

    /// <summary>Step of such sizes; 0, as often, means none besides <see cref="StepSize"/>.</summary>
    public decimal MarketStepSize { get; init; }

    /// <summary>Largest size of an order that must rest.</summary>
    public decimal PostOnlyMaxQuantity { get; init; }

    /// <summary>Step of amounts that are sized in quote currency.</summary>
    public decimal QuoteStep { get; init; }

    /// <summary>Smallest value in quote currency.</summary>
    public decimal MinNotional { get; init; }

    /// <summary>Largest value in quote currency.</summary>
    public decimal MaxNotional { get; init; }

    /// <summary>True when <see cref="MinNotional"/> binds market orders too, at an average price.</summary>
    public bool MinNotionalForMarket { get; init; }

    /// <summary>True when <see cref="MaxNotional"/> binds market orders too.</summary>
    public bool MaxNotionalForMarket { get; init; }

    /// <summary>The filter that the smallest value comes from, for messages.</summary>
    public string NotionalFilter { get; init; } = "NOTIONAL";

    /// <summary>Factors of an average price between which a purchase's price must lie.</summary>
    public (decimal Down, decimal Up) BuyBand { get; init; }

    /// <summary>The same for sales.</summary>
    public (decimal Down, decimal Up) SellBand { get; init; }

    /// <summary>Distance of a trailing stop in basis points: the least and the most that any direction allows.</summary>
    public (int Least, int Most) TrailingDelta { get; init; }

    /// <summary>Most open orders of an account.</summary>
    public int MaxOrders { get; init; }

    /// <summary>Of these, most that wait for a trigger.</summary>
    public int MaxConditionalOrders { get; init; }

    /// <summary>Largest holding in base currency.</summary>
    public decimal MaxPosition { get; init; }

    /// <summary>The venue's words for the order types it takes; empty when it names none.</summary>
    public FrozenSet<string> OrderTypes { get; init; } = FrozenSet<string>.Empty;

    /// <summary>The venue's words for the times in force it takes; empty when it names none.</summary>
    public FrozenSet<string> TimesInForce { get; init; } = FrozenSet<string>.Empty;

    /// <summary>An order can be changed in place.</summary>
    public bool CanAmend { get; init; } = true;

    /// <summary>An order can be replaced in one call.</summary>
    public bool CanReplace { get; init; } = true;

    /// <summary>Stops can trail.</summary>
    public bool CanTrail { get; init; } = true;

    /// <summary>Market orders can be sized in quote currency.</summary>
    public bool CanSizeInQuote { get; init; } = true;
}
