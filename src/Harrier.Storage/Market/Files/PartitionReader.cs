using Harrier.Storage.DuckDb;
using Harrier.Storage.Market.Formats;

namespace Harrier.Storage.Market.Files;

/// <summary>Opens the Parquet files of one kind.</summary>
/// <typeparam name="TRow">What a row is.</typeparam>
/// <param name="format">How rows lie in columns.</param>
internal sealed class PartitionReader<TRow>(RowFormat<TRow> format)
    where TRow : struct
{
    /// <summary>Reads all rows of a file, in the order in which they lie there.</summary>
    /// <exception cref="StoreException">The file is damaged or has other columns.</exception>
    public List<TRow> ReadAll(DuckConnection connection, string path)
    {
        List<TRow> rows = [];
        foreach (DuckResult chunk in Chunks(connection, path, TimeRange.Always))
        {
            Decode(chunk, path, rows);
        }

        return rows;
    }

    /// <summary>Reads a file piece by piece: the same result at each step, with other rows in it.</summary>
    /// <param name="connection">A connection that does nothing else meanwhile.</param>
    /// <param name="path">The file.</param>
    /// <param name="range">The times wanted; ends that are no whole microseconds are rounded outwards.</param>
    /// <exception cref="StoreException">The file is damaged or has other columns.</exception>
    public IEnumerable<DuckResult> Chunks(DuckConnection connection, string path, TimeRange range)
    {
        using DuckResult result = Open(connection, path, range);
        while (ReadChunk(result, path))
        {
            yield return result;
        }
    }

    /// <summary>The query for the rows of a span in files, of which there is at least one. Ends that are no whole microseconds are rounded outwards.</summary>
    public string Select(IReadOnlyList<string> paths, TimeRange range) => $"SELECT {format.Names} FROM {SourceOf(paths)}{Where(range)}";

    /// <summary>Adds the rows of the chunk at hand to a list.</summary>
    /// <exception cref="StoreException">A number in the file cannot be one.</exception>
    public void Decode(DuckResult chunk, string path, List<TRow> rows)
    {
        try
        {
            new RowDecoder(chunk, format.Columns).Read(format, rows);
        }
        catch (Exception fault) when (fault is FormatException or OverflowException)
        {
            throw StoreFaults.Damaged(path, fault.Message);
        }
    }

    private static bool ReadChunk(DuckResult result, string path)
    {
        try
        {
            return result.Read();
        }
        catch (DuckDbException fault)
        {
            throw StoreFaults.Damaged(path, fault.Line);
        }
    }

    private DuckResult Open(DuckConnection connection, string path, TimeRange range)
    {
        try
        {
            DuckResult result = connection.Stream(Select([path], range));
            for (int i = 0; i < format.Columns.Count; i++)
            {
                if (result.TypeOf(i) != format.Columns[i].Type)
                {
                    DuckType found = result.TypeOf(i);
                    result.Dispose();
                    throw StoreFaults.OtherSchema(path, $"{format.Columns[i].Name} is {found}, not {format.Columns[i].Type}");
                }
            }

            return result;
        }
        catch (DuckDbException fault)
        {
            throw NamesOf(connection, SourceOf([path])) is { } names
                ? StoreFaults.OtherSchema(path, $"{names} instead of {format.Names}")
                : StoreFaults.Damaged(path, fault.Line);
        }
    }

    // Null when the file cannot be read at all, or has the right columns and another fault.
    private string? NamesOf(DuckConnection connection, string source)
    {
        try
        {
            using DuckResult described = connection.Query($"SELECT * FROM {source} LIMIT 0");
            string names = string.Join(", ", Enumerable.Range(0, described.ColumnCount).Select(described.NameOf));
            return names == format.Names ? null : names;
        }
        catch (DuckDbException)
        {
            return null;
        }
    }

    // Exact for ends that are whole microseconds, else wider by less than one: times may be finer than the column is.
    private string Where(TimeRange range)
    {
        string time = format.Columns[0].Name;
        List<string> conditions = [];
        if (range.From.Nanos > TimeRange.Always.From.Nanos)
        {
            conditions.Add(FormattableString.Invariant($"{time} >= make_timestamptz({Floor(range.From.Nanos)})"));
        }

        if (range.To.Nanos < TimeRange.Always.To.Nanos)
        {
            conditions.Add(FormattableString.Invariant($"{time} < make_timestamptz({Floor(range.To.Nanos - 1) + 1})"));
        }

        return conditions.Count == 0 ? "" : " WHERE " + string.Join(" AND ", conditions);
    }

    private static long Floor(long nanos) => Math.DivRem(nanos, 1000) is var (whole, rest) && rest < 0 ? whole - 1 : nanos / 1000;

    private static string SourceOf(IEnumerable<string> paths) => $"read_parquet([{string.Join(", ", paths.Select(DuckConnection.Quote))}], hive_partitioning=false)";
}
