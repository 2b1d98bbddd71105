using System.Data.Common;
using Dapper;
using Harrier.Storage.Records.Rows;

namespace Harrier.Storage.Records;

/// <summary>The statement that writes decisions of portfolio bots, and brings those that are there up to date.</summary>
internal static class DecisionStatements
{
    public static void Put(DbConnection connection, DbTransaction transaction, long account, IReadOnlyList<DecisionRow> decisions)
    {
        foreach (DecisionRow row in decisions)
        {
            connection.Execute(
                """
                INSERT INTO decisions (account_id, number, bot, from_asset, to_asset, decision, status, amount, received, from_price, to_price, confidence, risk, volatility, expected_return,
                    reason, result, transaction_id, created_at, executed_at)
                VALUES (@account, @Number, @Bot, @FromAsset, @ToAsset, @Decision, @Status, @Amount, @Received, @FromPrice, @ToPrice, @Confidence, @Risk, @Volatility, @ExpectedReturn,
                    @Reason, @Result, @TransactionId, @CreatedAt, @ExecutedAt)
                ON CONFLICT (account_id, number) DO UPDATE SET status = excluded.status, amount = excluded.amount, received = excluded.received, result = excluded.result,
                    transaction_id = excluded.transaction_id, executed_at = excluded.executed_at
                """,
                RecordStatements.With(account, row),
                transaction);
        }
    }
}
