using Harrier.Domain;
using Harrier.Storage.DuckDb;
using Harrier.Storage.Market.Files;
using Harrier.Storage.Market.Formats;

namespace Harrier.Storage.Market.Checks;

/// <summary>Looks at the files of a series and at the order of their rows.</summary>
/// <typeparam name="TRow">What a row is.</typeparam>
/// <param name="context">The store.</param>
/// <param name="format">How rows lie in columns.</param>
/// <param name="rule">What a row must be.</param>
internal sealed class FileChecker<TRow>(StoreContext context, RowFormat<TRow> format, RowRule<TRow> rule)
    where TRow : struct
{
    private readonly PartitionReader<TRow> _reader = new(format);
    private TRow _last;
    private bool _hasLast;

    /// <summary>Whether the rows of a file that is not the one that was written count as lost.</summary>
    public bool LosesChanged { get; init; }

    /// <summary>Rows looked at.</summary>
    public long Rows { get; private set; }

    /// <summary>Looks at all files.</summary>
    /// <param name="key">The series.</param>
    /// <param name="findings">Where findings are added.</param>
    /// <param name="each">Gets every row in the order of the files.</param>
    /// <returns>The spans of the files whose rows are lost.</returns>
    public IReadOnlyList<TimeRange> Run(SeriesKey key, FindingList findings, Action<TRow> each)
    {
        List<TimeRange> lost = [];
        using DuckConnection connection = context.Database.Connect();
        foreach (Partition partition in context.Layout.PartitionsOf(key))
        {
            if (IsChanged(partition, findings) && LosesChanged)
            {
                lost.Add(partition.Span);
                continue;
            }

            try
            {
                Read(connection, partition, findings, each);
            }
            catch (StoreException fault)
            {
                findings.Add(fault.IsOtherSchema ? StoreFindingKind.OtherSchema : StoreFindingKind.DamagedFile, 1, null, $"{fault.Path} {fault.Fault}");
                lost.Add(partition.Span);
            }
        }

        foreach (Partition gone in context.Layout.MissingPartitionsOf(key))
        {
            findings.Add(StoreFindingKind.MissingFile, 1, null, gone.Parquet);
            lost.Add(gone.Span);
        }

        return lost;
    }

    // A writer that was killed leaves a file without a manifest, never one with the manifest of another.
    private static bool IsChanged(Partition partition, FindingList findings)
    {
        PartitionManifest? manifest = StoreJson.ReadManifest(partition.Manifest);
        if (manifest is not null && manifest.Sha256 == DurableFile.HashOf(partition.Parquet))
        {
            return false;
        }

        findings.Add(StoreFindingKind.Checksum, 1, null, $"{partition.Parquet} {(manifest is null ? "has no manifest" : "is not the file that was written")}");
        return manifest is not null;
    }

    private void Read(DuckConnection connection, Partition partition, FindingList findings, Action<TRow> each)
    {
        List<TRow> rows = _reader.ReadAll(connection, partition.Parquet);
        if (rows.Count == 0)
        {
            throw StoreFaults.Damaged(partition.Parquet, "it holds no rows");
        }

        TimeRange span = partition.Span;
        foreach (TRow row in rows)
        {
            Timestamp time = format.TimeOf(in row);
            if (!span.Contains(time))
            {
                findings.Add(StoreFindingKind.Misplaced, time, $"{time} in {partition.Parquet}");
            }

            CheckOrder(in row, time, findings);
            rule(in row, findings);
            each(row);
            Rows++;
        }
    }

    private void CheckOrder(in TRow row, Timestamp time, FindingList findings)
    {
        int order = _hasLast ? format.Compare(in _last, in row) : -1;
        if (order > 0)
        {
            findings.Add(StoreFindingKind.OutOfOrder, time, $"{time} follows {format.TimeOf(in _last)}");
            return;
        }

        if (order == 0)
        {
            bool isSame = format.AreEqual(in _last, in row);
            findings.Add(isSame ? StoreFindingKind.Duplicate : StoreFindingKind.Overlap, time, $"{time}");
        }

        _last = row;
        _hasLast = true;
    }
}
