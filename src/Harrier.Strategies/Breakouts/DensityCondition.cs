using Harrier.Domain;
using Harrier.Features.Microstructure;
using Harrier.Strategies.Setups;

namespace Harrier.Strategies.Breakouts;

/// <summary>
/// Entry on an eaten wall: long when a wall of asks at or above the level has lost the share it must lose to trades, short with one of bids at or below it.
/// Confidence = 0.4 score + 0.3 share of the loss that was traded + 0.2 min(1, largest strength/(2 k)) + 0.1 min(1, imbalance/0.5).
/// </summary>
public static class DensityCondition
{
    /// <summary>How far beyond the level the wall may stand, as a fraction of the level.</summary>
    public const double Reach = 0.005;

    /// <summary>Judges a wall.</summary>
    /// <param name="facts">What is known; <see cref="BreakoutFacts.Side"/> is that of the trade.</param>
    /// <param name="rules">Numbers.</param>
    /// <param name="wall">The wall.</param>
    /// <param name="density">What makes a wall, and when it is eaten.</param>
    public static SetupDecision Judge(in BreakoutFacts facts, BreakoutRules rules, in Wall wall, DensitySettings density)
    {
        ArgumentNullException.ThrowIfNull(rules);
        ArgumentNullException.ThrowIfNull(density);
        if (Refusal(in facts, rules, in wall, density) is { } refusal)
        {
            return SetupDecision.No(SetupKind.Density, refusal);
        }

        double entry = facts.Price;
        double stop = facts.SwingStop(entry);
        if (double.IsNaN(stop))
        {
            return SetupDecision.No(SetupKind.Density, "signal:density:stop");
        }

        double lost = wall.MaxSize - wall.Size;
        double strongest = wall.Size > 0 ? wall.Strength * wall.MaxSize / wall.Size : density.Strength;
        double confidence = (0.4 * Math.Clamp(facts.Score, 0, 1))
            + (0.3 * (lost > 0 ? Math.Clamp(wall.Consumed / lost, 0, 1) : 0))
            + (0.2 * Math.Min(1, strongest / (2 * density.Strength)))
            + (double.IsNaN(facts.Imbalance) ? 0 : 0.1 * Math.Clamp(facts.ImbalanceTowards / 0.5, 0, 1));
        return new SetupDecision
        {
            Kind = SetupKind.Density,
            Side = facts.Side,
            Entry = entry,
            Stop = stop,
            Confidence = Math.Clamp(confidence, 0, 1),
            Confluence = facts.AtLevel | Confluences.Book,
        };
    }

    private static string? Refusal(in BreakoutFacts facts, BreakoutRules rules, in Wall wall, DensitySettings density)
    {
        if (!facts.Bars.IsFull || !(facts.Atr > 0))
        {
            return "signal:density:bars";
        }

        // Buyers eat asks; the wall stands in the bucket of the level or behind it.
        bool isInTheWay = (wall.Side == OrderSide.Sell) == (facts.Side == OrderSide.Buy);
        double behind = facts.Gain(facts.Level.Price, wall.Price);
        double bucket = Math.Abs(wall.Price - facts.Level.Price) <= facts.Level.Price * 2e-4 ? 0 : behind;
        return !isInTheWay ? "signal:density:side"
            : !wall.IsEaten || wall.EatenRatio < density.EatenRatio ? "signal:density:eaten"
            : bucket < 0 || behind > Reach * facts.Level.Price ? "signal:density:level"
            : rules.RequiresApproach && !facts.IsApproachedWell ? "signal:density:approach"
            : null;
    }
}
