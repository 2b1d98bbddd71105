using System.Text;
using Harrier.Research.Backtests;

namespace Harrier.Research.Reports;

/// <summary>Writes the files of a finished backtest: <c>trades.csv</c>, <c>equity.csv</c>, <c>report.html</c> and <c>result.json</c>.</summary>
public static class ResultFiles
{
    /// <summary>Name of the file with the figures; it is put in place last.</summary>
    public const string ResultName = "result.json";

    /// <summary>Name of the file with the round trips.</summary>
    public const string TradesName = "trades.csv";

    /// <summary>Name of the file with the equity curve.</summary>
    public const string EquityName = "equity.csv";

    /// <summary>Name of the report.</summary>
    public const string ReportName = "report.html";

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>Writes all four files or none, replacing those of an earlier run; makes the folder when it is absent.</summary>
    /// <returns>The text of <c>result.json</c>.</returns>
    /// <exception cref="IOException">A file could not be written; files of an earlier run are still there.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written to.</exception>
    public static string Write(BacktestResult result, string folder)
    {
        ArgumentNullException.ThrowIfNull(result);
        ArgumentException.ThrowIfNullOrEmpty(folder);
        string text = ResultJson.ToText(result);
        using FileSet files = new(folder);
        files.Add(TradesName, stream => WriteText(stream, writer => TradesCsv.Write(result, writer)));
        files.Add(EquityName, stream => WriteText(stream, writer => EquityCsv.Write(result.Equity, writer)));
        files.Add(ReportName, stream => WriteText(stream, writer => writer.Write(HtmlReport.ToText(result))));
        files.Add(ResultName, stream => WriteText(stream, writer => writer.Write(text)));
        files.Commit();
        return text;
    }

    private static void WriteText(Stream stream, Action<TextWriter> write)
    {
        using StreamWriter writer = new(stream, Utf8, bufferSize: 1 << 16, leaveOpen: true);
        write(writer);
    }
}
