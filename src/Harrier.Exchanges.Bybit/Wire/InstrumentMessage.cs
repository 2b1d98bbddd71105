using Harrier.Exchanges.Wire;

namespace Harrier.Exchanges.Bybit.Wire;

/// <summary>One instrument, spot or linear.</summary>
[Ignores("innovation", "marginTrading", "stTag", "deliveryTime", "deliveryFeeRate", "priceScale", "unifiedMarginTrade", "copyTrading", "upperFundingRate", "lowerFundingRate",
    "displayName", "isPreListing", "preListingInfo", "skipCallAuction", "symbolId", "symbolType", "xstockMultiplier", "isPublicRpi", "myRpiPermission", "forbidUplWithdrawal")]
internal sealed record InstrumentMessage : WireMessage
{
    public string Symbol { get; set; } = "";

    /// <summary>Linear only: LinearPerpetual, LinearFutures.</summary>
    public string? ContractType { get; set; }

    /// <summary>PreLaunch, Trading, Delivering, Closed.</summary>
    public string? Status { get; set; }

    /// <summary>Linear only: when it began to trade, in milliseconds; "0" before that.</summary>
    public long? LaunchTime { get; set; }

    public string? BaseCoin { get; set; }

    public string? QuoteCoin { get; set; }

    /// <summary>Linear only: what positions are margined and settled in.</summary>
    public string? SettleCoin { get; set; }

    public LeverageFilterMessage? LeverageFilter { get; set; }

    public PriceFilterMessage? PriceFilter { get; set; }

    public LotSizeFilterMessage? LotSizeFilter { get; set; }

    /// <summary>Spot only.</summary>
    public RiskParametersMessage? RiskParameters { get; set; }

    /// <summary>Linear only: minutes between two payments of funding.</summary>
    public long? FundingInterval { get; set; }
}

/// <summary>Leverage that a symbol allows.</summary>
[Ignores("minLeverage", "leverageStep")]
internal sealed record LeverageFilterMessage : WireMessage
{
    public decimal? MaxLeverage { get; set; }
}

/// <summary>The grid of prices; any multiple of the tick, which need not be a power of ten.</summary>
internal sealed record PriceFilterMessage : WireMessage
{
    public decimal? MinPrice { get; set; }

    public decimal? MaxPrice { get; set; }

    public decimal? TickSize { get; set; }
}

/// <summary>
/// The grid of sizes: on linear qtyStep, on spot basePrecision. Left out are spot's minOrderQty, maxOrderQty and maxOrderAmt, which the venue
/// still sends and no longer checks; on linear the first two bind.
/// </summary>
[Ignores("maxOrderAmt", "postOnlyMaxOrderQty")]
internal sealed record LotSizeFilterMessage : WireMessage
{
    public decimal? MinOrderQty { get; set; }

    public decimal? MaxOrderQty { get; set; }

    public decimal? MaxMktOrderQty { get; set; }

    public decimal? QtyStep { get; set; }

    public decimal? MinNotionalValue { get; set; }

    public decimal? BasePrecision { get; set; }

    public decimal? QuotePrecision { get; set; }

    public decimal? MinOrderAmt { get; set; }

    public decimal? MaxLimitOrderQty { get; set; }

    public decimal? MaxMarketOrderQty { get; set; }

    public decimal? PostOnlyMaxLimitOrderSize { get; set; }
}

/// <summary>How far from the last price a limit price may lie: X above for purchases, below for sales, Y where the market is thin.</summary>
[Ignores("limitParameter", "marketParameter", "priceLimitRatioX", "priceLimitRatioY")]
internal sealed record RiskParametersMessage : WireMessage;
