using Harrier.Domain;
using Harrier.Research.Metrics;

namespace Harrier.Research.Portfolios;

/// <summary>What became of one plan.</summary>
public sealed record PortfolioRun
{
    /// <summary>Name of the plan.</summary>
    public required string Name { get; init; }

    /// <summary>What was held at the start.</summary>
    public required IReadOnlyList<Money> Start { get; init; }

    /// <summary>Worth of one unit of each of <see cref="Start"/>, in the numeraire.</summary>
    public required IReadOnlyList<decimal> StartPrices { get; init; }

    /// <summary>What was held at the end.</summary>
    public required IReadOnlyList<Money> End { get; init; }

    /// <summary>Every conversion, in order.</summary>
    public required IReadOnlyList<PortfolioTrade> Trades { get; init; }

    /// <summary>Conversions that could not be made, as a pair on the way had no next bar, or nothing was left to give.</summary>
    public required int Missed { get; init; }

    /// <summary>Worth of the holdings over time.</summary>
    public required EquityRecorder Equity { get; init; }

    /// <summary>Every decision with its time, in order: what is compared when knowledge of the future is looked for.</summary>
    internal IReadOnlyList<(Timestamp Time, string Decision)> Decisions { get; init; } = [];

    /// <summary>Worth at the end, in the numeraire.</summary>
    public decimal FinalEquity => Equity.Points is [.., { } last] ? last.Equity : Equity.Settings.InitialEquity;

    /// <summary>Return of the whole time as a fraction.</summary>
    public double TotalReturn => (double)(FinalEquity / Equity.Settings.InitialEquity) - 1;

    /// <summary>What spread, slippage and fees took, in the numeraire.</summary>
    public decimal Costs => Trades.Sum(trade => trade.Cost);

    /// <summary>Worth of all that was given, over the mean worth of the portfolio.</summary>
    public double? Turnover => Equity.MeanEquity is > 0 and { } mean ? (double)Trades.Sum(trade => trade.Notional) / mean : null;

    /// <summary>Daily returns.</summary>
    public double[] DailyReturns() => Equity.ToDailyEquity().Returns();
}
