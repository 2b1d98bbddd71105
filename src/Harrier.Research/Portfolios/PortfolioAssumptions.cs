namespace Harrier.Research.Portfolios;

/// <summary>What the figures of a backtest of portfolios assume, in words; they stand in its files.</summary>
public static class PortfolioAssumptions
{
    /// <summary>A sentence each.</summary>
    public static IReadOnlyList<string> Lines { get; } =
    [
        "decided at the close of bars, made at the open of the next bars, worse by half the spread and slippage, less the fee of each conversion",
        "a conversion one of whose pairs has no next bar is missed",
        "amounts are rounded down to 8 decimals; venues' least amounts are not known but for min_notional",
        "conversions are small against what is traded: they do not move the market",
        "all runs start at the same instant with the same holdings; these cost nothing to get",
        "worth is at the middle of the market: selling everything at the end is not charged",
    ];
}
