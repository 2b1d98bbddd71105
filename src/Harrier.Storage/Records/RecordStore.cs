using System.Data.Common;
using Dapper;
using Harrier.Domain;
using Harrier.Storage.Records.Databases;
using Harrier.Storage.Records.Rows;

namespace Harrier.Storage.Records;

/// <summary>
/// What is kept of accounts for good, in a database that other programs can read: positions from entry to exit, executions, equity, events. It follows the journals,
/// which are the truth: writing a row twice leaves it once, and what is missing can be written again from them.
/// </summary>
public sealed class RecordStore : IDisposable
{
    private readonly RecordDatabase _database;
    private readonly Lock _writing = new();
    private readonly Dictionary<string, long> _accounts = new(StringComparer.Ordinal);
    private DbConnection? _writer;

    private RecordStore(RecordDatabase database) => _database = database;

    /// <summary>Where it is, without user and password.</summary>
    public string Name => _database.Name;

    /// <summary>Opens a store, or makes it; its tables are brought up to date.</summary>
    /// <param name="address">Path of a SQLite file, or a connection string of PostgreSQL: <c>postgres://user:password@host:port/database</c> or <c>Host=...</c>.</param>
    /// <param name="now">The time.</param>
    /// <exception cref="RecordStoreException">It cannot be used.</exception>
    public static RecordStore Open(string address, Timestamp now)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(address);
        RecordStore store = new(IsServer(address) ? new PostgresRecords(address) : new SqliteRecords(address));
        store.Guard(() =>
        {
            using DbConnection connection = store._database.Open();
            Migrations.Run(store._database, connection, now);
            return 0;
        });
        return store;
    }

    /// <summary>Opens a database and closes it again; nothing in it is changed.</summary>
    /// <returns>Where it is, without user and password.</returns>
    /// <exception cref="RecordStoreException">It cannot be used.</exception>
    public static string Knock(string address)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(address);
        using RecordStore store = new(IsServer(address) ? new PostgresRecords(address) : new SqliteRecords(address));
        return store.Guard(() =>
        {
            using DbConnection connection = store._database.Open();
            return store.Name;
        });
    }

    /// <summary>Whether an address names a server and not a file.</summary>
    public static bool IsServer(string address)
    {
        ArgumentNullException.ThrowIfNull(address);
        return address.StartsWith("postgres://", StringComparison.OrdinalIgnoreCase)
            || address.StartsWith("postgresql://", StringComparison.OrdinalIgnoreCase)
            || address.Contains("Host=", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Takes the right to write an account's rows.</summary>
    /// <returns>Up to where nothing is missing.</returns>
    /// <exception cref="RecordStoreException">The account belongs to another home, another process writes it, or the database failed.</exception>
    public RecordMarks Claim(AccountRow account)
    {
        ArgumentNullException.ThrowIfNull(account);
        lock (_writing)
        {
            return Guard(() => Claim(Writer(), account));
        }
    }

    /// <summary>Writes rows of an account that was claimed; those that are there stay as they are.</summary>
    /// <exception cref="RecordStoreException">The database failed: nothing of the batch is written.</exception>
    public void Write(string account, RecordBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        lock (_writing)
        {
            Guard(() => Write(Writer(), _accounts[account], batch));
        }
    }

    /// <summary>Reads rows; see <see cref="RecordQueries"/>.</summary>
    /// <exception cref="RecordStoreException">The database failed.</exception>
    internal T Read<T>(Func<DbConnection, T> query) => Guard(() =>
    {
        using DbConnection connection = _database.Open();
        return query(connection);
    });

    internal T Change<T>(Func<DbConnection, DbTransaction, T> change)
    {
        lock (_writing)
        {
            return Guard(() =>
            {
                DbConnection connection = Writer();
                using DbTransaction transaction = _database.BeginWriting(connection);
                T result = change(connection, transaction);
                transaction.Commit();
                return result;
            });
        }
    }

    /// <summary>Ends the claims and closes the database.</summary>
    public void Dispose()
    {
        lock (_writing)
        {
            if (_writer is { State: System.Data.ConnectionState.Open } open)
            {
                _database.ReleaseClaims(open);
            }

            _writer?.Dispose();
            _writer = null;
        }
    }

    private RecordMarks Claim(DbConnection connection, AccountRow account)
    {
        if (!_database.TryClaim(connection, account.Name))
        {
            throw new RecordStoreException(Name, $"another process writes the records of account {account.Name}; one at a time");
        }

        using DbTransaction transaction = _database.BeginWriting(connection);
        string? other = connection.ExecuteScalar<string?>(
            "SELECT home FROM accounts WHERE name = @Name AND home <> @Home LIMIT 1", account, transaction);
        if (other is not null && _database.LiesIn(account.Home))
        {
            // The home was moved, or is a backup that was restored.
            connection.Execute("UPDATE accounts SET home = @Home WHERE name = @Name", account, transaction);
        }
        else if (other is not null)
        {
            throw new RecordStoreException(Name, $"account {account.Name} belongs to the home {other}; give one of the two another name");
        }

        connection.Execute(
            "INSERT INTO accounts (name, home, venue, opened_at) VALUES (@Name, @Home, @Venue, @OpenedAt) ON CONFLICT DO NOTHING", account, transaction);
        (long id, long completeTo, long ordersTo) = connection.QuerySingle<(long, long, long)>(
            "SELECT id, complete_to, orders_complete_to FROM accounts WHERE name = @Name AND opened_at = @OpenedAt", account, transaction);
        transaction.Commit();
        _accounts[account.Name] = id;
        return new RecordMarks(completeTo, ordersTo);
    }

    private int Write(DbConnection connection, long account, RecordBatch batch)
    {
        using DbTransaction transaction = _database.BeginWriting(connection);
        RecordStatements.Insert(connection, transaction, account, batch);
        DecisionStatements.Put(connection, transaction, account, batch.Decisions);
        if (batch.CompleteTo is { } session)
        {
            connection.Execute("UPDATE accounts SET complete_to = @session, orders_complete_to = @session WHERE id = @account AND orders_complete_to < @session", new { session, account }, transaction);
        }

        transaction.Commit();
        return 0;
    }

    // One connection writes, and holds the claims: when it breaks, the next takes them again.
    private DbConnection Writer()
    {
        if (_writer is { State: System.Data.ConnectionState.Open })
        {
            return _writer;
        }

        _writer?.Dispose();
        _writer = _database.Open();
        foreach (string account in _accounts.Keys)
        {
            if (!_database.TryClaim(_writer, account))
            {
                _writer.Dispose();
                throw new RecordStoreException(Name, $"another process writes the records of account {account}; one at a time");
            }
        }

        return _writer;
    }

    private T Guard<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception fault) when (fault is DbException or InvalidOperationException or IOException or TimeoutException)
        {
            throw _database.Explain(fault);
        }
    }
}
