using Harrier.Storage.DuckDb;
using Harrier.Storage.Market.Files;
using Harrier.Storage.Market.Formats;

namespace Harrier.Storage.Market.Checks;

/// <summary>What was put right in a series, and what must come from its source.</summary>
/// <param name="Key">The series.</param>
/// <param name="Moved">Files that could not be used as they were, under their new names. They are kept.</param>
/// <param name="Rewritten">Files whose rows were put into order, each once, or whose manifest was made again.</param>
/// <param name="Missing">Spans to be asked for; whatever else lies between the first and the last row is noted as known.</param>
public sealed record SeriesRepair(SeriesKey Key, IReadOnlyList<string> Moved, IReadOnlyList<string> Rewritten, IReadOnlyList<TimeRange> Missing);

/// <summary>Puts right what needs no source, and notes what is to be asked for. Nothing is deleted: files that cannot be used are moved aside.</summary>
/// <typeparam name="TRow">What a row is.</typeparam>
/// <param name="context">The store.</param>
/// <param name="key">The series.</param>
/// <param name="format">How rows lie in columns.</param>
/// <param name="keepChanged">True to take the rows of files that are not those that were written; false to ask for them again.</param>
internal sealed class StoreRepair<TRow>(StoreContext context, SeriesKey key, RowFormat<TRow> format, bool keepChanged)
    where TRow : struct
{
    private readonly SeriesStore<TRow> _series = new(context, format);
    private readonly List<string> _moved = [];
    private readonly List<string> _rewritten = [];
    private readonly List<TRow> _strays = [];

    /// <summary>Repairs the series.</summary>
    /// <exception cref="StoreException">Somebody else writes, the disk is full, or the folder cannot be written.</exception>
    public SeriesRepair Run() => _series.Locked(key, () =>
    {
        IReadOnlyList<TimeRange> missing = new StoreChecker(context, losesChanged: !keepChanged).Run(key).Missing;
        using DuckConnection connection = context.Database.Connect();
        foreach (Partition partition in context.Layout.PartitionsOf(key))
        {
            RepairFile(connection, partition);
        }

        foreach (Partition gone in context.Layout.MissingPartitionsOf(key))
        {
            File.Delete(gone.Manifest);
            File.Delete(gone.Csv);
        }

        if (_strays.Count > 0)
        {
            _ = _series.WriteLocked(key, _strays, new StoreWrite { Source = _series.FactsOf(key).Source });
        }

        _series.SetMissing(key, missing);
        return new SeriesRepair(key, _moved, _rewritten, missing);
    });

    private void RepairFile(DuckConnection connection, Partition partition)
    {
        PartitionManifest? manifest = StoreJson.ReadManifest(partition.Manifest);
        bool isDescribed = manifest is not null && manifest.Sha256 == DurableFile.HashOf(partition.Parquet);
        if (manifest is not null && !isDescribed && !keepChanged)
        {
            MoveAside(partition);
            return;
        }

        List<TRow> rows;
        try
        {
            rows = _series.Reader.ReadAll(connection, partition.Parquet);
        }
        catch (StoreException)
        {
            MoveAside(partition);
            return;
        }

        TimeRange span = partition.Span;
        RowMerger<TRow> merger = new(format, replaceConflicts: false);
        List<TRow> whole = merger.Merge([], System.Runtime.InteropServices.CollectionsMarshal.AsSpan(merger.Sort(rows)), out _);
        List<TRow> kept = [.. whole.Where(row => span.Contains(format.TimeOf(in row)))];
        bool isChanged = !IsSame(rows, kept);
        _strays.AddRange(whole.Where(row => !span.Contains(format.TimeOf(in row))));
        if (isChanged)
        {
            MoveAside(partition);
        }

        if (kept.Count > 0 && (isChanged || !isDescribed))
        {
            _ = _series.Writer.Write(connection, partition, kept, new PartitionOrigin(manifest?.Source ?? _series.FactsOf(key).Source, key.Interval));
            _rewritten.Add(partition.Parquet);
        }
    }

    private bool IsSame(List<TRow> left, List<TRow> right)
    {
        for (int i = 0; i < left.Count && left.Count == right.Count; i++)
        {
            TRow a = left[i];
            TRow b = right[i];
            if (!format.AreEqual(in a, in b))
            {
                return false;
            }
        }

        return left.Count == right.Count && left.Count > 0;
    }

    // Hidden, and without the ending that readers look for.
    private void MoveAside(Partition partition)
    {
        string name = Path.GetFileName(partition.Parquet);
        int number = 1;
        string target;
        do
        {
            target = Path.Combine(partition.Folder, FormattableString.Invariant($".damaged-{name}.{number++}"));
        }
        while (File.Exists(target));
        DurableFile.Publish(partition.Parquet, target);
        File.Delete(partition.Manifest);
        File.Delete(partition.Csv);
        _moved.Add(target);
    }
}
