using Harrier.Domain;
using Harrier.Storage.DuckDb;
using Harrier.Storage.Market.Files;
using Harrier.Storage.Market.Formats;

namespace Harrier.Storage.Market.Serving;

/// <summary>
/// Reads a series from end to end as fast as the engine can: a year of files by one statement, because each statement costs as much as decoding tens of
/// thousands of rows. Files of which only a part is wanted are read one by one.
/// </summary>
/// <param name="context">The store.</param>
/// <param name="series">How single files are read, and what is wrong with one is found out.</param>
internal sealed class BarScan(StoreContext context, SeriesStore<HistoricalBar> series)
{
    private const int FilesAtOnce = 12;

    /// <summary>The bars that open in a span, oldest first, a block at a time; the block is the same object at each step.</summary>
    /// <param name="key">Which series.</param>
    /// <param name="range">The open times wanted.</param>
    /// <param name="part">Which columns to decode.</param>
    /// <exception cref="StoreException">A file is damaged, has other columns, or is out of order.</exception>
    public IEnumerable<BarBlock> Read(SeriesKey key, TimeRange range, BarPart part)
    {
        BarBlock block = new(DuckAppender.Capacity);
        long last = long.MinValue;
        foreach ((string path, DuckResult chunk) in Chunks(key, range, part))
        {
            BarColumns.Read(chunk, block);
            last = BarColumns.CheckOrder(block, last, path);
            yield return block;
        }
    }

    private IEnumerable<(string Path, DuckResult Chunk)> Chunks(SeriesKey key, TimeRange range, BarPart part)
    {
        using DuckConnection connection = context.Database.Connect();
        List<Partition> whole = new(FilesAtOnce);
        foreach (Partition partition in context.Layout.PartitionsOf(key))
        {
            TimeRange span = partition.Span;
            if (span.To <= range.From || span.From >= range.To)
            {
                continue;
            }

            bool isWhole = range.From <= span.From && span.To <= range.To;
            if (isWhole)
            {
                whole.Add(partition);
            }

            if (whole.Count == FilesAtOnce || (!isWhole && whole.Count > 0))
            {
                foreach (DuckResult chunk in Chunks(connection, whole, part))
                {
                    yield return (whole[0].Folder, chunk);
                }

                whole.Clear();
            }

            if (!isWhole)
            {
                TimeRange wanted = new(range.From > span.From ? range.From : span.From, range.To < span.To ? range.To : span.To);
                foreach (DuckResult chunk in series.Reader.Chunks(connection, partition.Parquet, wanted))
                {
                    yield return (partition.Parquet, chunk);
                }
            }
        }

        if (whole.Count > 0)
        {
            foreach (DuckResult chunk in Chunks(connection, whole, part))
            {
                yield return (whole[0].Folder, chunk);
            }
        }
    }

    private IEnumerable<DuckResult> Chunks(DuckConnection connection, List<Partition> files, BarPart part)
    {
        int columns = (part == BarPart.PricesAndVolume ? BarFormat.Volume : BarFormat.TradeCount) + 1;
        string names = string.Join(", ", BarFormat.Instance.Columns.Take(columns).Select(column => column.Name));
        string paths = string.Join(", ", files.Select(file => DuckConnection.Quote(file.Parquet)));
        using DuckResult result = Guard(files, () => connection.Stream($"SELECT {names} FROM read_parquet([{paths}], hive_partitioning=false)"));
        for (int i = 0; i < columns; i++)
        {
            if (result.TypeOf(i) != BarFormat.Instance.Columns[i].Type)
            {
                throw FaultOf(files, $"{BarFormat.Instance.Columns[i].Name} is {result.TypeOf(i)}");
            }
        }

        while (Guard(files, result.Read))
        {
            yield return result;
        }
    }

    private T Guard<T>(List<Partition> files, Func<T> work)
    {
        try
        {
            return work();
        }
        catch (DuckDbException fault)
        {
            throw FaultOf(files, fault.Line);
        }
    }

    // The engine does not always say which of the files it was.
    private StoreException FaultOf(List<Partition> files, string reason)
    {
        using DuckConnection connection = context.Database.Connect();
        foreach (Partition file in files)
        {
            try
            {
                foreach (DuckResult _ in series.Reader.Chunks(connection, file.Parquet, TimeRange.Always))
                {
                }
            }
            catch (StoreException fault)
            {
                return fault;
            }
        }

        return StoreFaults.Damaged(files[0].Folder, reason);
    }
}
