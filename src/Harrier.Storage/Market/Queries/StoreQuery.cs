using Harrier.Storage.DuckDb;
using Harrier.Storage.Market.Files;
using Harrier.Storage.Market.Formats;

namespace Harrier.Storage.Market.Queries;

/// <summary>
/// Runs queries over a store: its kinds are the views <c>bars</c>, <c>trades</c>, <c>funding</c> and <c>book</c>, its folders are columns of them. Queries only
/// read, and nothing but the store: the engine has no other access once the views are made.
/// </summary>
public sealed class StoreQuery : IDisposable
{
    private readonly DuckDatabase _database;
    private readonly DuckConnection _connection;

    private StoreQuery(DuckDatabase database)
    {
        _database = database;
        _connection = database.Connect();
    }

    /// <summary>Makes the views of a store; a kind that it does not hold is an empty view.</summary>
    /// <exception cref="DuckDbException">The first file of a kind cannot be read.</exception>
    public static StoreQuery Open(string root, StoreOptions? options = null)
    {
        StoreOptions chosen = options ?? new StoreOptions();
        StoreLayout layout = new(root);
        StoreQuery query = new(DuckDatabase.Open(new DuckDatabaseOptions { Threads = chosen.Threads, MemoryMiB = chosen.MemoryMiB }));
        try
        {
            string[] files =
            [
                .. query.CreateView(layout, BarFormat.Instance),
                .. query.CreateView(layout, TradeFormat.Instance),
                .. query.CreateView(layout, FundingFormat.Instance),
                .. query.CreateView(layout, BookFormat.Instance),
            ];
            query.Close(files);
            return query;
        }
        catch
        {
            query.Dispose();
            throw;
        }
    }

    /// <summary>Runs a query.</summary>
    /// <returns>Its rows, which are made while they are read.</returns>
    /// <exception cref="DuckDbException">It is wrong, or would do anything but read.</exception>
    public QueryRows Run(string sql)
    {
        DuckResult result = _connection.StreamQuery(sql);
        string[] foreign = [.. Enumerable.Range(0, result.ColumnCount).Where(column => !QueryRows.IsReadable(result.TypeOf(column))).Select(result.NameOf).Distinct()];
        if (foreign.Length == 0)
        {
            return new QueryRows(result);
        }

        // Decimals, lists, intervals and the like are shown as the engine writes them.
        result.Dispose();
        string casts = string.Join(", ", foreign.Select(DuckConnection.QuoteName).Select(name => $"CAST({name} AS VARCHAR) AS {name}"));
        return new QueryRows(_connection.StreamQuery($"SELECT * REPLACE ({casts}) FROM ({sql.TrimEnd().TrimEnd(';')}\n)"));
    }

    /// <summary>Stops a query that runs; it then fails. May be called from any thread.</summary>
    public void Interrupt() => _connection.Interrupt();

    /// <summary>Ends the use.</summary>
    public void Dispose()
    {
        _connection.Dispose();
        _database.Dispose();
    }

    // Gives the files that the view reads.
    private string[] CreateView<TRow>(StoreLayout layout, RowFormat<TRow> format)
        where TRow : struct
    {
        string name = StoreLayout.NameOf(format.Kind);
        string[] folders = format.Kind == SeriesKind.Bars ? ["venue", "kind", "symbol", "interval", "month"] : ["venue", "kind", "symbol", "month"];
        string columns = $"venue, kind, symbol, {(format.Kind == SeriesKind.Bars ? "interval, " : "")}{format.Names}, month";
        string[] files = [.. layout.List().Where(key => key.Kind == format.Kind).SelectMany(layout.PartitionsOf).Select(partition => partition.Parquet)];
        if (files.Length == 0)
        {
            IEnumerable<string> empty = [.. folders.Select(folder => $"NULL::VARCHAR AS {folder}"), .. format.Columns.Select(column => $"NULL::{column.SqlType} AS {column.Name}")];
            _connection.Execute($"CREATE VIEW {name} AS SELECT {columns} FROM (SELECT {string.Join(", ", empty)} WHERE false)");
            return files;
        }

        string types = string.Join(", ", folders.Select(folder => $"'{folder}': VARCHAR"));
        _connection.Execute($"CREATE VIEW {name} AS SELECT {columns} FROM read_parquet({ListOf(files)}, hive_partitioning=true, hive_types={{{types}}})");
        return files;
    }

    // Files one by one and not their folder: in a folder that is allowed a statement may make files before it is known to be no query.
    private void Close(string[] files)
    {
        _connection.Execute($"SET allowed_paths={ListOf(files)}");
        _connection.Execute("SET enable_external_access=false");
        _connection.Execute("SET lock_configuration=true");
    }

    private static string ListOf(string[] files) => $"[{string.Join(", ", files.Select(DuckConnection.Quote))}]";
}
