using Harrier.Exchanges.Wire;

namespace Harrier.Exchanges.Binance.Wire;

/// <summary>A plain USD-M order; inside a batch answer it may be an error instead.</summary>
[Ignores("cumBase", "pair", "priceRate", "activatePrice", "priceProtect", "priceMatch", "closePosition", "workingType", "isolatedWallet", "cumQty")]
internal sealed record LinearOrderMessage : WireMessage
{
    public int? Code { get; set; }

    public string? Msg { get; set; }

    public string Symbol { get; set; } = "";

    public long OrderId { get; set; }

    public string? ClientOrderId { get; set; }

    public decimal? Price { get; set; }

    public decimal? OrigQty { get; set; }

    public decimal? ExecutedQty { get; set; }

    /// <summary>No longer promised in answers to place and cancel.</summary>
    public decimal? AvgPrice { get; set; }

    /// <summary>No longer promised in answers to place and cancel.</summary>
    public decimal? CumQuote { get; set; }

    public string? Status { get; set; }

    public string? TimeInForce { get; set; }

    public string? Type { get; set; }

    public string? OrigType { get; set; }

    public string? Side { get; set; }

    public string? PositionSide { get; set; }

    public bool? ReduceOnly { get; set; }

    public decimal? StopPrice { get; set; }

    public long? Time { get; set; }

    public long? UpdateTime { get; set; }

    public long? GoodTillDate { get; set; }

    public string? SelfTradePreventionMode { get; set; }
}

/// <summary>A conditional order, which waits for its trigger and then makes a plain one.</summary>
[Ignores("algoType", "icebergQuantity", "selfTradePreventionMode", "priceMatch", "closePosition", "priceProtect", "tpTriggerPrice", "tpPrice", "slTriggerPrice", "slPrice", "tpOrderType",
    "workingType", "goodTillDate", "actualType", "twapOrderType")]
internal sealed record AlgoOrderMessage : WireMessage
{
    public long AlgoId { get; set; }

    public string? ClientAlgoId { get; set; }

    public string? OrderType { get; set; }

    public string Symbol { get; set; } = "";

    public string? Side { get; set; }

    public string? PositionSide { get; set; }

    public string? TimeInForce { get; set; }

    public decimal? Quantity { get; set; }

    public string? AlgoStatus { get; set; }

    /// <summary>Id of the plain order it made; empty before.</summary>
    public string? ActualOrderId { get; set; }

    public decimal? ActualPrice { get; set; }

    public decimal? ActualQty { get; set; }

    public decimal? TriggerPrice { get; set; }

    public decimal? Price { get; set; }

    public decimal? ActivatePrice { get; set; }

    public decimal? CallbackRate { get; set; }

    public bool? ReduceOnly { get; set; }

    public long? CreateTime { get; set; }

    public long? UpdateTime { get; set; }

    public long? TriggerTime { get; set; }
}

/// <summary>Answer to the cancel of a conditional order.</summary>
[Ignores("algoType", "orderType", "symbol", "side", "positionSide", "timeInForce", "quantity", "algoStatus", "triggerPrice", "price", "icebergQuantity", "selfTradePreventionMode",
    "workingType", "priceMatch", "closePosition", "priceProtect", "reduceOnly", "createTime", "updateTime", "triggerTime", "goodTillDate", "msg", "success")]
internal sealed record AlgoCanceledMessage : WireMessage
{
    public long AlgoId { get; set; }

    public string? ClientAlgoId { get; set; }

    public string? Code { get; set; }
}
