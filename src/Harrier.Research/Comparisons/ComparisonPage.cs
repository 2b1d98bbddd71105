using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Harrier.Research.Metrics;

namespace Harrier.Research.Comparisons;

/// <summary>
/// The report of a comparison: one HTML file with a drawing of all equity curves and the table, without a script. Its content security policy allows exactly the style
/// that was put in, by its hash. It links to the report of each run beside it.
/// </summary>
public static class ComparisonPage
{
    private const double Width = 1160;
    private const double Height = 260;
    private const double LabelRoom = 110;
    private const int MostPoints = 2000;

    private const string Style = """

        :root { color-scheme: light dark; --bg: #f4f6f9; --card: #fff; --ink: #131a24; --muted: #5a6575; --grid: #e1e6ed; --c0: #0b62b8; --c1: #c2500b; --c2: #2f8f4e; }
        @media screen and (prefers-color-scheme: dark) { :root { --bg: #0d1117; --card: #151b23; --ink: #e7ebf1; --muted: #98a3b3; --grid: #28303b; --c0: #5aacff; --c1: #ff9f57; --c2: #63d18a; } }
        body { margin: 0; padding: 24px; background: var(--bg); color: var(--ink); font: 15px/1.5 system-ui, "Liberation Sans", Arial, sans-serif; font-variant-numeric: tabular-nums; }
        main { max-width: 1200px; margin: 0 auto; display: grid; gap: 16px; }
        h1 { margin: 0; font-size: 24px; } h2 { margin: 0 0 8px; font-size: 17px; } p { margin: 0; color: var(--muted); font-size: 13px; } a { color: var(--c0); }
        .card { background: var(--card); border: 1px solid var(--grid); border-radius: 12px; padding: 16px; overflow-x: auto; }
        svg { display: block; width: 100%; height: auto; min-width: 700px; } svg text { fill: var(--muted); font-size: 12px; } polyline { fill: none; stroke-width: 1.8; }
        .c0 { stroke: var(--c0); } .c1 { stroke: var(--c1); } .c2 { stroke: var(--c2); } .base { stroke: var(--grid); stroke-dasharray: 4 4; }
        text.c0 { stroke: none; fill: var(--c0); } text.c1 { stroke: none; fill: var(--c1); } text.c2 { stroke: none; fill: var(--c2); }
        table { border-collapse: collapse; width: 100%; } th, td { padding: 5px 12px; text-align: right; border-bottom: 1px solid var(--grid); vertical-align: top; }
        th { color: var(--muted); font-weight: 600; } th:first-child { text-align: left; } .section th { color: var(--ink); padding-top: 12px; } .why td { text-align: left; font-size: 13px; }

        """;

    /// <summary>The whole file.</summary>
    /// <param name="comparison">What to show.</param>
    /// <param name="reportOf">The place of a run's own report, relative to this file.</param>
    public static string ToText(RunComparison comparison, Func<ComparedRun, string> reportOf)
    {
        ArgumentNullException.ThrowIfNull(comparison);
        ArgumentNullException.ThrowIfNull(reportOf);
        string style = Style.ReplaceLineEndings("\n");
        string hash = "sha256-" + Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(style)));
        StringBuilder html = new();
        html.Append(CultureInfo.InvariantCulture, $"""
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src '{hash}'; img-src data:; base-uri 'none'; form-action 'none'">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>{Text(comparison.Basis.Result.Manifest.Strategy)} at {comparison.Runs.Count} resolutions - Harrier backtest</title>
            <link rel="icon" href="data:,">
            <style>{style}</style>
            </head>
            <body>
            <main>
            <h1>{Text(string.Join(", ", comparison.Runs.Select(run => run.Name)))}: one strategy, one recording</h1>
            <p>{Text(ComparisonTable.Title(comparison))}. Everything is the same but how finely the market is played.</p>
            <section class="card"><h2>Equity</h2>

            """);
        AppendCurves(html, comparison);
        html.Append("</section>\n<section class=\"card\"><h2>Figures</h2>\n");
        AppendFigures(html, comparison, reportOf);
        html.Append("</section>\n<section class=\"card\"><h2>Why they differ</h2>\n");
        AppendReasons(html, comparison);
        html.Append("</section>\n</main>\n</body>\n</html>\n");
        return html.ToString();
    }

    private static void AppendCurves(StringBuilder html, RunComparison comparison)
    {
        EquityPoint[][] curves = [.. comparison.Runs.Select(run => Thinned(run.Result.Equity.Points))];
        EquityPoint[] all = [.. curves.SelectMany(curve => curve)];
        html.Append(CultureInfo.InvariantCulture, $"<svg viewBox=\"0 0 {Width} {Height}\" role=\"img\" aria-label=\"Equity of each run over time\">\n");
        if (all.Length > 0)
        {
            double start = (double)comparison.Basis.Result.InitialEquity;
            (double Low, double High) range = (Math.Min(start, (double)all.Min(point => point.Equity)), Math.Max(start, (double)all.Max(point => point.Equity)));
            (double First, double Last) time = (all.Min(point => point.Time.Nanos), all.Max(point => point.Time.Nanos));
            double Y(double equity) => Height - 12 - ((equity - range.Low) / Math.Max(range.High - range.Low, 1e-9) * (Height - 24));
            double X(double nanos) => 4 + ((nanos - time.First) / Math.Max(time.Last - time.First, 1) * (Width - LabelRoom - 8));
            html.Append(CultureInfo.InvariantCulture, $"<line class=\"base\" x1=\"4\" x2=\"{Width - LabelRoom}\" y1=\"{Y(start):0.#}\" y2=\"{Y(start):0.#}\"/>\n");
            for (int i = 0; i < curves.Length; i++)
            {
                string points = string.Join(' ', curves[i].Select(point => FormattableString.Invariant($"{X(point.Time.Nanos):0.#},{Y((double)point.Equity):0.#}")));
                html.Append(CultureInfo.InvariantCulture, $"<polyline class=\"c{i % 3}\" points=\"{points}\"/>\n");
                html.Append(CultureInfo.InvariantCulture, $"<text class=\"c{i % 3}\" x=\"{Width - LabelRoom + 8}\" y=\"{24 + (18 * i)}\">{Text(comparison.Runs[i].Name)}</text>\n");
            }
        }

        html.Append("</svg>\n");
    }

    // A screen shows no more, and the last point is the result.
    private static EquityPoint[] Thinned(ReadOnlySpan<EquityPoint> points)
    {
        int step = Math.Max(1, points.Length / MostPoints);
        List<EquityPoint> kept = [];
        for (int i = (points.Length - 1) % step; i >= 0 && i < points.Length; i += step)
        {
            kept.Add(points[i]);
        }

        return [.. kept];
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
