using System.Runtime.InteropServices;
using Harrier.Domain;
using Harrier.Storage.DuckDb;
using Harrier.Storage.Market.Formats;

namespace Harrier.Storage.Market.Files;

/// <summary>Writes the files of one kind: the Parquet file, the text beside it, and last the manifest.</summary>
/// <typeparam name="TRow">What a row is.</typeparam>
/// <param name="format">How rows lie in columns.</param>
/// <param name="options">How the store is worked with.</param>
internal sealed class PartitionWriter<TRow>(RowFormat<TRow> format, StoreOptions options)
    where TRow : struct
{
    private const string Table = "rows_to_write";

    // A dictionary of prices is built for each column and then thrown away: it cost a quarter of the time, and files came out within 2 % without it.
    private const string Copying = "FORMAT parquet, COMPRESSION zstd, DICTIONARY_SIZE_LIMIT 1";

    /// <summary>Writes a file anew.</summary>
    /// <param name="connection">A connection that does nothing else meanwhile.</param>
    /// <param name="partition">Where to.</param>
    /// <param name="rows">The rows in order, at least one.</param>
    /// <param name="description">Source and, for bars, the interval.</param>
    /// <exception cref="StoreException">The disk is full, or the folder cannot be written; what was there stays.</exception>
    public PartitionManifest Write(DuckConnection connection, Partition partition, List<TRow> rows, PartitionOrigin description) =>
        StoreFaults.Writing(partition.Parquet, () =>
        {
            Publish(connection, partition, format, appender => new RowEncoder(appender, format.Columns).Write(format, CollectionsMarshal.AsSpan(rows)));
            WriteText(partition, rows);
            PartitionManifest manifest = Describe(partition, rows, description, options.Clock);
            StoreJson.Write(partition.Manifest, manifest);
            return manifest;
        });

    /// <summary>Writes the Parquet file alone.</summary>
    public static void Publish(DuckConnection connection, Partition partition, RowFormat<TRow> format, Action<DuckAppender> fill)
    {
        DurableFile.CreateFolder(partition.Folder);
        string temporary = DurableFile.TemporaryOf(partition.Parquet);
        try
        {
            connection.Execute($"CREATE OR REPLACE TEMP TABLE {Table} ({format.Definition})");
            using (DuckAppender appender = connection.Append(Table, format.Types))
            {
                fill(appender);
                appender.Close();
            }

            connection.Execute($"COPY {Table} TO {DuckConnection.Quote(temporary)} ({Copying})");
            DurableFile.Flush(temporary);

            // A manifest of the old file beside the new one would be believed if both were of one length; without any the rows are read.
            File.Delete(partition.Manifest);
            DurableFile.Publish(temporary, partition.Parquet);
        }
        catch
        {
            DurableFile.Discard(temporary);
            throw;
        }
        finally
        {
            connection.Execute($"DROP TABLE IF EXISTS {Table}");
        }
    }

    /// <summary>Writes the rows as text beside the Parquet file, or removes an old text where none is wanted.</summary>
    public void WriteText(Partition partition, IEnumerable<TRow> rows)
    {
        if (!options.WriteCsv)
        {
            File.Delete(partition.Csv);
            return;
        }

        DurableFile.Write(partition.Csv, stream => WriteText(stream, rows));
    }

    /// <summary>Writes rows as text with a line of names.</summary>
    public void WriteText(Stream stream, IEnumerable<TRow> rows)
    {
        CsvLine line = new(stream);
        line.Header(format.Columns.Take(format.Columns.Count - 1).Select(column => column.Name));
        foreach (TRow row in rows)
        {
            format.WriteText(line, in row);
            line.End();
        }

        line.Flush();
    }

    /// <summary>Says what a file holds.</summary>
    public PartitionManifest Describe(Partition partition, List<TRow> rows, PartitionOrigin origin, TimeProvider clock)
    {
        DecimalCounts decimals = new();
        List<TimeRange> gaps = [];
        for (int i = 0; i < rows.Count; i++)
        {
            TRow row = rows[i];
            format.Measure(decimals, in row);
            if (i > 0 && origin.Interval is { } interval)
            {
                TRow before = rows[i - 1];
                PartitionManifest.AddGap(gaps, format.TimeOf(in before), format.TimeOf(in row), interval);
            }
        }

        TRow first = rows[0];
        TRow last = rows[^1];
        return new PartitionManifest
        {
            Schema = PartitionManifest.CurrentSchema,
            Rows = rows.Count,
            First = format.TimeOf(in first),
            Last = format.TimeOf(in last),
            Bytes = new FileInfo(partition.Parquet).Length,
            Sha256 = DurableFile.HashOf(partition.Parquet),
            Source = origin.Source,
            WrittenAt = Timestamp.From(clock.GetUtcNow()),
            Gaps = gaps,
            PriceDecimals = decimals.Price,
            VolumeDecimals = decimals.Volume,
        };
    }
}

/// <summary>Where the rows of a file come from.</summary>
/// <param name="Source">In words.</param>
/// <param name="Interval">Length of the bars; null for anything but bars.</param>
internal sealed record PartitionOrigin(string Source, BarSpec? Interval);
