using System.Data.Common;
using Dapper;
using Harrier.Domain;

namespace Harrier.Storage.Records.Databases;

/// <summary>Brings the tables of a database to the form that this program knows, one numbered step after the other, each whole or not at all.</summary>
internal static class Migrations
{
    // A step that has been released is never changed: another is added.
    private static readonly string[] Steps =
    [
        """
        CREATE TABLE accounts (id {serial}, name text NOT NULL, home text NOT NULL, venue text NOT NULL, opened_at {instant} NOT NULL, complete_to bigint NOT NULL DEFAULT 0,
            UNIQUE (name, opened_at));
        CREATE TABLE trades (account_id bigint NOT NULL REFERENCES accounts (id), number bigint NOT NULL, bot text NOT NULL, symbol text NOT NULL, side text NOT NULL,
            entry_time {instant} NOT NULL, exit_time {instant} NOT NULL, entry_price {money} NOT NULL, exit_price {money} NOT NULL, quantity {money} NOT NULL,
            fees {money} NOT NULL, funding {money} NOT NULL, pnl {money} NOT NULL, initial_risk {money}, exit_reason text NOT NULL, setup text, confluence text,
            archived_at {instant}, PRIMARY KEY (account_id, number));
        CREATE INDEX trades_by_exit ON trades (exit_time);
        CREATE TABLE fills (account_id bigint NOT NULL REFERENCES accounts (id), symbol text NOT NULL, trade_id text NOT NULL, order_id text, bot text NOT NULL,
            time {instant} NOT NULL, side text NOT NULL, price {money} NOT NULL, quantity {money} NOT NULL, fee {money} NOT NULL, purpose text NOT NULL,
            PRIMARY KEY (account_id, symbol, trade_id));
        CREATE INDEX fills_by_time ON fills (time);
        CREATE TABLE equity (account_id bigint NOT NULL REFERENCES accounts (id), bot text NOT NULL, time {instant} NOT NULL, equity {money} NOT NULL, pnl {money} NOT NULL,
            position {money} NOT NULL, PRIMARY KEY (account_id, bot, time));
        CREATE TABLE events (id {serial}, account_id bigint NOT NULL REFERENCES accounts (id), time {instant} NOT NULL, bot text, kind text NOT NULL, text text NOT NULL);
        CREATE INDEX events_by_time ON events (time);
        """,
        """
        CREATE TABLE orders (account_id bigint NOT NULL REFERENCES accounts (id), id text NOT NULL, venue_id text, bot text NOT NULL, symbol text NOT NULL, time {instant} NOT NULL,
            side text NOT NULL, type text NOT NULL, quantity {money} NOT NULL, limit_price {money}, trigger_price {money}, trailing_distance {money}, reduce_only boolean NOT NULL,
            purpose text NOT NULL, status text NOT NULL, filled {money} NOT NULL, average_price {money}, changed_at {instant} NOT NULL, reason text, PRIMARY KEY (account_id, id));
        CREATE INDEX orders_by_time ON orders (time);
        CREATE INDEX fills_by_order ON fills (account_id, order_id);
        ALTER TABLE accounts ADD COLUMN orders_complete_to bigint NOT NULL DEFAULT 0;
        """,
        """
        CREATE TABLE portfolio_bots (id {serial}, account text NOT NULL, bot text NOT NULL, settings text NOT NULL, updated_at {instant} NOT NULL, UNIQUE (account, bot));
        CREATE TABLE portfolio_pairs (account text NOT NULL, symbol text NOT NULL, priority bigint NOT NULL, enabled bigint NOT NULL, PRIMARY KEY (account, symbol));
        CREATE TABLE decisions (account_id bigint NOT NULL REFERENCES accounts (id), number bigint NOT NULL, bot text NOT NULL, from_asset text NOT NULL, to_asset text NOT NULL,
            decision text NOT NULL, status text NOT NULL, amount {money} NOT NULL, received {money}, from_price {money} NOT NULL, to_price {money} NOT NULL,
            confidence double precision NOT NULL, risk double precision NOT NULL, volatility double precision NOT NULL, expected_return double precision NOT NULL,
            reason text NOT NULL, result text, transaction_id text, created_at {instant} NOT NULL, executed_at {instant}, archived_at {instant},
            PRIMARY KEY (account_id, number));
        CREATE INDEX decisions_by_time ON decisions (created_at);
        """,
    ];

    /// <summary>The newest form that this program knows.</summary>
    public static int Newest => Steps.Length;

    /// <summary>Brings a database up to date.</summary>
    /// <exception cref="RecordStoreException">A newer program wrote it.</exception>
    public static void Run(RecordDatabase database, DbConnection connection, Timestamp now)
    {
        // Several processes may come at once: the second waits here until the first is through, and then finds nothing to do.
        using DbTransaction transaction = database.BeginWriting(connection);
        database.LockTables(connection, transaction);
        connection.Execute(Fill(database, "CREATE TABLE IF NOT EXISTS schema_version (version bigint NOT NULL, at {instant} NOT NULL)"), transaction: transaction);
        int version = connection.ExecuteScalar<int>("SELECT coalesce(max(version), 0) FROM schema_version", transaction: transaction);
        if (version > Newest)
        {
            throw new RecordStoreException(database.Name, $"was written by a newer version of this program (form {version}); this one knows forms up to {Newest}");
        }

        for (int step = version + 1; step <= Newest; step++)
        {
            connection.Execute(Fill(database, Steps[step - 1]), transaction: transaction);
            connection.Execute("INSERT INTO schema_version (version, at) VALUES (@step, @now)", new { step, now }, transaction);
        }

        transaction.Commit();
    }

    private static string Fill(RecordDatabase database, string statements) => statements
        .Replace("{money}", database.Money, StringComparison.Ordinal)
        .Replace("{instant}", database.Instant, StringComparison.Ordinal)
        .Replace("{serial}", database.Serial, StringComparison.Ordinal);
}
