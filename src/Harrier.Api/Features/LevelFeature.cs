using Harrier.Api.Hosting;
using Harrier.Api.Markets;
using Harrier.Domain;
using Harrier.Features.Levels;
using Harrier.Hosting.Markets;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Harrier.Api.Features;

/// <summary>A level as guide 001 has it.</summary>
/// <param name="Price">Its price.</param>
/// <param name="LevelType"><c>support</c> or <c>resistance</c>.</param>
/// <param name="TouchCount">How often it was touched.</param>
/// <param name="Strength">0 to 1.</param>
/// <param name="IsRoundNumber">Whether it lies at a round number.</param>
/// <param name="RoundBonus">What that adds to its score.</param>
/// <param name="HasCascade">Whether others lie near it.</param>
/// <param name="CascadeCount">How many.</param>
public sealed record LevelAnswer(double Price, string LevelType, int TouchCount, double Strength, bool IsRoundNumber, double RoundBonus, bool HasCascade, int CascadeCount);

/// <summary>Levels that lie together.</summary>
/// <param name="Detected">Whether there are any.</param>
/// <param name="LevelsInCascade">How many.</param>
/// <param name="CenterPrice">Price of the level with the most around it.</param>
/// <param name="RadiusBps">How far from it is looked, in basis points.</param>
public sealed record CascadeAnswer(bool Detected, int LevelsInCascade, double? CenterPrice, double RadiusBps);

/// <summary>How the price came to the strongest level.</summary>
/// <param name="IsValid">Whether calmly enough.</param>
/// <param name="SlopePctPerBar">Slope in percent a candle.</param>
/// <param name="ConsolidationBars">Candles near the level.</param>
/// <param name="Reason">What was found.</param>
public sealed record ApproachAnswer(bool IsValid, double? SlopePctPerBar, int ConsolidationBars, string Reason);

/// <summary>Levels of a market.</summary>
/// <param name="Symbol">Of what.</param>
/// <param name="Timestamp">When, in milliseconds.</param>
/// <param name="Interval">Length of the candles that they were found in.</param>
/// <param name="Levels">The strongest first.</param>
/// <param name="RoundLevels">Prices of those at round numbers.</param>
/// <param name="CascadeInfo">Levels that lie together.</param>
/// <param name="ApproachMetrics">How the price came to the strongest; null without levels, and where it was not asked for.</param>
public sealed record LevelsAnswer(
    string Symbol, long Timestamp, string Interval, IReadOnlyList<LevelAnswer> Levels, IReadOnlyList<double> RoundLevels, CascadeAnswer CascadeInfo, ApproachAnswer? ApproachMetrics);

/// <summary><c>GET /api/features/levels</c>.</summary>
internal static class LevelFeature
{
    /// <summary>Shows the levels that the trades of the run make.</summary>
    /// <param name="sources">What is read.</param>
    /// <param name="symbol">As BTCUSDT or BTC/USDT.</param>
    /// <param name="interval">Length of the candles, 1m when nothing is said.</param>
    /// <param name="include_metrics">False leaves out how the price came near.</param>
    public static Results<Ok<LevelsAnswer>, ProblemHttpResult, ValidationProblem> Get(ApiSources sources, string? symbol = null, string? interval = null, bool include_metrics = true)
    {
        (SymbolMemory? memory, ProblemHttpResult? problem) = FeatureSymbol.Find(sources, symbol);
        if (memory is null)
        {
            return problem!;
        }

        Faults faults = new();
        BarSpec spec = Klines.IntervalOf(interval ?? "1m", faults);
        if (!faults.IsEmpty)
        {
            return faults.Problem;
        }

        LevelDetector detector = memory.Levels(TimeSpan.FromTicks(spec.IntervalNanos / TimeSpan.NanosecondsPerTick));
        LevelQualitySettings settings = new() { TickSize = (double)memory.Instrument.Definition.TickSize };
        LevelQuality[] found = [.. detector.Levels.OrderByDescending(static level => level.Strength).Select(level => detector.Assess(in level, settings))];
        LevelQuality? center = found.Where(static one => one.Cascade.HasCascade).Select(static one => (LevelQuality?)one).MaxBy(static one => one!.Value.Cascade.Count);
        return TypedResults.Ok(new LevelsAnswer(
            memory.Instrument.Symbol,
            sources.Time.GetUtcNow().ToUnixTimeMilliseconds(),
            spec.ToString(),
            [.. found.Select(Of)],
            [.. found.Where(static one => one.Round.IsRound).Select(static one => one.Level.Price)],
            new CascadeAnswer(center is not null, center?.Cascade.Count ?? 0, center?.Level.Price, settings.CascadeRadiusBps),
            include_metrics && found is [var strongest, ..] ? Of(strongest.Approach) : null));
    }

    private static LevelAnswer Of(LevelQuality one) => new(
        one.Level.Price,
        one.Level.Kind.ToString().ToLowerInvariant(),
        one.Level.Touches,
        one.Level.Strength,
        one.Round.IsRound,
        one.Round.Bonus,
        one.Cascade.HasCascade,
        one.Cascade.Count);

    private static ApproachAnswer Of(Approach approach) => new(
        approach.IsValid, double.IsFinite(approach.SlopePercentPerBar) ? approach.SlopePercentPerBar : null, approach.ConsolidationBars, approach.Verdict.ToString().ToLowerInvariant());
}

/// <summary>Which features there are.</summary>
/// <param name="Status"><c>ok</c> while a market is heard, <c>waiting</c> before the first trade.</param>
/// <param name="Timestamp">When, in milliseconds.</param>
/// <param name="Symbols">Markets that can be asked for.</param>
/// <param name="Endpoints">Paths.</param>
public sealed record FeatureHealthAnswer(string Status, long Timestamp, IReadOnlyList<string> Symbols, IReadOnlyList<string> Endpoints);

/// <summary><c>GET /api/features/health</c>.</summary>
internal static class FeatureHealth
{
    private static readonly string[] Endpoints = ["/api/features/levels", "/api/features/activity", "/api/features/density", "/api/features/health"];

    /// <summary>Shows which features there are, of which markets.</summary>
    public static Ok<FeatureHealthAnswer> Get(ApiSources sources)
    {
        IReadOnlyList<string> symbols = sources.Markets.Symbols;
        return TypedResults.Ok(new FeatureHealthAnswer(symbols.Count > 0 ? "ok" : "waiting", sources.Time.GetUtcNow().ToUnixTimeMilliseconds(), symbols, Endpoints));
    }
}
