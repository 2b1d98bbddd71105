using Harrier.Domain;

namespace Harrier.Exchanges.Trading;

/// <summary>An order as a venue's adapter sends it: symbols and decimals, prices and sizes already on the venue's grid.</summary>
public sealed record OrderRequest
{
    /// <summary>The venue's symbol.</summary>
    public required string Symbol { get; init; }

    /// <summary>Our id, which is also the key to find the order again when the answer is lost.</summary>
    public required string ClientId { get; init; }

    /// <summary>Buy or sell.</summary>
    public required OrderSide Side { get; init; }

    /// <summary>How the order finds its price. A take-profit with a <see cref="Price"/> rests at that price once triggered.</summary>
    public required OrderType Type { get; init; }

    /// <summary>Size in base currency; 0 only when <see cref="QuoteQuantity"/> says how much to spend.</summary>
    public decimal Quantity { get; init; }

    /// <summary>Amount of quote currency to spend or receive with a market order; 0 otherwise.</summary>
    public decimal QuoteQuantity { get; init; }

    /// <summary>Limit price; 0 for none.</summary>
    public decimal Price { get; init; }

    /// <summary>Price that wakes the order; 0 for none. For a trailing stop the price from which it follows, if any.</summary>
    public decimal Trigger { get; init; }

    /// <summary>Distance of a trailing stop as a fraction of the best price: 0.015 is 1.5 %.</summary>
    public decimal TrailingFraction { get; init; }

    /// <summary>How long the order lives.</summary>
    public TimeInForce TimeInForce { get; init; }

    /// <summary>True when the order must rest or be refused.</summary>
    public bool PostOnly { get; init; }

    /// <summary>True when the order may only make a position smaller.</summary>
    public bool ReduceOnly { get; init; }

    /// <summary>Which position of a hedge-mode account.</summary>
    public PositionSide PositionSide { get; init; }

    /// <summary>True when the trigger watches the mark price instead of the last trade; contracts only.</summary>
    public bool TriggerByMark { get; init; }
}

/// <summary>How to find an order at a venue.</summary>
/// <param name="Symbol">The venue's symbol.</param>
/// <param name="ClientId">Our id; empty when only the venue's is known.</param>
/// <param name="VenueId">The venue's id, preferred when it is known.</param>
/// <param name="IsConditional">True for an order that waits for a trigger at a venue that keeps those apart.</param>
public readonly record struct OrderKey(string Symbol, string ClientId, VenueOrderId? VenueId = null, bool IsConditional = false);

/// <summary>A change of a working order.</summary>
/// <param name="Key">Which order.</param>
/// <param name="Side">Its side, which some venues want repeated.</param>
/// <param name="NewQuantity">The new whole size in base currency, what has traded included.</param>
/// <param name="NewPrice">The new limit price.</param>
public sealed record OrderAmendment(OrderKey Key, OrderSide Side, decimal NewQuantity, decimal NewPrice)
{
    /// <summary>The limit price now; an amendment that leaves it alone may keep its place in the queue.</summary>
    public decimal CurrentPrice { get; init; }

    /// <summary>The size now.</summary>
    public decimal CurrentQuantity { get; init; }

    /// <summary>True when the changed order must rest or be refused.</summary>
    public bool PostOnly { get; init; }

    /// <summary>Id for the order that takes the old one's place where a venue cannot change in place.</summary>
    public string ReplacementClientId { get; init; } = "";
}

/// <summary>A piece of an account's history of one symbol.</summary>
/// <param name="Symbol">The venue's symbol.</param>
/// <param name="From">From this instant on; null for the newest.</param>
/// <param name="FromId">From this id of the venue on.</param>
/// <param name="OrderId">Executions of this order only.</param>
/// <param name="Limit">At most so many.</param>
public sealed record HistoryQuery(string Symbol, Timestamp? From = null, long? FromId = null, VenueOrderId? OrderId = null, int Limit = 500);
