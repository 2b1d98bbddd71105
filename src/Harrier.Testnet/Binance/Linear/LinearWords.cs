using Harrier.Testnet.Core;

namespace Harrier.Testnet.Binance.Linear;

/// <summary>The wire's words for the core's.</summary>
internal static class LinearWords
{
    /// <summary>Which side an order is on.</summary>
    public static string Side(bool isSell) => isSell ? "SELL" : "BUY";

    /// <summary>Where a plain order stands.</summary>
    public static string Status(ExchangeOrder order) => order.Status switch
    {
        ExchangeOrderStatus.New => "NEW",
        ExchangeOrderStatus.PartiallyFilled => "PARTIALLY_FILLED",
        ExchangeOrderStatus.Filled => "FILLED",
        ExchangeOrderStatus.Canceled => "CANCELED",
        ExchangeOrderStatus.Rejected => "REJECTED",
        ExchangeOrderStatus.ExpiredInMatch => "EXPIRED_IN_MATCH",
        _ => "EXPIRED",
    };

    /// <summary>Where a conditional order stands.</summary>
    public static string AlgoStatus(ExchangeOrder order) => order.Status switch
    {
        ExchangeOrderStatus.Untriggered or ExchangeOrderStatus.New => "NEW",
        ExchangeOrderStatus.Triggered => "TRIGGERED",
        ExchangeOrderStatus.Filled => "FINISHED",
        ExchangeOrderStatus.Canceled => "CANCELED",
        ExchangeOrderStatus.Rejected => "REJECTED",
        _ => "EXPIRED",
    };

    /// <summary>Kind of a plain order, or of the order that a conditional one makes.</summary>
    public static string PlainType(ExchangeOrder order) => order.Terms.Type
        is ExchangeOrderType.Limit or ExchangeOrderType.LimitMaker or ExchangeOrderType.StopLossLimit or ExchangeOrderType.TakeProfitLimit
        ? "LIMIT"
        : "MARKET";

    /// <summary>Kind of a conditional order.</summary>
    public static string AlgoType(ExchangeOrderType type) => type switch
    {
        ExchangeOrderType.StopLoss => "STOP_MARKET",
        ExchangeOrderType.StopLossLimit => "STOP",
        ExchangeOrderType.TakeProfit => "TAKE_PROFIT_MARKET",
        ExchangeOrderType.TakeProfitLimit => "TAKE_PROFIT",
        _ => "TRAILING_STOP_MARKET",
    };

    /// <summary>Kind of a conditional order by its word; null for any other.</summary>
    public static ExchangeOrderType? AlgoTypeOf(string word) => word switch
    {
        "STOP_MARKET" => ExchangeOrderType.StopLoss,
        "STOP" => ExchangeOrderType.StopLossLimit,
        "TAKE_PROFIT_MARKET" => ExchangeOrderType.TakeProfit,
        "TAKE_PROFIT" => ExchangeOrderType.TakeProfitLimit,
        "TRAILING_STOP_MARKET" => ExchangeOrderType.TrailingStop,
        _ => null,
    };

    /// <summary>How long an order works.</summary>
    public static string TimeInForce(in NewOrder terms) => terms.TimeInForce switch
    {
        ExchangeTimeInForce.IOC => "IOC",
        ExchangeTimeInForce.FOK => "FOK",
        ExchangeTimeInForce.PostOnly => "GTX",
        ExchangeTimeInForce.GTD => "GTD",
        _ => "GTC",
    };

    /// <summary>How long an order works by its word; null for any other.</summary>
    public static ExchangeTimeInForce? TimeInForceOf(string word) => word switch
    {
        "GTC" => ExchangeTimeInForce.GTC,
        "IOC" => ExchangeTimeInForce.IOC,
        "FOK" => ExchangeTimeInForce.FOK,
        "GTX" => ExchangeTimeInForce.PostOnly,
        "GTD" => ExchangeTimeInForce.GTD,
        _ => null,
    };

    /// <summary>What happens between orders of one account.</summary>
    public static string SelfTrade(SelfTradePrevention prevention) => prevention switch
    {
        SelfTradePrevention.ExpireTaker => "EXPIRE_TAKER",
        SelfTradePrevention.ExpireBoth => "EXPIRE_BOTH",
        SelfTradePrevention.ExpireMaker => "EXPIRE_MAKER",
        _ => "NONE",
    };

    /// <summary>The same by its word; null for any other.</summary>
    public static SelfTradePrevention? SelfTradeOf(string word) => word switch
    {
        "NONE" => SelfTradePrevention.None,
        "EXPIRE_TAKER" => SelfTradePrevention.ExpireTaker,
        "EXPIRE_MAKER" => SelfTradePrevention.ExpireMaker,
        "EXPIRE_BOTH" => SelfTradePrevention.ExpireBoth,
        _ => null,
    };

    /// <summary>What may be done with a contract.</summary>
    public static string Status(ListingStatus status) => status switch
    {
        ListingStatus.Trading => "TRADING",
        ListingStatus.Delisted => "CLOSE",
        ListingStatus.Halted => "PENDING_TRADING",
        _ => "SETTLING",
    };

    /// <summary>Whose margin a position uses, as settings say it.</summary>
    public static string MarginType(ExchangePosition position) => position.Isolated ? "ISOLATED" : "CROSSED";

    /// <summary>Which price a conditional order watches.</summary>
    public static string WorkingType(in NewOrder terms) => terms.TriggerByMark ? "MARK_PRICE" : "CONTRACT_PRICE";
}
