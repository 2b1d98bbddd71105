using Harrier.Exchanges.Wire;

namespace Harrier.Exchanges.Bybit.Wire;

/// <summary>An order as REST and the private stream show it. The venue writes an empty text or "0" where there is nothing.</summary>
[Ignores("blockTradeId", "isLeverage", "orderIv", "leavesQty", "leavesValue", "takeProfit", "stopLoss", "tpTriggerBy", "slTriggerBy", "closeOnTrigger",
    "smpType", "smpGroup", "smpOrderId", "tpslMode", "tpLimitPrice", "slLimitPrice", "placeType", "cumExecFee", "cumFeeDetail", "marketUnit", "slippageToleranceType", "slippageTolerance",
    "ocoTriggerBy", "ocoTriggerType", "orderFilter", "feeCurrency", "closedPnl", "extraFees", "activationPrice", "trailingValue", "trailingPercentage", "parentOrderLinkId", "rejectNum",
    "bboSideType", "bboLevel", "bboLimitPrice")]
internal sealed record OrderMessage : WireMessage
{
    /// <summary>Which market; on the private stream only.</summary>
    public string? Category { get; set; }

    public string Symbol { get; set; } = "";

    public string OrderId { get; set; } = "";

    public string? OrderLinkId { get; set; }

    public string? Side { get; set; }

    public string? OrderType { get; set; }

    /// <summary>What kind of waiting order it is or was; empty or UNKNOWN for a plain one.</summary>
    public string? StopOrderType { get; set; }

    public string? OrderStatus { get; set; }

    public string? CancelType { get; set; }

    public string? RejectReason { get; set; }

    /// <summary>Who made it: the user, or the venue to close a position.</summary>
    public string? CreateType { get; set; }

    public string? TimeInForce { get; set; }

    public decimal? Price { get; set; }

    public decimal? Qty { get; set; }

    public decimal? AvgPrice { get; set; }

    public decimal? CumExecQty { get; set; }

    public decimal? CumExecValue { get; set; }

    public decimal? TriggerPrice { get; set; }

    /// <summary>1 rises to, 2 falls to; 0 on spot and for plain orders.</summary>
    public int? TriggerDirection { get; set; }

    /// <summary>The last price when it was made: where no direction is told, the trigger's side of it says which.</summary>
    public decimal? LastPriceOnCreated { get; set; }

    /// <summary>LastPrice, MarkPrice, IndexPrice.</summary>
    public string? TriggerBy { get; set; }

    public bool? ReduceOnly { get; set; }

    /// <summary>0 one-way, 1 the long, 2 the short position of a hedge-mode account.</summary>
    public int? PositionIdx { get; set; }

    public string? CreatedTime { get; set; }

    public string? UpdatedTime { get; set; }
}

/// <summary>An execution, or something of the venue that looks like one, as REST and the private stream show it.</summary>
[Ignores("orderPrice", "orderQty", "leavesQty", "createType", "orderType", "stopOrderType", "feeRate", "tradeIv", "markIv", "markPrice", "indexPrice", "underlyingPrice", "blockTradeId",
    "closedSize", "seq", "isLeverage", "extraFees", "marketUnit", "execFeeV2", "tradeId")]
internal sealed record ExecutionMessage : WireMessage
{
    /// <summary>Which market; on the private stream only.</summary>
    public string? Category { get; set; }

    public string Symbol { get; set; } = "";

    public string OrderId { get; set; } = "";

    public string? OrderLinkId { get; set; }

    public string ExecId { get; set; } = "";

    /// <summary>Trade, AdlTrade, BustTrade, Funding, Settle, Delivery and others; missing on execution.fast, where all are trades.</summary>
    public string? ExecType { get; set; }

    public string? Side { get; set; }

    public decimal ExecPrice { get; set; }

    public decimal ExecQty { get; set; }

    public decimal? ExecValue { get; set; }

    /// <summary>Fee, below 0 for a rebate; of funding what was paid; missing on execution.fast.</summary>
    public decimal? ExecFee { get; set; }

    public string? FeeCurrency { get; set; }

    public bool? IsMaker { get; set; }

    public string? ExecTime { get; set; }

    /// <summary>What closing a position brought; on settlements what was settled.</summary>
    public decimal? ExecPnl { get; set; }
}
