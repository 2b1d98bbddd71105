using Harrier.Testnet.Core;

namespace Harrier.Testnet.Bybit.Trading;

/// <summary>The venue's words for what an order is and became.</summary>
internal static class BybitWords
{
    /// <summary>Buy or Sell.</summary>
    public static string Side(bool isSell) => isSell ? "Sell" : "Buy";

    /// <summary>Whether the order waits, or waited, for a price.</summary>
    public static bool IsStop(ExchangeOrder order) => order.HasStopPrice || order.Parent is not null;

    /// <summary>Where an order stands.</summary>
    public static string Status(ExchangeOrder order)
    {
        bool isWaiting = order.IsConditional || (order.HasStopPrice && !order.IsWorking);
        return order.Status switch
        {
            ExchangeOrderStatus.New when isWaiting => "Untriggered",
            ExchangeOrderStatus.New => "New",
            ExchangeOrderStatus.PartiallyFilled => "PartiallyFilled",
            ExchangeOrderStatus.Filled => "Filled",
            ExchangeOrderStatus.Untriggered => "Untriggered",
            ExchangeOrderStatus.Triggered => "Triggered",
            ExchangeOrderStatus.Rejected => "Rejected",
            _ when isWaiting => "Deactivated",
            _ when order.Executed > 0 && order.Instrument.Kind == MarketKind.Spot => "PartiallyFilledCanceled",
            _ => "Cancelled",
        };
    }

    /// <summary>Who ended an order; empty while it lives and after its last fill.</summary>
    public static string CancelType(ExchangeOrder order) => order.Status switch
    {
        ExchangeOrderStatus.Canceled => "CancelByUser",
        ExchangeOrderStatus.ExpiredInMatch => "CancelBySmp",
        ExchangeOrderStatus.Expired => order.EndReason switch
        {
            ExpiryReasons.NothingToReduce => "CancelByReduceOnly",
            ExpiryReasons.Exchange => "CancelByAdmin",
            _ => "UNKNOWN",
        },
        _ => "UNKNOWN",
    };

    /// <summary>Why an order ended without being filled.</summary>
    public static string RejectReason(ExchangeOrder order) => order.Status switch
    {
        ExchangeOrderStatus.Canceled => "EC_PerCancelRequest",
        ExchangeOrderStatus.Rejected => "EC_" + (order.EndReason ?? "Others"),
        ExchangeOrderStatus.Expired or ExchangeOrderStatus.ExpiredInMatch => order.EndReason switch
        {
            ExpiryReasons.WouldTake => "EC_PostOnlyWillTakeLiquidity",
            ExpiryReasons.AllOrNothing => "EC_NoEnoughQtyToFill",
            ExpiryReasons.ImmediateRest or ExpiryReasons.NoLiquidity => "EC_NoImmediateQtyToFill",
            ExpiryReasons.NothingToReduce => "EC_CancelByReduceOnly",
            ExpiryReasons.SelfTrade => "EC_CancelBySmp",
            _ => "EC_CancelByAdmin",
        },
        _ => "EC_NoError",
    };

    /// <summary>How long it works.</summary>
    public static string TimeInForce(ExchangeOrder order) => order.Terms.TimeInForce switch
    {
        _ when order.Terms.Type == ExchangeOrderType.LimitMaker => "PostOnly",
        _ when !order.HasLimitPrice => "IOC",
        ExchangeTimeInForce.PostOnly => "PostOnly",
        ExchangeTimeInForce.IOC => "IOC",
        ExchangeTimeInForce.FOK => "FOK",
        _ => "GTC",
    };

    /// <summary>What happens against own orders.</summary>
    public static string SelfTrade(SelfTradePrevention prevention) => prevention switch
    {
        SelfTradePrevention.ExpireMaker => "CancelMaker",
        SelfTradePrevention.ExpireTaker => "CancelTaker",
        SelfTradePrevention.ExpireBoth => "CancelBoth",
        _ => "None",
    };
}
