namespace Harrier.Domain;

/// <summary>One execution of one of our orders, as booked.</summary>
public readonly struct Fill
{
    /// <summary>The order.</summary>
    public required ClientOrderId Order { get; init; }

    /// <summary>The venue's id of the execution; the same one is never booked twice.</summary>
    public required VenueTradeId TradeId { get; init; }

    /// <summary>Whose sub-ledger.</summary>
    public required BotId Bot { get; init; }

    /// <summary>Which instrument.</summary>
    public required InstrumentId Instrument { get; init; }

    /// <summary>Buy or sell.</summary>
    public required OrderSide Side { get; init; }

    /// <summary>Why the order was placed.</summary>
    public OrderPurpose Purpose { get; init; }

    /// <summary>True when our order rested and the other side took it.</summary>
    public bool IsMaker { get; init; }

    /// <summary>Price in ticks.</summary>
    public required PriceTicks Price { get; init; }

    /// <summary>Size in lots, above 0.</summary>
    public required SizeLots Size { get; init; }

    /// <summary>Fee in <see cref="FeeAsset"/>; negative for a rebate.</summary>
    public required decimal Fee { get; init; }

    /// <summary>What the fee was paid in.</summary>
    public required Asset FeeAsset { get; init; }

    /// <summary>When it happened at the venue.</summary>
    public required Timestamp Time { get; init; }
}
