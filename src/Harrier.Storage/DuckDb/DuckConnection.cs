namespace Harrier.Storage.DuckDb;

/// <summary>Runs statements, one at a time.</summary>
public sealed class DuckConnection : IDisposable
{
    // Of duckdb_statement_type: what only reads.
    private const int Select = 1;
    private readonly DuckHandle _handle;

    internal DuckConnection(DuckHandle handle) => _handle = handle;

    /// <summary>The text as a literal of SQL.</summary>
    public static string Quote(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    /// <summary>The text as a name of SQL.</summary>
    public static string QuoteName(string text) => $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    /// <summary>Runs statements for what they do.</summary>
    /// <exception cref="DuckDbException">One failed.</exception>
    public void Execute(string sql)
    {
        using DuckResult result = Query(sql);
    }

    /// <summary>Runs a statement and holds all its rows.</summary>
    /// <exception cref="DuckDbException">It failed.</exception>
    public unsafe DuckResult Query(string sql) => DuckResult.Of(_handle, result => DuckDbNative.Query(_handle.Address, sql, result));

    /// <summary>Runs a statement whose rows are made while they are read, so that memory does not grow with their number.</summary>
    /// <exception cref="DuckDbException">It failed, or there is not exactly one statement.</exception>
    public DuckResult Stream(string sql) => Stream(sql, mustOnlyRead: false);

    /// <summary>As <see cref="Stream(string)"/> for a statement from outside, which must be a query.</summary>
    /// <exception cref="DuckDbException">It failed, or would do anything but read.</exception>
    public DuckResult StreamQuery(string sql) => Stream(sql, mustOnlyRead: true);

    /// <summary>Opens a table for rows to be added to its end.</summary>
    /// <param name="table">Its name.</param>
    /// <param name="types">The types of all its columns.</param>
    /// <exception cref="DuckDbException">There is no such table.</exception>
    public DuckAppender Append(string table, ReadOnlySpan<DuckType> types)
    {
        int state = DuckDbNative.CreateAppender(_handle.Address, null, table, out nint address);
        DuckHandle appender = new DuckHandle(_handle, static (ref nint it) => _ = DuckDbNative.DestroyAppender(ref it)).Take(address);
        if (state == 0)
        {
            return new DuckAppender(appender, types);
        }

        string reason = address == 0 ? table : DuckDbNative.Text(DuckDbNative.AppenderError(address));
        appender.Dispose();
        throw new DuckDbException(reason);
    }

    /// <summary>Stops the statement that runs; it then fails. May be called from any thread.</summary>
    public void Interrupt() => DuckDbNative.Interrupt(_handle.Address);

    /// <summary>Ends the connection once its results have ended.</summary>
    public void Dispose() => _handle.Dispose();

    private unsafe DuckResult Stream(string sql, bool mustOnlyRead)
    {
        using DuckHandle statement = Prepare(sql, mustOnlyRead);
        return DuckResult.Of(_handle, result => DuckDbNative.ExecuteStreaming(statement.Address, result));
    }

    private DuckHandle Prepare(string sql, bool mustOnlyRead)
    {
        ulong count = DuckDbNative.ExtractStatements(_handle.Address, sql, out nint address);
        using DuckHandle statements = new DuckHandle(_handle, DuckDbNative.DestroyExtracted).Take(address);
        if (count != 1)
        {
            string reason = address == 0 || count > 1 ? "" : DuckDbNative.Text(DuckDbNative.ExtractError(address));
            throw new DuckDbException(reason.Length > 0 ? reason : FormattableString.Invariant($"one statement is run at a time, not {count}"));
        }

        int state = DuckDbNative.PrepareExtracted(_handle.Address, statements.Address, 0, out nint prepared);
        DuckHandle statement = new DuckHandle(_handle, DuckDbNative.DestroyPrepared).Take(prepared);
        string fault = state != 0 ? DuckDbNative.Text(DuckDbNative.PrepareError(prepared))
            : mustOnlyRead && DuckDbNative.StatementType(prepared) != Select ? "only queries are run (SELECT, FROM, WITH, VALUES, DESCRIBE, SUMMARIZE)"
            : "";
        if (fault.Length == 0)
        {
            return statement;
        }

        statement.Dispose();
        throw new DuckDbException(fault);
    }
}
