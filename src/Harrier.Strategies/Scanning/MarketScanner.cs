using Harrier.Strategies.Presets;

namespace Harrier.Strategies.Scanning;

/// <summary>What a filter said of a market.</summary>
/// <param name="Name">Of the filter, as the preset's key.</param>
/// <param name="Value">What the market has; NaN where that is not known.</param>
/// <param name="Threshold">What it must have: at least, or at most.</param>
/// <param name="IsLeast">True for at least.</param>
public readonly record struct FilterResult(string Name, double Value, double Threshold, bool IsLeast)
{
    /// <summary>True or false where the value is known.</summary>
    /// <value>Null where it is not: the filter could not be asked.</value>
    public bool? Passed => double.IsNaN(Value) ? null : IsLeast ? Value >= Threshold : Value <= Threshold;
}

/// <summary>A market in the order of a scan.</summary>
/// <param name="Rank">From 1; those that pass come before those that do not.</param>
/// <param name="Facts">What is known.</param>
/// <param name="Score">0 to 1.</param>
/// <param name="Filters">What each filter said.</param>
public sealed record ScannedMarket(int Rank, MarketFacts Facts, double Score, IReadOnlyList<FilterResult> Filters)
{
    /// <summary>True when no filter that could be asked failed.</summary>
    public bool Passed => Filters.All(filter => filter.Passed != false);

    /// <summary>Filters that could not be asked.</summary>
    public IEnumerable<string> Unknown => Filters.Where(filter => filter.Passed is null).Select(filter => filter.Name);
}

/// <summary>
/// Looks for markets worth trading by a preset: takes those of the largest volume, asks each filter, and ranks. Score = the mean, weighted by 0.4, 0.3, 0.3 over those that are known,
/// of liquidity (mean of min(1, depth within 0.5 %/1e6), max(0, 1 - spread/50 bps), min(1, volume/1e8)), of min(1, surge of the last bar/5), and of the strongest level.
/// </summary>
/// <param name="preset">What is asked for.</param>
public sealed class MarketScanner(Preset preset)
{
    /// <summary>Correlation with the leader above which a market adds nothing to it.</summary>
    public const double MaxLeaderCorrelation = 0.85;

    /// <summary>Ranks markets: those that pass first, then by score, then by symbol.</summary>
    /// <param name="markets">All that were looked at; of them only as many are kept as the preset says, by volume.</param>
    public IReadOnlyList<ScannedMarket> Scan(IEnumerable<MarketFacts> markets)
    {
        IEnumerable<MarketFacts> largest = markets
            .OrderByDescending(market => double.IsNaN(market.Volume24H) ? double.NegativeInfinity : market.Volume24H)
            .ThenBy(market => market.Symbol, StringComparer.Ordinal)
            .Take(preset.ScannerConfig.TopNByVolume);
        ScannedMarket[] judged = [.. largest.Select(market => new ScannedMarket(0, market, ScoreOf(market), FiltersOf(market)))];
        return
        [
            .. judged.OrderByDescending(market => market.Passed)
                .ThenByDescending(market => market.Score)
                .ThenBy(market => market.Facts.Symbol, StringComparer.Ordinal)
                .Select((market, i) => market with { Rank = i + 1 }),
        ];
    }

    /// <summary>The score of a market, 0 to 1; 0 where nothing is known.</summary>
    public static double ScoreOf(MarketFacts market)
    {
        ArgumentNullException.ThrowIfNull(market);
        double liquidity = Mean(
            (1, Math.Min(1, market.Depth05Pct / 1e6)), (1, Math.Max(0, 1 - (market.SpreadBps / 50))), (1, Math.Min(1, market.Volume24H / 1e8)));
        double score = Mean((0.4, liquidity), (0.3, Math.Min(1, market.Surge5M / 5)), (0.3, market.LevelStrength));
        return double.IsNaN(score) ? 0 : score;
    }

    private static double Mean(params ReadOnlySpan<(double Weight, double Value)> parts)
    {
        double sum = 0;
        double weights = 0;
        foreach ((double weight, double value) in parts)
        {
            if (!double.IsNaN(value))
            {
                sum += weight * value;
                weights += weight;
            }
        }

        return weights > 0 ? sum / weights : double.NaN;
    }

    private FilterResult[] FiltersOf(MarketFacts market)
    {
        LiquidityFilters money = preset.LiquidityFilters;
        VolatilityFilters movement = preset.VolatilityFilters;
        return
        [
            new("min_24h_volume_usd", market.Volume24H, money.Min24HVolumeUsd, true),
            new("min_oi_usd", market.OpenInterest, money.MinOiUsd, true),
            new("max_spread_bps", market.SpreadBps, money.MaxSpreadBps, false),
            new("min_depth_usd_0_5pct", market.Depth05Pct, money.MinDepthUsd05Pct, true),
            new("min_depth_usd_0_3pct", market.Depth03Pct, money.MinDepthUsd03Pct, true),
            new("min_trades_per_minute", market.TradesPerMinute, money.MinTradesPerMinute, true),
            new("atr_range_min", market.AtrRange, movement.AtrRangeMin, true),
            new("atr_range_max", market.AtrRange, movement.AtrRangeMax, false),
            new("bb_width_percentile_max", market.BandWidthPercentile, movement.BbWidthPercentileMax, false),
            new("volume_surge_1h_min", market.Surge1H, movement.VolumeSurge1HMin, true),
            new("volume_surge_5m_min", market.Surge5M, movement.VolumeSurge5MMin, true),
            new("oi_delta_threshold", market.OpenInterestDelta, movement.OiDeltaThreshold, true),
            new("leader_correlation_max", market.LeaderCorrelation, MaxLeaderCorrelation, false),
        ];
    }
}
