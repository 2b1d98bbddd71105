using System.Globalization;
using System.Net;
using System.Text;
using Harrier.Research.Reports;

namespace Harrier.Research.Comparisons;

/// <summary>
/// The report of a comparison: one HTML file with a drawing of all equity curves and the table, without a script. Its content security policy allows exactly the style
/// that was put in, by its hash. It links to the report of each run beside it.
/// </summary>
public static class ComparisonPage
{
    /// <summary>The whole file.</summary>
    /// <param name="comparison">What to show.</param>
    /// <param name="reportOf">The place of a run's own report, relative to this file.</param>
    public static string ToText(RunComparison comparison, Func<ComparedRun, string> reportOf)
    {
        ArgumentNullException.ThrowIfNull(comparison);
        ArgumentNullException.ThrowIfNull(reportOf);
        return StyledPage.ToText(
            $"{comparison.Basis.Result.Manifest.Strategy} at {comparison.Runs.Count} resolutions - Harrier backtest",
            string.Join(", ", comparison.Runs.Select(run => run.Name)) + ": one strategy, one recording",
            ComparisonTable.Title(comparison) + ". Everything is the same but how finely the market is played.",
            html =>
            {
                html.Append("<section class=\"card\"><h2>Equity</h2>\n");
                EquityDrawing.Append(html, [.. comparison.Runs.Select(run => (run.Name, run.Result.Equity))], (double)comparison.Basis.Result.InitialEquity);
                html.Append("</section>\n<section class=\"card\"><h2>Figures</h2>\n");
                AppendFigures(html, comparison, reportOf);
                html.Append("</section>\n<section class=\"card\"><h2>Why they differ</h2>\n");
                AppendReasons(html, comparison);
                html.Append("</section>\n");
            });
    }

    private static void AppendFigures(StringBuilder html, RunComparison comparison, Func<ComparedRun, string> reportOf)
    {
        html.Append("<table><thead><tr><th></th>");
        foreach (ComparedRun run in comparison.Runs)
        {
            html.Append(CultureInfo.InvariantCulture, $"<th scope=\"col\"><a href=\"{Text(reportOf(run))}\">{Text(run.Name)}</a></th>");
        }

        html.Append("</tr></thead>\n<tbody>\n");
        string? section = null;
        foreach (ComparisonRow row in ComparisonTable.Rows(comparison))
        {
            if (row.Section != section)
            {
                section = row.Section;
                html.Append(CultureInfo.InvariantCulture, $"<tr class=\"section\"><th scope=\"rowgroup\" colspan=\"{comparison.Runs.Count + 1}\">{Text(section)}</th></tr>\n");
            }

            html.Append(CultureInfo.InvariantCulture, $"<tr><th scope=\"row\">{Text(row.Label)}</th>{string.Concat(row.Values.Select(value => $"<td>{Text(value)}</td>"))}</tr>\n");
        }

        html.Append("</tbody></table>\n<p>The four parts of the difference add up to it: what the orders would have earned at the prices expected when they were decided, slippage against "
            + "those prices, fees, funding.</p>\n");
    }

    private static void AppendReasons(StringBuilder html, RunComparison comparison)
    {
        html.Append(CultureInfo.InvariantCulture, $"<table class=\"why\"><thead><tr><th></th>{string.Concat(comparison.Runs.Select(run => $"<th scope=\"col\">{Text(run.Name)}</th>"))}</tr></thead>\n<tbody>\n");
        foreach (DifferingAssumption one in comparison.Assumptions())
        {
            string values = string.Concat(one.Values.Select(value => $"<td>{Text(ComparisonTable.Shown(value))}</td>"));
            html.Append(CultureInfo.InvariantCulture, $"<tr><th scope=\"row\">{Text(one.Name)}</th>{values}</tr>\n");
        }

        html.Append("</tbody></table>\n");
    }

    private static string Text(string text) => WebUtility.HtmlEncode(text);
}
