using System.ComponentModel.DataAnnotations;

namespace Harrier.Strategies.Presets;

/// <summary>All numbers of one way to trade breakouts: what markets, which signals, how much, when out. Read by <see cref="PresetReader"/>; keys in snake case.</summary>
public sealed record Preset
{
    /// <summary>The name by which it is asked for; also that of its file.</summary>
    [Required]
    public required string Name { get; init; }

    /// <summary>One line for people.</summary>
    public string Description { get; init; } = "";

    /// <summary>When a signal is given.</summary>
    public SignalRules SignalConfig { get; init; } = new();

    /// <summary>When a position is left.</summary>
    public PositionRules PositionConfig { get; init; } = new();

    /// <summary>What makes a level.</summary>
    public LevelRules LevelsRules { get; init; } = new();

    /// <summary>What makes a wall.</summary>
    public DensityRules DensityConfig { get; init; } = new();

    /// <summary>How much is risked.</summary>
    public RiskRules Risk { get; init; } = new();

    /// <summary>What a market must have to be traded: money.</summary>
    public LiquidityFilters LiquidityFilters { get; init; } = new();

    /// <summary>What a market must have to be traded: movement.</summary>
    public VolatilityFilters VolatilityFilters { get; init; } = new();

    /// <summary>How markets are looked for.</summary>
    public ScannerRules ScannerConfig { get; init; } = new();

    /// <summary>What trading costs.</summary>
    public ExecutionCosts ExecutionConfig { get; init; } = new();
}
