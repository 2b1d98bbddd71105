using Harrier.Research.Backtests;

namespace Harrier.Research.Comparisons;

/// <summary>One of several runs of the same strategy on the same data.</summary>
/// <param name="Name">What is different about it: <c>book</c>, <c>ticks</c>, <c>bars</c>.</param>
/// <param name="Result">What came of it.</param>
public sealed record ComparedRun(string Name, BacktestResult Result);

/// <summary>
/// Where the difference of two final equities comes from, in the numeraire; the parts add up to the whole exactly. A run's PnL is what its fills would have earned at the
/// prices expected when they were decided, less slippage, less fees, plus funding.
/// </summary>
/// <param name="Equity">Final equity less that of the run compared with.</param>
/// <param name="Decisions">Other orders, or the same at other prices: the PnL at the prices expected, close-out included as it was.</param>
/// <param name="Slippage">Fills nearer to the prices expected (above 0) or further from them.</param>
/// <param name="Fees">Lower fees (above 0) or higher ones.</param>
/// <param name="Funding">More funding received, or less paid (above 0).</param>
public sealed record RunDifference(decimal Equity, decimal Decisions, decimal Slippage, decimal Fees, decimal Funding)
{
    /// <summary>Compares a run with another.</summary>
    public static RunDifference Of(BacktestResult run, BacktestResult other)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(other);
        decimal equity = run.FinalEquity - other.FinalEquity;
        decimal slippage = other.Execution.SlippageCost - run.Execution.SlippageCost;
        decimal fees = other.Trades.Sum(trade => trade.Fees) - run.Trades.Sum(trade => trade.Fees);
        decimal funding = run.Trades.Sum(trade => trade.Funding) - other.Trades.Sum(trade => trade.Funding);
        return new RunDifference(equity, equity - slippage - fees - funding, slippage, fees, funding);
    }
}

/// <summary>An assumption that is not the same in all runs.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Values">What each run assumed, in their order; null where it does not ask.</param>
public sealed record DifferingAssumption(string Name, IReadOnlyList<object?> Values);

/// <summary>Runs of one strategy on one recording that differ only in how finely they are played; all others are compared with the first.</summary>
/// <param name="Runs">At least two.</param>
public sealed record RunComparison(IReadOnlyList<ComparedRun> Runs)
{
    private const string Seen = "seen_by_strategy";

    /// <summary>The run that the others are compared with.</summary>
    public ComparedRun Basis => Runs[0];

    /// <summary>What the strategies saw where that differs, and the assumptions in which the runs differ, in the order of the first run that has them.</summary>
    public IReadOnlyList<DifferingAssumption> Assumptions()
    {
        List<string> names = [];
        foreach (KeyValuePair<string, object?> one in Runs.SelectMany(run => run.Result.Assumptions).Where(one => !names.Contains(one.Key)))
        {
            names.Add(one.Key);
        }

        return
        [
            .. names.Append(Seen).OrderBy(name => name != Seen).Select(name => new DifferingAssumption(name, [.. Runs.Select(run => name == Seen ? SeenBy(run) : ValueOf(run, name))]))
                .Where(one => one.Values.Distinct().Count() > 1),
        ];
    }

    private static object? ValueOf(ComparedRun run, string name) => run.Result.Assumptions.LastOrDefault(one => one.Key == name).Value;

    // Only what is played event by event has a resolution.
    private static string SeenBy(ComparedRun run) => ValueOf(run, "resolution") is null
        ? "closed bars alone: conditions on tape and book are not asked"
        : "bars, and trades and books as they reach us";
}
