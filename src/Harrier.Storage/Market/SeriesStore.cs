using System.Runtime.InteropServices;
using Harrier.Domain;
using Harrier.Storage.DuckDb;
using Harrier.Storage.Market.Files;
using Harrier.Storage.Market.Formats;

namespace Harrier.Storage.Market;

/// <summary>Reads and writes the series of one kind. Each call opens what it needs, so that several may run at once; one series has one writer at a time.</summary>
/// <typeparam name="TRow">What a row is.</typeparam>
internal sealed class SeriesStore<TRow>
    where TRow : struct
{
    private readonly StoreContext _context;
    private readonly RowFormat<TRow> _format;
    private readonly PartitionReader<TRow> _reader;
    private readonly PartitionWriter<TRow> _writer;

    /// <summary>The series of one kind in a store.</summary>
    public SeriesStore(StoreContext context, RowFormat<TRow> format)
    {
        _context = context;
        _format = format;
        _reader = new PartitionReader<TRow>(format);
        _writer = new PartitionWriter<TRow>(format, context.Options);
    }

    /// <summary>What writes its files.</summary>
    public PartitionWriter<TRow> Writer => _writer;

    /// <summary>What reads its files.</summary>
    public PartitionReader<TRow> Reader => _reader;

    /// <summary>What a series holds. A manifest that does not fit its file is made again from the rows, in memory.</summary>
    /// <exception cref="StoreException">A file is damaged or has other columns.</exception>
    public SeriesDescription Describe(SeriesKey key)
    {
        SeriesFacts facts = FactsOf(key);
        List<SeriesFile> files = [];
        foreach (Partition partition in _context.Layout.PartitionsOf(key))
        {
            files.Add(new SeriesFile(partition.Parquet, partition.Label, ManifestOf(partition, new PartitionOrigin(facts.Source, key.Interval))));
        }

        return new SeriesDescription(key, facts, files);
    }

    /// <summary>What is known of a series beside its rows.</summary>
    public SeriesFacts FactsOf(SeriesKey key) => StoreJson.ReadFacts(FactsPath(key)) ?? new SeriesFacts();

    /// <summary>Sees that the files of a span are those that were written. A file without a manifest, as a killed writer leaves it, is not refused.</summary>
    /// <exception cref="StoreException">A file is not the one that its manifest describes.</exception>
    public void RequireUnchanged(SeriesKey key, TimeRange range)
    {
        foreach (Partition partition in _context.Layout.PartitionsOf(key).Where(partition => partition.Span.To > range.From && partition.Span.From < range.To))
        {
            if (StoreJson.ReadManifest(partition.Manifest) is { } manifest && manifest.Sha256 != DurableFile.HashOf(partition.Parquet))
            {
                throw StoreFaults.Changed(partition.Parquet);
            }
        }
    }

    /// <summary>The rows of a span, oldest first, file by file.</summary>
    /// <exception cref="StoreException">A file is damaged or has other columns.</exception>
    public IEnumerable<TRow> Read(SeriesKey key, TimeRange range)
    {
        List<TRow> rows = new(DuckAppender.Capacity);
        foreach ((Partition partition, DuckResult chunk) in Chunks(key, range))
        {
            rows.Clear();
            _reader.Decode(chunk, partition.Parquet, rows);
            foreach (TRow row in rows)
            {
                if (range.Contains(_format.TimeOf(in row)))
                {
                    yield return row;
                }
            }
        }
    }

    /// <summary>The chunks of a span, oldest file first; ends of the span that are no whole microseconds are rounded outwards.</summary>
    /// <exception cref="StoreException">A file is damaged or has other columns.</exception>
    public IEnumerable<(Partition Partition, DuckResult Chunk)> Chunks(SeriesKey key, TimeRange range)
    {
        using DuckConnection connection = _context.Database.Connect();
        foreach (Partition partition in _context.Layout.PartitionsOf(key))
        {
            TimeRange span = partition.Span;
            if (span.To <= range.From || span.From >= range.To)
            {
                continue;
            }

            TimeRange wanted = new(range.From <= span.From ? TimeRange.Always.From : range.From, range.To >= span.To ? TimeRange.Always.To : range.To);
            foreach (DuckResult chunk in _reader.Chunks(connection, partition.Parquet, wanted))
            {
                yield return (partition, chunk);
            }
        }
    }

    /// <summary>Writes the rows of a span as text with a line of names.</summary>
    /// <exception cref="StoreException">A file is damaged or has other columns.</exception>
    public void ExportText(SeriesKey key, TimeRange range, Stream output) => _writer.WriteText(output, Read(key, range));

    /// <summary>Writes the rows of a span into one Parquet file, which appears whole or not at all.</summary>
    /// <exception cref="StoreException">A file is damaged, or the target cannot be written.</exception>
    public void ExportParquet(SeriesKey key, TimeRange range, string target)
    {
        string path = Path.GetFullPath(target);
        string temporary = DurableFile.TemporaryOf(path);
        using DuckConnection connection = _context.Database.Connect();
        _ = StoreFaults.Writing(path, () =>
        {
            try
            {
                connection.Execute($"COPY ({_reader.Select([.. _context.Layout.PartitionsOf(key).Select(partition => partition.Parquet)], range)}) TO {DuckConnection.Quote(temporary)} (FORMAT parquet, COMPRESSION zstd)");
                DurableFile.Flush(temporary);
                DurableFile.Publish(temporary, path);
                return true;
            }
            catch
            {
                DurableFile.Discard(temporary);
                throw;
            }
        });
    }

    /// <summary>Joins rows with those that are stored, file by file, and notes what was asked for.</summary>
    /// <exception cref="StoreException">Somebody else writes, a file is damaged, the disk is full, or the folder cannot be written.</exception>
    public StoreWriteResult Write(SeriesKey key, IReadOnlyList<TRow> rows, StoreWrite write) => Locked(key, () => WriteLocked(key, rows, write));

    /// <summary>Does something as the only writer of a series, after what a killed writer left behind was removed.</summary>
    /// <exception cref="StoreException">Somebody else writes, the disk is full, or the folder cannot be written.</exception>
    public T Locked<T>(SeriesKey key, Func<T> write)
    {
        string folder = _context.Layout.FolderOf(key);
        return StoreFaults.Writing(folder, () =>
        {
            using SeriesLock writing = SeriesLock.Take(folder);
            DurableFile.RemoveLeftovers(folder);
            return write();
        });
    }

    /// <summary>As <see cref="Write"/> by the only writer.</summary>
    public StoreWriteResult WriteLocked(SeriesKey key, IReadOnlyList<TRow> rows, StoreWrite write)
    {
        RowMerger<TRow> merger = new(_format, write.ReplaceConflicts);
        List<TRow> sorted = merger.Sort(rows);
        int files = 0;
        using DuckConnection connection = _context.Database.Connect();
        for (int start = 0; start < sorted.Count;)
        {
            Partition partition = _context.Layout.PartitionOf(key, TimeAt(sorted, start));
            TimeRange span = partition.Span;
            int end = start + 1;
            while (end < sorted.Count && span.Contains(TimeAt(sorted, end)))
            {
                end++;
            }

            files += WriteInto(connection, partition, CollectionsMarshal.AsSpan(sorted)[start..end], merger, new PartitionOrigin(write.Source, key.Interval)) ? 1 : 0;
            start = end;
        }

        Note(key, write);
        return new StoreWriteResult
        {
            Added = merger.Added,
            Duplicates = merger.Duplicates,
            Conflicts = merger.Conflicts,
            ConflictsReplaced = write.ReplaceConflicts,
            FirstConflicts = merger.FirstConflicts,
            Files = files,
        };
    }

    /// <summary>Adds to what is known of a series.</summary>
    public void Note(SeriesKey key, StoreWrite write)
    {
        SeriesFacts before = FactsOf(key);
        SeriesFacts after = before with
        {
            Covered = TimeRange.Union([.. before.Covered, .. write.Covered is { } covered ? (TimeRange[])[covered] : []]),
            FirstAvailable = write.FirstAvailable ?? before.FirstAvailable,
            TickSize = write.TickSize ?? before.TickSize,
            LotSize = write.LotSize ?? before.LotSize,
            Market = write.Market ?? before.Market,
            Source = write.Source,
        };
        StoreJson.Write(FactsPath(key), key, after);
    }

    /// <summary>Notes which spans are to be asked for: all else between the first and the last row counts as known.</summary>
    public void SetMissing(SeriesKey key, IReadOnlyList<TimeRange> missing)
    {
        SeriesDescription now = Describe(key);
        List<TimeRange> known = [.. now.Facts.Covered];
        if (key.Interval is { } interval && now.First is { } first && now.Last is { } last)
        {
            known.Add(new TimeRange(first, new Timestamp(last.Nanos + interval.IntervalNanos)));
        }

        StoreJson.Write(FactsPath(key), key, now.Facts with { Covered = [.. TimeRange.Union(known).SelectMany(range => range.Except(missing))] });
    }

    /// <summary>What a file holds: its manifest when it fits the file, else what the rows say.</summary>
    public PartitionManifest ManifestOf(Partition partition, PartitionOrigin origin)
    {
        PartitionManifest? manifest = StoreJson.ReadManifest(partition.Manifest);
        if (manifest is not null && manifest.Schema == PartitionManifest.CurrentSchema && manifest.Bytes == new FileInfo(partition.Parquet).Length)
        {
            return manifest;
        }

        using DuckConnection connection = _context.Database.Connect();
        List<TRow> rows = _reader.ReadAll(connection, partition.Parquet);
        return rows.Count > 0
            ? _writer.Describe(partition, rows, manifest is null ? origin : origin with { Source = manifest.Source }, _context.Options.Clock)
            : throw StoreFaults.Damaged(partition.Parquet, "it holds no rows");
    }

    private string FactsPath(SeriesKey key) => Path.Combine(_context.Layout.FolderOf(key), "_series.json");

    private Timestamp TimeAt(List<TRow> rows, int index)
    {
        TRow row = rows[index];
        return _format.TimeOf(in row);
    }

    private bool WriteInto(DuckConnection connection, Partition partition, ReadOnlySpan<TRow> added, RowMerger<TRow> merger, PartitionOrigin origin)
    {
        List<TRow> old = File.Exists(partition.Parquet) ? _reader.ReadAll(connection, partition.Parquet) : [];
        List<TRow> merged = merger.Merge(old, added, out bool isChanged);
        PartitionManifest? manifest = StoreJson.ReadManifest(partition.Manifest);
        bool isWhole = manifest is not null && manifest.Bytes == new FileInfo(partition.Parquet).Length && File.Exists(partition.Csv) == _context.Options.WriteCsv;
        if (isChanged || !isWhole)
        {
            _ = _writer.Write(connection, partition, merged, origin);
        }

        return isChanged || !isWhole;
    }
}
