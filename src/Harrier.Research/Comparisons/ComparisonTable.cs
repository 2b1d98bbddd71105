using System.Globalization;
using System.Text;
using Harrier.Research.Backtests;
using Harrier.Research.Metrics;
using static Harrier.Research.Reports.FigureText;

namespace Harrier.Research.Comparisons;

/// <summary>One line of a comparison: a figure of every run.</summary>
/// <param name="Section">What it belongs to.</param>
/// <param name="Label">What is told.</param>
/// <param name="Values">One value per run.</param>
public sealed record ComparisonRow(string Section, string Label, IReadOnlyList<string> Values);

/// <summary>A comparison as rows for whoever draws tables, and as plain text.</summary>
public static class ComparisonTable
{
    private const int WidestColumn = 44;

    /// <summary>The rows in the order in which to show them.</summary>
    public static IReadOnlyList<ComparisonRow> Rows(RunComparison comparison)
    {
        ArgumentNullException.ThrowIfNull(comparison);
        string currency = comparison.Basis.Result.Manifest.Numeraire.Code;
        string difference = $"Difference to {comparison.Basis.Name}";
        return
        [
            Row("Result", "Total return", (_, metrics) => Percent(metrics.TotalReturn)),
            Row("Result", "Final equity", (result, _) => Money(result.FinalEquity, currency)),
            Row("Result", "Max drawdown", (_, metrics) => Percent(metrics.MaxDrawdown)),
            Row("Trades", "Trades", (_, metrics) => metrics.Trades.ToString(CultureInfo.InvariantCulture)),
            Row("Trades", "Win rate", (_, metrics) => Percent(metrics.WinRate)),
            Row("Trades", "Orders sent", (result, _) => result.Orders.Submitted.ToString(CultureInfo.InvariantCulture)),
            Row("Execution", "Fees", (_, metrics) => Money(metrics.Fees, currency)),
            Row("Execution", "Fill ratio", (result, _) => Percent(result.Execution.FillRatio)),
            Row("Execution", "Mean slippage", (result, _) => Bps(result.Execution.SlippageBps)),
            Row("Execution", "Time to fill", (result, _) => Milliseconds(result.Execution.MillisecondsToFill)),
            Differing("Equity", parts => parts.Equity),
            Differing("  decisions", parts => parts.Decisions),
            Differing("  slippage", parts => parts.Slippage),
            Differing("  fees", parts => parts.Fees),
            Differing("  funding", parts => parts.Funding),
            Row("Checks", "Failed", (result, _) => result.Checks.Where(check => !check.Passed).Select(check => check.Name) is var failed && failed.Any() ? string.Join(", ", failed) : "none"),
        ];

        ComparisonRow Row(string section, string label, Func<BacktestResult, PerformanceMetrics, string> value) =>
            new(section, label, [.. comparison.Runs.Select(run => value(run.Result, PerformanceMetrics.Of(run.Result)))]);

        ComparisonRow Differing(string label, Func<RunDifference, decimal> part) => new(
            difference,
            label,
            [.. comparison.Runs.Select(run => ReferenceEquals(run, comparison.Basis) ? "" : Signed(part(RunDifference.Of(run.Result, comparison.Basis.Result)), currency))]);
    }

    /// <summary>Title, rows in aligned columns and the assumptions that differ; lines ended by a line feed.</summary>
    public static string ToText(RunComparison comparison)
    {
        IReadOnlyList<ComparisonRow> rows = Rows(comparison);
        int first = rows.Max(row => row.Label.Length) + 4;
        int[] widths = [.. comparison.Runs.Select((run, i) => Math.Max(run.Name.Length, rows.Max(row => Math.Min(WidestColumn, row.Values[i].Length))) + 2)];
        StringBuilder text = new(Title(comparison) + "\n\n" + new string(' ', first));
        AppendCells(text, [.. comparison.Runs.Select(run => run.Name)], widths);
        string? section = null;
        foreach (ComparisonRow row in rows)
        {
            if (row.Section != section)
            {
                section = row.Section;
                text.Append(section).Append('\n');
            }

            text.Append(("  " + row.Label).PadRight(first));
            AppendCells(text, row.Values, widths);
        }

        text.Append("\nWhy they differ\n");
        foreach (DifferingAssumption one in comparison.Assumptions())
        {
            text.Append("  ").Append(one.Name).Append('\n');
            for (int i = 0; i < comparison.Runs.Count; i++)
            {
                if (one.Values[i] is null)
                {
                    continue;
                }

                text.Append("    ").Append(comparison.Runs[i].Name).Append(": ").Append(Shown(one.Values[i])).Append('\n');
            }
        }

        return text.ToString();
    }

    /// <summary>What was compared, in one line.</summary>
    public static string Title(RunComparison comparison)
    {
        ArgumentNullException.ThrowIfNull(comparison);
        RunManifest manifest = comparison.Basis.Result.Manifest;
        return $"{manifest.Strategy} on {string.Join(", ", manifest.Symbols)} of {manifest.Venue}, bars of {manifest.Interval}, {manifest.From} to {manifest.To}";
    }

    /// <summary>An assumption as text.</summary>
    internal static string Shown(object? value) => value is null ? "-" : FormattableString.Invariant($"{value}");

    private static void AppendCells(StringBuilder text, IReadOnlyList<string> cells, int[] widths)
    {
        for (int i = 0; i < cells.Count; i++)
        {
            text.Append(cells[i].PadLeft(widths[i]));
        }

        text.Append('\n');
    }

    private static string Signed(decimal amount, string currency) => (amount > 0 ? "+" : "") + Money(amount, currency);

    private static string Bps(double? value) => value is null ? "-" : value.Value.ToString("0.00", CultureInfo.InvariantCulture) + " bps";
}
