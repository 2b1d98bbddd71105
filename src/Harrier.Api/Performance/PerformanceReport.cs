using Harrier.Api.Hosting;
using Harrier.Domain;
using Harrier.Hosting.Performance;
using Harrier.Storage.Records;
using Harrier.Storage.Records.Rows;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Harrier.Api.Performance;

/// <summary>How well bots did, and what that is made of.</summary>
/// <param name="Metrics">All of them together.</param>
/// <param name="ByBot">Each bot for itself, as <c>account/bot</c>.</param>
/// <param name="Trades">The newest 100 positions from entry to exit.</param>
public sealed record PerformanceReportAnswer(PerformanceSnapshot Metrics, IReadOnlyDictionary<string, PerformanceSnapshot> ByBot, IReadOnlyList<TradeRow> Trades);

/// <summary><c>GET /api/v1/performance/report</c>.</summary>
internal static class PerformanceReport
{
    private const int TradesShown = 100;

    /// <summary>Shows how well bots did: together, each for itself, and their newest trades.</summary>
    /// <param name="sources">What is read.</param>
    /// <param name="account">Those of this account.</param>
    /// <param name="bot">Those of this name.</param>
    public static Ok<PerformanceReportAnswer> Get(ApiSources sources, string? account = null, string? bot = null)
    {
        RecordFilter filter = new() { Account = account, Bot = bot, WithArchived = true };
        Timestamp now = Timestamp.From(sources.Time.GetUtcNow());
        IReadOnlyList<TradeRow> trades = sources.Records.Trades(filter);
        IReadOnlyList<EquityRow> equity = sources.Records.Equity(filter);
        ILookup<string, TradeRow> tradesOf = trades.ToLookup(static row => $"{row.Account}/{row.Bot}", StringComparer.Ordinal);
        Dictionary<string, PerformanceSnapshot> byBot = equity.GroupBy(static row => $"{row.Account}/{row.Bot}", StringComparer.Ordinal)
            .ToDictionary(static one => one.Key, one => PerformanceSnapshot.Of([.. tradesOf[one.Key]], [.. one], now), StringComparer.Ordinal);
        return TypedResults.Ok(new PerformanceReportAnswer(PerformanceSnapshot.Of(trades, equity, now), byBot, [.. trades.TakeLast(TradesShown)]));
    }
}
