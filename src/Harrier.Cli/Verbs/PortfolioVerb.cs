using System.CommandLine;
using Harrier.Cli.Portfolios;

namespace Harrier.Cli.Verbs;

/// <summary><c>portfolio</c>: target weights, the efficient frontier, and backtests of the portfolio bot.</summary>
public static class PortfolioVerb
{
    /// <summary>Builds the command with its verbs.</summary>
    public static Command Create(Option<bool> verbose) => new("portfolio", "Find target weights, show the efficient frontier, backtest the portfolio bot.")
    {
        PortfolioAllocateVerb.Create(verbose),
        PortfolioFrontierVerb.Create(verbose),
        PortfolioBacktestVerb.Create(verbose),
    };
}
