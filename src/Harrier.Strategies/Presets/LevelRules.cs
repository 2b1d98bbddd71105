using System.ComponentModel.DataAnnotations;

namespace Harrier.Strategies.Presets;

/// <summary>What makes a level, and a good one.</summary>
public sealed record LevelRules
{
    /// <summary>Fewest touches.</summary>
    [Range(1, 100)]
    public int MinTouches { get; init; } = 2;

    /// <summary>True to prefer round numbers.</summary>
    public bool PreferRoundNumbers { get; init; } = true;

    /// <summary>Steps of round numbers, scaled to the price; each above 0.</summary>
    public IReadOnlyList<double> RoundStepCandidates { get; init; } = [0.01, 0.05, 0.10, 1.00, 5.00, 10.00];

    /// <summary>Fewest levels of a cascade.</summary>
    [Range(2, 100)]
    public int CascadeMinLevels { get; init; } = 2;

    /// <summary>How near they lie, in bps.</summary>
    [Range(0.1, 1000)]
    public double CascadeRadiusBps { get; init; } = 15;

    /// <summary>Steepest approach, in percent a bar.</summary>
    [Range(0.01, 100)]
    public double ApproachSlopeMaxPctPerBar { get; init; } = 1.5;

    /// <summary>Bars that must lie at the level before a breakout.</summary>
    [Range(0, 1000)]
    public int PrebreakoutConsolidationMinBars { get; init; } = 3;
}
