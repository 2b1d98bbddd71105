using System.Diagnostics;
using System.Globalization;
using Harrier.Bench.Figures;
using Harrier.Domain;
using Harrier.Storage.Market;

namespace Harrier.Bench.Storage;

/// <summary>
/// A million one-minute bars into the market data store and out of it. <c>--duckprobe</c> names the anchors' DuckProbe assembly, which writes and reads the same rows
/// as one file through the same library and is run beside it.
/// </summary>
/// <param name="time">Source of the timestamps.</param>
public sealed class ParquetFigures(TimeProvider time) : IFigureArea
{
    private const int Rows = 1_000_000;
    private static readonly SeriesKey Key = SeriesKey.Bars(new VenueId("sim-bench"), "BTCUSDT", new BarSpec(60 * Timestamp.NanosPerSecond, BarKind.Time, BarSource.Venue));

    /// <inheritdoc/>
    public string Name => "parquet";

    /// <inheritdoc/>
    public IEnumerable<Figure> Measure(IReadOnlyDictionary<string, string> options)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("harrier-bench-");
        try
        {
            List<(double Write, double Read)> anchors = RunProbe(options.GetValueOrDefault("duckprobe"), folder.FullName);
            string root = Path.Combine(folder.FullName, "store");
            BarColumnSet plain = Columns(withAll: false);
            Figure write = Write("write 1,000,000 bars, OHLCV", root, plain, withCsv: false);
            yield return Beside(write, anchors.ConvertAll(anchor => anchor.Write));
            yield return Beside(Read("read them in blocks", root, null), anchors.ConvertAll(anchor => anchor.Read));
            yield return Read("read them in blocks, one thread", root, 1);
            yield return ReadExact(root);
            yield return BytesPerRow("bytes a bar, OHLCV", root);
            yield return Write("write 1,000,000 bars, all columns", root, Columns(withAll: true), withCsv: false);
            yield return Read("read them in blocks, all columns", root, null);
            yield return BytesPerRow("bytes a bar, all columns", root);
            yield return Write("write 1,000,000 bars, OHLCV, with CSV beside", root, plain, withCsv: true);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static BarColumnSet Columns(bool withAll)
    {
        AnchorSeries walk = new(Rows);
        double[] quote = [.. walk.Volume.Zip(walk.Close, (volume, close) => Math.Round(volume * close, 3))];
        double[] taker = [.. walk.Volume.Select(volume => Math.Round(volume * 0.4, 5))];
        return new BarColumnSet
        {
            OpenTimeNanos = Enumerable.Range(0, Rows).Select(i => (1_600_000_000L + (i * 60L)) * Timestamp.NanosPerSecond).ToArray(),
            Open = Rounded(walk.Open, 2),
            High = Rounded(walk.High, 2),
            Low = Rounded(walk.Low, 2),
            Close = Rounded(walk.Close, 2),
            Volume = Rounded(walk.Volume, 5),
            QuoteVolume = withAll ? (ReadOnlyMemory<double>?)quote : null,
            TakerBuyVolume = withAll ? (ReadOnlyMemory<double>?)taker : null,
            TakerBuyQuoteVolume = withAll ? (ReadOnlyMemory<double>?)quote.Select(value => Math.Round(value * 0.4, 3)).ToArray() : null,
            TradeCount = withAll ? (ReadOnlyMemory<long>?)walk.Volume.Select(volume => (long)(volume * 10)).ToArray() : null,
        };
    }

    private static double[] Rounded(double[] values, int decimals) => [.. values.Select(value => Math.Round(value, decimals))];

    private static Figure Beside(Figure figure, List<double> costs) =>
        costs.Count == 0 ? figure : figure.Against(costs.Order().ElementAt(costs.Count / 2), costs.Min());

    // Nanoseconds a row of writing (appending and copying) and of reading; each is the program's own median.
    private static List<(double Write, double Read)> RunProbe(string? path, string folder)
    {
        List<(double Write, double Read)> costs = [];
        for (int i = 0; i < 3 && path is not null; i++)
        {
            ProcessStartInfo start = new("dotnet", [path, Path.Combine(folder, "probe.parquet"), Rows.ToString(CultureInfo.InvariantCulture)]) { RedirectStandardOutput = true };
            start.Environment["DUCKDB_LIB"] = Path.Combine(AppContext.BaseDirectory, "libduckdb.so");
            using Process process = Process.Start(start) ?? throw new InvalidOperationException($"{path} did not start");
            Dictionary<string, string> fields = process.StandardOutput.ReadToEnd().Split(' ').Select(field => field.Split('=')).Where(parts => parts.Length == 2).ToDictionary(parts => parts[0], parts => parts[1]);
            process.WaitForExit();
            costs.Add((Seconds(fields, "append_s") + Seconds(fields, "write_parquet_zstd_s"), Seconds(fields, "read_all_s")));
        }

        return costs.ConvertAll(cost => (cost.Write * 1e9 / Rows, cost.Read * 1e9 / Rows));
    }

    private static double Seconds(Dictionary<string, string> fields, string name) => double.Parse(fields[name], CultureInfo.InvariantCulture);

    private static Figure BytesPerRow(string name, string root)
    {
        using MarketStore store = MarketStore.Open(root);
        double bytes = store.Bars.Describe(Key).Bytes / (double)Rows;
        return new Figure("parquet", name, "B/row", bytes, bytes, bytes);
    }

    private Figure Write(string name, string root, BarColumnSet bars, bool withCsv)
    {
        using MarketStore store = MarketStore.Open(root, new StoreOptions { WriteCsv = withCsv, Clock = time });
        StoreWrite origin = new() { Source = "bench" };
        return new Repetitions(time).NanosecondsPer(new Figure(Name, name, "ns/row", 0, 0, 0), Rows, () => Clear(root), () => store.Bars.Write(Key, bars, origin));
    }

    private static void Clear(string root)
    {
        if (Directory.Exists(root))
        {
            Directory.Delete(root, recursive: true);
        }
    }

    private Figure Read(string name, string root, int? threads)
    {
        using MarketStore store = MarketStore.Open(root, new StoreOptions { Threads = threads });
        double sum = 0;
        return new Repetitions(time).NanosecondsPer(Name, name, "ns/row", Rows, () =>
        {
            foreach (BarBlock block in store.Bars.ReadBlocks(Key, TimeRange.Always))
            {
                foreach (double close in block.Close)
                {
                    sum += close;
                }
            }
        });
    }

    private Figure ReadExact(string root)
    {
        using MarketStore store = MarketStore.Open(root);
        decimal sum = 0;
        return new Repetitions(time).NanosecondsPer(Name, "read them as exact decimals", "ns/row", Rows, () =>
        {
            foreach (HistoricalBar bar in store.Bars.Read(Key, TimeRange.Always))
            {
                sum += bar.Close;
            }
        });
    }
}
