namespace Harrier.Exchanges.Binance.Wire;

/// <summary>A plain USD-M order; inside a batch answer it may be an error instead.</summary>
[Ignores("cumBase", "pair", "priceRate", "activatePrice", "priceProtect", "priceMatch", "closePosition", "workingType", "isolatedWallet", "cumQty")]
internal sealed record LinearOrderMessage : WireMessage
{
    public int? Code { get; init; }

    public string? Msg { get; init; }

    public string Symbol { get; init; } = "";

    public long OrderId { get; init; }

    public string? ClientOrderId { get; init; }

    public decimal? Price { get; init; }

    public decimal? OrigQty { get; init; }

    public decimal? ExecutedQty { get; init; }

    /// <summary>No longer promised in answers to place and cancel.</summary>
    public decimal? AvgPrice { get; init; }

    /// <summary>No longer promised in answers to place and cancel.</summary>
    public decimal? CumQuote { get; init; }

    public string? Status { get; init; }

    public string? TimeInForce { get; init; }

    public string? Type { get; init; }

    public string? OrigType { get; init; }

    public string? Side { get; init; }

    public string? PositionSide { get; init; }

    public bool? ReduceOnly { get; init; }

    public decimal? StopPrice { get; init; }

    public long? Time { get; init; }

    public long? UpdateTime { get; init; }

    public long? GoodTillDate { get; init; }

    public string? SelfTradePreventionMode { get; init; }
}

/// <summary>A conditional order, which waits for its trigger and then makes a plain one.</summary>
[Ignores("algoType", "icebergQuantity", "selfTradePreventionMode", "priceMatch", "closePosition", "priceProtect", "tpTriggerPrice", "tpPrice", "slTriggerPrice", "slPrice", "tpOrderType",
    "workingType", "goodTillDate", "actualType", "twapOrderType")]
internal sealed record AlgoOrderMessage : WireMessage
{
    public long AlgoId { get; init; }

    public string? ClientAlgoId { get; init; }

    public string? OrderType { get; init; }

    public string Symbol { get; init; } = "";

    public string? Side { get; init; }

    public string? PositionSide { get; init; }

    public string? TimeInForce { get; init; }

    public decimal? Quantity { get; init; }

    public string? AlgoStatus { get; init; }

    /// <summary>Id of the plain order it made; empty before.</summary>
    public string? ActualOrderId { get; init; }

    public decimal? ActualPrice { get; init; }

    public decimal? ActualQty { get; init; }

    public decimal? TriggerPrice { get; init; }

    public decimal? Price { get; init; }

    public decimal? ActivatePrice { get; init; }

    public decimal? CallbackRate { get; init; }

    public bool? ReduceOnly { get; init; }

    public long? CreateTime { get; init; }

    public long? UpdateTime { get; init; }

    public long? TriggerTime { get; init; }
}

/// <summary>Answer to the cancel of a conditional order.</summary>
[Ignores("algoType", "orderType", "symbol", "side", "positionSide", "timeInForce", "quantity", "algoStatus", "triggerPrice", "price", "icebergQuantity", "selfTradePreventionMode",
    "workingType", "priceMatch", "closePosition", "priceProtect", "reduceOnly", "createTime", "updateTime", "triggerTime", "goodTillDate", "msg")]
internal sealed record AlgoCanceledMessage : WireMessage
{
    public long AlgoId { get; init; }

    public string? ClientAlgoId { get; init; }

    public string? Code { get; init; }
}
