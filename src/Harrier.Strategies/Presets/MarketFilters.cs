using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace Harrier.Strategies.Presets;

/// <summary>Money that a market must move to be traded. In US dollars.</summary>
public sealed record LiquidityFilters
{
    /// <summary>Traded in 24 hours.</summary>
    [Range(0, 1e15)]
    [JsonPropertyName("min_24h_volume_usd")]
    public double Min24HVolumeUsd { get; init; } = 20_000_000;

    /// <summary>Open interest of a contract.</summary>
    [Range(0, 1e15)]
    public double MinOiUsd { get; init; } = 8_000_000;

    /// <summary>Largest spread in bps.</summary>
    [Range(0.01, 10_000)]
    public double MaxSpreadBps { get; init; } = 15;

    /// <summary>Depth within 0.5 %.</summary>
    [Range(0, 1e12)]
    [JsonPropertyName("min_depth_usd_0_5pct")]
    public double MinDepthUsd05Pct { get; init; } = 20_000;

    /// <summary>Depth within 0.3 %.</summary>
    [Range(0, 1e12)]
    [JsonPropertyName("min_depth_usd_0_3pct")]
    public double MinDepthUsd03Pct { get; init; } = 12_000;

    /// <summary>Trades a minute.</summary>
    [Range(0, 1e6)]
    public double MinTradesPerMinute { get; init; } = 5;
}

/// <summary>Movement that a market must show to be traded.</summary>
public sealed record VolatilityFilters
{
    /// <summary>Least ATR over price.</summary>
    [Range(0, 1)]
    public double AtrRangeMin { get; init; } = 0.008;

    /// <summary>Most ATR over price.</summary>
    [Range(0, 10)]
    public double AtrRangeMax { get; init; } = 0.12;

    /// <summary>Most width of the Bollinger bands, as a percentile of its own past.</summary>
    [Range(0, 100)]
    public double BbWidthPercentileMax { get; init; } = 85;

    /// <summary>Volume of the hour over its usual.</summary>
    [Range(0, 1000)]
    [JsonPropertyName("volume_surge_1h_min")]
    public double VolumeSurge1HMin { get; init; } = 1.3;

    /// <summary>Volume of five minutes over its usual.</summary>
    [Range(0, 1000)]
    [JsonPropertyName("volume_surge_5m_min")]
    public double VolumeSurge5MMin { get; init; } = 1.7;

    /// <summary>Growth of the open interest, as a fraction.</summary>
    [Range(0, 10)]
    public double OiDeltaThreshold { get; init; } = 0.025;
}

/// <summary>How markets are looked for.</summary>
public sealed record ScannerRules
{
    /// <summary>Markets that are kept.</summary>
    [Range(1, 10_000)]
    public int MaxCandidates { get; init; } = 25;

    /// <summary>Seconds between two scans.</summary>
    [Range(1, 86_400)]
    public double ScanIntervalSeconds { get; init; } = 90;

    /// <summary>Markets that are looked at: those of the largest volume.</summary>
    [Range(1, 100_000)]
    public int TopNByVolume { get; init; } = 150;
}

/// <summary>What trading costs, in bps of the value.</summary>
public sealed record ExecutionCosts
{
    /// <summary>Fee of who takes.</summary>
    [Range(0, 1000)]
    public double TakerFeeBps { get; init; } = 6.5;

    /// <summary>Fee of who makes.</summary>
    [Range(-100, 1000)]
    public double MakerFeeBps { get; init; } = 1.5;
}
