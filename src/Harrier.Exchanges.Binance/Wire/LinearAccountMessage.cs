using Harrier.Exchanges.Wire;

namespace Harrier.Exchanges.Binance.Wire;

/// <summary>The USD-M account, version 3.</summary>
[Ignores("totalMaintMargin", "totalPositionInitialMargin", "totalOpenOrderInitialMargin", "totalCrossWalletBalance", "totalCrossUnPnl",
    "maxWithdrawAmount", "positions", "totalInitialMargin", "totalUnrealizedProfit", "totalWalletBalance")]
internal sealed record LinearAccountMessage : WireMessage
{
    public decimal TotalMarginBalance { get; set; }

    public decimal AvailableBalance { get; set; }

    public List<LinearAssetMessage> Assets { get; set; } = [];
}

/// <summary>An asset of the USD-M account.</summary>
[Ignores("maintMargin", "positionInitialMargin", "openOrderInitialMargin", "crossWalletBalance", "crossUnPnl", "maxWithdrawAmount", "marginAvailable", "marginBalance", "initialMargin")]
internal sealed record LinearAssetMessage : WireMessage
{
    public string Asset { get; set; } = "";

    public decimal WalletBalance { get; set; }

    public decimal? UnrealizedProfit { get; set; }

    public decimal? AvailableBalance { get; set; }

    public long? UpdateTime { get; set; }
}

/// <summary>How the USD-M account is set up.</summary>
[Ignores("feeTier", "updateTime", "multiAssetsMargin", "tradeGroupId", "canDeposit")]
internal sealed record AccountConfigMessage : WireMessage
{
    public bool CanTrade { get; set; }

    public bool CanWithdraw { get; set; }

    public bool DualSidePosition { get; set; }
}

/// <summary>A position; version 3 gives neither leverage nor kind of margin.</summary>
[Ignores("maxNotionalValue", "isAutoAddMargin", "isolatedWallet", "positionInitialMargin", "openOrderInitialMargin", "adl", "bidNotional", "askNotional", "marginAsset", "breakEvenPrice",
    "initialMargin", "maintMargin", "isolatedMargin")]
internal sealed record PositionMessage : WireMessage
{
    public string Symbol { get; set; } = "";

    public string? PositionSide { get; set; }

    public decimal PositionAmt { get; set; }

    public decimal EntryPrice { get; set; }

    public decimal? MarkPrice { get; set; }

    public decimal? UnRealizedProfit { get; set; }

    public decimal? LiquidationPrice { get; set; }

    public decimal? Notional { get; set; }

    public decimal? Leverage { get; set; }

    public string? MarginType { get; set; }

    public long? UpdateTime { get; set; }
}

/// <summary>Leverage and kind of margin of a symbol.</summary>
[Ignores("isAutoAddMargin", "maxNotionalValue")]
internal sealed record SymbolConfigMessage : WireMessage
{
    public string Symbol { get; set; } = "";

    public string? MarginType { get; set; }

    public int Leverage { get; set; }
}

/// <summary>Answer to a change of leverage.</summary>
[Ignores("maxNotionalValue")]
internal sealed record LeverageMessage : WireMessage
{
    public string Symbol { get; set; } = "";

    public int Leverage { get; set; }
}

/// <summary>What trading a contract costs.</summary>
[Ignores("rpiCommissionRate")]
internal sealed record LinearCommissionMessage : WireMessage
{
    public string Symbol { get; set; } = "";

    public decimal MakerCommissionRate { get; set; }

    public decimal TakerCommissionRate { get; set; }
}

/// <summary>One of our executions on USD-M.</summary>
[Ignores("marginAsset", "pair", "baseQty", "buyer")]
internal sealed record LinearOwnTradeMessage : WireMessage
{
    public string Symbol { get; set; } = "";

    public long Id { get; set; }

    public long OrderId { get; set; }

    public decimal Price { get; set; }

    public decimal Qty { get; set; }

    public decimal QuoteQty { get; set; }

    public decimal? Commission { get; set; }

    public string? CommissionAsset { get; set; }

    public decimal? RealizedPnl { get; set; }

    public string? Side { get; set; }

    public string? PositionSide { get; set; }

    public bool Maker { get; set; }

    public long Time { get; set; }
}

/// <summary>Mark price and funding now.</summary>
internal sealed record PremiumIndexMessage : WireMessage
{
    public string Symbol { get; set; } = "";

    public decimal MarkPrice { get; set; }

    public decimal? IndexPrice { get; set; }

    public decimal? EstimatedSettlePrice { get; set; }

    public decimal? LastFundingRate { get; set; }

    public long NextFundingTime { get; set; }

    public decimal? InterestRate { get; set; }

    public long Time { get; set; }
}

/// <summary>A past funding.</summary>
internal sealed record FundingRateMessage : WireMessage
{
    public string Symbol { get; set; } = "";

    public long FundingTime { get; set; }

    public decimal FundingRate { get; set; }

    public decimal? MarkPrice { get; set; }
}

/// <summary>Something that an account paid or received.</summary>
[Ignores("info", "tradeId")]
internal sealed record IncomeMessage : WireMessage
{
    /// <summary>The contract that it came from; empty for none.</summary>
    public string Symbol { get; set; } = "";

    public string IncomeType { get; set; } = "";

    /// <summary>Below 0 when it was paid.</summary>
    public decimal Income { get; set; }

    public string Asset { get; set; } = "";

    public long Time { get; set; }

    /// <summary>Its number, once among the entries of its type.</summary>
    public long TranId { get; set; }
}

/// <summary>How often a symbol is funded, where that is not every 8 hours.</summary>
[Ignores("adjustedFundingRateCap", "adjustedFundingRateFloor", "disclaimer", "updateTime")]
internal sealed record FundingInfoMessage : WireMessage
{
    public string Symbol { get; set; } = "";

    public int FundingIntervalHours { get; set; }
}

/// <summary>The key of a private stream.</summary>
internal sealed record ListenKeyMessage : WireMessage
{
    public string? ListenKey { get; set; }
}

/// <summary>Answer to the dead man's switch.</summary>
internal sealed record CountdownMessage : WireMessage
{
    public string Symbol { get; set; } = "";

    public long CountdownTime { get; set; }
}
