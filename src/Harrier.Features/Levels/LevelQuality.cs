namespace Harrier.Features.Levels;

/// <summary>What adds to the strength of a level.</summary>
public sealed record LevelQualitySettings
{
    internal static LevelQualitySettings Default { get; } = new();

    /// <summary>The instrument's price step in quote currency; 0 when it is not known.</summary>
    /// <value>0.</value>
    public double TickSize { get; init; }

    /// <summary>Whether round numbers add to a score.</summary>
    /// <value>True.</value>
    public bool UseRoundNumbers { get; init; } = true;

    /// <summary>How far from a round number a level may lie, in basis points.</summary>
    /// <value>2.</value>
    public double RoundToleranceBps { get; init; } = 2;

    /// <summary>How far apart levels of a cascade lie at most, in basis points.</summary>
    /// <value>15.</value>
    public double CascadeRadiusBps { get; init; } = 15;

    /// <summary>Levels that make a cascade, the one in question included.</summary>
    /// <value>2.</value>
    public int CascadeMinLevels { get; init; } = 2;

    /// <summary>Limits of the approach.</summary>
    public ApproachSettings Approach { get; init; } = ApproachSettings.Default;
}

/// <summary>A level with all that speaks for it at one instant.</summary>
/// <param name="Level">The level.</param>
/// <param name="Round">How round its price is.</param>
/// <param name="Cascade">Which levels stand beside it.</param>
/// <param name="Approach">How the price came to it.</param>
/// <param name="Score">Strength and both bonuses, at most 1. The approach does not change it: it decides whether the level may be traded now.</param>
public readonly record struct LevelQuality(PriceLevel Level, RoundNumber Round, LevelCascade Cascade, Approach Approach, double Score)
{
    /// <summary>True when the price came to the level in a way that allows a trade.</summary>
    public bool IsApproachedWell => Approach.IsValid;

    /// <summary>Weighs a level.</summary>
    /// <param name="level">The level.</param>
    /// <param name="levels">All accepted levels, this one included.</param>
    /// <param name="approach">How the price came to it.</param>
    /// <param name="settings">Bonuses.</param>
    public static LevelQuality Of(in PriceLevel level, IReadOnlyList<PriceLevel> levels, in Approach approach, LevelQualitySettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        RoundNumber round = settings.UseRoundNumbers ? RoundNumber.Of(level.Price, settings.TickSize, settings.RoundToleranceBps) : default;
        LevelCascade cascade = LevelCascade.Around(levels, level.Price, settings.CascadeRadiusBps, settings.CascadeMinLevels);
        return new LevelQuality(level, round, cascade, approach, Math.Clamp(level.Strength + round.Bonus + cascade.Bonus, 0, 1));
    }
}
