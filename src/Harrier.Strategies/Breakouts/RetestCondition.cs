using Harrier.Domain;
using Harrier.Strategies.Setups;

namespace Harrier.Strategies.Breakouts;

/// <summary>
/// Retest: the price is back at the level, has not gone through it far, and is traded there: trades a minute of at least a share of the mean of the last
/// hour, or from bars alone volume that has not dried up. A mean that is not known refuses. Confidence = 0.3 score + 0.3 (0.8 after a breakout, else 0.5)
/// + 0.2 max(0.3, 1 - hours since it/24) + 0.1 min(1, touches/5) + 0.1 min(1, activity).
/// </summary>
public static class RetestCondition
{
    /// <summary>Judges the price now.</summary>
    public static SetupDecision Judge(in BreakoutFacts facts, BreakoutRules rules)
    {
        ArgumentNullException.ThrowIfNull(rules);
        double activity = facts.HasTape ? facts.TradesPerMinute / facts.MeanTradesPerMinute : facts.Bars.VolumeActivity;
        if (Refusal(in facts, rules, activity) is { } refusal)
        {
            return SetupDecision.No(SetupKind.Retest, refusal);
        }

        double entry = facts.Beyond(rules.RetestPierceTolerance);
        double stop = StopChoice.Of(facts.Side, entry, facts.Side == OrderSide.Buy ? facts.Level.Price - facts.Atr : facts.Level.Price + facts.Atr);
        if (double.IsNaN(stop))
        {
            return SetupDecision.No(SetupKind.Retest, "signal:retest:stop");
        }

        bool isAfterBreakout = !double.IsNaN(facts.HoursSinceBreakout);
        double confidence = (0.3 * Math.Clamp(facts.Score, 0, 1))
            + (0.3 * (isAfterBreakout ? 0.8 : 0.5))
            + (0.2 * (isAfterBreakout ? Math.Max(0.3, 1 - (facts.HoursSinceBreakout / 24)) : 0.3))
            + (0.1 * Math.Min(1, facts.Level.Touches / 5.0))
            + (0.1 * Math.Min(1, activity));
        return new SetupDecision
        {
            Kind = SetupKind.Retest,
            Side = facts.Side,
            Entry = entry,
            Stop = stop,
            Confidence = Math.Clamp(confidence, 0, 1),
            Confluence = facts.AtLevel | Confluences.Volume | (isAfterBreakout ? Confluences.Breakout : 0) | (double.IsNaN(facts.Imbalance) ? 0 : Confluences.Book),
        };
    }

    /// <summary>How far the newest bar, or the price now, went through the level against the trade; never below 0.</summary>
    public static double Pierce(in BreakoutFacts facts)
    {
        double wick = facts.Side == OrderSide.Buy ? Math.Min(facts.Bars[0].Low, facts.Price) : Math.Max(facts.Bars[0].High, facts.Price);
        return Math.Max(0, facts.Gain(wick, facts.Level.Price));
    }

    private static string? Refusal(in BreakoutFacts facts, BreakoutRules rules, double activity)
    {
        if (!facts.Bars.IsFull || !(facts.Atr > 0))
        {
            return "signal:retest:bars";
        }

        double least = facts.HasTape ? rules.TpmOnTouchFrac : rules.RetestVolumeRatio;
        return Math.Abs(facts.Price - facts.Level.Price) > rules.RetestDistance * facts.Level.Price ? "signal:retest:level"
            : Pierce(in facts) > rules.RetestMaxPierceAtr * facts.Atr ? "signal:retest:pierce"
            : !(activity >= least) ? (facts.HasTape ? "signal:retest:tpm_on_touch" : "signal:retest:volume")
            : facts.ImbalanceTowards < rules.L2ImbalanceThreshold ? "signal:retest:imbalance"
            : null;
    }
}
