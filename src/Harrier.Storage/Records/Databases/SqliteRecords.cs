using System.Data;
using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace Harrier.Storage.Records.Databases;

/// <summary>
/// A file of SQLite with a write-ahead log, so that who reads does not wait for who writes. Decimal numbers are text, because its own
/// numbers are binary and would lose digits; instants are whole microseconds since 1970.
/// </summary>
/// <param name="path">The file; made when it is not there.</param>
internal sealed class SqliteRecords(string path) : RecordDatabase
{
    private const int Full = 13;
    private const int NotADatabase = 26;
    private const int Corrupt = 11;

    static SqliteRecords() => SqliteLibrary.Load();

    /// <inheritdoc/>
    public override string Name => path;

    /// <inheritdoc/>
    public override string Money => "TEXT";

    /// <inheritdoc/>
    public override string Instant => "INTEGER";

    /// <inheritdoc/>
    public override string Serial => "INTEGER PRIMARY KEY";

    /// <summary>Nothing to do: a transaction that writes is alone.</summary>
    public override void LockTables(DbConnection connection, DbTransaction transaction)
    {
    }

    // A transaction that reads first and writes later can be refused at once when another process wrote in between: writers say at the start that they are.
    /// <inheritdoc/>
    public override DbTransaction BeginWriting(DbConnection connection) => ((SqliteConnection)connection).BeginTransaction(IsolationLevel.Serializable, deferred: false);

    /// <summary>Always true: the file lies in the home, and one process at a time runs on that.</summary>
    public override bool TryClaim(DbConnection connection, string account) => true;

    /// <inheritdoc/>
    public override bool LiesIn(string home) => Path.GetDirectoryName(Path.GetFullPath(path)) == Path.TrimEndingDirectorySeparator(Path.GetFullPath(home));

    /// <inheritdoc/>
    protected override DbConnection NewConnection() => new SqliteConnection(new SqliteConnectionStringBuilder
    {
        DataSource = path,
        Mode = SqliteOpenMode.ReadWriteCreate,
        ForeignKeys = true,
        Pooling = false,
        DefaultTimeout = 30,
    }.ToString());

    /// <inheritdoc/>
    protected override void Prepare(DbConnection connection) =>
        Run(connection, "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA busy_timeout = 5000;");

    /// <inheritdoc/>
    protected override string TextOf(Exception fault) => fault is SqliteException sqlite
        ? sqlite.SqliteErrorCode switch
        {
            Full => "the disk is full; free some space, the records are written as soon as there is some",
            NotADatabase => "is no SQLite database; move it away, a new one is made and filled from the journals",
            Corrupt => "is damaged; move it away, a new one is made and filled from the journals",
            _ => sqlite.Message,
        }
        : fault.Message;
}
