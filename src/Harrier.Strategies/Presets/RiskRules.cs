using System.ComponentModel.DataAnnotations;

namespace Harrier.Strategies.Presets;

/// <summary>How much is risked. Shares are fractions of equity.</summary>
public sealed record RiskRules
{
    /// <summary>Share of equity lost at the stop.</summary>
    [Range(0.0001, 0.2)]
    public double RiskPerTrade { get; init; } = 0.015;

    /// <summary>Positions at a time.</summary>
    [Range(1, 1000)]
    public int MaxConcurrentPositions { get; init; } = 3;

    /// <summary>Share of equity that may be lost in a day.</summary>
    [Range(0.001, 1)]
    public double DailyRiskLimit { get; init; } = 0.08;

    /// <summary>Largest position in US dollars.</summary>
    [Range(1, 1e12)]
    public double MaxPositionSizeUsd { get; init; } = 60_000;

    /// <summary>Share of equity after whose loss nothing is traded any more.</summary>
    [Range(0.001, 1)]
    public double KillSwitchLossLimit { get; init; } = 0.18;

    /// <summary>Largest correlation with an open position, 0..1.</summary>
    [Range(0, 1)]
    public double CorrelationLimit { get; init; } = 0.4;

    /// <summary>Losses in a row after which it pauses.</summary>
    [Range(1, 1000)]
    public int MaxConsecutiveLosses { get; init; } = 5;
}
