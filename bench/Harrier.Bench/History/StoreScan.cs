using System.Globalization;
using Harrier.Domain;
using Harrier.Features.Bars;
using Harrier.Storage.Bars;
using Harrier.Storage.Market;
using Harrier.Storage.Market.Serving;

namespace Harrier.Bench.History;

/// <summary>What the process of a scan does.</summary>
internal static class StoreScan
{
    // Enough for ten files at once; the engine fails beyond it rather than growing.
    private static readonly StoreOptions OneCore = new() { Threads = 1, MemoryMiB = 200 };

    /// <summary>What a scan took.</summary>
    /// <param name="Rows">Bars read.</param>
    /// <param name="Seconds">Time of the processor for all of them, merged: on one core that does nothing else it is the time on the clock.</param>
    /// <param name="PricesSeconds">The same for times, prices and volumes alone.</param>
    /// <param name="DecodeSeconds">For all columns without making bars of them.</param>
    /// <param name="PeakMegabytes">Largest memory of the process in 10^6 bytes, as the system counts it (VmHWM).</param>
    public sealed record Outcome(long Rows, double Seconds, double PricesSeconds, double DecodeSeconds, double PeakMegabytes);

    /// <summary>Scans a store, prints what it took.</summary>
    public static void Run(string folder)
    {
        using MarketStore store = MarketStore.Open(folder, OneCore);
        BarHistory[] histories = [.. StoredHistories.Find(store, new BarReadOptions(), null).Select(one => one.History)];

        TimeSpan start = Environment.CpuUsage.TotalTime;
        long rows = Merge(histories);
        double seconds = (Environment.CpuUsage.TotalTime - start).TotalSeconds;
        start = Environment.CpuUsage.TotalTime;
        Merge([.. histories.Select(history => new PricesOf(history))]);
        double pricesSeconds = (Environment.CpuUsage.TotalTime - start).TotalSeconds;
        double peak = PeakMegabytes();
        start = Environment.CpuUsage.TotalTime;
        foreach (SeriesKey key in store.Bars.List())
        {
            foreach (BarBlock _ in store.Bars.ReadBlocks(key, TimeRange.Always))
            {
            }
        }

        Console.Write(string.Create(CultureInfo.InvariantCulture, $"{rows} {seconds} {pricesSeconds} {(Environment.CpuUsage.TotalTime - start).TotalSeconds} {peak}"));
    }

    private static long Merge(BarHistory[] histories)
    {
        using BarMerge merge = new(histories);
        long rows = 0;
        double sum = 0;
        for (; !merge.IsAtEnd; merge.Advance())
        {
            foreach (int place in merge.Group)
            {
                sum += merge[place].Current.Volume;
                rows++;
            }
        }

        return sum > 0 ? rows : throw new InvalidOperationException("the store holds bars without volume");
    }

    private static double PeakMegabytes()
    {
        string line = File.ReadLines("/proc/self/status").First(text => text.StartsWith("VmHWM:", StringComparison.Ordinal));
        return double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) * 1024 / 1e6;
    }

    /// <summary>A history without what bars say besides times, prices and volumes.</summary>
    private sealed class PricesOf(BarHistory history) : BarHistory(history.Instrument, history.Spec)
    {
        public override IEnumerable<ReadOnlyMemory<Bar>> ReadBlocks() => history.ReadPrices();

        protected override BarExtent Measure() => history.Extent;
    }
}
