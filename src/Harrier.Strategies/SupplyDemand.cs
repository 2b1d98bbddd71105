using Harrier.Domain;
using Harrier.Engine.Strategies;
using Harrier.Features;
using Harrier.Features.Levels;
using Harrier.Features.OrderFlow;
using Harrier.Features.Patterns;
using Harrier.Strategies.Patterns;
using Harrier.Strategies.Setups;

namespace Harrier.Strategies;

/// <summary>Settings of <see cref="SupplyDemand"/>.</summary>
public sealed record SupplyDemandSettings
{
    /// <summary>Score of a zone.</summary>
    [StrategyParameter("score that a zone has at least, 0 to 100", Min = 0, Max = 100)]
    public double MinZoneScore { get; init; } = 65;

    /// <summary>Things that must speak for the trade.</summary>
    [StrategyParameter("confirmations besides the zone: rejection, volume, flow, Wyckoff, level", Min = 0, Max = 5)]
    public int MinConfirmations { get; init; } = 2;

    /// <summary>How near the price must be.</summary>
    [StrategyParameter("distance of the price from the zone, as a fraction, at most", Min = 0, Max = 0.1)]
    public double MaxDistance { get; init; } = 0.005;

    /// <summary>Distance of the stop beyond the zone.</summary>
    [StrategyParameter("distance of the stop beyond the zone, as a fraction", Min = 0.0001, Max = 0.2)]
    public double StopBeyond { get; init; } = 0.005;

    /// <summary>Zones that are looked at.</summary>
    [StrategyParameter("zones that are looked at, the best first", Min = 1, Max = 64)]
    public int TopZones { get; init; } = 3;

    /// <summary>Age of a zone.</summary>
    [StrategyParameter("bars after which a zone is not traded any more, at most 168 hours in any case", Min = 1, Max = 10_000)]
    public int MaxAgeBars { get; init; } = 500;

    /// <summary>Whether Wyckoff structures count as a confirmation.</summary>
    [StrategyParameter("whether Wyckoff structures count as a confirmation")]
    public bool UseWyckoff { get; init; } = true;

    /// <summary>Whether the flow of orders counts as a confirmation.</summary>
    [StrategyParameter("whether the flow of orders counts as a confirmation")]
    public bool UseOrderFlow { get; init; } = true;
}

/// <summary>
/// Supply and demand (guide 002) together with Wyckoff and the flow of orders: enters near a zone whose composite score is high enough when enough else
/// confirms it, with its stop beyond the zone; see <see cref="ZoneJudge"/>.
/// </summary>
[StrategyKey("SUPPLY_DEMAND", "enters at supply and demand zones that Wyckoff, order flow and levels confirm")]
public sealed class SupplyDemand : SetupStrategy
{
    private readonly SupplyDemandSettings _settings;
    private readonly ZoneJudge _judge;
    private SupplyDemandZones _zones = null!;
    private WyckoffDetector _wyckoff = null!;
    private BarOrderFlow _flow = null!;
    private LevelDetector _levels = null!;
    private ZoneVerdict _verdict;
    private int _bars;

    /// <summary>Creates it.</summary>
    public SupplyDemand(SupplyDemandSettings settings)
        : base(TimeSpan.FromMinutes(15))
    {
        _settings = settings;
        _judge = new ZoneJudge(settings.MinZoneScore, settings.MinConfirmations, settings.MaxDistance, settings.StopBeyond);
    }

    /// <inheritdoc/>
    public override int WarmUp => Math.Max(_settings.MaxAgeBars, 600) + 100;

    /// <inheritdoc/>
    protected override string Missing => _flow.Source == DeltaSource.BarEstimate ? "tape" : "";

    /// <inheritdoc/>
    protected override void OnStart()
    {
        _zones = Features.Zones(Instrument.Id);
        _wyckoff = Features.Wyckoff(Instrument.Id);
        _flow = Features.OrderFlow(Instrument.Id);
        _levels = Features.Levels(Instrument.Id);
    }

    /// <inheritdoc/>
    protected override void OnClosedBar(in Bar bar, in Ohlcv values)
    {
        _verdict = default;
        int newest = _bars++;
        if (!Bars.IsFull || !_levels.IsReady)
        {
            return;
        }

        ZoneScene scene = new(Bars, _wyckoff, _flow, _levels, Now) { IsWithoutWyckoff = !_settings.UseWyckoff, IsWithoutFlow = !_settings.UseOrderFlow };
        Span<(double Score, int Index)> best = stackalloc (double, int)[_settings.TopZones];
        int found = Rank(in scene, newest, best);
        for (int i = 0; i < found; i++)
        {
            ZoneVerdict verdict = _judge.Judge(in _zones.Zones[best[i].Index], in scene);
            _verdict = i == 0 || verdict.Setup.IsValid ? verdict : _verdict;
            SetupDecision setup = verdict.Setup;
            if (Take(in setup) || setup.IsValid)
            {
                return;
            }
        }
    }

    /// <inheritdoc/>
    protected override void Describe(SignalMeta meta)
    {
        base.Describe(meta);
        meta.Add("zone_score", _verdict.Score > 0 ? _verdict.Score : double.NaN);
        meta.Add("confirmations", _verdict.Confirmations);
    }

    /// <inheritdoc/>
    protected override void SaveState(ref StateWriter writer)
    {
        base.SaveState(ref writer);
        writer.Write(_bars);
    }

    /// <inheritdoc/>
    protected override void RestoreState(ref StateReader reader)
    {
        base.RestoreState(ref reader);
        _bars = reader.ReadInt32();
    }

    // The best of the zones near the price that are young enough, best first; of equal ones the older.
    private int Rank(in ZoneScene scene, int newest, Span<(double Score, int Index)> best)
    {
        int found = 0;
        ReadOnlySpan<Zone> zones = _zones.Zones;
        for (int i = 0; i < zones.Length; i++)
        {
            bool isYoung = newest - zones[i].KnownIndex <= _settings.MaxAgeBars && zones[i].KnownIndex < newest && scene.Now - zones[i].KnownAt <= ZoneJudge.MaxAge;
            if (!isYoung || !_judge.IsNear(in zones[i], scene.Bars[0].Close))
            {
                continue;
            }

            double score = ZoneJudge.Score(in zones[i], in scene).Score;
            int place = found;
            while (place > 0 && best[place - 1].Score < score)
            {
                place--;
            }

            if (place < best.Length)
            {
                found = Math.Min(found + 1, best.Length);
                best[place..(found - 1)].CopyTo(best[(place + 1)..]);
                best[place] = (score, i);
            }
        }

        return found;
    }
}
