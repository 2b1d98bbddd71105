namespace Harrier.Exchanges.Binance.Wire;

/// <summary>Answer of exchangeInfo, spot and USD-M.</summary>
[Ignores("timezone", "exchangeFilters", "assets", "sors", "futuresType")]
internal sealed record ExchangeInfoMessage : WireMessage
{
    public long ServerTime { get; init; }

    public List<RateLimitMessage> RateLimits { get; init; } = [];

    public List<SymbolMessage> Symbols { get; init; } = [];
}

/// <summary>One limit of the venue; <c>count</c> is there in answers of the WebSocket API only.</summary>
internal sealed record RateLimitMessage : WireMessage
{
    public string? RateLimitType { get; init; }

    public string? Interval { get; init; }

    public int IntervalNum { get; init; }

    public int Limit { get; init; }

    public int? Count { get; init; }
}

/// <summary>One symbol, spot and USD-M.</summary>
[Ignores("baseAssetPrecision", "quotePrecision", "quoteAssetPrecision", "baseCommissionPrecision", "quoteCommissionPrecision", "icebergAllowed", "ocoAllowed",
    "otoAllowed", "opoAllowed", "isMarginTradingAllowed", "permissions", "permissionSets", "defaultSelfTradePreventionMode",
    "allowedSelfTradePreventionModes", "pegInstructionsAllowed", "pair", "deliveryDate", "onboardDate", "requiredMarginPercent", "pricePrecision", "quantityPrecision",
    "underlyingType", "underlyingSubType", "settlePlan", "triggerProtect", "liquidationFee", "marketTakeBound", "maxMoveOrderLimit")]
internal sealed record SymbolMessage : WireMessage
{
    public string Symbol { get; init; } = "";

    public string? Status { get; init; }

    public string? ContractStatus { get; init; }

    public string? ContractType { get; init; }

    public string BaseAsset { get; init; } = "";

    public string QuoteAsset { get; init; } = "";

    public string? MarginAsset { get; init; }

    public decimal? MaintMarginPercent { get; init; }

    /// <summary>Names of order types; USD-M calls the list <c>OrderType</c> in old examples.</summary>
    public List<string>? OrderTypes { get; init; }

    public List<string>? TimeInForce { get; init; }

    public bool? IsSpotTradingAllowed { get; init; }

    public bool? QuoteOrderQtyMarketAllowed { get; init; }

    public bool? AllowTrailingStop { get; init; }

    public bool? CancelReplaceAllowed { get; init; }

    public bool? AmendAllowed { get; init; }

    public List<FilterMessage> Filters { get; init; } = [];
}

/// <summary>One filter of a symbol: the union of what all kinds hold.</summary>
[Ignores("multiplierDecimal", "maxNumOrderLists", "maxNumOrderAmends", "maxNumIcebergOrders", "positionControlSide")]
internal sealed record FilterMessage : WireMessage
{
    public string? FilterType { get; init; }

    public decimal? MinPrice { get; init; }

    public decimal? MaxPrice { get; init; }

    public decimal? TickSize { get; init; }

    public decimal? MinQty { get; init; }

    public decimal? MaxQty { get; init; }

    public decimal? StepSize { get; init; }

    public decimal? MinNotional { get; init; }

    /// <summary>The smallest value of an order on USD-M.</summary>
    public decimal? Notional { get; init; }

    public decimal? MaxNotional { get; init; }

    public bool? ApplyToMarket { get; init; }

    public bool? ApplyMinToMarket { get; init; }

    public bool? ApplyMaxToMarket { get; init; }

    public int? AvgPriceMins { get; init; }

    public decimal? MultiplierUp { get; init; }

    public decimal? MultiplierDown { get; init; }

    public decimal? BidMultiplierUp { get; init; }

    public decimal? BidMultiplierDown { get; init; }

    public decimal? AskMultiplierUp { get; init; }

    public decimal? AskMultiplierDown { get; init; }

    public int? MinTrailingAboveDelta { get; init; }

    public int? MaxTrailingAboveDelta { get; init; }

    public int? MinTrailingBelowDelta { get; init; }

    public int? MaxTrailingBelowDelta { get; init; }

    /// <summary>The count that a MAX_NUM filter of USD-M, or ICEBERG_PARTS, allows.</summary>
    public int? Limit { get; init; }

    public int? MaxNumOrders { get; init; }

    public int? MaxNumAlgoOrders { get; init; }

    public decimal? MaxPosition { get; init; }
}
