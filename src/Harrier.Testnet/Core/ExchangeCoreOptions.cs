namespace Harrier.Testnet.Core;

/// <summary>What an exchange core is made of.</summary>
public sealed record ExchangeCoreOptions
{
    /// <summary>Spot or linear.</summary>
    public MarketKind Kind { get; init; }

    /// <summary>Its instruments; new ones cannot come later.</summary>
    public required IReadOnlyList<ListingTerms> Listings { get; init; }

    /// <summary>Share of the notional; negative is a rebate. On linear markets 0.0002 is usual.</summary>
    public decimal MakerFee { get; init; } = 0.001m;

    /// <summary>Share of the notional. On linear markets 0.0005 is usual.</summary>
    public decimal TakerFee { get; init; } = 0.001m;

    /// <summary>Leverage of positions whose owner set none.</summary>
    public int DefaultLeverage { get; init; } = 20;

    /// <summary>Time between fundings, which happen at multiples of it since midnight UTC.</summary>
    public TimeSpan FundingInterval { get; init; } = TimeSpan.FromHours(8);

    /// <summary>Maintenance margin as a share of the notional; one tier.</summary>
    public decimal MaintenanceMarginRate { get; init; } = 0.005m;

    /// <summary>Asset in which fees are paid while the payer has enough of it, priced by its instrument against the quote asset; null for none. Spot only.</summary>
    public string? FeeAsset { get; init; }

    /// <summary>Orders and fills kept per account and instrument-independent: the oldest are forgotten first, open orders never.</summary>
    public int OrderHistoryPerAccount { get; init; } = 10_000;

    /// <summary>
    /// A core whose gate, assets and wallets this one shares: accounts of the same name have one wallet, as a venue with a unified account keeps
    /// it. Open the account there first; what it deposits belongs to both. Null for a core of its own.
    /// </summary>
    public ExchangeCore? SharesWalletsOf { get; init; }

    /// <summary>
    /// Whether an order that must not take and would, or must fill at once and cannot, is accepted and then ended, as venues do whose
    /// acknowledgements come before matching; false refuses it.
    /// </summary>
    public bool AcceptsBeforeMatching { get; init; }

    /// <summary>Whether orders without a client id are given one, and cancels of spot orders have ids of their own.</summary>
    public bool NamesOrders { get; init; } = true;

    /// <summary>Public trades kept per instrument.</summary>
    public int RecentTrades { get; init; } = 5_000;
}
