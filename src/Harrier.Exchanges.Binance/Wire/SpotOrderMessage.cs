namespace Harrier.Exchanges.Binance.Wire;

/// <summary>A spot order as every REST call and the WebSocket API show it.</summary>
[Ignores("icebergQty", "preventedMatchId", "preventedQuantity", "trailingTime", "strategyId", "strategyType", "usedSor", "workingFloor", "working_floor", "pegPriceType", "pegOffsetType",
    "pegOffsetValue", "peggedPrice", "contingencyType", "listStatusType", "listOrderStatus", "listClientOrderId", "transactionTime", "orders", "isIsolated")]
internal sealed record SpotOrderMessage : WireMessage
{
    public string Symbol { get; init; } = "";

    public long OrderId { get; init; }

    public long? OrderListId { get; init; }

    public string? ClientOrderId { get; init; }

    /// <summary>The order's own id in the answer to a cancel, where <see cref="ClientOrderId"/> is the id of the cancel.</summary>
    public string? OrigClientOrderId { get; init; }

    public long? TransactTime { get; init; }

    public long? Time { get; init; }

    public long? UpdateTime { get; init; }

    public long? WorkingTime { get; init; }

    public decimal? Price { get; init; }

    public decimal? OrigQty { get; init; }

    public decimal? ExecutedQty { get; init; }

    public decimal? OrigQuoteOrderQty { get; init; }

    /// <summary>Spelled as the venue does; below zero on some old orders, where it means unknown.</summary>
    public decimal? CummulativeQuoteQty { get; init; }

    public string? Status { get; init; }

    public string? TimeInForce { get; init; }

    public string? Type { get; init; }

    public string? Side { get; init; }

    public decimal? StopPrice { get; init; }

    public int? TrailingDelta { get; init; }

    public bool? IsWorking { get; init; }

    public string? SelfTradePreventionMode { get; init; }

    public string? ExpiryReason { get; init; }

    public List<SpotFillMessage>? Fills { get; init; }

    /// <summary>The orders of an order list, in the answer to a cancel-all that ended one.</summary>
    public List<SpotOrderMessage>? OrderReports { get; init; }
}

/// <summary>One execution inside a FULL answer.</summary>
[Ignores("matchType", "allocId")]
internal sealed record SpotFillMessage : WireMessage
{
    public decimal Price { get; init; }

    public decimal Qty { get; init; }

    public decimal? Commission { get; init; }

    public string? CommissionAsset { get; init; }

    public long TradeId { get; init; }
}

/// <summary>Answer of cancelReplace; the halves are errors where they did not work.</summary>
internal sealed record CancelReplaceMessage : WireMessage
{
    public string? CancelResult { get; init; }

    public string? NewOrderResult { get; init; }

    public ReplacedHalfMessage? CancelResponse { get; init; }

    public ReplacedHalfMessage? NewOrderResponse { get; init; }
}

/// <summary>Half of a cancelReplace: an order, or an error.</summary>
[Ignores("icebergQty", "preventedMatchId", "preventedQuantity", "strategyId", "strategyType", "orderListId", "transactTime", "price", "origQty", "executedQty", "cummulativeQuoteQty",
    "status", "timeInForce", "type", "side", "selfTradePreventionMode", "workingTime", "fills", "origQuoteOrderQty", "origClientOrderId", "clientOrderId", "symbol")]
internal sealed record ReplacedHalfMessage : WireMessage
{
    public int? Code { get; init; }

    public string? Msg { get; init; }

    public long? OrderId { get; init; }
}

/// <summary>Answer of an amendment that keeps its place in the queue.</summary>
[Ignores("listStatus")]
internal sealed record AmendmentMessage : WireMessage
{
    public long TransactTime { get; init; }

    public long? ExecutionId { get; init; }

    public AmendedOrderMessage? AmendedOrder { get; init; }
}

/// <summary>The order inside an amendment; the documents name its fields differently from elsewhere.</summary>
[Ignores("orderListId", "icebergQty", "trailingDelta", "trailingTime", "time", "isWorking", "origQuoteOrderQty", "strategyId", "strategyType", "preventedMatchId", "preventedQuantity",
    "stopPrice", "preventedQty", "selfTradePreventionMode")]
internal sealed record AmendedOrderMessage : WireMessage
{
    public string Symbol { get; init; } = "";

    public long OrderId { get; init; }

    public string? ClientOrderId { get; init; }

    public string? OrigClientOrderId { get; init; }

    public decimal? Price { get; init; }

    public decimal? Qty { get; init; }

    public decimal? OrigQty { get; init; }

    public decimal? ExecutedQty { get; init; }

    public decimal? CumulativeQuoteQty { get; init; }

    public decimal? CummulativeQuoteQty { get; init; }

    public string? Status { get; init; }

    public string? TimeInForce { get; init; }

    public string? Type { get; init; }

    public string? Side { get; init; }

    public long? WorkingTime { get; init; }

    public long? UpdateTime { get; init; }
}
