using System.Data.Common;
using Dapper;
using Npgsql;

namespace Harrier.Storage.Records.Databases;

/// <summary>A database of a PostgreSQL server.</summary>
internal sealed class PostgresRecords : RecordDatabase
{
    private const string InvalidPassword = "28P01";
    private const string NoSuchDatabase = "3D000";
    private const string DiskFull = "53100";

    private readonly string _connection;

    /// <summary>A database by its connection string.</summary>
    /// <param name="connection">As Npgsql reads it, or as <c>postgres://user:password@host:port/database</c>.</param>
    /// <exception cref="RecordStoreException">It cannot be read.</exception>
    public PostgresRecords(string connection)
    {
        try
        {
            NpgsqlConnectionStringBuilder settings = connection.Contains("://", StringComparison.Ordinal) ? OfAddress(new Uri(connection)) : new(connection);
            settings.ApplicationName = "harrier";
            Name = $"postgres://{settings.Host}:{settings.Port}/{settings.Database}";
            _connection = settings.ToString();
        }
        catch (Exception fault) when (fault is ArgumentException or UriFormatException or FormatException)
        {
            // The text holds a password: what is wrong with it is not repeated.
            throw new RecordStoreException("the connection string", "postgres://user:password@host:port/database, or Host=...;Database=...;Username=...;Password=...");
        }
    }

    /// <inheritdoc/>
    public override string Name { get; }

    /// <inheritdoc/>
    public override string Money => "numeric";

    /// <inheritdoc/>
    public override string Instant => "timestamptz";

    /// <inheritdoc/>
    public override string Serial => "bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY";

    /// <inheritdoc/>
    public override void LockTables(DbConnection connection, DbTransaction transaction) =>
        connection.Execute("SELECT pg_advisory_xact_lock(hashtextextended('harrier tables', 0))", transaction: transaction);

    /// <inheritdoc/>
    public override DbTransaction BeginWriting(DbConnection connection) => connection.BeginTransaction();

    // The lock belongs to the session on the server and ends with it, also when the process is killed.
    /// <inheritdoc/>
    public override bool TryClaim(DbConnection connection, string account) =>
        connection.ExecuteScalar<bool>("SELECT pg_try_advisory_lock(hashtextextended('harrier account ' || @account, 0))", new { account });

    /// <inheritdoc/>
    public override void ReleaseClaims(DbConnection connection)
    {
        try
        {
            Run(connection, "SELECT pg_advisory_unlock_all()");
        }
        catch (Exception fault) when (fault is DbException or InvalidOperationException or IOException or TimeoutException)
        {
            // A connection that is broken has none any more.
        }
    }

    /// <inheritdoc/>
    protected override DbConnection NewConnection() => new NpgsqlConnection(_connection);

    /// <inheritdoc/>
    protected override void Prepare(DbConnection connection)
    {
        if (((NpgsqlConnection)connection).PostgreSqlVersion.Major < 15)
        {
            throw new RecordStoreException(Name, $"is PostgreSQL {((NpgsqlConnection)connection).PostgreSqlVersion}; 15 or newer");
        }
    }

    /// <inheritdoc/>
    protected override string TextOf(Exception fault) => fault is PostgresException server
        ? server.SqlState switch
        {
            InvalidPassword => "user and password that the server accepts",
            NoSuchDatabase => "does not exist; create the database first",
            DiskFull => "the disk of the server is full; free some space, the records are written as soon as there is some",
            _ => $"{server.SqlState}: {server.MessageText}",
        }
        : $"cannot be reached: {fault.Message.ReplaceLineEndings(" ")}";

    private static NpgsqlConnectionStringBuilder OfAddress(Uri address)
    {
        string[] user = address.UserInfo.Split(':', 2);
        return new NpgsqlConnectionStringBuilder
        {
            Host = Uri.UnescapeDataString(address.Host),
            Port = address.Port > 0 ? address.Port : 5432,
            Database = Uri.UnescapeDataString(address.AbsolutePath.Trim('/')),
            Username = Uri.UnescapeDataString(user[0]),
            Password = user.Length > 1 ? Uri.UnescapeDataString(user[1]) : null,
        };
    }
}
