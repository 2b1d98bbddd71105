using System.CommandLine;
using Harrier.Cli.Options;
using Harrier.Research.Backtests;
using Harrier.Research.Comparisons;
using Harrier.Research.Reports;

namespace Harrier.Cli.Backtests;

/// <summary>Writes the files of a result and prints it.</summary>
/// <param name="request">What was asked for.</param>
/// <param name="streams">Where to print.</param>
internal sealed class BacktestDelivery(BacktestRequest request, InvocationConfiguration streams)
{
    /// <summary>Delivers one run.</summary>
    /// <returns>The exit code.</returns>
    public int Deliver(BacktestResult result)
    {
        string folder = request.Out ?? Path.Combine(request.Home, "backtests", NameOf(result));
        string json = OutputFolder.Write("--out", folder, () => ResultFiles.Write(result, folder));
        return Print(folder, json, () => ResultPrinter.Print(result, streams.Output));
    }

    /// <summary>Delivers several runs side by side.</summary>
    /// <returns>The exit code.</returns>
    public int Deliver(RunComparison comparison)
    {
        string folder = request.Out ?? Path.Combine(request.Home, "backtests", "compare-" + NameOf(comparison.Basis.Result));
        string json = OutputFolder.Write("--out", folder, () => ComparisonFiles.Write(comparison, folder));
        return Print(folder, json, () => streams.Output.Write(ComparisonTable.ToText(comparison)));
    }

    private int Print(string folder, string json, Action table)
    {
        if (request.IsJson)
        {
            streams.Output.Write(json);
        }
        else
        {
            table();
        }

        (request.IsJson ? streams.Error : streams.Output).WriteLine($"report: {Path.GetFullPath(Path.Combine(folder, ResultFiles.ReportName))}");
        return 0;
    }

    // A run is named by what it is, so that repeating it replaces it and changing anything does not.
    private static string NameOf(BacktestResult result) =>
        $"{result.Manifest.Strategy}-{string.Join('-', result.Manifest.Symbols)}-{result.Manifest.Interval}-{result.Manifest.ConfigHash[..8]}-{result.Manifest.DataHash[..8]}";
}
