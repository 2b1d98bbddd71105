using Harrier.Engine.Strategies;
using Harrier.Features.Levels;

namespace Harrier.Strategies.Breakouts;

/// <summary>Settings that all strategies at levels share. Their names are those of the keys of a preset, which sets them.</summary>
public abstract record LevelStrategySettings
{
    /// <summary>Touches that a level has at least.</summary>
    [StrategyParameter("touches that a level has at least", Min = 1, Max = 100)]
    public int MinTouches { get; init; } = 2;

    /// <summary>Whether round numbers add to the score of a level.</summary>
    [StrategyParameter("whether round numbers add to the score of a level")]
    public bool PreferRoundNumbers { get; init; } = true;

    /// <summary>Levels that make a cascade.</summary>
    [StrategyParameter("levels that make a cascade, the one in question included", Min = 2, Max = 100)]
    public int CascadeMinLevels { get; init; } = 2;

    /// <summary>How near levels of a cascade lie, in bps.</summary>
    [StrategyParameter("how near the levels of a cascade lie, in bps", Min = 0.1, Max = 1000)]
    public double CascadeRadiusBps { get; init; } = 15;

    /// <summary>Steepest approach, in percent a bar.</summary>
    [StrategyParameter("steepest approach to a level, in percent a bar", Min = 0.01, Max = 100)]
    public double ApproachSlopeMaxPctPerBar { get; init; } = 1.5;

    /// <summary>Bars that must lie at the level before.</summary>
    [StrategyParameter("closes in a row that must lie at the level before", Min = 0, Max = 1000)]
    public int PrebreakoutConsolidationMinBars { get; init; } = 3;

    /// <summary>Smallest imbalance of the book towards the side of the signal.</summary>
    [StrategyParameter("smallest imbalance of the book towards the signal; asked only of a verified book", Min = 0, Max = 1)]
    public double L2ImbalanceThreshold { get; init; } = 0.18;

    /// <summary>The drop of activity at which no signal is taken up.</summary>
    [StrategyParameter("drop of the activity from which on no signal is taken up; needs trades", Min = 0.01, Max = 1)]
    public double ActivityDropThreshold { get; init; } = 0.4;

    /// <summary>Minutes after which a signal ends that did not trade.</summary>
    [StrategyParameter("minutes after which a signal ends that did not trade", Min = 1, Max = 10_000)]
    public int SignalTtlMinutes { get; init; } = 15;

    /// <summary>How levels are weighed.</summary>
    /// <param name="tick">The price step.</param>
    public LevelQualitySettings Quality(double tick) => new()
    {
        TickSize = tick,
        UseRoundNumbers = PreferRoundNumbers,
        CascadeMinLevels = CascadeMinLevels,
        CascadeRadiusBps = CascadeRadiusBps,
        Approach = new ApproachSettings
        {
            MaxSlopePercent = ApproachSlopeMaxPctPerBar,
            MaxExcursionPercent = 2 * ApproachSlopeMaxPctPerBar,
            MinConsolidationBars = PrebreakoutConsolidationMinBars,
            Lookback = Math.Max(10, PrebreakoutConsolidationMinBars),
        },
    };
}
