using System.Net;
using System.Text;
using Harrier.Research.Metrics;
using Harrier.Research.Reports;

namespace Harrier.Research.Portfolios;

/// <summary>Writes the files of a backtest of portfolios: <c>trades.csv</c>, <c>equity.csv</c>, <c>report.html</c> and <c>result.json</c>.</summary>
public static class PortfolioFiles
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>Writes all files or none, replacing those of an earlier run; makes the folder when it is absent.</summary>
    /// <returns>The text of <c>result.json</c>.</returns>
    /// <exception cref="IOException">A file could not be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written to.</exception>
    public static string Write(PortfolioResult result, string folder)
    {
        string text = PortfolioJson.ToText(result);
        using FileSet files = new(folder);
        files.Add(ResultFiles.TradesName, stream => stream.Write(Utf8.GetBytes(Trades(result))));
        files.Add(ResultFiles.EquityName, stream => stream.Write(Utf8.GetBytes(Equity(result))));
        files.Add(ResultFiles.ReportName, stream => stream.Write(Utf8.GetBytes(Page(result))));
        files.Add(ResultFiles.ResultName, stream => stream.Write(Utf8.GetBytes(text)));
        files.Commit();
        return text;
    }

    /// <summary>The conversions of all runs, a line each.</summary>
    internal static string Trades(PortfolioResult result)
    {
        StringBuilder text = new("plan,decided,executed,from_amount,from,to_amount,to,route,notional,cost\n");
        foreach (PortfolioRun run in result.Runs)
        {
            foreach (PortfolioTrade trade in run.Trades)
            {
                text.AppendJoin(
                    ',', run.Name, trade.Decided, trade.Executed, InvariantText.Exact(trade.From.Amount), trade.From.Asset, InvariantText.Exact(trade.To.Amount), trade.To.Asset, trade.Route,
                    InvariantText.Exact(trade.Notional), InvariantText.Exact(trade.Cost)).Append('\n');
            }
        }

        return text.ToString();
    }

    /// <summary>The worth of each run over time, a column each.</summary>
    internal static string Equity(PortfolioResult result)
    {
        StringBuilder text = new();
        text.AppendJoin(',', result.Runs.Select(run => run.Name).Prepend("time")).Append('\n');
        EquityPoint[][] curves = [.. result.Runs.Select(run => run.Equity.Points.ToArray())];
        for (int i = 0; i < curves[0].Length; i++)
        {
            text.Append(curves[0][i].Time);
            foreach (EquityPoint[] curve in curves)
            {
                text.Append(',').Append(InvariantText.Exact(curve[i].Equity));
            }

            text.Append('\n');
        }

        return text.ToString();
    }

    private static string Page(PortfolioResult result) => StyledPage.ToText(
        $"Portfolio bot on {string.Join(", ", result.Symbols)} - Harrier backtest",
        $"Portfolio bot on {string.Join(", ", result.Symbols)}",
        $"{result.Interval} bars of {result.Venue} from {result.From} to {result.To}{(result.Venue.IsSimulated ? " (SIMULATED MARKET)" : "")}. All plans start with the same holdings and pay the same costs.",
        html =>
        {
            html.Append("<section class=\"card\"><h2>Equity</h2>\n");
            EquityDrawing.Append(html, [.. result.Runs.Select(run => (run.Name, run.Equity))], (double)result.InitialEquity);
            html.Append("</section>\n<section class=\"card\"><h2>Figures</h2>\n");
            AppendTable(html, PortfolioFigures.Columns, [.. result.Runs.Select(run => PortfolioFigures.Row(run, result.Settings.Numeraire.Code))]);
            html.Append("</section>\n<section class=\"card\"><h2>Checks</h2>\n");
            AppendTable(html, ["check", "", ""], [.. result.Checks.Select(check => new[] { check.Name, check.Passed ? "passed" : "FAILED", check.Detail })]);
            html.Append("</section>\n<section class=\"card\"><h2>Assumptions</h2>\n");
            html.AppendJoin('\n', PortfolioAssumptions.Lines.Select(line => $"<p>{WebUtility.HtmlEncode(line)}</p>"));
            html.Append("\n</section>\n");
        });

    private static void AppendTable(StringBuilder html, IReadOnlyList<string> columns, IReadOnlyList<string[]> rows)
    {
        html.Append("<table><thead><tr>").AppendJoin("", columns.Select(column => $"<th scope=\"col\">{WebUtility.HtmlEncode(column)}</th>")).Append("</tr></thead>\n<tbody>\n");
        foreach (string[] row in rows)
        {
            html.Append("<tr>").AppendJoin("", row.Select((cell, i) => i == 0 ? $"<th scope=\"row\">{WebUtility.HtmlEncode(cell)}</th>" : $"<td>{WebUtility.HtmlEncode(cell)}</td>")).Append("</tr>\n");
        }

        html.Append("</tbody></table>\n");
    }
}
