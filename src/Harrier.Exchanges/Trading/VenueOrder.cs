using Harrier.Domain;

namespace Harrier.Exchanges.Trading;

/// <summary>Where an order stands at a venue.</summary>
public enum VenueOrderStatus : byte
{
    /// <summary>A word that the adapter does not know: nothing may be concluded from it.</summary>
    Unknown = 0,

    /// <summary>Waits for its trigger or for another order.</summary>
    Waiting = 1,

    /// <summary>In the book.</summary>
    Open = 2,

    /// <summary>In the book, some of it traded.</summary>
    PartiallyFilled = 3,

    /// <summary>A conditional order whose trigger was reached; the order it made has its own life.</summary>
    Triggered = 4,

    /// <summary>All of it traded. Final.</summary>
    Filled = 5,

    /// <summary>Canceled; what traded before stays. Final.</summary>
    Canceled = 6,

    /// <summary>Ended by its time in force, a lack of liquidity or self-trade prevention; what traded before stays. Final.</summary>
    Expired = 7,

    /// <summary>Refused. Final.</summary>
    Rejected = 8,
}

/// <summary>What a venue says about one order. Unknown is null, never 0.</summary>
public sealed record VenueOrder
{
    /// <summary>The venue's symbol.</summary>
    public required string Symbol { get; init; }

    /// <summary>The id its sender gave it.</summary>
    public required string ClientId { get; init; }

    /// <summary>The venue's id.</summary>
    public required VenueOrderId VenueId { get; init; }

    /// <summary>Where it stands.</summary>
    public required VenueOrderStatus Status { get; init; }

    /// <summary>The venue's own word for the status.</summary>
    public string RawStatus { get; init; } = "";

    /// <summary>Buy or sell; null when the answer does not say.</summary>
    public OrderSide? Side { get; init; }

    /// <summary>How it finds its price; null for types that the platform does not have.</summary>
    public OrderType? Type { get; init; }

    /// <summary>The venue's own word for the type.</summary>
    public string RawType { get; init; } = "";

    /// <summary>How long it lives; null for words that the platform does not have.</summary>
    public TimeInForce? TimeInForce { get; init; }

    /// <summary>True when it must rest; null when the answer does not say.</summary>
    public bool? PostOnly { get; init; }

    /// <summary>True when it may only reduce; null where there is no such thing.</summary>
    public bool? ReduceOnly { get; init; }

    /// <summary>Size in base currency; 0 for an order by quote amount.</summary>
    public decimal Quantity { get; init; }

    /// <summary>What has traded.</summary>
    public decimal Executed { get; init; }

    /// <summary>What has traded in quote currency.</summary>
    public decimal? ExecutedQuote { get; init; }

    /// <summary>Limit price.</summary>
    public decimal? Price { get; init; }

    /// <summary>Average price of what has traded.</summary>
    public decimal? AveragePrice { get; init; }

    /// <summary>Price that wakes it.</summary>
    public decimal? Trigger { get; init; }

    /// <summary>When it was made.</summary>
    public Timestamp? Created { get; init; }

    /// <summary>When it last changed.</summary>
    public Timestamp? Updated { get; init; }

    /// <summary>True for an order that waits at a place of its own and makes another one.</summary>
    public bool IsConditional { get; init; }

    /// <summary>The order that a conditional order made.</summary>
    public VenueOrderId? ChildId { get; init; }

    /// <summary>Executions told with the answer; fewer than all when the venue does not tell them.</summary>
    public IReadOnlyList<OwnTrade> Fills { get; init; } = [];

    /// <summary>What is left to trade.</summary>
    public decimal Remaining => Math.Max(0, Quantity - Executed);

    /// <summary>True when nothing can change any more.</summary>
    public bool IsFinal => Status >= VenueOrderStatus.Filled;
}

/// <summary>One execution of an order of ours.</summary>
public sealed record OwnTrade
{
    /// <summary>The venue's symbol.</summary>
    public required string Symbol { get; init; }

    /// <summary>The venue's id of the execution.</summary>
    public required VenueTradeId TradeId { get; init; }

    /// <summary>The venue's id of the order.</summary>
    public required VenueOrderId OrderId { get; init; }

    /// <summary>The id that the order's sender gave it; empty where the venue does not repeat it here.</summary>
    public string ClientId { get; init; } = "";

    /// <summary>Our side.</summary>
    public required OrderSide Side { get; init; }

    /// <summary>Price in quote currency.</summary>
    public required decimal Price { get; init; }

    /// <summary>Size in base currency.</summary>
    public required decimal Quantity { get; init; }

    /// <summary>Value in quote currency.</summary>
    public required decimal Quote { get; init; }

    /// <summary>Fee; below 0 for a rebate; null when it is not known yet.</summary>
    public decimal? Fee { get; init; }

    /// <summary>What the fee was paid in; null when there is none.</summary>
    public Asset? FeeAsset { get; init; }

    /// <summary>True when our order rested.</summary>
    public bool IsMaker { get; init; }

    /// <summary>When it happened; null when the message does not say.</summary>
    public Timestamp? Time { get; init; }

    /// <summary>Profit that it realized; contracts only.</summary>
    public decimal? RealizedPnl { get; init; }
}
