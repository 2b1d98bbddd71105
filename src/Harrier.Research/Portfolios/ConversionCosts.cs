using Harrier.Features.Portfolio;

namespace Harrier.Research.Portfolios;

/// <summary>What conversions cost in a backtest, as fractions: each is 0 or more, all together below a half.</summary>
/// <param name="HalfSpread">From the middle of the market to what a venue pays or asks.</param>
/// <param name="Slippage">What the price at the next bar is worse than quoted.</param>
/// <param name="Fee">What each conversion costs beside that.</param>
public sealed record ConversionCosts(decimal HalfSpread = 0.0005m, decimal Slippage = 0.0005m, decimal Fee = 0.001m)
{
    /// <summary>Slippage and fee as the one fee that the bot counts with.</summary>
    public decimal ExpectedFee => 1 - ((1 - Fee) * (1 - Slippage));

    /// <summary>Throws where a cost is out of range.</summary>
    /// <returns>These costs.</returns>
    /// <exception cref="PortfolioInputException">A cost is out of range.</exception>
    public ConversionCosts Check() => HalfSpread >= 0 && Slippage >= 0 && Fee >= 0 && HalfSpread + Slippage + Fee < 0.5m
        ? this
        : throw new PortfolioInputException("costs", FormattableString.Invariant($"half spread {HalfSpread}, slippage {Slippage}, fee {Fee}"), "fractions of 0 or more, below 0.5 in all");

    /// <summary>What an amount of the base brings in the quote asset.</summary>
    /// <param name="amount">What is sold.</param>
    /// <param name="price">The middle of the market.</param>
    public decimal Sold(decimal amount, decimal price) => amount * price * (1 - HalfSpread) * (1 - Slippage) * (1 - Fee);

    /// <summary>What an amount of the quote asset buys of the base.</summary>
    /// <param name="amount">What is given.</param>
    /// <param name="price">The middle of the market.</param>
    public decimal Bought(decimal amount, decimal price) => amount / (price * (1 + HalfSpread) * (1 + Slippage)) * (1 - Fee);
}
