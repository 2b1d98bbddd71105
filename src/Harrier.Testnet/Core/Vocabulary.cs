namespace Harrier.Testnet.Core;

/// <summary>What an exchange core trades.</summary>
public enum MarketKind : byte
{
    /// <summary>Assets against assets, paid in full.</summary>
    Spot,

    /// <summary>Perpetual contracts margined and settled in the quote asset.</summary>
    Linear,
}

/// <summary>What may be done with an instrument.</summary>
public enum ListingStatus : byte
{
    /// <summary>Everything.</summary>
    Trading,

    /// <summary>New orders are refused, open ones stay and can be canceled; nothing matches.</summary>
    Halted,

    /// <summary>New orders and amendments are refused; cancels are taken.</summary>
    CancelOnly,

    /// <summary>Gone: its orders were expired and its positions settled at the mark price.</summary>
    Delisted,
}

/// <summary>Kinds of orders. What has a stop price waits until the market reaches it.</summary>
public enum ExchangeOrderType : byte
{
    /// <summary>Quantity and price.</summary>
    Limit,

    /// <summary>Quantity or quote amount at what the book offers.</summary>
    Market,

    /// <summary>A limit order that is refused when it would take.</summary>
    LimitMaker,

    /// <summary>A market order once the price moved against the holder.</summary>
    StopLoss,

    /// <summary>A limit order once the price moved against the holder.</summary>
    StopLossLimit,

    /// <summary>A market order once the price moved in favor of the holder.</summary>
    TakeProfit,

    /// <summary>A limit order once the price moved in favor of the holder.</summary>
    TakeProfitLimit,

    /// <summary>A market order once the price turned by the trailing delta; the stop price, if any, starts the trailing.</summary>
    TrailingStop,
}

/// <summary>How long an order works.</summary>
public enum ExchangeTimeInForce : byte
{
    /// <summary>Until it is filled or canceled.</summary>
    GTC,

    /// <summary>What can be had at once; the rest expires.</summary>
    IOC,

    /// <summary>All at once or nothing.</summary>
    FOK,

    /// <summary>Refused when it would take.</summary>
    PostOnly,

    /// <summary>Until <see cref="NewOrder.GoodTill"/>.</summary>
    GTD,
}

/// <summary>Where an order stands.</summary>
public enum ExchangeOrderStatus : byte
{
    /// <summary>Accepted, nothing filled. A spot order waiting for its stop price is New too, with <see cref="ExchangeOrder.IsWorking"/> false.</summary>
    New,

    /// <summary>Some of it filled, the rest works.</summary>
    PartiallyFilled,

    /// <summary>All of it filled.</summary>
    Filled,

    /// <summary>Ended by its owner, perhaps after fills.</summary>
    Canceled,

    /// <summary>Not taken.</summary>
    Rejected,

    /// <summary>Ended by the exchange, perhaps after fills.</summary>
    Expired,

    /// <summary>Ended by self-trade prevention, perhaps after fills.</summary>
    ExpiredInMatch,

    /// <summary>A conditional order of a linear market waiting for its trigger.</summary>
    Untriggered,

    /// <summary>A conditional order whose child order was made.</summary>
    Triggered,
}

/// <summary>What happens when two orders of one account would trade with each other.</summary>
public enum SelfTradePrevention : byte
{
    /// <summary>They trade.</summary>
    None,

    /// <summary>The rest of the arriving order expires.</summary>
    ExpireTaker,

    /// <summary>The resting order expires.</summary>
    ExpireMaker,

    /// <summary>Both expire.</summary>
    ExpireBoth,

    /// <summary>Both lose the smaller size; what reaches zero expires.</summary>
    Decrement,
}

/// <summary>Why something was not done.</summary>
public enum RefusalReason : byte
{
    /// <summary>No such symbol.</summary>
    UnknownSymbol,

    /// <summary>Halted, cancel-only or delisted.</summary>
    MarketClosed,

    /// <summary>Outside the smallest and largest price.</summary>
    BadPrice,

    /// <summary>Off the price grid.</summary>
    PriceTick,

    /// <summary>Too far from the average price.</summary>
    PriceBand,

    /// <summary>Below the smallest quantity.</summary>
    QuantityTooSmall,

    /// <summary>Above the largest quantity.</summary>
    QuantityTooLarge,

    /// <summary>Off the quantity grid.</summary>
    QuantityStep,

    /// <summary>Worth too little.</summary>
    MinNotional,

    /// <summary>As many open orders as the account may have.</summary>
    TooManyOrders,

    /// <summary>As many waiting orders as the account may have.</summary>
    TooManyConditional,

    /// <summary>Not enough free balance.</summary>
    InsufficientBalance,

    /// <summary>Not enough free margin.</summary>
    InsufficientMargin,

    /// <summary>Post-only, and would take.</summary>
    WouldTake,

    /// <summary>The stop price is already reached.</summary>
    WouldTrigger,

    /// <summary>An open order of the account has this client id.</summary>
    DuplicateClientId,

    /// <summary>No such order, or not open.</summary>
    UnknownOrder,

    /// <summary>Reduce-only, and would not reduce.</summary>
    ReduceOnly,

    /// <summary>More than the leverage allows, or a setting that open positions and orders forbid.</summary>
    PositionLimit,

    /// <summary>All or nothing, and not all of it is offered (linear markets; on spot the order is taken and expires).</summary>
    NoLiquidity,

    /// <summary>The amendment says what the order already says.</summary>
    NothingChanged,

    /// <summary>This order cannot be changed so.</summary>
    NotAmendable,

    /// <summary>The account may not trade.</summary>
    AccountSuspended,
}

/// <summary>What happened to an order.</summary>
public enum OrderEventKind : byte
{
    /// <summary>Accepted.</summary>
    New,

    /// <summary>Canceled by its owner.</summary>
    Canceled,

    /// <summary>Amended or shrunk.</summary>
    Replaced,

    /// <summary>Not taken.</summary>
    Rejected,

    /// <summary>A fill.</summary>
    Trade,

    /// <summary>Ended by the exchange.</summary>
    Expired,

    /// <summary>Size taken away by self-trade prevention.</summary>
    TradePrevention,

    /// <summary>A conditional order was accepted.</summary>
    ConditionalNew,

    /// <summary>A conditional order's trigger was reached and its child order made.</summary>
    ConditionalTriggered,

    /// <summary>The child of a conditional order ended.</summary>
    ConditionalFinished,

    /// <summary>A conditional order was canceled before its trigger.</summary>
    ConditionalCanceled,

    /// <summary>The child of a conditional order was refused at the trigger.</summary>
    ConditionalRejected,

    /// <summary>An order the exchange made to close a position that lacks margin; its trades follow.</summary>
    Liquidation,
}
