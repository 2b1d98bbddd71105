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
    /// <param name="Seconds">From the first to the last, merged.</param>
    /// <param name="DecodeSeconds">For the same columns without making bars of them.</param>
    /// <param name="PeakMegabytes">Largest memory of the process in 10^6 bytes, as the system counts it (VmHWM).</param>
    public sealed record Outcome(long Rows, double Seconds, double DecodeSeconds, double PeakMegabytes);

    /// <summary>Scans a store, prints what it took.</summary>
    public static void Run(string folder)
    {
        TimeProvider time = TimeProvider.System;
        using MarketStore store = MarketStore.Open(folder, OneCore);
        BarHistory[] histories = [.. StoredHistories.Find(store, new BarReadOptions(), null).Select(one => one.History)];

        long start = time.GetTimestamp();
        long rows = Merge(histories);
        double seconds = time.GetElapsedTime(start).TotalSeconds;
        double peak = PeakMegabytes();
        start = time.GetTimestamp();
        foreach (SeriesKey key in store.Bars.List())
        {
            foreach (BarBlock _ in store.Bars.ReadBlocks(key, TimeRange.Always))
            {
            }
        }

        Console.Write(string.Create(CultureInfo.InvariantCulture, $"{rows} {seconds} {time.GetElapsedTime(start).TotalSeconds} {peak}"));
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
}
