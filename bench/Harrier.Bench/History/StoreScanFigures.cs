using System.Diagnostics;
using System.Globalization;
using Harrier.Bench.Figures;

namespace Harrier.Bench.History;

/// <summary>
/// Ten symbols over five years of one-minute bars, 26 million rows, out of a store and merged by time into engine bars: in a process of its own on one core,
/// whose processor time is counted and whose largest memory is read from the system. The store is made at the first run, in <c>--scan-store DIR</c> or for this run only.
/// </summary>
public sealed class StoreScanFigures : IFigureArea
{
    private const int Runs = 3;

    /// <inheritdoc/>
    public string Name => "scan";

    /// <inheritdoc/>
    public IEnumerable<Figure> Measure(IReadOnlyDictionary<string, string> options)
    {
        string? given = options.GetValueOrDefault("scan-store");
        string folder = given ?? Directory.CreateTempSubdirectory("harrier-scan-").FullName;
        try
        {
            ScanStore.Fill(folder);
            StoreScan.Outcome[] runs = [.. Enumerable.Range(0, Runs).Select(_ => Run(folder))];
            yield return Of("10 symbols x 5 years of 1m merged, one core", "million rows/s", runs, run => run.Rows / run.Seconds / 1e6);
            yield return Of("the same, times, prices and volumes alone", "million rows/s", runs, run => run.Rows / run.PricesSeconds / 1e6);
            yield return Of("the same, most memory", "MB", runs, run => run.PeakMegabytes);
            yield return Of("all columns decoded and not used", "million rows/s", runs, run => run.Rows / run.DecodeSeconds / 1e6);
        }
        finally
        {
            if (given is null)
            {
                Directory.Delete(folder, recursive: true);
            }
        }
    }

    private Figure Of(string name, string unit, StoreScan.Outcome[] runs, Func<StoreScan.Outcome, double> value)
    {
        double[] values = [.. runs.Select(value).Order()];
        return new Figure(Name, name, unit, values[Runs / 2], values[0], values[^1]);
    }

    private static StoreScan.Outcome Run(string folder)
    {
        ProcessStartInfo start = new("taskset", ["-c", "0", Environment.ProcessPath!, typeof(StoreScanFigures).Assembly.Location, "scan", folder]) { RedirectStandardOutput = true };
        using Process process = Process.Start(start) ?? throw new InvalidOperationException("the scan did not start");
        string[] fields = process.StandardOutput.ReadToEnd().Split(' ');
        process.WaitForExit();
        double[] numbers = [.. fields.Select(field => double.Parse(field, CultureInfo.InvariantCulture))];
        return new StoreScan.Outcome((long)numbers[0], numbers[1], numbers[2], numbers[3], numbers[4]);
    }
}
