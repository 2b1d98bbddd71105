using Harrier.Domain;
using Harrier.Features;
using Harrier.Features.Levels;
using Harrier.Features.OrderFlow;
using Harrier.Features.Patterns;
using Harrier.Strategies.Setups;

namespace Harrier.Strategies.Patterns;

/// <summary>What a zone is judged by at one bar.</summary>
/// <param name="Bars">The last bars.</param>
/// <param name="Wyckoff">Structures.</param>
/// <param name="Flow">The flow of orders.</param>
/// <param name="Levels">Levels.</param>
/// <param name="Now">The present.</param>
public readonly record struct ZoneScene(BarWindow Bars, WyckoffDetector Wyckoff, BarOrderFlow Flow, LevelDetector Levels, Timestamp Now)
{
    /// <summary>True where structures are not looked at.</summary>
    public bool IsWithoutWyckoff { get; init; }

    /// <summary>True where the flow of orders is not looked at.</summary>
    public bool IsWithoutFlow { get; init; }
}

/// <summary>What a zone is worth at one bar.</summary>
/// <param name="Score">0 to 100.</param>
/// <param name="Confirmations">How many things besides the zone speak for the trade.</param>
/// <param name="Setup">The trade, or why there is none.</param>
public readonly record struct ZoneVerdict(double Score, int Confirmations, SetupDecision Setup);

/// <summary>
/// Judges a trade at a zone. Confirmations, one each: a bar that rejects the zone (its close in the third away from it, its body pointing away), volume above the
/// mean of 20 bars, order flow that points away (a bias, or absorption or exhaustion of the last bars), a Wyckoff structure of the same direction from phase B
/// on, a level in the zone. The composite score is <see cref="ZoneScore"/> with the confirmations as confluences, the structure's institutional score,
/// and strong flow where the imbalance of the last bars is strong. Confidence = score/100.
/// </summary>
/// <param name="minScore">Composite score, at least.</param>
/// <param name="minConfirmations">Confirmations, at least.</param>
/// <param name="maxDistance">Distance of the price from the zone as a fraction, at most.</param>
/// <param name="stopBeyond">Distance of the stop beyond the far edge as a fraction.</param>
public sealed class ZoneJudge(double minScore, int minConfirmations, double maxDistance, double stopBeyond)
{
    private const int RecentBars = 5;

    /// <summary>Zones are not traded longer.</summary>
    public static TimeSpan MaxAge { get; } = TimeSpan.FromHours(168);

    /// <summary>True when a price is in the zone or near its proximal edge, and not beyond it.</summary>
    public bool IsNear(in Zone zone, double price) => zone.Kind == ZoneKind.Demand
        ? price > zone.Distal && price <= zone.Proximal * (1 + maxDistance)
        : price < zone.Distal && price >= zone.Proximal * (1 - maxDistance);

    /// <summary>The composite score and the confirmations.</summary>
    public static (double Score, int Count, Confluences Confluence) Score(in Zone zone, in ZoneScene scene)
    {
        bool isDemand = zone.Kind == ZoneKind.Demand;
        FlowSide side = isDemand ? FlowSide.Bullish : FlowSide.Bearish;
        WyckoffCycle cycle = isDemand ? scene.Wyckoff.Accumulation : scene.Wyckoff.Distribution;
        ref readonly Ohlcv bar = ref scene.Bars[0];
        bool rejects = Rejects(in bar, isDemand);
        bool hasVolume = scene.Bars.VolumeSurge >= 1;
        bool hasFlow = !scene.IsWithoutFlow && (scene.Flow.Bias == side || HasEvent(scene.Flow, side));
        bool hasWyckoff = !scene.IsWithoutWyckoff && cycle.Phase >= WyckoffPhase.B;
        bool hasLevel = HasLevel(in zone, scene.Levels);
        Confluences confluence = Confluences.Zone
            | (hasVolume ? Confluences.Volume : 0)
            | (hasFlow ? Confluences.Flow : 0)
            | (hasWyckoff ? Confluences.Wyckoff : 0)
            | (hasLevel ? Confluences.Level : 0);
        int count = (rejects ? 1 : 0) + (hasVolume ? 1 : 0) + (hasFlow ? 1 : 0) + (hasWyckoff ? 1 : 0) + (hasLevel ? 1 : 0);
        bool isStrong = !scene.IsWithoutFlow && (int)side * (int)scene.Flow.Imbalance >= (int)FlowImbalance.StrongBuying;

        // The touch of this bar is the trade; it does not make the zone a used one.
        bool touches = isDemand ? bar.Low <= zone.Proximal : bar.High >= zone.Proximal;
        Zone before = zone with { Touches = Math.Max(0, zone.Touches - (touches ? 1 : 0)) };
        double score = ZoneScore.Of(in before, scene.Now, new ZoneContext(count, hasWyckoff ? cycle.Institutional : 0, isStrong));
        return (score, count, confluence);
    }

    /// <summary>Judges a zone near the price.</summary>
    public ZoneVerdict Judge(in Zone zone, in ZoneScene scene)
    {
        (double score, int count, Confluences confluence) = Score(in zone, in scene);
        bool isDemand = zone.Kind == ZoneKind.Demand;
        OrderSide side = isDemand ? OrderSide.Buy : OrderSide.Sell;
        double entry = scene.Bars[0].Close;
        double stop = StopChoice.Of(side, entry, isDemand ? zone.Distal * (1 - stopBeyond) : zone.Distal * (1 + stopBeyond));
        string? refusal = !IsNear(in zone, entry) ? "signal:zone:distance"
            : count < minConfirmations ? "signal:zone:confirmations"
            : score < minScore ? "signal:zone:score"
            : double.IsNaN(stop) ? "signal:zone:stop"
            : null;
        SetupDecision setup = refusal is not null ? SetupDecision.No(SetupKind.Zone, refusal) : new SetupDecision
        {
            Kind = SetupKind.Zone,
            Side = side,
            Entry = entry,
            Stop = stop,
            Confidence = score / 100,
            Confluence = confluence,
        };
        return new ZoneVerdict(score, count, setup);
    }

    private static bool Rejects(in Ohlcv bar, bool isDemand)
    {
        double third = (bar.High - bar.Low) / 3;
        return third > 0 && (isDemand ? bar.Close > bar.Open && bar.Close >= bar.High - third : bar.Close < bar.Open && bar.Close <= bar.Low + third);
    }

    private static bool HasEvent(BarOrderFlow flow, FlowSide side)
    {
        ReadOnlySpan<FlowEvent> events = flow.Events.Recent;
        for (int i = events.Length - 1; i >= 0 && flow.Deltas.Count - 1 - events[i].KnownIndex < RecentBars; i--)
        {
            if (events[i].Side == side)
            {
                return true;
            }
        }

        return false;
    }

    private static bool HasLevel(in Zone zone, LevelDetector levels)
    {
        double low = Math.Min(zone.Proximal, zone.Distal);
        double high = Math.Max(zone.Proximal, zone.Distal);
        IReadOnlyList<PriceLevel> all = levels.Levels;
        for (int i = 0; i < all.Count; i++)
        {
            if (all[i].Price >= low && all[i].Price <= high)
            {
                return true;
            }
        }

        return false;
    }
}
