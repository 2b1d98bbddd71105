using Harrier.Testnet.Core;

namespace Harrier.Testnet.Binance.Spot;

/// <summary>The venue's words for the exchange's.</summary>
internal static class SpotWords
{
    /// <summary>Self-trade prevention of orders that ask for none.</summary>
    public const string DefaultSelfTrade = "EXPIRE_MAKER";

    /// <summary>Side.</summary>
    public static string Side(bool isSell) => isSell ? "SELL" : "BUY";

    /// <summary>Type of an order.</summary>
    public static string Type(in NewOrder terms) => terms.Type switch
    {
        ExchangeOrderType.Limit => terms.TimeInForce == ExchangeTimeInForce.PostOnly ? "LIMIT_MAKER" : "LIMIT",
        ExchangeOrderType.Market => "MARKET",
        ExchangeOrderType.LimitMaker => "LIMIT_MAKER",
        ExchangeOrderType.StopLoss or ExchangeOrderType.TrailingStop => "STOP_LOSS",
        ExchangeOrderType.StopLossLimit => "STOP_LOSS_LIMIT",
        ExchangeOrderType.TakeProfit => "TAKE_PROFIT",
        _ => "TAKE_PROFIT_LIMIT",
    };

    /// <summary>The type of a word; null when there is none.</summary>
    public static ExchangeOrderType? TypeOf(string word) => word switch
    {
        "LIMIT" => ExchangeOrderType.Limit,
        "MARKET" => ExchangeOrderType.Market,
        "LIMIT_MAKER" => ExchangeOrderType.LimitMaker,
        "STOP_LOSS" => ExchangeOrderType.StopLoss,
        "STOP_LOSS_LIMIT" => ExchangeOrderType.StopLossLimit,
        "TAKE_PROFIT" => ExchangeOrderType.TakeProfit,
        "TAKE_PROFIT_LIMIT" => ExchangeOrderType.TakeProfitLimit,
        _ => null,
    };

    /// <summary>Time in force; what has none reads as GTC.</summary>
    public static string TimeInForce(in NewOrder terms) => terms.TimeInForce switch
    {
        ExchangeTimeInForce.IOC => "IOC",
        ExchangeTimeInForce.FOK => "FOK",
        _ => "GTC",
    };

    /// <summary>The time in force of a word; null when there is none.</summary>
    public static ExchangeTimeInForce? TimeInForceOf(string word) => word switch
    {
        "GTC" => ExchangeTimeInForce.GTC,
        "IOC" => ExchangeTimeInForce.IOC,
        "FOK" => ExchangeTimeInForce.FOK,
        _ => null,
    };

    /// <summary>Status of an order.</summary>
    public static string Status(ExchangeOrderStatus status) => status switch
    {
        ExchangeOrderStatus.New or ExchangeOrderStatus.Untriggered => "NEW",
        ExchangeOrderStatus.PartiallyFilled => "PARTIALLY_FILLED",
        ExchangeOrderStatus.Filled => "FILLED",
        ExchangeOrderStatus.Canceled => "CANCELED",
        ExchangeOrderStatus.Rejected => "REJECTED",
        ExchangeOrderStatus.ExpiredInMatch => "EXPIRED_IN_MATCH",
        _ => "EXPIRED",
    };

    /// <summary>Self-trade prevention.</summary>
    public static string SelfTrade(SelfTradePrevention prevention) => prevention switch
    {
        SelfTradePrevention.ExpireTaker => "EXPIRE_TAKER",
        SelfTradePrevention.ExpireMaker => "EXPIRE_MAKER",
        SelfTradePrevention.ExpireBoth => "EXPIRE_BOTH",
        SelfTradePrevention.Decrement => "DECREMENT",
        _ => "NONE",
    };

    /// <summary>The self-trade prevention of a word; null when there is none.</summary>
    public static SelfTradePrevention? SelfTradeOf(string word) => word switch
    {
        "NONE" => SelfTradePrevention.None,
        "EXPIRE_TAKER" => SelfTradePrevention.ExpireTaker,
        "EXPIRE_MAKER" => SelfTradePrevention.ExpireMaker,
        "EXPIRE_BOTH" => SelfTradePrevention.ExpireBoth,
        "DECREMENT" => SelfTradePrevention.Decrement,
        _ => null,
    };

    /// <summary>Status of an instrument.</summary>
    public static string Listing(ListingStatus status) => status switch
    {
        ListingStatus.Trading => "TRADING",
        ListingStatus.Halted => "HALT",
        ListingStatus.CancelOnly => "CANCEL_ONLY",
        _ => "BREAK",
    };

    /// <summary>What an execution report says happened.</summary>
    public static string Execution(OrderEventKind kind) => kind switch
    {
        OrderEventKind.New => "NEW",
        OrderEventKind.Canceled => "CANCELED",
        OrderEventKind.Replaced => "REPLACED",
        OrderEventKind.Rejected => "REJECTED",
        OrderEventKind.Trade => "TRADE",
        OrderEventKind.TradePrevention => "TRADE_PREVENTION",
        _ => "EXPIRED",
    };
}
