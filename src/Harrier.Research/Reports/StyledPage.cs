using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;

namespace Harrier.Research.Reports;

/// <summary>A page without a script, that asks the network for nothing. Its content security policy allows exactly the style that is in it, by its hash.</summary>
internal static class StyledPage
{
    private const string Style = """

        :root { color-scheme: light dark; --bg: #f4f6f9; --card: #fff; --ink: #131a24; --muted: #5a6575; --grid: #e1e6ed; --c0: #0b62b8; --c1: #c2500b; --c2: #2f8f4e; --c3: #8b4bb3; --c4: #b32d57; --c5: #7a6a00; --c6: #00818a; --c7: #6a737d; }
        @media screen and (prefers-color-scheme: dark) { :root { --bg: #0d1117; --card: #151b23; --ink: #e7ebf1; --muted: #98a3b3; --grid: #28303b; --c0: #5aacff; --c1: #ff9f57; --c2: #63d18a; --c3: #c99bec; --c4: #ff7fa5; --c5: #d9c24a; --c6: #4fd0d9; --c7: #aab4bf; } }
        body { margin: 0; padding: 24px; background: var(--bg); color: var(--ink); font: 15px/1.5 system-ui, "Liberation Sans", Arial, sans-serif; font-variant-numeric: tabular-nums; }
        main { max-width: 1200px; margin: 0 auto; display: grid; gap: 16px; }
        h1 { margin: 0; font-size: 24px; } h2 { margin: 0 0 8px; font-size: 17px; } p { margin: 0; color: var(--muted); font-size: 13px; } a { color: var(--c0); }
        .card { background: var(--card); border: 1px solid var(--grid); border-radius: 12px; padding: 16px; overflow-x: auto; }
        svg { display: block; width: 100%; height: auto; min-width: 700px; } svg text { fill: var(--muted); font-size: 12px; } polyline { fill: none; stroke-width: 1.8; }
        .c0 { stroke: var(--c0); } .c1 { stroke: var(--c1); } .c2 { stroke: var(--c2); } .c3 { stroke: var(--c3); } .c4 { stroke: var(--c4); } .c5 { stroke: var(--c5); } .c6 { stroke: var(--c6); } .c7 { stroke: var(--c7); }
        text.c0 { stroke: none; fill: var(--c0); } text.c1 { stroke: none; fill: var(--c1); } text.c2 { stroke: none; fill: var(--c2); } text.c3 { stroke: none; fill: var(--c3); }
        text.c4 { stroke: none; fill: var(--c4); } text.c5 { stroke: none; fill: var(--c5); } text.c6 { stroke: none; fill: var(--c6); } text.c7 { stroke: none; fill: var(--c7); }
        .base { stroke: var(--grid); stroke-dasharray: 4 4; }
        table { border-collapse: collapse; width: 100%; } th, td { padding: 5px 12px; text-align: right; border-bottom: 1px solid var(--grid); vertical-align: top; }
        th { color: var(--muted); font-weight: 600; } th:first-child { text-align: left; } .section th { color: var(--ink); padding-top: 12px; } .why td { text-align: left; font-size: 13px; }

        """;

    /// <summary>Number of classes c0, c1 and so on that give lines and texts a color of their own.</summary>
    public const int Colors = 8;

    /// <summary>The whole file.</summary>
    /// <param name="title">Title of the window, as text.</param>
    /// <param name="heading">What stands on top, as text.</param>
    /// <param name="introduction">What stands below it, as text.</param>
    /// <param name="body">Appends the rest, as HTML.</param>
    public static string ToText(string title, string heading, string introduction, Action<StringBuilder> body)
    {
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
            <title>{WebUtility.HtmlEncode(title)}</title>
            <link rel="icon" href="data:,">
            <style>{style}</style>
            </head>
            <body>
            <main>
            <h1>{WebUtility.HtmlEncode(heading)}</h1>
            <p>{WebUtility.HtmlEncode(introduction)}</p>

            """);
        body(html);
        html.Append("</main>\n</body>\n</html>\n");
        return html.ToString();
    }
}
