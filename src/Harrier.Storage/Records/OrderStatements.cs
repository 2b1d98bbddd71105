using System.Data.Common;
using Dapper;
using Harrier.Domain;
using Harrier.Storage.Records.Rows;

namespace Harrier.Storage.Records;

/// <summary>
/// The statements that write orders. Whatever is written again, and in whatever order it comes, leaves the same row: what is older than the row changes nothing, and
/// what traded is counted from the order's fills.
/// </summary>
internal static class OrderStatements
{
    /// <summary>Inserts orders; those that are there stay as they are.</summary>
    /// <returns>Ids of the orders that were not there.</returns>
    public static List<string> Insert(DbConnection connection, DbTransaction transaction, long account, IEnumerable<OrderRow> orders)
    {
        List<string> inserted = [];
        foreach (OrderRow row in orders)
        {
            int rows = connection.Execute(
                """
                INSERT INTO orders (account_id, id, venue_id, bot, symbol, time, side, type, quantity, limit_price, trigger_price, trailing_distance, reduce_only, purpose, status, filled,
                    average_price, changed_at, reason)
                VALUES (@account, @Id, @VenueId, @Bot, @Symbol, @Time, @Side, @Type, @Quantity, @LimitPrice, @TriggerPrice, @TrailingDistance, @ReduceOnly, @Purpose, @Status, @Filled,
                    @AveragePrice, @ChangedAt, @Reason)
                ON CONFLICT DO NOTHING
                """,
                RecordStatements.With(account, row),
                transaction);
            if (rows > 0)
            {
                inserted.Add(row.Id);
            }
        }

        return inserted;
    }

    public static void Step(DbConnection connection, DbTransaction transaction, long account, OrderStep step)
    {
        if (step.VenueId is not null)
        {
            connection.Execute("UPDATE orders SET venue_id = @VenueId WHERE account_id = @account AND id = @Id AND venue_id IS NULL", RecordStatements.With(account, step), transaction);
        }

        if (step.Status is null)
        {
            return;
        }

        // An end is one whatever its time. What has traded in part is more than what was accepted, and a doubt after it is none.
        string also = OrderStatus.IsFinal(step.Status) ? "" : $" AND status <> '{OrderStatus.PartlyFilled}' AND changed_at <= @Time";
        connection.Execute(
            $"""
            UPDATE orders SET status = @Status, reason = coalesce(@Reason, reason), changed_at = CASE WHEN changed_at > @Time THEN changed_at ELSE @Time END
            WHERE account_id = @account AND id = @Id
                AND status NOT IN ('{OrderStatus.Filled}', '{OrderStatus.Canceled}', '{OrderStatus.Expired}', '{OrderStatus.Rejected}', '{OrderStatus.Denied}'){also}
            """,
            RecordStatements.With(account, step),
            transaction);
    }

    /// <summary>Counts what traded of an order anew.</summary>
    public static void Count(DbConnection connection, DbTransaction transaction, long account, string id)
    {
        if (connection.QuerySingleOrDefault<OrderRow>("SELECT * FROM orders WHERE account_id = @account AND id = @id", new { account, id }, transaction) is not { } order)
        {
            return;
        }

        List<FillRow> fills = connection.Query<FillRow>("SELECT * FROM fills WHERE account_id = @account AND order_id = @id", new { account, id }, transaction).AsList();
        decimal filled = fills.Sum(static fill => fill.Quantity);
        if (filled == 0)
        {
            return;
        }

        Timestamp last = fills.Max(static fill => fill.Time);
        OrderRow counted = order with
        {
            Filled = filled,
            AveragePrice = fills.Sum(static fill => fill.Price * fill.Quantity) / filled,
            Status = filled >= order.Quantity ? OrderStatus.Filled : OrderStatus.IsFinal(order.Status) ? order.Status : OrderStatus.PartlyFilled,
            ChangedAt = last > order.ChangedAt ? last : order.ChangedAt,
        };
        connection.Execute(
            "UPDATE orders SET filled = @Filled, average_price = @AveragePrice, status = @Status, changed_at = @ChangedAt WHERE account_id = @account AND id = @Id",
            RecordStatements.With(account, counted),
            transaction);
    }
}
