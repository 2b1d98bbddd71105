using Dapper;
using Harrier.Domain;
using Harrier.Storage.Records.Rows;

namespace Harrier.Storage.Records;

/// <summary>What portfolio bots are configured to do and which pairs they look at. Unlike records of what happened, this is kept here alone.</summary>
public static class PortfolioQueries
{
    /// <summary>The configured bots, in the order in which they were made.</summary>
    /// <param name="store">The store.</param>
    /// <param name="account">Of this account; null for all.</param>
    /// <exception cref="RecordStoreException">The database failed.</exception>
    public static IReadOnlyList<PortfolioBotRow> PortfolioBots(this RecordStore store, string? account)
    {
        ArgumentNullException.ThrowIfNull(store);
        return store.Read(connection => connection
            .Query<(string Account, string Bot, string Settings, Timestamp UpdatedAt)>(
                $"SELECT account, bot, settings, updated_at FROM portfolio_bots {Where(account)} ORDER BY id", new { account })
            .Select(static row => new PortfolioBotRow(row.Account, row.Bot, row.Settings, row.UpdatedAt)).ToList());
    }

    /// <summary>Changes the configuration of a bot, or makes it: what it is now is read and written in one transaction, so that two changes at once are both kept.</summary>
    /// <param name="store">The store.</param>
    /// <param name="key">Account and bot.</param>
    /// <param name="change">Makes new settings of those there are, null for none; null leaves them.</param>
    /// <param name="now">The time.</param>
    /// <exception cref="RecordStoreException">The database failed: nothing was changed.</exception>
    public static void ChangePortfolioBot(this RecordStore store, (string Account, string Bot) key, Func<string?, string?> change, Timestamp now)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(change);
        _ = store.Change((connection, transaction) =>
        {
            string? before = connection.ExecuteScalar<string?>(
                "SELECT settings FROM portfolio_bots WHERE account = @Account AND bot = @Bot", new { key.Account, key.Bot }, transaction);
            return change(before) is { } settings
                ? connection.Execute(
                    """
                    INSERT INTO portfolio_bots (account, bot, settings, updated_at) VALUES (@Account, @Bot, @settings, @now)
                    ON CONFLICT (account, bot) DO UPDATE SET settings = @settings, updated_at = @now
                    """,
                    new { key.Account, key.Bot, settings, now },
                    transaction)
                : 0;
        });
    }

    /// <summary>The pairs, the highest priority first and of equals by name.</summary>
    /// <param name="store">The store.</param>
    /// <param name="account">Of this account; null for all.</param>
    /// <exception cref="RecordStoreException">The database failed.</exception>
    public static IReadOnlyList<PairRow> Pairs(this RecordStore store, string? account)
    {
        ArgumentNullException.ThrowIfNull(store);
        return store.Read(connection => connection
            .Query<(string Account, string Symbol, long Priority, long Enabled)>(
                $"SELECT account, symbol, priority, enabled FROM portfolio_pairs {Where(account)} ORDER BY account, priority DESC, symbol", new { account })
            .Select(static row => new PairRow(row.Account, row.Symbol, (int)row.Priority, row.Enabled != 0)).ToList());
    }

    /// <summary>Adds pairs; those that are there get priority and state of these. All or none.</summary>
    /// <exception cref="RecordStoreException">The database failed: nothing was changed.</exception>
    public static void PutPairs(this RecordStore store, IReadOnlyList<PairRow> pairs)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(pairs);
        _ = store.Change((connection, transaction) => pairs.Sum(pair => connection.Execute(
            """
            INSERT INTO portfolio_pairs (account, symbol, priority, enabled) VALUES (@Account, @Symbol, @Priority, @Enabled)
            ON CONFLICT (account, symbol) DO UPDATE SET priority = @Priority, enabled = @Enabled
            """,
            new { pair.Account, pair.Symbol, Priority = (long)pair.Priority, Enabled = pair.IsEnabled ? 1L : 0L },
            transaction)));
    }

    /// <summary>Switches a pair on or off.</summary>
    /// <returns>False where there is no such pair.</returns>
    /// <exception cref="RecordStoreException">The database failed: nothing was changed.</exception>
    public static bool EnablePair(this RecordStore store, string account, string symbol, bool isEnabled)
    {
        ArgumentNullException.ThrowIfNull(store);
        return store.Change((connection, transaction) => connection.Execute(
            "UPDATE portfolio_pairs SET enabled = @enabled WHERE account = @account AND symbol = @symbol",
            new { account, symbol, enabled = isEnabled ? 1L : 0L },
            transaction)) > 0;
    }

    /// <summary>Decisions of portfolio bots, oldest first.</summary>
    /// <param name="store">The store.</param>
    /// <param name="filter">Which of them; a symbol is that of either asset.</param>
    /// <param name="status">In this state; null for any.</param>
    /// <exception cref="RecordStoreException">The database failed.</exception>
    public static IReadOnlyList<DecisionRow> Decisions(this RecordStore store, RecordFilter filter, string? status = null)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(filter);
        string sql =
            $"""
            SELECT a.name AS account, d.* FROM decisions d JOIN accounts a ON a.id = d.account_id WHERE (1 = 1)
            {(filter.Account is null ? "" : " AND a.name = @Account")}{(filter.Bot is null ? "" : " AND d.bot = @Bot")}{(status is null ? "" : " AND d.status = @status")}
            {(filter.Symbol is null ? "" : " AND (d.from_asset = @Symbol OR d.to_asset = @Symbol)")}{(filter.WithArchived ? "" : " AND d.archived_at IS NULL")}
            {(filter.From is null ? "" : " AND d.created_at >= @From")}{(filter.To is null ? "" : " AND d.created_at < @To")}
            ORDER BY d.created_at DESC, a.id DESC, d.number DESC
            {(filter.Newest is null ? "" : "LIMIT @Newest")}
            """;
        DynamicParameters parameters = new(filter);
        parameters.Add("status", status);
        return store.Read(connection =>
        {
            List<DecisionRow> rows = connection.Query<DecisionRow>(sql, parameters).AsList();
            rows.Reverse();
            return rows;
        });
    }

    /// <summary>Marks all but the newest decisions of each account as archived: they are kept, and listed only when asked for. What is pending stays at hand.</summary>
    /// <param name="store">The store.</param>
    /// <param name="keep">How many stay.</param>
    /// <param name="now">The time.</param>
    /// <returns>How many were archived now.</returns>
    /// <exception cref="RecordStoreException">The database failed: nothing was changed.</exception>
    public static int ArchiveDecisions(this RecordStore store, int keep, Timestamp now)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentOutOfRangeException.ThrowIfNegative(keep);
        return store.Change((connection, transaction) => connection.Execute(
            """
            UPDATE decisions SET archived_at = @now
            WHERE archived_at IS NULL AND status <> 'PENDING' AND number <= (SELECT max(d.number) - @keep FROM decisions d WHERE d.account_id = decisions.account_id)
            """,
            new { now, keep },
            transaction));
    }

    private static string Where(string? account) => account is null ? "" : "WHERE account = @account";
}
