using System.Diagnostics;
using System.Globalization;
using Harrier.Bench.Figures;
using Harrier.Domain;
using Harrier.Engine;
using Harrier.Research.Backtests;
using Harrier.Storage.Bars;
using Harrier.Strategies;

namespace Harrier.Bench.Backtests;

/// <summary>
/// The engine on the anchors' backtest, beside the C loop when <c>--loop PATH</c> names its program; and a whole process over five years of
/// one-minute bars when <c>--harrier PATH</c> names harrier.dll.
/// </summary>
/// <param name="time">Source of the timestamps.</param>
public sealed class BacktestFigures(TimeProvider time) : IFigureArea
{
    private const int AnchorBars = 525_600;
    private const int FiveYears = 2_629_440;
    private const int WholeRuns = 5;

    /// <inheritdoc/>
    public string Name => "backtest";

    /// <inheritdoc/>
    public IEnumerable<Figure> Measure(IReadOnlyDictionary<string, string> options)
    {
        AnchorBacktest anchor = new(AnchorBars);
        Figure engine = new Repetitions(time).NanosecondsPer(Name, "sma cross, full event path", "ns/bar", AnchorBars, () => anchor.RunCross());
        yield return options.TryGetValue("loop", out string? loop) ? engine.Against(CLoop(loop)) : engine;
        yield return BytesPerBar(anchor);
        yield return new Figure(Name, "final equity over the C loop's", "x", EquityRatio(anchor), EquityRatio(anchor), EquityRatio(anchor));
        if (options.TryGetValue("harrier", out string? program))
        {
            foreach (Figure figure in WholeProcess(program))
            {
                yield return figure;
            }
        }
    }

    private static double EquityRatio(AnchorBacktest anchor) =>
        (double)anchor.RunCross().Portfolio.Equity(new BotId(0)) / AnchorBacktest.ExpectedEquity;

    // Bars on which nothing is ordered, after the strategy has warmed up.
    private Figure BytesPerBar(AnchorBacktest anchor)
    {
        (TradingEngine _, BacktestLoop loop) = anchor.Prepare(new BuyAndHold());
        loop.Play(1000);
        long before = GC.GetAllocatedBytesForCurrentThread();
        loop.Play(100_000);
        double bytes = (GC.GetAllocatedBytesForCurrentThread() - before) / 100_000.0;
        return new Figure(Name, "allocated on bars without orders", "B/bar", bytes, bytes, bytes);
    }

    // The anchor prints: level2 bars=... trades=... equity=... maxdd=... ns_per_bar=2.49 Mbars_per_s=...
    private static double CLoop(string path)
    {
        string output = Run(path, [AnchorBars.ToString(CultureInfo.InvariantCulture)]);
        string line = output.Split('\n').Single(text => text.StartsWith("level2", StringComparison.Ordinal));
        string field = line.Split(' ').Single(text => text.StartsWith("ns_per_bar=", StringComparison.Ordinal));
        return double.Parse(field.AsSpan("ns_per_bar=".Length), CultureInfo.InvariantCulture);
    }

    private IEnumerable<Figure> WholeProcess(string program)
    {
        string folder = Directory.CreateTempSubdirectory("harrier-bench-").FullName;
        try
        {
            string file = Path.Combine(folder, "BTCUSDT-1m.csv");
            using (FileStream stream = File.Create(file))
            {
                BarCsvWriter.Write(stream, new AnchorBacktest(FiveYears).OnCents());
            }

            string[] arguments = [program, "backtest", "--strategy", "SMA_CROSS", "--data", file, "--out", Path.Combine(folder, "out"), "--json"];
            Run("dotnet", arguments);
            double[] seconds = new double[WholeRuns];
            for (int i = 0; i < WholeRuns; i++)
            {
                long start = time.GetTimestamp();
                Run("dotnet", arguments);
                seconds[i] = time.GetElapsedTime(start).TotalSeconds;
            }

            Array.Sort(seconds);
            yield return new Figure(Name, "5 years of 1m from csv, whole run", "s", seconds[WholeRuns / 2], seconds[0], seconds[^1]);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string Run(string program, IEnumerable<string> arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })
            ?? throw new InvalidOperationException($"{program} did not start");
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"{program} ended with {process.ExitCode}: {errors.Result}");
    }
}
