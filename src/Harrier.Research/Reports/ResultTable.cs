using System.Globalization;
using System.Text;
using Harrier.Engine.Portfolio;
using Harrier.Research.Backtests;
using Harrier.Research.Metrics;
using static Harrier.Research.Reports.FigureText;

namespace Harrier.Research.Reports;

/// <summary>One line of the summary for a terminal.</summary>
/// <param name="Section">What the line belongs to: Result, Risk, Trades, By setup, By confluence, Costs, Checks, Run.</param>
/// <param name="Label">What is told.</param>
/// <param name="Value">The value with its unit; <c>-</c> when undefined.</param>
/// <param name="IsFailure">True for a failed check, which must not be overlooked.</param>
public readonly record struct ResultRow(string Section, string Label, string Value, bool IsFailure = false);

/// <summary>The summary of a backtest for a terminal, as rows for whoever draws tables and as plain text.</summary>
public static class ResultTable
{
    /// <summary>The rows in the order in which to show them; failed checks come first and again among the checks.</summary>
    public static IReadOnlyList<ResultRow> Rows(BacktestResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        PerformanceMetrics metrics = PerformanceMetrics.Of(result);
        string currency = result.Manifest.Numeraire.Code;
        return
        [
            .. result.Checks.Where(check => !check.Passed).Select(check => new ResultRow("Warning", "CHECK FAILED", $"{check.Name}: {check.Detail}", true)),
            .. ResultRows(result, metrics, currency),
            .. RiskRows(metrics),
            .. TradeRows(result, metrics, currency),
            .. OutcomeRows("By setup", result.Outcomes.BySetup, currency),
            .. OutcomeRows("By confluence", result.Outcomes.ByConfluence, currency),
            .. CostRows(result, metrics, currency),
            .. result.Checks.Select(check => new ResultRow("Checks", check.Name, (check.Passed ? "passed: " : "FAILED: ") + check.Detail, !check.Passed)),
            .. RunRows(result.Manifest),
        ];
    }

    /// <summary>The rows as aligned text, sections apart by an empty line, lines ended by a line feed.</summary>
    public static string ToText(IReadOnlyList<ResultRow> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        int width = rows.Count > 0 ? rows.Max(row => row.Label.Length) : 0;
        StringBuilder text = new();
        string? section = null;
        foreach (ResultRow row in rows)
        {
            if (row.Section != section)
            {
                text.Append(section is null ? "" : "\n").Append(row.Section).Append('\n');
                section = row.Section;
            }

            text.Append(row.IsFailure ? "! " : "  ").Append(row.Label.PadRight(width + 2)).Append(row.Value).Append('\n');
        }

        return text.ToString();
    }

    private static IEnumerable<ResultRow> ResultRows(BacktestResult result, PerformanceMetrics metrics, string currency) =>
    [
        new("Result", "Initial equity", Money(result.InitialEquity, currency)),
        new("Result", "Final equity", Money(result.FinalEquity, currency)),
        new("Result", "Total return", Percent(metrics.TotalReturn)),
        new("Result", "Buy and hold", Percent(metrics.BuyAndHoldReturn)),
        new("Result", "Annual return", Percent(metrics.AnnualReturn)),
        new("Result", "Sharpe", Number(metrics.Sharpe)),
        new("Result", "Sortino", Number(metrics.Sortino)),
        new("Result", "Calmar", Number(metrics.Calmar)),
    ];

    private static IEnumerable<ResultRow> RiskRows(PerformanceMetrics metrics) =>
    [
        new("Risk", "Max drawdown", Percent(metrics.MaxDrawdown)),
        new("Risk", "  from", Time(metrics.MaxDrawdownStart)),
        new("Risk", "  lowest", Time(metrics.MaxDrawdownEnd)),
        new("Risk", "  under water", Unit(metrics.MaxDrawdownDays, "days")),
        new("Risk", "Volatility", Percent(metrics.Volatility)),
        new("Risk", "VaR 95 %, day", Percent(metrics.ValueAtRisk95)),
        new("Risk", "CVaR 95 %, day", Percent(metrics.ConditionalValueAtRisk95)),
        new("Risk", "Tail ratio", Number(metrics.TailRatio)),
        new("Risk", "Ulcer index", Percent(metrics.UlcerIndex)),
        new("Risk", "Exposure", Percent(metrics.Exposure)),
    ];

    private static IEnumerable<ResultRow> TradeRows(BacktestResult result, PerformanceMetrics metrics, string currency)
    {
        int wins = result.Trades.Count(trade => trade.Pnl > 0);
        string interval = TradeStatistics.WinRateInterval(wins, result.Trades.Count) is { } range
            ? $"{Percent(metrics.WinRate)} (95 % sure: {Percent(range.Low)} to {Percent(range.High)})"
            : "-";
        return
        [
            new("Trades", "Trades", metrics.Trades.ToString(CultureInfo.InvariantCulture)),
            new("Trades", "Win rate", interval),
            new("Trades", "Profit factor", Number(metrics.ProfitFactor)),
            new("Trades", "Expectancy", Money(metrics.Expectancy, currency)),
            new("Trades", "Average win", Money(metrics.AverageWin, currency)),
            new("Trades", "Average loss", Money(metrics.AverageLoss, currency)),
            new("Trades", "Average length", Span(metrics.AverageTradeMinutes)),
            new("Trades", "SQN", Number(metrics.Sqn)),
        ];
    }

    private static IEnumerable<ResultRow> OutcomeRows(string section, IReadOnlyCollection<Outcome> outcomes, string currency) =>
        outcomes.Select(one => new ResultRow(
            section,
            one.Name,
            string.Create(CultureInfo.InvariantCulture, $"{one.Trades} trades, {Percent(one.WinRate)} won, mean {Number(one.MeanR)} R, {Money(one.Pnl, currency)}, profit factor {Number(one.ProfitFactor)}")));

    private static IEnumerable<ResultRow> CostRows(BacktestResult result, PerformanceMetrics metrics, string currency) =>
    [
        new("Costs", "Fees", Money(metrics.Fees, currency)),
        new("Costs", "Funding", Money(metrics.Funding, currency)),
        new("Costs", "Turnover", metrics.Turnover is null ? "-" : Number(metrics.Turnover) + " x equity a year"),
        new("Costs", "Fill ratio", Percent(result.Execution.FillRatio)),
        new("Costs", "Slippage", result.Execution.SlippageBps is null ? "-" : $"{Number(result.Execution.SlippageBps)} bps, {Money(result.Execution.SlippageCost, currency)}"),
        new("Costs", "Time to fill", Milliseconds(result.Execution.MillisecondsToFill)),
        new("Costs", "Orders", string.Create(CultureInfo.InvariantCulture, $"{result.Orders.Submitted} sent, {result.Orders.Denied} denied by us, {result.Orders.Rejected} rejected by the venue")),
        .. result.Orders.Reasons.Select(reason => new ResultRow("Costs", "  " + reason.Key, reason.Value.ToString(CultureInfo.InvariantCulture))),
    ];

    private static IEnumerable<ResultRow> RunRows(RunManifest manifest) =>
    [
        new("Run", "Strategy", manifest.Strategy),
        new("Run", "Data", string.Create(CultureInfo.InvariantCulture, $"{string.Join(", ", manifest.Symbols)} {manifest.Interval} of {manifest.Venue}, {manifest.Bars} bars") + (manifest.Venue.IsSimulated ? " (SIMULATED MARKET)" : "")),
        new("Run", "Period", $"{manifest.From} to {manifest.To}"),
        new("Run", "State hash", manifest.StateHash),
        new("Run", "Data hash", manifest.DataHash),
        new("Run", "Config hash", manifest.ConfigHash),
    ];
}
