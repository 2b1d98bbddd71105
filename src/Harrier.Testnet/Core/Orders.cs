using Harrier.Domain;

namespace Harrier.Testnet.Core;

/// <summary>Names an order by the exchange's id or by the client's; the exchange's wins when both are given.</summary>
/// <param name="Symbol">The instrument's symbol.</param>
/// <param name="OrderId">The exchange's id.</param>
/// <param name="ClientId">The client's id.</param>
public readonly record struct OrderKey(string Symbol, long? OrderId, string? ClientId);

/// <summary>What a client asks for. Zero and empty mean not given.</summary>
public readonly record struct NewOrder
{
    /// <summary>Starts with everything not given.</summary>
    public NewOrder()
    {
    }

    /// <summary>The instrument's symbol.</summary>
    public string Symbol { get; init; } = string.Empty;

    /// <summary>True to sell.</summary>
    public bool IsSell { get; init; }

    /// <summary>Kind of order.</summary>
    public ExchangeOrderType Type { get; init; }

    /// <summary>How long it works; market orders ignore it.</summary>
    public ExchangeTimeInForce TimeInForce { get; init; }

    /// <summary>Amount of the base asset.</summary>
    public decimal Quantity { get; init; }

    /// <summary>Amount of the quote asset a market order may spend or shall bring, in place of a quantity; spot only.</summary>
    public decimal QuoteQuantity { get; init; }

    /// <summary>Limit price.</summary>
    public decimal Price { get; init; }

    /// <summary>Trigger price, or where trailing starts.</summary>
    public decimal StopPrice { get; init; }

    /// <summary>Distance that trails the best price, in hundredths of a percent.</summary>
    public int TrailingDeltaBps { get; init; }

    /// <summary>The same in units of the price; only one of both is given.</summary>
    public decimal TrailingDistance { get; init; }

    /// <summary>Whether its trigger follows the best price.</summary>
    public bool Trails => TrailingDeltaBps > 0 || TrailingDistance > 0;

    /// <summary>The client's id; the core makes one when it is empty.</summary>
    public string ClientId { get; init; } = string.Empty;

    /// <summary>May only make a position smaller; linear only.</summary>
    public bool ReduceOnly { get; init; }

    /// <summary>A conditional order that closes whatever position there is at the trigger; linear only.</summary>
    public bool ClosePosition { get; init; }

    /// <summary>The trigger looks at the mark price in place of the last price; linear only.</summary>
    public bool TriggerByMark { get; init; }

    /// <summary>When a GTD order expires.</summary>
    public Timestamp GoodTill { get; init; }

    /// <summary>What happens against other orders of the account.</summary>
    public SelfTradePrevention Stp { get; init; }

    /// <summary>Size shown at a time; 0 shows all.</summary>
    public decimal IcebergQuantity { get; init; }

    /// <summary>Check only: nothing changes and the placement holds neither order nor refusal when all is well.</summary>
    public bool DryRun { get; init; }
}

/// <summary>What shall be different about an open order; null leaves a thing as it is.</summary>
public readonly record struct OrderChange
{
    /// <summary>New total quantity, filled part included.</summary>
    public decimal? Quantity { get; init; }

    /// <summary>New limit price.</summary>
    public decimal? Price { get; init; }

    /// <summary>New trigger price, while the order waits.</summary>
    public decimal? StopPrice { get; init; }
}

/// <summary>Why something was not done, for the front end to word.</summary>
/// <param name="Reason">The kind.</param>
/// <param name="Detail">What was wrong, for logs and tests; not the wire's text.</param>
public readonly record struct Refusal(RefusalReason Reason, string Detail);

/// <summary>The answer to a new order: one of both, or neither after a successful dry run.</summary>
/// <param name="Order">The order as it stands after matching.</param>
/// <param name="Refusal">Why it was not taken.</param>
public readonly record struct Placement(ExchangeOrder? Order, Refusal? Refusal);

/// <summary>The answer to a cancel.</summary>
/// <param name="Order">The canceled order.</param>
/// <param name="Refusal">Why not.</param>
public readonly record struct Cancellation(ExchangeOrder? Order, Refusal? Refusal);

/// <summary>The answer to an amendment.</summary>
/// <param name="Order">The order as it stands after the amendment.</param>
/// <param name="Refusal">Why not.</param>
public readonly record struct Amendment(ExchangeOrder? Order, Refusal? Refusal);

/// <summary>One fill of one order.</summary>
public sealed record ExchangeFill
{
    /// <summary>The public trade's id.</summary>
    public required long TradeId { get; init; }

    /// <summary>The order filled.</summary>
    public required ExchangeOrder Order { get; init; }

    /// <summary>Price.</summary>
    public required decimal Price { get; init; }

    /// <summary>Amount of the base asset.</summary>
    public required decimal Quantity { get; init; }

    /// <summary>Price times quantity.</summary>
    public required decimal QuoteQuantity { get; init; }

    /// <summary>What the venue took; negative for a rebate.</summary>
    public required decimal Fee { get; init; }

    /// <summary>The asset of <see cref="Fee"/>.</summary>
    public required string FeeAsset { get; init; }

    /// <summary>True when the order rested.</summary>
    public required bool IsMaker { get; init; }

    /// <summary>When, by the venue's clock.</summary>
    public required Timestamp Time { get; init; }

    /// <summary>How much of a position this fill closed; 0 on spot.</summary>
    public decimal ClosedQuantity { get; init; }

    /// <summary>Profit of the part of a position that this fill closed, before fees; 0 on spot.</summary>
    public decimal RealizedPnl { get; init; }
}

/// <summary>A public trade.</summary>
/// <param name="Id">Rises by one per trade of the instrument, from 1.</param>
/// <param name="Price">Price.</param>
/// <param name="Quantity">Amount of the base asset.</param>
/// <param name="IsSell">True when the taker sold.</param>
/// <param name="Time">When, by the venue's clock.</param>
/// <param name="FirstId">First trade of the same taker order at the same price.</param>
/// <param name="LastId">Last trade of the same taker order at the same price: a trade with this id completes the aggregate.</param>
public sealed record PublicTrade(long Id, decimal Price, decimal Quantity, bool IsSell, Timestamp Time, long FirstId, long LastId)
{
    /// <summary>Number of the aggregate it belongs to; rises by one per aggregate of the instrument, from 1.</summary>
    public long AggregateId { get; init; }
}

/// <summary>One price of a book.</summary>
/// <param name="Price">Price.</param>
/// <param name="Quantity">Visible size; 0 in a change means the level is gone.</param>
public readonly record struct DepthLevel(decimal Price, decimal Quantity);

/// <summary>A snapshot of a book.</summary>
/// <param name="LastUpdateId">The level change it includes last.</param>
/// <param name="Bids">Best first.</param>
/// <param name="Asks">Best first.</param>
public sealed record DepthView(long LastUpdateId, IReadOnlyList<DepthLevel> Bids, IReadOnlyList<DepthLevel> Asks);

/// <summary>What changed in a book since the last cut; quantities are absolute. The lists are valid during the call only.</summary>
/// <param name="FirstId">First level change inside.</param>
/// <param name="FinalId">Last level change inside.</param>
/// <param name="PreviousFinalId">Last level change of the cut before.</param>
/// <param name="Bids">Changed bids, in no order.</param>
/// <param name="Asks">Changed asks, in no order.</param>
public readonly record struct DepthChange(
    long FirstId,
    long FinalId,
    long PreviousFinalId,
    IReadOnlyList<DepthLevel> Bids,
    IReadOnlyList<DepthLevel> Asks)
{
    /// <summary>When it was cut, by the venue's clock.</summary>
    public Timestamp Time { get; init; }
}

/// <summary>Best prices; zeros where a side is empty.</summary>
/// <param name="Bid">Best bid.</param>
/// <param name="BidQuantity">Its visible size.</param>
/// <param name="Ask">Best ask.</param>
/// <param name="AskQuantity">Its visible size.</param>
public readonly record struct TopOfBook(decimal Bid, decimal BidQuantity, decimal Ask, decimal AskQuantity);
