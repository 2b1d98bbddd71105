using Harrier.Api.Hosting;
using Harrier.Domain;
using Harrier.Storage.Records;
using Harrier.Storage.Records.Rows;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Harrier.Api.Records;

/// <summary><c>GET /api/v1/trades</c>, <c>fills</c>, <c>orders</c>, <c>equity</c>, <c>events</c>: what bots did, oldest first.</summary>
internal static class RecordLists
{
    /// <summary>Lists positions from entry to exit.</summary>
    public static Results<Ok<IReadOnlyList<TradeRow>>, ValidationProblem> Trades([AsParameters] RecordsQuery query, ApiSources sources, HttpContext context) =>
        Read(query, context, filter => sources.Records.Trades(filter), static row => row.ExitTime);

    /// <summary>Lists executions.</summary>
    public static Results<Ok<IReadOnlyList<FillRow>>, ValidationProblem> Fills([AsParameters] RecordsQuery query, ApiSources sources, HttpContext context) =>
        Read(query, context, filter => sources.Records.Fills(filter), static row => row.Time);

    /// <summary>Lists orders and what became of them.</summary>
    public static Results<Ok<IReadOnlyList<OrderRow>>, ValidationProblem> Orders([AsParameters] RecordsQuery query, ApiSources sources, HttpContext context) =>
        Read(query, context, filter => sources.Records.Orders(filter), static row => row.Time);

    /// <summary>Lists what bots were worth, minute by minute.</summary>
    public static Results<Ok<IReadOnlyList<EquityRow>>, ValidationProblem> Equity([AsParameters] RecordsQuery query, ApiSources sources, HttpContext context) =>
        Read(query, context, filter => sources.Records.Equity(filter), static row => row.Time);

    /// <summary>Lists states, alerts, refusals and notes.</summary>
    public static Results<Ok<IReadOnlyList<EventRow>>, ValidationProblem> Events([AsParameters] RecordsQuery query, ApiSources sources, HttpContext context) =>
        Read(query, context, filter => sources.Records.Events(filter), static row => row.Time);

    /// <summary>Lists decisions of portfolio bots; <c>symbol</c> is an asset, <c>status</c> one of PENDING, EXECUTED, FAILED, DRY_RUN.</summary>
    public static Results<Ok<IReadOnlyList<DecisionRow>>, ValidationProblem> Decisions([AsParameters] RecordsQuery query, string? status, ApiSources sources, HttpContext context) =>
        Read(query, context, filter => sources.Records.Decisions(filter, status?.ToUpperInvariant()), static row => row.CreatedAt);

    // A page that is full says in its header where the next, older one is.
    private static Results<Ok<IReadOnlyList<T>>, ValidationProblem> Read<T>(RecordsQuery query, HttpContext context, Func<RecordFilter, IReadOnlyList<T>> read, Func<T, Timestamp> timeOf)
    {
        (RecordFilter? filter, ValidationProblem? problem) = query.Read();
        if (filter is null)
        {
            return problem!;
        }

        IReadOnlyList<T> all = read(filter);
        T[] page = [.. all.Take(Math.Max(0, all.Count - query.Again))];
        if (all.Count == filter.Newest && page is [var oldest, ..])
        {
            int given = page.Count(row => timeOf(row) == timeOf(oldest)) + (query.Before?.Oldest == timeOf(oldest) ? query.Again : 0);
            QueryString next = QueryString.Create(context.Request.Query.Where(static one => one.Key != "cursor").Append(new("cursor", new RecordCursor(timeOf(oldest), given).ToString())));
            context.Response.Headers.Link = $"<{context.Request.Path}{next}>; rel=\"next\"";
        }

        return TypedResults.Ok<IReadOnlyList<T>>(page);
    }
}
