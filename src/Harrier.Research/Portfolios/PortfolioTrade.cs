using Harrier.Domain;

namespace Harrier.Research.Portfolios;

/// <summary>A conversion that was made in a backtest.</summary>
/// <param name="Decided">Close of the bars that it was decided on.</param>
/// <param name="Executed">Open of the bars at which it was made.</param>
/// <param name="From">What was given.</param>
/// <param name="To">What was received.</param>
/// <param name="Route">The assets on the way.</param>
/// <param name="Notional">Worth of what was given, in the numeraire, at the middle of the market when it was decided.</param>
/// <param name="Cost">What spread, slippage and fees took, in the numeraire.</param>
public sealed record PortfolioTrade(Timestamp Decided, Timestamp Executed, Money From, Money To, string Route, decimal Notional, decimal Cost)
{
    /// <summary>What was received for what was given, in the numeraire: exact where one of the two is the numeraire, else worth less costs.</summary>
    /// <param name="numeraire">The numeraire.</param>
    public decimal WorthIn(Asset numeraire) => From.Asset == numeraire ? From.Amount : To.Asset == numeraire ? To.Amount : Notional - Cost;
}
