using Harrier.Api.Hosting;
using Harrier.Domain;
using Harrier.Hosting.Performance;
using Harrier.Storage.Records;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Harrier.Api.Performance;

/// <summary><c>GET /api/v1/performance/metrics</c>.</summary>
internal static class PerformanceMetrics
{
    /// <summary>Shows how well bots did: all of them, those of an account, or one.</summary>
    /// <param name="sources">What is read.</param>
    /// <param name="account">Those of this account.</param>
    /// <param name="bot">Those of this name.</param>
    public static Ok<PerformanceSnapshot> Get(ApiSources sources, string? account = null, string? bot = null)
    {
        RecordFilter filter = new() { Account = account, Bot = bot, WithArchived = true };
        return TypedResults.Ok(PerformanceSnapshot.Of(sources.Records.Trades(filter), sources.Records.Equity(filter), Timestamp.From(sources.Time.GetUtcNow())));
    }
}
