namespace Harrier.Storage.DuckDb;

/// <summary>What a database may use.</summary>
public sealed record DuckDatabaseOptions
{
    /// <summary>Threads that work on one statement.</summary>
    /// <value>Null: as many as the machine has processors.</value>
    public int? Threads { get; init; }

    /// <summary>Memory in MiB, beyond which a statement fails.</summary>
    /// <value>1024.</value>
    public int MemoryMiB { get; init; } = 1024;
}

/// <summary>
/// A database of DuckDB in memory. It reads and writes Parquet files and keeps nothing itself. Extensions are neither fetched nor loaded: what
/// is needed is built into the library.
/// </summary>
public sealed class DuckDatabase : IDisposable
{
    private readonly DuckHandle _handle;

    private DuckDatabase(DuckHandle handle) => _handle = handle;

    /// <summary>The engine's version, such as v1.5.6.</summary>
    public static string EngineVersion => DuckDbNative.Text(DuckDbNative.Version());

    /// <summary>Opens an empty database.</summary>
    /// <exception cref="DuckDbException">The engine could not start.</exception>
    public static DuckDatabase Open(DuckDatabaseOptions? options = null)
    {
        options ??= new DuckDatabaseOptions();
        if (DuckDbNative.Open(null, out nint address) != 0)
        {
            DuckDbNative.Close(ref address);
            throw new DuckDbException("the database could not be opened");
        }

        DuckDatabase database = new(new DuckHandle(null, DuckDbNative.Close).Take(address));
        try
        {
            using DuckConnection connection = database.Connect();
            connection.Execute("SET autoinstall_known_extensions=false");
            connection.Execute("SET autoload_known_extensions=false");
            connection.Execute("SET temp_directory=''");
            connection.Execute("SET enable_progress_bar=false");
            connection.Execute("SET TimeZone='UTC'");
            connection.Execute(FormattableString.Invariant($"SET memory_limit='{options.MemoryMiB}MiB'"));
            if (options.Threads is { } threads)
            {
                connection.Execute(FormattableString.Invariant($"SET threads={threads}"));
            }
        }
        catch
        {
            database.Dispose();
            throw;
        }

        return database;
    }

    /// <summary>A connection of its own; one thread uses it at a time.</summary>
    /// <exception cref="DuckDbException">The engine refused.</exception>
    public DuckConnection Connect()
    {
        if (DuckDbNative.Connect(_handle.Address, out nint address) != 0)
        {
            throw new DuckDbException("the database could not be connected to");
        }

        return new DuckConnection(new DuckHandle(_handle, DuckDbNative.Disconnect).Take(address));
    }

    /// <summary>Ends the database once its connections have ended.</summary>
    public void Dispose() => _handle.Dispose();
}
