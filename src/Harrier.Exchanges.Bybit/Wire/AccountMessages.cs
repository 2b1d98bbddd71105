using Harrier.Exchanges.Wire;

namespace Harrier.Exchanges.Bybit.Wire;

/// <summary>A position as REST and the private stream show it; side is empty when it is flat.</summary>
[Ignores("riskId", "riskLimitValue", "autoAddMargin", "adlRankIndicator", "positionBalance", "bustPrice", "positionMM", "positionIM", "positionIMByMp", "positionMMByMp", "tpslMode",
    "takeProfit", "stopLoss", "trailingStop", "curRealisedPnl", "cumRealisedPnl", "seq", "isReduceOnly", "mmrSysUpdatedTime", "leverageSysUpdatedTime", "createdTime", "openTime",
    "sessionAvgPrice", "delta", "gamma", "vega", "theta", "sessionUPL", "sessionRPL", "breakEvenPrice")]
internal sealed record PositionMessage : WireMessage
{
    /// <summary>Which market; on the private stream only.</summary>
    public string? Category { get; set; }

    public string Symbol { get; set; } = "";

    public int? PositionIdx { get; set; }

    public string? Side { get; set; }

    public decimal Size { get; set; }

    /// <summary>Average entry price on REST.</summary>
    public decimal? AvgPrice { get; set; }

    /// <summary>Average entry price on the private stream.</summary>
    public decimal? EntryPrice { get; set; }

    public decimal? PositionValue { get; set; }

    /// <summary>1 where the position has margin of its own.</summary>
    public int? TradeMode { get; set; }

    /// <summary>Normal, Liq, Adl.</summary>
    public string? PositionStatus { get; set; }

    public decimal? Leverage { get; set; }

    public decimal? MarkPrice { get; set; }

    public decimal? LiqPrice { get; set; }

    public decimal? UnrealisedPnl { get; set; }

    public string? UpdatedTime { get; set; }
}

/// <summary>The unified account.</summary>
[Ignores("totalEquity", "accountIMRate", "accountMMRate", "accountIMRateByMp", "accountMMRateByMp", "totalMarginBalance", "totalInitialMargin", "totalInitialMarginByMp",
    "totalMaintenanceMargin", "totalMaintenanceMarginByMp", "accountType", "totalAvailableBalance", "totalPerpUPL", "totalPerpUpl", "totalWalletBalance", "accountLTV")]
internal sealed record WalletMessage : WireMessage
{
    public List<CoinMessage> Coin { get; set; } = [];
}

/// <summary>One asset of the unified account.</summary>
[Ignores("availableToBorrow", "bonus", "accruedInterest", "availableToWithdraw", "equity", "usdValue", "unrealisedPnl", "cumRealisedPnl", "borrowAmount", "collateralSwitch", "marginCollateral",
    "totalPositionMM", "spotHedgingQty", "free", "colRes", "hasCollateral")]
internal sealed record CoinMessage : WireMessage
{
    public string Coin { get; set; } = "";

    public decimal WalletBalance { get; set; }

    /// <summary>What spot orders hold back.</summary>
    public decimal? Locked { get; set; }

    /// <summary>What was borrowed to trade spot; in the balance and not ours.</summary>
    public decimal? SpotBorrow { get; set; }

    /// <summary>What open orders of contracts hold back.</summary>
    public decimal? TotalOrderIM { get; set; }

    /// <summary>What positions hold back.</summary>
    public decimal? TotalPositionIM { get; set; }
}

/// <summary>What trading a symbol costs.</summary>
[Ignores("baseCoin")]
internal sealed record FeeRateMessage : WireMessage
{
    public string Symbol { get; set; } = "";

    public decimal TakerFeeRate { get; set; }

    public decimal MakerFeeRate { get; set; }
}

/// <summary>What a key may do.</summary>
[Ignores("id", "note", "apiKey", "secret", "type", "expiredAt", "createdAt", "unified", "uta", "userID", "inviterID", "vipLevel", "mktMakerLevel", "affiliateID", "rsaPublicKey", "isMaster",
    "parentUid", "kycLevel", "kycRegion", "userIDInt64", "inviterIDInt64", "affiliateIDInt64")]
internal sealed record KeyMessage : WireMessage
{
    /// <summary>1 for a key that may only read.</summary>
    public int? ReadOnly { get; set; }

    /// <summary>Rights by what they are rights to.</summary>
    public Dictionary<string, List<string>> Permissions { get; set; } = [];

    /// <summary>Addresses it works from; a star for any.</summary>
    public List<string>? Ips { get; set; }

    /// <summary>Days until the key ends; keys without addresses end after 90.</summary>
    public int? DeadlineDay { get; set; }
}

/// <summary>Mark price and funding of a contract.</summary>
[Ignores("lastPrice", "prevPrice24h", "price24hPcnt", "highPrice24h", "lowPrice24h", "prevPrice1h", "openInterest", "openInterestValue", "turnover24h", "volume24h", "predictedDeliveryPrice",
    "basisRate", "deliveryFeeRate", "deliveryTime", "ask1Size", "bid1Price", "ask1Price", "bid1Size", "basis", "preOpenPrice", "preQty", "curPreListingPhase", "fundingIntervalHour", "fundingCap",
    "basisRateYear", "usdIndexPrice")]
internal sealed record ContractTickerMessage : WireMessage
{
    public string Symbol { get; set; } = "";

    public decimal MarkPrice { get; set; }

    public decimal? IndexPrice { get; set; }

    public decimal? FundingRate { get; set; }

    public string? NextFundingTime { get; set; }
}

/// <summary>A funding payment of the past.</summary>
internal sealed record FundingRateMessage : WireMessage
{
    public string Symbol { get; set; } = "";

    public decimal FundingRate { get; set; }

    public string? FundingRateTimestamp { get; set; }
}
