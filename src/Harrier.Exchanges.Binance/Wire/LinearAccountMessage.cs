namespace Harrier.Exchanges.Binance.Wire;

/// <summary>The USD-M account, version 3.</summary>
[Ignores("totalMaintMargin", "totalPositionInitialMargin", "totalOpenOrderInitialMargin", "totalCrossWalletBalance", "totalCrossUnPnl",
    "maxWithdrawAmount", "positions", "totalInitialMargin", "totalUnrealizedProfit", "totalWalletBalance")]
internal sealed record LinearAccountMessage : WireMessage
{
    public decimal TotalMarginBalance { get; init; }

    public decimal AvailableBalance { get; init; }

    public List<LinearAssetMessage> Assets { get; init; } = [];
}

/// <summary>An asset of the USD-M account.</summary>
[Ignores("maintMargin", "positionInitialMargin", "openOrderInitialMargin", "crossWalletBalance", "crossUnPnl", "maxWithdrawAmount", "marginAvailable", "marginBalance", "initialMargin")]
internal sealed record LinearAssetMessage : WireMessage
{
    public string Asset { get; init; } = "";

    public decimal WalletBalance { get; init; }

    public decimal? UnrealizedProfit { get; init; }

    public decimal? AvailableBalance { get; init; }

    public long? UpdateTime { get; init; }
}

/// <summary>How the USD-M account is set up.</summary>
[Ignores("feeTier", "updateTime", "multiAssetsMargin", "tradeGroupId", "canDeposit")]
internal sealed record AccountConfigMessage : WireMessage
{
    public bool CanTrade { get; init; }

    public bool CanWithdraw { get; init; }

    public bool DualSidePosition { get; init; }
}

/// <summary>A position; version 3 gives neither leverage nor kind of margin.</summary>
[Ignores("maxNotionalValue", "isAutoAddMargin", "isolatedWallet", "positionInitialMargin", "openOrderInitialMargin", "adl", "bidNotional", "askNotional", "marginAsset", "breakEvenPrice",
    "initialMargin", "maintMargin", "isolatedMargin")]
internal sealed record PositionMessage : WireMessage
{
    public string Symbol { get; init; } = "";

    public string? PositionSide { get; init; }

    public decimal PositionAmt { get; init; }

    public decimal EntryPrice { get; init; }

    public decimal? MarkPrice { get; init; }

    public decimal? UnRealizedProfit { get; init; }

    public decimal? LiquidationPrice { get; init; }

    public decimal? Notional { get; init; }

    public decimal? Leverage { get; init; }

    public string? MarginType { get; init; }

    public long? UpdateTime { get; init; }
}

/// <summary>Leverage and kind of margin of a symbol.</summary>
[Ignores("isAutoAddMargin", "maxNotionalValue")]
internal sealed record SymbolConfigMessage : WireMessage
{
    public string Symbol { get; init; } = "";

    public string? MarginType { get; init; }

    public int Leverage { get; init; }
}

/// <summary>Answer to a change of leverage.</summary>
[Ignores("maxNotionalValue")]
internal sealed record LeverageMessage : WireMessage
{
    public string Symbol { get; init; } = "";

    public int Leverage { get; init; }
}

/// <summary>What trading a contract costs.</summary>
[Ignores("rpiCommissionRate")]
internal sealed record LinearCommissionMessage : WireMessage
{
    public string Symbol { get; init; } = "";

    public decimal MakerCommissionRate { get; init; }

    public decimal TakerCommissionRate { get; init; }
}

/// <summary>One of our executions on USD-M.</summary>
[Ignores("marginAsset", "pair", "baseQty", "buyer")]
internal sealed record LinearOwnTradeMessage : WireMessage
{
    public string Symbol { get; init; } = "";

    public long Id { get; init; }

    public long OrderId { get; init; }

    public decimal Price { get; init; }

    public decimal Qty { get; init; }

    public decimal QuoteQty { get; init; }

    public decimal? Commission { get; init; }

    public string? CommissionAsset { get; init; }

    public decimal? RealizedPnl { get; init; }

    public string? Side { get; init; }

    public string? PositionSide { get; init; }

    public bool Maker { get; init; }

    public long Time { get; init; }
}

/// <summary>Mark price and funding now.</summary>
internal sealed record PremiumIndexMessage : WireMessage
{
    public string Symbol { get; init; } = "";

    public decimal MarkPrice { get; init; }

    public decimal? IndexPrice { get; init; }

    public decimal? EstimatedSettlePrice { get; init; }

    public decimal? LastFundingRate { get; init; }

    public long NextFundingTime { get; init; }

    public decimal? InterestRate { get; init; }

    public long Time { get; init; }
}

/// <summary>A past funding.</summary>
internal sealed record FundingRateMessage : WireMessage
{
    public string Symbol { get; init; } = "";

    public long FundingTime { get; init; }

    public decimal FundingRate { get; init; }

    public decimal? MarkPrice { get; init; }
}

/// <summary>How often a symbol is funded, where that is not every 8 hours.</summary>
[Ignores("adjustedFundingRateCap", "adjustedFundingRateFloor", "disclaimer", "updateTime")]
internal sealed record FundingInfoMessage : WireMessage
{
    public string Symbol { get; init; } = "";

    public int FundingIntervalHours { get; init; }
}

/// <summary>The key of a private stream.</summary>
internal sealed record ListenKeyMessage : WireMessage
{
    public string? ListenKey { get; init; }
}

/// <summary>Answer to the dead man's switch.</summary>
internal sealed record CountdownMessage : WireMessage
{
    public string Symbol { get; init; } = "";

    public long CountdownTime { get; init; }
}
