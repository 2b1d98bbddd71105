using System.Data.Common;
using Dapper;

namespace Harrier.Storage.Records.Databases;

/// <summary>
/// A database that can hold records: where it is, and the little in which one kind differs from the other. Statements are the same text for all of them.
/// </summary>
internal abstract class RecordDatabase
{
    static RecordDatabase() => ColumnTypes.Register();

    /// <summary>Where it is, without user and password.</summary>
    public abstract string Name { get; }

    /// <summary>Type of a column that holds an exact decimal number.</summary>
    public abstract string Money { get; }

    /// <summary>Type of a column that holds an instant.</summary>
    public abstract string Instant { get; }

    /// <summary>Type of a column that numbers its rows.</summary>
    public abstract string Serial { get; }

    /// <summary>A connection, open.</summary>
    /// <exception cref="RecordStoreException">The database cannot be reached, or is none.</exception>
    public DbConnection Open()
    {
        DbConnection? connection = null;
        try
        {
            connection = NewConnection();
            connection.Open();
            Prepare(connection);
            return connection;
        }
        catch (Exception fault) when (fault is DbException or InvalidOperationException or IOException or TimeoutException)
        {
            connection?.Dispose();
            throw Explain(fault);
        }
    }

    /// <summary>Begins a transaction that writes.</summary>
    public abstract DbTransaction BeginWriting(DbConnection connection);

    /// <summary>Takes the right to write the rows of an account, until the connection ends.</summary>
    /// <returns>False when another process has it.</returns>
    public abstract bool TryClaim(DbConnection connection, string account);

    /// <summary>Whether it is a part of a home, and goes wherever that goes.</summary>
    public virtual bool LiesIn(string home) => false;

    /// <summary>Gives the rights of a connection back that is about to end, so that the next process need not wait until the server has noticed that it did.</summary>
    public virtual void ReleaseClaims(DbConnection connection)
    {
    }

    /// <summary>What a failure of the database means.</summary>
    public RecordStoreException Explain(Exception fault) => fault as RecordStoreException ?? new RecordStoreException(Name, TextOf(fault));

    /// <summary>Waits until no other process changes the tables; until the transaction ends.</summary>
    public abstract void LockTables(DbConnection connection, DbTransaction transaction);

    /// <summary>Runs statements that return nothing.</summary>
    protected static void Run(DbConnection connection, string sql) => connection.Execute(sql);

    /// <summary>A connection, not open yet.</summary>
    protected abstract DbConnection NewConnection();

    /// <summary>Sets up a connection that was just opened.</summary>
    protected abstract void Prepare(DbConnection connection);

    /// <summary>A line for the user: what is wrong, and what is allowed.</summary>
    protected abstract string TextOf(Exception fault);
}
