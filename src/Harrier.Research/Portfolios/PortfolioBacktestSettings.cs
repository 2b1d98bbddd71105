using Harrier.Domain;
using Harrier.Features.Portfolio;
using Harrier.Features.Portfolio.Allocation;

namespace Harrier.Research.Portfolios;

/// <summary>What a backtest of portfolios depends on besides its data.</summary>
public sealed record PortfolioBacktestSettings
{
    /// <summary>The asset that everything is valued in.</summary>
    public required Asset Numeraire { get; init; }

    /// <summary>Worth of all holdings at the start, in the numeraire, above 0, where <see cref="Holdings"/> is empty.</summary>
    /// <value>10,000.</value>
    public decimal Balance { get; init; } = 10_000;

    /// <summary>What is held at the start. Empty: <see cref="Balance"/> in equal parts of the numeraire and each asset, at the first prices.</summary>
    public IReadOnlyList<Money> Holdings { get; init; } = [];

    /// <summary>What conversions cost.</summary>
    public ConversionCosts Costs { get; init; } = new();

    /// <summary>The bot's settings; its fee, numeraire and age of quotes follow from the run.</summary>
    public PortfolioBotSettings Bot { get; init; } = new();

    /// <summary>Priorities of symbols, 0 where one is not named.</summary>
    public IReadOnlyDictionary<string, int> Priorities { get; init; } = new Dictionary<string, int>();

    /// <summary>Methods of target weights to compare with, besides holding and equal weights.</summary>
    public IReadOnlyList<AllocationMethod> Methods { get; init; } = [];

    /// <summary>How target weights are found; the method is taken from <see cref="Methods"/>.</summary>
    public AllocationSettings Allocation { get; init; } = new();

    /// <summary>Returns that target weights are estimated from, 2 or more.</summary>
    /// <value>168: a week of hours.</value>
    public int Lookback { get; init; } = 168;

    /// <summary>Bars from one estimate to the next, 1 or more.</summary>
    /// <value>24: a day of hours.</value>
    public int EstimateEvery { get; init; } = 24;

    /// <summary>When portfolios with target weights are brought back to them.</summary>
    public RebalanceRule Rebalance { get; init; } = new();

    /// <summary>Seed of the moments at which knowledge of the future is looked for.</summary>
    public long Seed { get; init; }

    internal PortfolioBacktestSettings Check()
    {
        Costs.Check();
        Bot.Check();
        return Balance > 0 && Lookback is >= 2 and <= 100_000 && EstimateEvery >= 1 && Holdings.All(holding => holding.Amount >= 0)
            ? this
            : throw new PortfolioInputException(
                "backtest",
                FormattableString.Invariant($"balance {Balance}, lookback {Lookback}, every {EstimateEvery}"),
                "a balance above 0, a lookback from 2 to 100000, 1 or more bars between estimates, no holding below 0");
    }
}
