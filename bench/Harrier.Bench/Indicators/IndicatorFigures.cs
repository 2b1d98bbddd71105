using System.Diagnostics;
using System.Globalization;
using Harrier.Bench.Figures;
using Harrier.Features;
using Harrier.Features.Indicators;

namespace Harrier.Bench.Indicators;

/// <summary>
/// Indicators over a million bars: the eight batch forms, beside TA-Lib when <c>--talib PATH</c> names its timing program, and kernels fed
/// through the public interface.
/// </summary>
/// <param name="time">Source of the timestamps.</param>
public sealed class IndicatorFigures(TimeProvider time) : IFigureArea
{
    private const int BarCount = 1_000_000;
    private const int CachedBars = 8192;
    private const string TalibOption = "talib";

    /// <inheritdoc/>
    public string Name => "indicators";

    /// <inheritdoc/>
    public IEnumerable<Figure> Measure(IReadOnlyDictionary<string, string> options)
    {
        Repetitions repetitions = new(time);
        BatchWork work = new(new AnchorSeries(BarCount));
        Dictionary<string, (double Median, double Least)> anchors = options.TryGetValue(TalibOption, out string? path) ? Talib(path, work.Ids) : [];
        List<Figure> batch = [];
        foreach (string id in work.Ids)
        {
            Figure figure = repetitions.NanosecondsPer(Name, "batch " + id, "ns/bar", BarCount, work.For(id));
            batch.Add(anchors.TryGetValue(id, out (double Median, double Least) anchor) ? figure.Against(anchor.Median, anchor.Least) : figure);
        }

        return [.. batch, .. GeometricMean(batch), .. Streaming(repetitions, work.Series.Bars)];
    }

    private static IEnumerable<Figure> GeometricMean(List<Figure> batch)
    {
        if (batch.TrueForAll(figure => figure.Ratio is not null))
        {
            double mean = Math.Exp(batch.Average(figure => Math.Log(figure.Ratio!.Value)));
            double least = Math.Exp(batch.Average(figure => Math.Log(figure.LeastRatio!.Value)));
            yield return new Figure("indicators", "geometric mean over TA-Lib", "x", mean, batch.Min(f => f.Ratio!.Value), batch.Max(f => f.Ratio!.Value));
            yield return new Figure("indicators", "the same of least times", "x", least, batch.Min(f => f.LeastRatio!.Value), batch.Max(f => f.LeastRatio!.Value));
        }
    }

    private IEnumerable<Figure> Streaming(Repetitions repetitions, Ohlcv[] bars)
    {
        foreach (string text in (string[])["sma:20", "ema:20", "rsi:14", "macd:12:26:9", "bbands:20:2", "atr:14", "adx:14", "stoch:14:3:3"])
        {
            // One kernel goes on through all repetitions, as it would in a running bot.
            IIndicator kernel = IndicatorCatalog.Parse(text).Kernel;
            double sum = 0;
            yield return repetitions.NanosecondsPer(Name, "update " + text, "ns/bar", BarCount, () => sum += Feed(kernel, bars));
            GC.KeepAlive(sum);
        }
    }

    private static double Feed(IIndicator kernel, Ohlcv[] bars)
    {
        // The same bars again and again: a million of them would time the memory, from which a running bot reads no bars.
        double sum = 0;
        for (int i = 0; i < BarCount; i++)
        {
            sum += kernel.Update(bars[i % CachedBars]);
        }

        return sum;
    }

    /// <summary>Runs TA-Lib's timing program, which prints <c>id,median,min,max</c> per line, on the same number of bars.</summary>
    private static Dictionary<string, (double Median, double Least)> Talib(string path, IEnumerable<string> ids)
    {
        ProcessStartInfo start = new(path, [BarCount.ToString(CultureInfo.InvariantCulture), "15", .. ids]) { RedirectStandardOutput = true };
        using Process process = Process.Start(start) ?? throw new InvalidOperationException($"{path} did not start");
        Dictionary<string, (double Median, double Least)> medians = [];
        while (process.StandardOutput.ReadLine() is { } line)
        {
            string[] cells = line.Split(',');
            if (cells.Length == 4 && double.TryParse(cells[1], NumberStyles.Float, CultureInfo.InvariantCulture, out double median))
            {
                medians[cells[0]] = (median, double.Parse(cells[2], CultureInfo.InvariantCulture));
            }
        }

        process.WaitForExit();
        return medians;
    }
}
