using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Harrier.Research.Backtests;

namespace Harrier.Research.Reports;

/// <summary>
/// Makes the report of a backtest: one HTML file that holds its style, script and data and asks the network for nothing. Its content
/// security policy allows exactly the style and script that were put in, by their hashes.
/// </summary>
public static partial class HtmlReport
{
    private static readonly string[] Scripts = ["format.js", "chart.js", "panels.js", "tables.js", "report.js"];

    /// <summary>The whole file.</summary>
    public static string ToText(BacktestResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        string style = "\n" + Read("report.css");
        string script = "\n\"use strict\";\n(() => {\n" + string.Concat(Scripts.Select(Read)) + "})();\n";
        Dictionary<string, string> parts = new()
        {
            ["policy"] = $"default-src 'none'; script-src '{HashOf(script)}'; style-src '{HashOf(style)}'; img-src data:; base-uri 'none'; form-action 'none'",
            ["title"] = WebUtility.HtmlEncode($"{result.Manifest.Strategy} on {string.Join(", ", result.Manifest.Symbols)} - Harrier backtest"),
            ["style"] = style,
            ["script"] = script,
            ["data"] = ReportData.ToJson(result),
        };

        // One pass over the template: what is put in is never searched for further places.
        return Place().Replace(Read("report.html"), place => parts[place.Groups[1].Value]);
    }

    private static string HashOf(string content) => "sha256-" + Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(content)));

    private static string Read(string name)
    {
        using Stream stream = typeof(HtmlReport).Assembly.GetManifestResourceStream("Report/" + name)
            ?? throw new InvalidOperationException($"the report template {name} is not part of the program");
        using StreamReader reader = new(stream, Encoding.UTF8);

        // Browsers hash text with line feeds only, whatever the checkout made of it.
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }

    [GeneratedRegex(@"\{\{(\w+)\}\}")]
    private static partial Regex Place();
}
