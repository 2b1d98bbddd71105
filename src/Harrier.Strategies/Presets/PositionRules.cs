using System.ComponentModel.DataAnnotations;

namespace Harrier.Strategies.Presets;

/// <summary>When a position is left, and when it grows.</summary>
public sealed record PositionRules
{
    /// <summary>First target in multiples of the initial risk.</summary>
    [Range(0.1, 100)]
    public double Tp1R { get; init; } = 1.6;

    /// <summary>Share of the position that leaves there, 0..1.</summary>
    [Range(0, 1)]
    public double Tp1SizePct { get; init; } = 0.4;

    /// <summary>Second target in multiples of the initial risk.</summary>
    [Range(0.1, 100)]
    public double Tp2R { get; init; } = 3;

    /// <summary>Share of the position that leaves there, 0..1.</summary>
    [Range(0, 1)]
    public double Tp2SizePct { get; init; } = 0.35;

    /// <summary>Distance of the chandelier stop from the highest high, in ATR.</summary>
    [Range(0.1, 100)]
    public double ChandelierAtrMult { get; init; } = 2.5;

    /// <summary>Minutes after which a position is left.</summary>
    [Range(1, 100_000)]
    public double TimeStopMinutes { get; init; } = 180;

    /// <summary>Hours after which it is left whatever else.</summary>
    [Range(0.1, 10_000)]
    public double MaxHoldTimeHours { get; init; } = 24;

    /// <summary>True to leave when the market's activity drops.</summary>
    public bool PanicExitOnActivityDrop { get; init; } = true;

    /// <summary>The drop of activity that counts, 0..1.</summary>
    [Range(0.01, 1)]
    public double ActivityDropThreshold { get; init; } = 0.4;

    /// <summary>True to add to a position that goes well, once.</summary>
    public bool AddOnEnabled { get; init; } = true;

    /// <summary>How much is added, as a share of the position, 0..1.</summary>
    [Range(0, 1)]
    public double AddOnMaxSizePct { get; init; } = 0.3;
}
