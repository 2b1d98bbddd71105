using Harrier.Domain;
using Harrier.Strategies.Setups;

namespace Harrier.Strategies.Breakouts;

/// <summary>
/// Entry before the level: a limit order at the level less an offset, rounded to the passive side, while the price approaches well and has not broken the
/// level. Below that price it trades at once, and never at a worse one. Confidence = 0.5 score + 0.3 min(1, touches/5) + 0.2 min(1, volume activity).
/// </summary>
public static class PrelevelCondition
{
    /// <summary>Judges the price now.</summary>
    /// <param name="facts">What is known.</param>
    /// <param name="rules">Numbers.</param>
    /// <param name="tick">The instrument's price step.</param>
    public static SetupDecision Judge(in BreakoutFacts facts, BreakoutRules rules, double tick)
    {
        ArgumentNullException.ThrowIfNull(rules);
        if (!facts.Bars.IsFull || !(facts.Atr > 0))
        {
            return SetupDecision.No(SetupKind.Prelevel, "signal:prelevel:bars");
        }

        if (facts.Gain(facts.Price, facts.Level.Price) <= 0)
        {
            return SetupDecision.No(SetupKind.Prelevel, "signal:prelevel:broken");
        }

        if (!facts.IsApproachedWell)
        {
            return SetupDecision.No(SetupKind.Prelevel, "signal:prelevel:approach");
        }

        double entry = LimitPrice(facts.Side, facts.Level.Price, rules.PrelevelLimitOffsetBps, tick);
        double stop = facts.SwingStop(entry);
        double activity = facts.Bars.VolumeActivity;
        return double.IsNaN(stop) ? SetupDecision.No(SetupKind.Prelevel, "signal:prelevel:stop") : new SetupDecision
        {
            Kind = SetupKind.Prelevel,
            Side = facts.Side,
            Entry = entry,
            Stop = stop,
            Confidence = (0.5 * Math.Clamp(facts.Score, 0, 1)) + (0.3 * Math.Min(1, facts.Level.Touches / 5.0)) + (0.2 * (activity > 0 ? Math.Min(1, activity) : 0)),
            Confluence = facts.AtLevel,
        };
    }

    /// <summary>Long under a resistance: level (1 - offset), rounded down; short over a support: level (1 + offset), rounded up.</summary>
    /// <param name="side">Side of the order.</param>
    /// <param name="level">Price of the level.</param>
    /// <param name="offsetBps">Distance in bps of it.</param>
    /// <param name="tick">The price step, above 0.</param>
    public static double LimitPrice(OrderSide side, double level, double offsetBps, double tick)
    {
        double price = side == OrderSide.Buy ? level * (1 - (offsetBps / 1e4)) : level * (1 + (offsetBps / 1e4));
        double ticks = price / tick;

        // A price that is a multiple of the step but for the last bits is on the step.
        double nearest = Math.Round(ticks);
        bool isOnStep = Math.Abs(ticks - nearest) <= 1e-9 * Math.Max(1, Math.Abs(ticks));
        return (isOnStep ? nearest : side == OrderSide.Buy ? Math.Floor(ticks) : Math.Ceiling(ticks)) * tick;
    }
}
