namespace Harrier.Exchanges.Binance.Wire;

/// <summary>The spot account.</summary>
[Ignores("makerCommission", "takerCommission", "buyerCommission", "sellerCommission", "brokered", "requireSelfTradePrevention", "preventSor")]
internal sealed record SpotAccountMessage : WireMessage
{
    public CommissionPartMessage? CommissionRates { get; init; }

    public bool? CanTrade { get; init; }

    public bool? CanWithdraw { get; init; }

    public bool? CanDeposit { get; init; }

    public long? UpdateTime { get; init; }

    public string? AccountType { get; init; }

    public List<SpotBalanceMessage> Balances { get; init; } = [];

    public List<string>? Permissions { get; init; }

    public long? Uid { get; init; }
}

/// <summary>A balance of the spot account.</summary>
internal sealed record SpotBalanceMessage : WireMessage
{
    public string Asset { get; init; } = "";

    public decimal Free { get; init; }

    public decimal Locked { get; init; }
}

/// <summary>Fractions paid by maker and taker; buyer and seller are added to each.</summary>
internal sealed record CommissionPartMessage : WireMessage
{
    public decimal Maker { get; init; }

    public decimal Taker { get; init; }

    public decimal Buyer { get; init; }

    public decimal Seller { get; init; }
}

/// <summary>What trading a spot symbol costs.</summary>
internal sealed record SpotCommissionMessage : WireMessage
{
    public string Symbol { get; init; } = "";

    public CommissionPartMessage? StandardCommission { get; init; }

    public CommissionPartMessage? SpecialCommission { get; init; }

    public CommissionPartMessage? TaxCommission { get; init; }

    public DiscountMessage? Discount { get; init; }
}

/// <summary>The discount for paying in the venue's own asset.</summary>
internal sealed record DiscountMessage : WireMessage
{
    public bool EnabledForAccount { get; init; }

    public bool EnabledForSymbol { get; init; }

    public string? DiscountAsset { get; init; }

    public decimal Discount { get; init; }
}

/// <summary>One of our executions on spot.</summary>
[Ignores("orderListId", "isBestMatch", "isIsolated")]
internal sealed record SpotOwnTradeMessage : WireMessage
{
    public string Symbol { get; init; } = "";

    public long Id { get; init; }

    public long OrderId { get; init; }

    public decimal Price { get; init; }

    public decimal Qty { get; init; }

    public decimal QuoteQty { get; init; }

    public decimal? Commission { get; init; }

    public string? CommissionAsset { get; init; }

    public long Time { get; init; }

    public bool IsBuyer { get; init; }

    public bool IsMaker { get; init; }
}

/// <summary>What a key may do.</summary>
[Ignores("enableMargin", "enableVanillaOptions", "enableFixApiTrade", "enableFixReadOnly", "enablePortfolioMarginTrading", "permitsUniversalTransfer", "tradingAuthorityExpirationTime")]
internal sealed record ApiRestrictionsMessage : WireMessage
{
    public bool IpRestrict { get; init; }

    public long? CreateTime { get; init; }

    public bool EnableReading { get; init; }

    public bool EnableWithdrawals { get; init; }

    public bool EnableInternalTransfer { get; init; }

    public bool EnableSpotAndMarginTrading { get; init; }

    public bool EnableFutures { get; init; }
}

/// <summary>The venue's clock.</summary>
internal sealed record ServerTimeMessage : WireMessage
{
    public long ServerTime { get; init; }
}
