using Harrier.Exchanges.Wire;

namespace Harrier.Exchanges.Binance.Wire;

/// <summary>A spot order as every REST call and the WebSocket API show it.</summary>
[Ignores("icebergQty", "preventedMatchId", "preventedQuantity", "trailingTime", "strategyId", "strategyType", "usedSor", "workingFloor", "working_floor", "pegPriceType", "pegOffsetType",
    "pegOffsetValue", "peggedPrice", "contingencyType", "listStatusType", "listOrderStatus", "listClientOrderId", "transactionTime", "orders", "isIsolated")]
internal sealed record SpotOrderMessage : WireMessage
{
    public string Symbol { get; set; } = "";

    public long OrderId { get; set; }

    public long? OrderListId { get; set; }

    public string? ClientOrderId { get; set; }

    /// <summary>The order's own id in the answer to a cancel, where <see cref="ClientOrderId"/> is the id of the cancel.</summary>
    public string? OrigClientOrderId { get; set; }

    public long? TransactTime { get; set; }

    public long? Time { get; set; }

    public long? UpdateTime { get; set; }

    public long? WorkingTime { get; set; }

    public decimal? Price { get; set; }

    public decimal? OrigQty { get; set; }

    public decimal? ExecutedQty { get; set; }

    public decimal? OrigQuoteOrderQty { get; set; }

    /// <summary>Spelled as the venue does; below zero on some old orders, where it means unknown.</summary>
    public decimal? CummulativeQuoteQty { get; set; }

    public string? Status { get; set; }

    public string? TimeInForce { get; set; }

    public string? Type { get; set; }

    public string? Side { get; set; }

    public decimal? StopPrice { get; set; }

    public int? TrailingDelta { get; set; }

    public bool? IsWorking { get; set; }

    public string? SelfTradePreventionMode { get; set; }

    public string? ExpiryReason { get; set; }

    public List<SpotFillMessage>? Fills { get; set; }

    /// <summary>The orders of an order list, in the answer to a cancel-all that ended one.</summary>
    public List<SpotOrderMessage>? OrderReports { get; set; }
}

/// <summary>One execution inside a FULL answer.</summary>
[Ignores("matchType", "allocId")]
internal sealed record SpotFillMessage : WireMessage
{
    public decimal Price { get; set; }

    public decimal Qty { get; set; }

    public decimal? Commission { get; set; }

    public string? CommissionAsset { get; set; }

    public long TradeId { get; set; }
}

/// <summary>Answer of cancelReplace; the halves are errors where they did not work.</summary>
internal sealed record CancelReplaceMessage : WireMessage
{
    public string? CancelResult { get; set; }

    public string? NewOrderResult { get; set; }

    public ReplacedHalfMessage? CancelResponse { get; set; }

    public ReplacedHalfMessage? NewOrderResponse { get; set; }
}

/// <summary>Half of a cancelReplace: an order, or an error.</summary>
[Ignores("icebergQty", "preventedMatchId", "preventedQuantity", "strategyId", "strategyType", "orderListId", "transactTime", "price", "origQty", "executedQty", "cummulativeQuoteQty",
    "status", "timeInForce", "type", "side", "selfTradePreventionMode", "workingTime", "fills", "origQuoteOrderQty", "origClientOrderId", "clientOrderId", "symbol")]
internal sealed record ReplacedHalfMessage : WireMessage
{
    public int? Code { get; set; }

    public string? Msg { get; set; }

    public long? OrderId { get; set; }
}

/// <summary>Answer of an amendment that keeps its place in the queue.</summary>
[Ignores("listStatus")]
internal sealed record AmendmentMessage : WireMessage
{
    public long TransactTime { get; set; }

    public long? ExecutionId { get; set; }

    public AmendedOrderMessage? AmendedOrder { get; set; }
}

/// <summary>The order inside an amendment; the documents name its fields differently from elsewhere.</summary>
[Ignores("orderListId", "icebergQty", "trailingDelta", "trailingTime", "time", "isWorking", "origQuoteOrderQty", "strategyId", "strategyType", "preventedMatchId", "preventedQuantity",
    "stopPrice", "preventedQty", "selfTradePreventionMode")]
internal sealed record AmendedOrderMessage : WireMessage
{
    public string Symbol { get; set; } = "";

    public long OrderId { get; set; }

    public string? ClientOrderId { get; set; }

    public string? OrigClientOrderId { get; set; }

    public decimal? Price { get; set; }

    public decimal? Qty { get; set; }

    public decimal? OrigQty { get; set; }

    public decimal? ExecutedQty { get; set; }

    public decimal? CumulativeQuoteQty { get; set; }

    public decimal? CummulativeQuoteQty { get; set; }

    public string? Status { get; set; }

    public string? TimeInForce { get; set; }

    public string? Type { get; set; }

    public string? Side { get; set; }

    public long? WorkingTime { get; set; }

    public long? UpdateTime { get; set; }
}
