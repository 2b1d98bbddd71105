using Harrier.Domain;
using Harrier.Engine.Strategies;
using Harrier.Features;
using Harrier.Features.Levels;
using Harrier.Strategies.Breakouts;
using Harrier.Strategies.Setups;

namespace Harrier.Strategies;

/// <summary>Settings of <see cref="BreakoutMomentum"/>.</summary>
public sealed record BreakoutMomentumSettings : LevelStrategySettings
{
    /// <summary>How far beyond the level a breakout closes.</summary>
    [StrategyParameter("how far beyond the level the bar closes, as a fraction of it", Min = 0, Max = 0.1)]
    public double MomentumEpsilon { get; init; } = 0.0015;

    /// <summary>Volume of the bar over the median of the 19 before it.</summary>
    [StrategyParameter("volume of the bar over the median of the 19 before it, at least", Min = 0, Max = 100)]
    public double MomentumVolumeMultiplier { get; init; } = 1.5;

    /// <summary>Body of the bar over its range.</summary>
    [StrategyParameter("body of the bar over its range, at least", Min = 0, Max = 1)]
    public double MomentumBodyRatioMin { get; init; } = 0.35;

    /// <summary>Distance of the close from VWAP, in ATR.</summary>
    [StrategyParameter("distance of the close from VWAP in ATR, at most; asked with limit_vwap_gap", Min = 0, Max = 100)]
    public double VwapGapMaxAtr { get; init; } = 2.2;

    /// <summary>Whether a close far from VWAP is refused.</summary>
    [StrategyParameter("whether a close far from VWAP is refused")]
    public bool LimitVwapGap { get; init; }

    /// <summary>Whether the approach to the level must be good.</summary>
    [StrategyParameter("whether the bars before must have come slowly and rested at the level")]
    public bool RequireApproach { get; init; } = true;
}

/// <summary>Buys a bar that closes beyond a resistance on volume, sells one that closes beyond a support; see <see cref="MomentumCondition"/>.</summary>
[StrategyKey("BREAKOUT_MOMENTUM", "enters with a bar that closes beyond a level on volume, with its stop under the swing")]
public sealed class BreakoutMomentum : LevelStrategy
{
    /// <summary>Creates it.</summary>
    public BreakoutMomentum(BreakoutMomentumSettings settings)
        : base(settings, new BreakoutRules
        {
            MomentumEpsilon = settings.MomentumEpsilon,
            MomentumVolumeMultiplier = settings.MomentumVolumeMultiplier,
            MomentumBodyRatioMin = settings.MomentumBodyRatioMin,
            VwapGapMaxAtr = settings.LimitVwapGap ? settings.VwapGapMaxAtr : double.PositiveInfinity,
            RequiresApproach = settings.RequireApproach,
        })
    {
    }

    /// <inheritdoc/>
    protected override void OnClosedBar(in Bar bar, in Ohlcv values)
    {
        if (!Levels.IsReady || !Bars.IsFull)
        {
            return;
        }

        // Strongest first: of several levels that one bar breaks the first that makes a trade decides.
        IReadOnlyList<PriceLevel> levels = Levels.Levels;
        for (int i = 0; i < levels.Count; i++)
        {
            PriceLevel level = levels[i];
            if (BrokenBy(in level, values.Close) is not { } side)
            {
                continue;
            }

            BreakoutFacts facts = FactsAt(in level, side, values.Close, isBroken: true);
            SetupDecision setup = MomentumCondition.Judge(in facts, Rules);
            if (Take(in setup) || setup.IsValid)
            {
                return;
            }
        }
    }
}
