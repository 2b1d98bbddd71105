using Harrier.Domain;
using Harrier.Engine.Portfolio;
using Harrier.Research.Metrics;

namespace Harrier.Research.Backtests;

/// <summary>Everything that a finished backtest says about itself; written to files and shown by <c>Reports</c>.</summary>
public sealed record BacktestResult
{
    /// <summary>What was run on what.</summary>
    public required RunManifest Manifest { get; init; }

    /// <summary>Account value at the start, in <see cref="RunManifest.Numeraire"/>.</summary>
    public required decimal InitialEquity { get; init; }

    /// <summary>Account value at the end: initial equity plus the sum of all round trips' PnL, to the last decimal.</summary>
    public required decimal FinalEquity { get; init; }

    /// <summary>All positions from flat to flat in the order of their exits.</summary>
    public required IReadOnlyList<RoundTrip> Trades { get; init; }

    /// <summary>What happened to the account bar by bar.</summary>
    public required EquityRecorder Equity { get; init; }

    /// <summary>Sum of price times size over all fills, in <see cref="RunManifest.Numeraire"/>.</summary>
    public required decimal TradedNotional { get; init; }

    /// <summary>Return of buying the first symbol at the first open and holding it to the last close, without costs; null without bars.</summary>
    public required double? BuyAndHoldReturn { get; init; }

    /// <summary>The honesty checks and what they found.</summary>
    public required IReadOnlyList<CheckResult> Checks { get; init; }

    /// <summary>Everything assumed: fees, slippage, fill and path model, grid, seed, ... in the order in which to print it.</summary>
    public required IReadOnlyList<KeyValuePair<string, object?>> Assumptions { get; init; }

    /// <summary>The bars traded on, for charts; read again when they are drawn.</summary>
    public required IReadOnlyList<BarHistory> Series { get; init; }

    /// <summary>Orders sent, denied by our risk gate and rejected by the venue.</summary>
    public required OrderCounts Orders { get; init; }

    /// <summary>What became of planned entries, by their kind.</summary>
    public OutcomeBook Outcomes { get; init; } = new();

    /// <summary>How well the orders were filled.</summary>
    public ExecutionQuality Execution { get; init; } = new();
}

/// <summary>How many orders took which way.</summary>
/// <param name="Submitted">Sent to the venue.</param>
/// <param name="Denied">Refused by the risk gate.</param>
/// <param name="Rejected">Refused by the venue.</param>
public sealed record OrderCounts(int Submitted, int Denied, int Rejected)
{
    /// <summary>Why orders were refused and how often: <c>denied MinNotional</c>, <c>rejected InsufficientBalance</c>.</summary>
    public IReadOnlyList<KeyValuePair<string, int>> Reasons { get; init; } = [];
}

/// <summary>The outcome of one honesty check.</summary>
/// <param name="Name">Stable name: <c>leakage</c>, <c>warm_up</c>, <c>data</c>.</param>
/// <param name="Passed">False makes a loud line in table and report.</param>
/// <param name="Detail">What was found, one line.</param>
public sealed record CheckResult(string Name, bool Passed, string Detail);
