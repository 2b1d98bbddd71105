using System.Data.Common;
using Dapper;
using Harrier.Storage.Records.Rows;

namespace Harrier.Storage.Records;

/// <summary>The statements that write rows.</summary>
internal static class RecordStatements
{
    public static void Insert(DbConnection connection, DbTransaction transaction, long account, RecordBatch batch)
    {
        foreach (TradeRow row in batch.Trades)
        {
            connection.Execute(
                """
                INSERT INTO trades (account_id, number, bot, symbol, side, entry_time, exit_time, entry_price, exit_price, quantity, fees, funding, pnl, initial_risk, exit_reason, setup, confluence)
                VALUES (@account, @Number, @Bot, @Symbol, @Side, @EntryTime, @ExitTime, @EntryPrice, @ExitPrice, @Quantity, @Fees, @Funding, @Pnl, @InitialRisk, @ExitReason, @Setup, @Confluence)
                ON CONFLICT DO NOTHING
                """,
                With(account, row),
                transaction);
        }

        List<string> inserted = OrderStatements.Insert(connection, transaction, account, batch.Orders);
        foreach (OrderStep step in batch.OrderSteps)
        {
            OrderStatements.Step(connection, transaction, account, step);
        }

        foreach (FillRow row in batch.Fills)
        {
            connection.Execute(
                """
                INSERT INTO fills (account_id, symbol, trade_id, order_id, bot, time, side, price, quantity, fee, purpose)
                VALUES (@account, @Symbol, @TradeId, @OrderId, @Bot, @Time, @Side, @Price, @Quantity, @Fee, @Purpose) ON CONFLICT DO NOTHING
                """,
                With(account, row),
                transaction);
        }

        foreach (string order in batch.Fills.Select(static fill => fill.OrderId).OfType<string>().Concat(inserted).Distinct(StringComparer.Ordinal))
        {
            OrderStatements.Count(connection, transaction, account, order);
        }

        foreach (EquityRow row in batch.Equity)
        {
            connection.Execute(
                "INSERT INTO equity (account_id, bot, time, equity, pnl, position) VALUES (@account, @Bot, @Time, @Equity, @Pnl, @Position) ON CONFLICT DO NOTHING",
                With(account, row),
                transaction);
        }

        foreach (EventRow row in batch.Events)
        {
            connection.Execute("INSERT INTO events (account_id, time, bot, kind, text) VALUES (@account, @Time, @Bot, @Kind, @Text)", With(account, row), transaction);
        }
    }

    /// <summary>A row's values, and the account that it is of.</summary>
    public static DynamicParameters With(long account, object row)
    {
        DynamicParameters parameters = new(row);
        parameters.Add("account", account);
        return parameters;
    }
}
