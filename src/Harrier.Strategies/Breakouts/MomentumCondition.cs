using Harrier.Features;
using Harrier.Strategies.Setups;

namespace Harrier.Strategies.Breakouts;

/// <summary>
/// Breakout by momentum: the newest bar closes beyond the level by a little more than noise, on volume, with a body, with the book and without having run
/// away. Confidence = 0.4 score + 0.3 min(1, volume surge/5) + 0.2 min(1, body/0.8) + 0.1 min(1, imbalance/0.5), 0.1 to 1.
/// </summary>
public static class MomentumCondition
{
    /// <summary>Judges the newest bar; that the bar before it was not beyond the level already is for the caller to see.</summary>
    public static SetupDecision Judge(in BreakoutFacts facts, BreakoutRules rules)
    {
        ArgumentNullException.ThrowIfNull(rules);
        double entry = facts.Beyond(rules.MomentumEpsilon);
        if (Refusal(in facts, rules, entry) is { } refusal)
        {
            return SetupDecision.No(SetupKind.Momentum, refusal);
        }

        double stop = facts.SwingStop(entry);
        if (double.IsNaN(stop))
        {
            return SetupDecision.No(SetupKind.Momentum, "signal:momentum:stop");
        }

        bool hasBook = !double.IsNaN(facts.Imbalance);
        double confidence = (0.4 * Math.Clamp(facts.Score, 0, 1))
            + (0.3 * Math.Min(1, facts.Bars.VolumeSurge / 5))
            + (0.2 * Math.Min(1, Body(in facts.Bars[0]) / 0.8))
            + (hasBook ? 0.1 * Math.Clamp(facts.ImbalanceTowards / 0.5, 0, 1) : 0);
        return new SetupDecision
        {
            Kind = SetupKind.Momentum,
            Side = facts.Side,
            Entry = entry,
            Stop = stop,
            Confidence = Math.Clamp(confidence, 0.1, 1),
            Confluence = facts.AtLevel | Confluences.Volume | (hasBook ? Confluences.Book : 0),
        };
    }

    /// <summary>Body over range of a bar, 0 to 1.</summary>
    public static double Body(in Ohlcv bar) => bar.High > bar.Low ? Math.Abs(bar.Close - bar.Open) / (bar.High - bar.Low) : 0;

    private static string? Refusal(in BreakoutFacts facts, BreakoutRules rules, double entry)
    {
        if (!facts.Bars.IsFull || !(facts.Atr > 0))
        {
            return "signal:momentum:bars";
        }

        return facts.Gain(entry, facts.Price) <= 0 ? "signal:momentum:level"
            : !(facts.Bars.VolumeSurge >= rules.MomentumVolumeMultiplier) ? "signal:momentum:volume"
            : Body(in facts.Bars[0]) < rules.MomentumBodyRatioMin ? "signal:momentum:body"
            : facts.ImbalanceTowards < rules.L2ImbalanceThreshold ? "signal:momentum:imbalance"
            : Math.Abs(facts.Price - facts.Bars.Vwap) > rules.VwapGapMaxAtr * facts.Atr ? "signal:momentum:vwap_gap"
            : rules.RequiresApproach && !facts.IsApproachedWell ? "signal:momentum:approach"
            : null;
    }
}
