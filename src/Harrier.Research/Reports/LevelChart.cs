using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Harrier.Features;
using Harrier.Features.Levels;

namespace Harrier.Research.Reports;

/// <summary>What a chart of levels shows.</summary>
/// <param name="Title">Symbol, interval and preset.</param>
/// <param name="Bars">The bars that the levels were found in, oldest first; at least one.</param>
/// <param name="Levels">The levels after the last bar.</param>
/// <param name="Decimals">Decimals of a price.</param>
public sealed record LevelChartData(string Title, IReadOnlyList<ClosedBar> Bars, IReadOnlyList<LevelQuality> Levels, int Decimals);

/// <summary>
/// Makes a chart of levels: one HTML file that holds its style and a drawing, has no script and asks the network for nothing. Its content security
/// policy allows exactly the style that was put in, by its hash.
/// </summary>
public static class LevelChart
{
    private const string Style = """

        :root { color-scheme: light dark; --bg: #f4f6f9; --card: #fff; --ink: #131a24; --muted: #5a6575; --grid: #e1e6ed; --up: #0b62b8; --down: #c2500b; }
        @media screen and (prefers-color-scheme: dark) { :root { --bg: #0d1117; --card: #151b23; --ink: #e7ebf1; --muted: #98a3b3; --grid: #28303b; --up: #5aacff; --down: #ff9f57; } }
        body { margin: 0; padding: 24px; background: var(--bg); color: var(--ink); font: 15px/1.5 system-ui, "Liberation Sans", Arial, sans-serif; font-variant-numeric: tabular-nums; }
        main { max-width: 1240px; margin: 0 auto; display: grid; gap: 16px; }
        h1 { margin: 0; font-size: 24px; } p { margin: 0; color: var(--muted); font-size: 13px; }
        .card { background: var(--card); border: 1px solid var(--grid); border-radius: 12px; padding: 12px; overflow-x: auto; }
        svg { display: block; width: 100%; height: auto; min-width: 760px; } svg text { fill: var(--muted); font-size: 11px; }
        .grid { stroke: var(--grid); } .up { stroke: var(--up); fill: var(--up); } .down { stroke: var(--down); fill: var(--down); }
        .level { stroke-width: 1.5; } .resistance { stroke: var(--down); } .support { stroke: var(--up); stroke-dasharray: 6 4; }
        svg .tag { fill: var(--ink); font-size: 11.5px; paint-order: stroke; stroke: var(--card); stroke-width: 3px; }
        table { border-collapse: collapse; width: 100%; } th, td { padding: 4px 10px; text-align: right; border-bottom: 1px solid var(--grid); white-space: nowrap; }
        th { color: var(--muted); font-weight: 600; font-size: 12px; } th:first-child, td:first-child, th:last-child, td:last-child { text-align: left; }

        """;

    /// <summary>The whole file.</summary>
    public static string ToText(LevelChartData data)
    {
        ArgumentNullException.ThrowIfNull(data);
        string style = Style.ReplaceLineEndings("\n");
        string hash = "sha256-" + Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(style)));
        string title = WebUtility.HtmlEncode(data.Title);
        StringBuilder html = new();
        html.Append(CultureInfo.InvariantCulture, $"""
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src '{hash}'; img-src data:; base-uri 'none'; form-action 'none'">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>{title} - Harrier levels</title>
            <link rel="icon" href="data:,">
            <style>{style}</style>
            </head>
            <body>
            <main>
            <h1>{title}</h1>
            <p>{data.Bars.Count} bars from {data.Bars[0].OpenTime} to {data.Bars[^1].CloseTime}; resistance drawn through, support dashed; the fainter, the lower the score.</p>
            <section class="card">
            """);
        LevelDrawing.AppendTo(html, data);
        html.Append("</section>\n<section class=\"card\">\n");
        AppendTable(html, data);
        html.Append("</section>\n</main>\n</body>\n</html>\n");
        return html.ToString();
    }

    private static void AppendTable(StringBuilder html, LevelChartData data)
    {
        html.Append("<table><thead><tr><th>Level</th><th>Price</th><th>Distance</th><th>Touches</th><th>Strength</th><th>Round</th><th>Cascade</th><th>Score</th>"
            + "<th>Base</th><th>Last touch</th><th>Approach</th></tr></thead>\n<tbody>\n");
        double close = data.Bars[^1].Close;
        string price = "F" + data.Decimals.ToString(CultureInfo.InvariantCulture);
        foreach (LevelQuality one in data.Levels)
        {
            string baseHeight = double.IsNaN(one.Level.BaseHeight) ? "-" : one.Level.BaseHeight.ToString(price, CultureInfo.InvariantCulture);
            html.Append(
                CultureInfo.InvariantCulture,
                $"<tr><td>{one.Level.Kind}</td><td>{one.Level.Price.ToString(price, CultureInfo.InvariantCulture)}</td><td>{((one.Level.Price / close) - 1) * 100:+0.00;-0.00} %</td>");
            html.Append(
                CultureInfo.InvariantCulture,
                $"<td>{one.Level.Touches}</td><td>{one.Level.Strength:0.000}</td><td>{one.Round.Bonus:0.000}</td><td>{one.Cascade.Bonus:0.00}</td><td>{one.Score:0.000}</td>");
            html.Append(CultureInfo.InvariantCulture, $"<td>{baseHeight}</td><td>{one.Level.LastTouch}</td><td>{one.Approach.Verdict}</td></tr>\n");
        }

        html.Append("</tbody></table>\n");
    }
}
