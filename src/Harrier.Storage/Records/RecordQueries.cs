using Dapper;
using Harrier.Domain;
using Harrier.Storage.Records.Rows;

namespace Harrier.Storage.Records;

/// <summary>Which rows to read. All conditions must hold; null asks for nothing.</summary>
public sealed record RecordFilter
{
    /// <summary>Rows of this account.</summary>
    public string? Account { get; init; }

    /// <summary>Rows of this bot.</summary>
    public string? Bot { get; init; }

    /// <summary>Rows of this symbol; equity and events have none.</summary>
    public string? Symbol { get; init; }

    /// <summary>Rows from this instant on.</summary>
    public Timestamp? From { get; init; }

    /// <summary>Rows before this instant.</summary>
    public Timestamp? To { get; init; }

    /// <summary>True to read archived trades as well.</summary>
    public bool WithArchived { get; init; }

    /// <summary>At most this many of the newest rows; null for all.</summary>
    public int? Newest { get; init; }
}

/// <summary>Reads what a <see cref="RecordStore"/> holds, oldest first.</summary>
public static class RecordQueries
{
    /// <summary>Positions from entry to exit, by the time of exit.</summary>
    /// <exception cref="RecordStoreException">The database failed.</exception>
    public static IReadOnlyList<TradeRow> Trades(this RecordStore store, RecordFilter filter)
    {
        ArgumentNullException.ThrowIfNull(filter);
        string archived = filter.WithArchived ? "" : " AND r.archived_at IS NULL";
        return Read<TradeRow>(store, filter, new Listing("trades", "exit_time", "number", archived));
    }

    /// <summary>Executions.</summary>
    /// <exception cref="RecordStoreException">The database failed.</exception>
    public static IReadOnlyList<FillRow> Fills(this RecordStore store, RecordFilter filter) =>
        Read<FillRow>(store, filter, new Listing("fills", "time", "trade_id", ""));

    /// <summary>Orders, by the time at which they were sent.</summary>
    /// <exception cref="RecordStoreException">The database failed.</exception>
    public static IReadOnlyList<OrderRow> Orders(this RecordStore store, RecordFilter filter) =>
        Read<OrderRow>(store, filter, new Listing("orders", "time", "id", ""));

    /// <summary>Worth of bots.</summary>
    /// <exception cref="RecordStoreException">The database failed.</exception>
    public static IReadOnlyList<EquityRow> Equity(this RecordStore store, RecordFilter filter) =>
        Read<EquityRow>(store, filter, new Listing("equity", "time", "bot", ""));

    /// <summary>What happened.</summary>
    /// <exception cref="RecordStoreException">The database failed.</exception>
    public static IReadOnlyList<EventRow> Events(this RecordStore store, RecordFilter filter) =>
        Read<EventRow>(store, filter, new Listing("events", "time", "id", ""));

    /// <summary>The accounts that have records, by name and age.</summary>
    /// <exception cref="RecordStoreException">The database failed.</exception>
    public static IReadOnlyList<AccountRow> Accounts(this RecordStore store)
    {
        ArgumentNullException.ThrowIfNull(store);
        return store.Read(static connection => connection
            .Query<(string Name, string Home, string Venue, Timestamp OpenedAt)>("SELECT name, home, venue, opened_at FROM accounts ORDER BY name, opened_at")
            .Select(static row => new AccountRow(row.Name, row.Home, row.Venue, row.OpenedAt)).ToList());
    }

    /// <summary>Marks all but the newest trades of each account as archived: they are kept, and listed only when asked for.</summary>
    /// <param name="store">The store.</param>
    /// <param name="keep">How many stay.</param>
    /// <param name="now">The time.</param>
    /// <returns>How many were archived now.</returns>
    /// <exception cref="RecordStoreException">The database failed: nothing was changed.</exception>
    public static int Archive(this RecordStore store, int keep, Timestamp now)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentOutOfRangeException.ThrowIfNegative(keep);
        return store.Change((connection, transaction) => connection.Execute(
            """
            UPDATE trades SET archived_at = @now
            WHERE archived_at IS NULL AND number <= (SELECT max(t.number) - @keep FROM trades t WHERE t.account_id = trades.account_id)
            """,
            new { now, keep },
            transaction));
    }

    private static List<T> Read<T>(RecordStore store, RecordFilter filter, Listing listing)
    {
        ArgumentNullException.ThrowIfNull(store);
        string symbol = listing.Table is "trades" or "fills" or "orders" && filter.Symbol is not null ? " AND r.symbol = @Symbol" : "";
        string sql =
            $"""
            SELECT a.name AS account, r.* FROM {listing.Table} r JOIN accounts a ON a.id = r.account_id
            WHERE (1 = 1){symbol}{listing.Also}
            {(filter.Account is null ? "" : " AND a.name = @Account")}{(filter.Bot is null ? "" : " AND r.bot = @Bot")}
            {(filter.From is null ? "" : $" AND r.{listing.Time} >= @From")}{(filter.To is null ? "" : $" AND r.{listing.Time} < @To")}
            ORDER BY r.{listing.Time} DESC, a.id DESC, r.{listing.Then} DESC
            {(filter.Newest is null ? "" : "LIMIT @Newest")}
            """;
        return store.Read(connection =>
        {
            List<T> rows = connection.Query<T>(sql, filter).AsList();
            rows.Reverse();
            return rows;
        });
    }

    private readonly record struct Listing(string Table, string Time, string Then, string Also);
}
