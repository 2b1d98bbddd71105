using System.Runtime.ExceptionServices;
using Harrier.Domain;
using Harrier.Storage.DuckDb;
using Harrier.Storage.Market.Files;
using Harrier.Storage.Market.Formats;

namespace Harrier.Storage.Market;

/// <summary>Writes columns of bars, several months at a time. A month that is stored already goes the way of single rows.</summary>
/// <param name="context">The store.</param>
/// <param name="series">Its bars.</param>
internal sealed class BarBulkWriter(StoreContext context, SeriesStore<HistoricalBar> series)
{
    /// <summary>Writes bars and notes what was asked for.</summary>
    public StoreWriteResult Write(SeriesKey key, BarColumnSet bars, StoreWrite write)
    {
        bars.Check();
        return series.Locked(key, () =>
        {
            List<(Partition Partition, Range Rows)> months = MonthsOf(key, bars.OpenTimeNanos.Span);
            List<HistoricalBar> others = [.. months.Where(month => File.Exists(month.Partition.Parquet)).SelectMany(month => bars.Rows(month.Rows))];
            List<(Partition Partition, Range Rows)> fresh = [.. months.Where(month => !File.Exists(month.Partition.Parquet))];
            PartitionOrigin origin = new(write.Source, key.Interval);
            WriteMonths(fresh, month => WriteMonth(month.Partition, bars.Slice(month.Rows), origin));
            StoreWriteResult rest = series.WriteLocked(key, others, write);
            return rest with { Added = rest.Added + fresh.Sum(month => (long)(month.Rows.End.Value - month.Rows.Start.Value)), Files = rest.Files + fresh.Count };
        });
    }

    private List<(Partition Partition, Range Rows)> MonthsOf(SeriesKey key, ReadOnlySpan<long> times)
    {
        List<(Partition Partition, Range Rows)> months = [];
        for (int start = 0; start < times.Length;)
        {
            Partition partition = context.Layout.PartitionOf(key, new Timestamp(times[start]));
            int found = times[start..].BinarySearch(partition.Span.To.Nanos);
            int end = start + (found < 0 ? ~found : found);
            months.Add((partition, start..end));
            start = end;
        }

        return months;
    }

    // Two for each processor: while one brings its file to disk, the other fills its own.
    private int Writers => 2 * (context.Options.Threads ?? Environment.ProcessorCount);

    private void WriteMonths(List<(Partition Partition, Range Rows)> months, Action<(Partition Partition, Range Rows)> write)
    {
        try
        {
            _ = Parallel.ForEach(months, new ParallelOptions { MaxDegreeOfParallelism = Writers }, write);
        }
        catch (AggregateException several)
        {
            ExceptionDispatchInfo.Throw(several.InnerExceptions[0]);
        }
    }

    private void WriteMonth(Partition partition, BarColumnSet bars, PartitionOrigin origin) => StoreFaults.Writing(partition.Parquet, () =>
    {
        using DuckConnection connection = context.Database.Connect();
        PartitionWriter<HistoricalBar>.Publish(connection, partition, BarFormat.Instance, appender => BarColumns.Write(appender, bars));
        series.Writer.WriteText(partition, bars.Rows(..));
        StoreJson.Write(partition.Manifest, Describe(partition, bars, origin));
        return true;
    });

    private PartitionManifest Describe(Partition partition, BarColumnSet bars, PartitionOrigin origin)
    {
        ReadOnlySpan<long> times = bars.OpenTimeNanos.Span;
        List<TimeRange> gaps = [];
        for (int i = 1; i < times.Length; i++)
        {
            PartitionManifest.AddGap(gaps, new Timestamp(times[i - 1]), new Timestamp(times[i]), origin.Interval!.Value);
        }

        return new PartitionManifest
        {
            Schema = PartitionManifest.CurrentSchema,
            Rows = times.Length,
            First = new Timestamp(times[0]),
            Last = new Timestamp(times[^1]),
            Bytes = new FileInfo(partition.Parquet).Length,
            Sha256 = DurableFile.HashOf(partition.Parquet),
            Source = origin.Source,
            WrittenAt = Timestamp.From(context.Options.Clock.GetUtcNow()),
            Gaps = gaps,
            PriceDecimals = ExactNumber.MostDecimals(bars.Open, bars.High, bars.Low, bars.Close),
            VolumeDecimals = ExactNumber.MostDecimals(bars.Volume),
        };
    }
}
