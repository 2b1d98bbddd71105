using Harrier.Exchanges.Wire;

namespace Harrier.Exchanges.Binance.Wire;

/// <summary>Answer of exchangeInfo, spot and USD-M.</summary>
[Ignores("timezone", "exchangeFilters", "assets", "sors", "futuresType")]
internal sealed record ExchangeInfoMessage : WireMessage
{
    public long ServerTime { get; set; }

    public List<RateLimitMessage> RateLimits { get; set; } = [];

    public List<SymbolMessage> Symbols { get; set; } = [];
}

/// <summary>One limit of the venue; <c>count</c> is there in answers of the WebSocket API only.</summary>
internal sealed record RateLimitMessage : WireMessage
{
    public string? RateLimitType { get; set; }

    public string? Interval { get; set; }

    public int IntervalNum { get; set; }

    public int Limit { get; set; }

    public int? Count { get; set; }
}

/// <summary>One symbol, spot and USD-M.</summary>
[Ignores("baseAssetPrecision", "quotePrecision", "quoteAssetPrecision", "baseCommissionPrecision", "quoteCommissionPrecision", "icebergAllowed", "ocoAllowed",
    "otoAllowed", "opoAllowed", "isMarginTradingAllowed", "permissions", "permissionSets", "defaultSelfTradePreventionMode",
    "allowedSelfTradePreventionModes", "pegInstructionsAllowed", "pair", "deliveryDate", "requiredMarginPercent", "pricePrecision", "quantityPrecision",
    "underlyingType", "underlyingSubType", "settlePlan", "triggerProtect", "liquidationFee", "marketTakeBound", "maxMoveOrderLimit")]
internal sealed record SymbolMessage : WireMessage
{
    public string Symbol { get; set; } = "";

    public string? Status { get; set; }

    public string? ContractStatus { get; set; }

    public string? ContractType { get; set; }

    /// <summary>When it began to trade, in milliseconds; USD-M only.</summary>
    public long? OnboardDate { get; set; }

    public string BaseAsset { get; set; } = "";

    public string QuoteAsset { get; set; } = "";

    public string? MarginAsset { get; set; }

    public decimal? MaintMarginPercent { get; set; }

    /// <summary>Names of order types; USD-M calls the list <c>OrderType</c> in old examples.</summary>
    public List<string>? OrderTypes { get; set; }

    public List<string>? TimeInForce { get; set; }

    public bool? IsSpotTradingAllowed { get; set; }

    public bool? QuoteOrderQtyMarketAllowed { get; set; }

    public bool? AllowTrailingStop { get; set; }

    public bool? CancelReplaceAllowed { get; set; }

    public bool? AmendAllowed { get; set; }

    public List<FilterMessage> Filters { get; set; } = [];
}

/// <summary>One filter of a symbol: the union of what all kinds hold.</summary>
[Ignores("multiplierDecimal", "maxNumOrderLists", "maxNumOrderAmends", "maxNumIcebergOrders", "positionControlSide")]
internal sealed record FilterMessage : WireMessage
{
    public string? FilterType { get; set; }

    public decimal? MinPrice { get; set; }

    public decimal? MaxPrice { get; set; }

    public decimal? TickSize { get; set; }

    public decimal? MinQty { get; set; }

    public decimal? MaxQty { get; set; }

    public decimal? StepSize { get; set; }

    public decimal? MinNotional { get; set; }

    /// <summary>The smallest value of an order on USD-M.</summary>
    public decimal? Notional { get; set; }

    public decimal? MaxNotional { get; set; }

    public bool? ApplyToMarket { get; set; }

    public bool? ApplyMinToMarket { get; set; }

    public bool? ApplyMaxToMarket { get; set; }

    public int? AvgPriceMins { get; set; }

    public decimal? MultiplierUp { get; set; }

    public decimal? MultiplierDown { get; set; }

    public decimal? BidMultiplierUp { get; set; }

    public decimal? BidMultiplierDown { get; set; }

    public decimal? AskMultiplierUp { get; set; }

    public decimal? AskMultiplierDown { get; set; }

    public int? MinTrailingAboveDelta { get; set; }

    public int? MaxTrailingAboveDelta { get; set; }

    public int? MinTrailingBelowDelta { get; set; }

    public int? MaxTrailingBelowDelta { get; set; }

    /// <summary>The count that a MAX_NUM filter of USD-M, or ICEBERG_PARTS, allows.</summary>
    public int? Limit { get; set; }

    public int? MaxNumOrders { get; set; }

    public int? MaxNumAlgoOrders { get; set; }

    public decimal? MaxPosition { get; set; }
}
