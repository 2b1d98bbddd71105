using System.Text.Json.Serialization;
using Harrier.Api.Hosting;
using Harrier.Domain;
using Harrier.Features.Microstructure;
using Harrier.Hosting.Markets;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Harrier.Api.Features;

/// <summary>How busy a market is, as guide 001 has it.</summary>
/// <param name="Symbol">Of what.</param>
/// <param name="Timestamp">When, in milliseconds.</param>
/// <param name="Tpm60s">Trades a minute, over 60 seconds.</param>
/// <param name="Tpm10s">Trades a minute, over 10 seconds.</param>
/// <param name="Tps10s">Trades a second, over 10 seconds.</param>
/// <param name="BuySellRatio">Trades of buyers over those of sellers, over 60 seconds; null without sellers.</param>
/// <param name="VolDelta10s">Bought less sold by takers, in base currency, over 10 seconds.</param>
/// <param name="VolDelta60s">The same over 60 seconds.</param>
/// <param name="VolDelta300s">The same over 300 seconds.</param>
/// <param name="ActivityIndex">How unusual that is.</param>
/// <param name="ActivityComponents">Of what the index is made.</param>
/// <param name="IsDropping">Whether the market falls quiet.</param>
/// <param name="DropFraction">How far it fell.</param>
public sealed record ActivityAnswer(
    string Symbol,
    long Timestamp,
    [property: JsonPropertyName("tpm_60s")] double Tpm60s,
    [property: JsonPropertyName("tpm_10s")] double Tpm10s,
    [property: JsonPropertyName("tps_10s")] double Tps10s,
    double? BuySellRatio,
    [property: JsonPropertyName("vol_delta_10s")] double VolDelta10s,
    [property: JsonPropertyName("vol_delta_60s")] double VolDelta60s,
    [property: JsonPropertyName("vol_delta_300s")] double VolDelta300s,
    double ActivityIndex,
    IReadOnlyDictionary<string, double> ActivityComponents,
    bool IsDropping,
    double DropFraction);

/// <summary><c>GET /api/features/activity</c>.</summary>
internal static class ActivityFeature
{
    /// <summary>Shows how busy a market of the run is.</summary>
    /// <param name="sources">What is read.</param>
    /// <param name="symbol">As BTCUSDT or BTC/USDT.</param>
    public static Results<Ok<ActivityAnswer>, ProblemHttpResult> Get(ApiSources sources, string? symbol = null)
    {
        (SymbolMemory? memory, ProblemHttpResult? problem) = FeatureSymbol.Find(sources, symbol);
        if (memory is null)
        {
            return problem!;
        }

        DateTimeOffset now = sources.Time.GetUtcNow();
        MarketActivity activity = memory.Activity(Timestamp.From(now));
        (TradeFlowReading flow, ActivityReading index) = (activity.Flow, activity.Index);
        return TypedResults.Ok(new ActivityAnswer(
            memory.Instrument.Symbol,
            now.ToUnixTimeMilliseconds(),
            flow.TradesPerMinute60s,
            flow.TradesPerMinute10s,
            flow.TradesPerSecond10s,
            double.IsFinite(flow.BuySellRatio60s) ? flow.BuySellRatio60s : null,
            flow.VolumeDelta10s,
            flow.VolumeDelta60s,
            flow.VolumeDelta300s,
            index.Index,
            new Dictionary<string, double>(StringComparer.Ordinal) { ["tpm_z"] = index.TradesPerMinuteZ, ["tps_z"] = index.TradesPerSecondZ, ["vol_delta_z"] = index.VolumeDeltaZ },
            index.IsDropping,
            index.DropFraction));
    }
}

/// <summary>A symbol that a feature is asked of.</summary>
internal static class FeatureSymbol
{
    /// <summary>What the run remembers of it; or 422 where none is named, 404 where the run has it not, as guide 001 has it.</summary>
    public static (SymbolMemory? Memory, ProblemHttpResult? Problem) Find(ApiSources sources, string? symbol)
    {
        if (string.IsNullOrWhiteSpace(symbol))
        {
            return (null, TypedResults.Problem("symbol: none: a symbol such as BTCUSDT", statusCode: StatusCodes.Status422UnprocessableEntity));
        }

        return sources.Markets.Find(symbol) is { } memory
            ? (memory, null)
            : (null, TypedResults.Problem($"symbol: {Shown.Of(symbol)}: one of {string.Join(", ", sources.Markets.Symbols)}", statusCode: StatusCodes.Status404NotFound));
    }
}
