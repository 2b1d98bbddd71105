using Harrier.Api.Hosting;
using Harrier.Storage.Records;
using Harrier.Storage.Records.Rows;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Harrier.Api.Records;

/// <summary><c>GET /api/v1/trades</c>, <c>fills</c>, <c>orders</c>, <c>equity</c>, <c>events</c>: what bots did, oldest first.</summary>
internal static class RecordLists
{
    /// <summary>Lists positions from entry to exit.</summary>
    public static Results<Ok<IReadOnlyList<TradeRow>>, ValidationProblem> Trades([AsParameters] RecordsQuery query, ApiSources sources) =>
        Read(query, filter => sources.Records.Trades(filter));

    /// <summary>Lists executions.</summary>
    public static Results<Ok<IReadOnlyList<FillRow>>, ValidationProblem> Fills([AsParameters] RecordsQuery query, ApiSources sources) =>
        Read(query, filter => sources.Records.Fills(filter));

    /// <summary>Lists orders and what became of them.</summary>
    public static Results<Ok<IReadOnlyList<OrderRow>>, ValidationProblem> Orders([AsParameters] RecordsQuery query, ApiSources sources) =>
        Read(query, filter => sources.Records.Orders(filter));

    /// <summary>Lists what bots were worth, minute by minute.</summary>
    public static Results<Ok<IReadOnlyList<EquityRow>>, ValidationProblem> Equity([AsParameters] RecordsQuery query, ApiSources sources) =>
        Read(query, filter => sources.Records.Equity(filter));

    /// <summary>Lists states, alerts, refusals and notes.</summary>
    public static Results<Ok<IReadOnlyList<EventRow>>, ValidationProblem> Events([AsParameters] RecordsQuery query, ApiSources sources) =>
        Read(query, filter => sources.Records.Events(filter));

    private static Results<Ok<IReadOnlyList<T>>, ValidationProblem> Read<T>(RecordsQuery query, Func<RecordFilter, IReadOnlyList<T>> read)
    {
        (RecordFilter? filter, ValidationProblem? problem) = query.Read();
        return filter is null ? problem! : TypedResults.Ok(read(filter));
    }
}
