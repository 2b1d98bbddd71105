using Harrier.Exchanges.Wire;

namespace Harrier.Exchanges.Binance.Wire;

/// <summary>The spot account.</summary>
[Ignores("makerCommission", "takerCommission", "buyerCommission", "sellerCommission", "brokered", "requireSelfTradePrevention", "preventSor")]
internal sealed record SpotAccountMessage : WireMessage
{
    public CommissionPartMessage? CommissionRates { get; set; }

    public bool? CanTrade { get; set; }

    public bool? CanWithdraw { get; set; }

    public bool? CanDeposit { get; set; }

    public long? UpdateTime { get; set; }

    public string? AccountType { get; set; }

    public List<SpotBalanceMessage> Balances { get; set; } = [];

    public List<string>? Permissions { get; set; }

    public long? Uid { get; set; }
}

/// <summary>A balance of the spot account.</summary>
internal sealed record SpotBalanceMessage : WireMessage
{
    public string Asset { get; set; } = "";

    public decimal Free { get; set; }

    public decimal Locked { get; set; }
}

/// <summary>Fractions paid by maker and taker; buyer and seller are added to each.</summary>
internal sealed record CommissionPartMessage : WireMessage
{
    public decimal Maker { get; set; }

    public decimal Taker { get; set; }

    public decimal Buyer { get; set; }

    public decimal Seller { get; set; }
}

/// <summary>What trading a spot symbol costs.</summary>
internal sealed record SpotCommissionMessage : WireMessage
{
    public string Symbol { get; set; } = "";

    public CommissionPartMessage? StandardCommission { get; set; }

    public CommissionPartMessage? SpecialCommission { get; set; }

    public CommissionPartMessage? TaxCommission { get; set; }

    public DiscountMessage? Discount { get; set; }
}

/// <summary>The discount for paying in the venue's own asset.</summary>
internal sealed record DiscountMessage : WireMessage
{
    public bool EnabledForAccount { get; set; }

    public bool EnabledForSymbol { get; set; }

    public string? DiscountAsset { get; set; }

    public decimal Discount { get; set; }
}

/// <summary>One of our executions on spot.</summary>
[Ignores("orderListId", "isBestMatch", "isIsolated")]
internal sealed record SpotOwnTradeMessage : WireMessage
{
    public string Symbol { get; set; } = "";

    public long Id { get; set; }

    public long OrderId { get; set; }

    public decimal Price { get; set; }

    public decimal Qty { get; set; }

    public decimal QuoteQty { get; set; }

    public decimal? Commission { get; set; }

    public string? CommissionAsset { get; set; }

    public long Time { get; set; }

    public bool IsBuyer { get; set; }

    public bool IsMaker { get; set; }
}

/// <summary>What a key may do.</summary>
[Ignores("enableMargin", "enableVanillaOptions", "enableFixApiTrade", "enableFixReadOnly", "enablePortfolioMarginTrading", "permitsUniversalTransfer", "tradingAuthorityExpirationTime")]
internal sealed record ApiRestrictionsMessage : WireMessage
{
    public bool IpRestrict { get; set; }

    public long? CreateTime { get; set; }

    public bool EnableReading { get; set; }

    public bool EnableWithdrawals { get; set; }

    public bool EnableInternalTransfer { get; set; }

    public bool EnableSpotAndMarginTrading { get; set; }

    public bool EnableFutures { get; set; }
}

/// <summary>The venue's clock.</summary>
internal sealed record ServerTimeMessage : WireMessage
{
    public long ServerTime { get; set; }
}
