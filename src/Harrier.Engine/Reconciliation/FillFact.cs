using Harrier.Domain;

namespace Harrier.Engine.Reconciliation;

/// <summary>One execution on an account, as a venue tells it or as it was concluded. Exact decimals; times are the venue's.</summary>
public sealed record FillFact
{
    /// <summary>The venue's symbol.</summary>
    public required string Symbol { get; init; }

    /// <summary>The venue's id of the execution, unique within its symbol; a derived one when no venue told it.</summary>
    public required VenueTradeId TradeId { get; init; }

    /// <summary>The venue's id of the order.</summary>
    public required VenueOrderId OrderId { get; init; }

    /// <summary>Our id of the order; empty for an order that is not ours or not known yet.</summary>
    public string ClientId { get; init; } = "";

    /// <summary>Side of the order.</summary>
    public required OrderSide Side { get; init; }

    /// <summary>Which position of a hedge-mode account.</summary>
    public PositionSide PositionSide { get; init; }

    /// <summary>Size in base currency, above 0.</summary>
    public required decimal Quantity { get; init; }

    /// <summary>Price in quote currency.</summary>
    public required decimal Price { get; init; }

    /// <summary>Value in quote currency as the venue settled it, rounded as it rounds.</summary>
    public required decimal Quote { get; init; }

    /// <summary>Fee in <see cref="FeeAsset"/>; below 0 for a rebate.</summary>
    public decimal Fee { get; init; }

    /// <summary>What the fee was paid in; the default when there was none.</summary>
    public Asset FeeAsset { get; init; }

    /// <summary>True when the order rested.</summary>
    public bool IsMaker { get; init; }

    /// <summary>What the symbol trades.</summary>
    public required SymbolTerms Terms { get; init; }

    /// <summary>When it happened at the venue.</summary>
    public required Timestamp Time { get; init; }

    /// <summary>Size with its sign: above 0 bought, below 0 sold.</summary>
    public decimal Signed => Side == OrderSide.Buy ? Quantity : -Quantity;

    /// <summary>True when it was concluded from an order's cumulative numbers and no venue told it.</summary>
    public bool IsInferred => TradeId.IsDerived;

    /// <summary>True when two tellings of the same id tell the same execution; fee and maker flag come later on some ways and do not count.</summary>
    public bool Agrees(FillFact other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Side == other.Side && Quantity == other.Quantity && Price == other.Price && OrderId == other.OrderId;
    }
}
