using System.CommandLine;
using Harrier.Cli.MarketData;
using Harrier.Storage.DuckDb;
using Harrier.Storage.Market.Queries;

namespace Harrier.Cli.Verbs;

/// <summary><c>sql "select ..."</c>: a query over the market data store, which it cannot change.</summary>
public static class SqlVerb
{
    /// <summary>Builds the command.</summary>
    public static Command Create()
    {
        StoreOption store = new();
        Argument<string> query = new("QUERY") { Description = "SQL over the views bars, trades, funding and book" };
        Option<bool> json = new("--json") { Description = "print a JSON array of rows" };
        Command command = new("sql", "Query the market data store; it is plain Parquet. A table on a terminal, otherwise CSV.") { query, json };
        store.AddTo(command);
        return command.Does((parsed, output, stop) => Run(store.Folder(parsed), parsed.GetRequiredValue(query), new QueryOutput(output, parsed.GetValue(json)), stop));
    }

    private static int Run(string root, string sql, QueryOutput output, CancellationToken stop)
    {
        try
        {
            using StoreQuery query = StoreQuery.Open(root);
            using CancellationTokenRegistration stopping = stop.Register(query.Interrupt);
            using QueryRows rows = query.Run(sql);
            output.Write(rows);
            return 0;
        }
        catch (DuckDbException fault)
        {
            stop.ThrowIfCancellationRequested();
            throw new InputException("sql", sql.Length <= 200 ? sql : sql[..200] + " ...", fault.Line);
        }
    }
}
