using System.Collections.Frozen;
using Harrier.Domain;

namespace Harrier.Exchanges.Binance;

/// <summary>What exchangeInfo says about a symbol. A rule that is 0 or null is not there.</summary>
public sealed record SymbolRules
{
    /// <summary>The part that the platform knows as an instrument.</summary>
    public required InstrumentDefinition Definition { get; init; }

    /// <summary>The venue's word for the state: TRADING, BREAK, CANCEL_ONLY. Unknown words are not tradable.</summary>
    public required string Status { get; init; }

    /// <summary>True when new orders are accepted.</summary>
    public bool IsTrading => Status == "TRADING";

    /// <summary>PRICE_FILTER.</summary>
    public decimal MinPrice { get; init; }

    /// <summary>PRICE_FILTER.</summary>
    public decimal MaxPrice { get; init; }

    /// <summary>PRICE_FILTER; 0: prices are free.</summary>
    public decimal TickSize { get; init; }

    /// <summary>LOT_SIZE.</summary>
    public decimal MinQuantity { get; init; }

    /// <summary>LOT_SIZE.</summary>
    public decimal MaxQuantity { get; init; }

    /// <summary>LOT_SIZE; 0: sizes are free.</summary>
    public decimal StepSize { get; init; }

    /// <summary>MARKET_LOT_SIZE.</summary>
    public decimal MarketMinQuantity { get; init; }

    /// <summary>MARKET_LOT_SIZE.</summary>
    public decimal MarketMaxQuantity { get; init; }

    /// <summary>MARKET_LOT_SIZE; 0, as often, means no step besides <see cref="StepSize"/>.</summary>
    public decimal MarketStepSize { get; init; }

    /// <summary>MIN_NOTIONAL or NOTIONAL.</summary>
    public decimal MinNotional { get; init; }

    /// <summary>NOTIONAL.</summary>
    public decimal MaxNotional { get; init; }

    /// <summary>True when <see cref="MinNotional"/> binds market orders too, at an average price.</summary>
    public bool MinNotionalForMarket { get; init; }

    /// <summary>True when <see cref="MaxNotional"/> binds market orders too.</summary>
    public bool MaxNotionalForMarket { get; init; }

    /// <summary>The filter that the smallest value comes from, for messages.</summary>
    public string NotionalFilter { get; init; } = "NOTIONAL";

    /// <summary>PERCENT_PRICE: factors of an average price between which a purchase's price must lie.</summary>
    public (decimal Down, decimal Up) BuyBand { get; init; }

    /// <summary>The same for sales.</summary>
    public (decimal Down, decimal Up) SellBand { get; init; }

    /// <summary>TRAILING_DELTA in basis points: the least and the most that any direction allows.</summary>
    public (int Least, int Most) TrailingDelta { get; init; }

    /// <summary>MAX_NUM_ORDERS.</summary>
    public int MaxOrders { get; init; }

    /// <summary>MAX_NUM_ALGO_ORDERS: orders that wait for a trigger.</summary>
    public int MaxConditionalOrders { get; init; }

    /// <summary>MAX_POSITION in base currency.</summary>
    public decimal MaxPosition { get; init; }

    /// <summary>The venue's words for the order types it takes; empty when it names none.</summary>
    public FrozenSet<string> OrderTypes { get; init; } = FrozenSet<string>.Empty;

    /// <summary>The venue's words for the times in force it takes; empty when it names none.</summary>
    public FrozenSet<string> TimesInForce { get; init; } = FrozenSet<string>.Empty;

    /// <summary>Spot: an order can be made smaller in place.</summary>
    public bool CanAmend { get; init; } = true;

    /// <summary>Spot: an order can be replaced in one call.</summary>
    public bool CanReplace { get; init; } = true;

    /// <summary>Spot: stops can trail.</summary>
    public bool CanTrail { get; init; } = true;

    /// <summary>Spot: market orders can be sized in quote currency.</summary>
    public bool CanSizeInQuote { get; init; } = true;
}
