using Harrier.Domain;
using Harrier.Features.Bars;
using Harrier.Features.Indicators;

namespace Harrier.Features.Patterns;

/// <summary>
/// Supply and demand zones (guide 002): a leg-in, a base of one to four small bars, and a leg-out that goes at least two heights of the zone beyond its
/// proximal edge. A zone is fresh until the price touches it and dead when a bar closes beyond its distal edge; touches and death come from bars after
/// the leg-out only.
/// </summary>
public sealed class SupplyDemandZones : IBarFeature
{
    private readonly ZoneSettings _settings;
    private readonly RecentBars _bars;
    private readonly Zone[] _zones;
    private readonly long[] _lastTouches;
    private int _count;

    /// <summary>Creates it, without bars.</summary>
    /// <param name="settings">How zones are found; default: as in <see cref="ZoneSettings"/>.</param>
    /// <exception cref="IndicatorParameterException">A setting is out of range.</exception>
    public SupplyDemandZones(ZoneSettings? settings = null)
    {
        _settings = (settings ?? new ZoneSettings()).Checked();
        _bars = new RecentBars(_settings.Kept);
        _zones = new Zone[_settings.MaxZones];
        _lastTouches = new long[_settings.MaxZones];
    }

    /// <summary>Zones that are alive, oldest first; valid until the next bar.</summary>
    public ReadOnlySpan<Zone> Zones => _zones.AsSpan(0, _count);

    /// <summary>Zones as they were when they became known.</summary>
    public EventLog<Zone> Found { get; } = new(16);

    /// <summary>Zones that died, as they were at the end.</summary>
    public EventLog<Zone> Dead { get; } = new(16);

    /// <inheritdoc/>
    public void OnBar(in ClosedBar bar)
    {
        Found.StartBar();
        Dead.StartBar();
        _bars.Add(in bar);
        Follow(in bar);
        if (Find() is { } zone)
        {
            Add(in zone);
        }
    }

    /// <summary>The zone of a kind whose proximal edge is nearest to a price, on its side or around it.</summary>
    /// <returns>Null when there is none.</returns>
    public Zone? Nearest(ZoneKind kind, double price)
    {
        Zone? nearest = null;
        double least = double.PositiveInfinity;
        foreach (ref readonly Zone zone in Zones)
        {
            bool isThere = zone.Kind == kind && (kind == ZoneKind.Demand ? zone.Distal <= price : zone.Distal >= price);
            double distance = Math.Abs(price - zone.Proximal);
            if (isThere && distance < least)
            {
                least = distance;
                nearest = zone;
            }
        }

        return nearest;
    }

    /// <inheritdoc/>
    public void Save(ref StateWriter writer)
    {
        writer.Write(_bars);
        writer.Write(_count);
        for (int i = 0; i < _count; i++)
        {
            writer.WriteRaw(in _zones[i]);
            writer.Write(_lastTouches[i]);
        }

        writer.Write(Found);
        writer.Write(Dead);
    }

    /// <inheritdoc/>
    public void Restore(ref StateReader reader)
    {
        reader.Read(_bars);
        _count = reader.ReadPosition(_zones.Length);
        for (int i = 0; i < _count; i++)
        {
            _zones[i] = reader.ReadRaw<Zone>();
            _lastTouches[i] = reader.ReadInt64();
        }

        reader.Read(Found);
        reader.Read(Dead);
    }

    private static double BodyShare(in ClosedBar bar) => bar.Range > 0 ? Math.Abs(bar.Close - bar.Open) / bar.Range : 0;

    private bool IsLeg(in ClosedBar bar) => BodyShare(in bar) > _settings.BaseBodyShare;

    private void Follow(in ClosedBar bar)
    {
        int kept = 0;
        for (int i = 0; i < _count; i++)
        {
            Zone zone = _zones[i];
            long lastTouch = _lastTouches[i];
            bool isDemand = zone.Kind == ZoneKind.Demand;
            if (isDemand ? bar.Low <= zone.Proximal : bar.High >= zone.Proximal)
            {
                zone = zone with { Touches = zone.Touches + (lastTouch == _bars.Last - 1 ? 0 : 1) };
                lastTouch = _bars.Last;
            }

            if (isDemand ? bar.Close < zone.Distal : bar.Close > zone.Distal)
            {
                Dead.Add(in zone);
                continue;
            }

            _zones[kept] = zone;
            _lastTouches[kept++] = lastTouch;
        }

        _count = kept;
    }

    private Zone? Find()
    {
        int legOut = _bars.Last;
        if (!IsLeg(in _bars[legOut]))
        {
            return null;
        }

        int legIn = legOut - 1;
        while (legIn >= _bars.First && legOut - legIn <= _settings.MaxBaseBars + 1 && !IsLeg(in _bars[legIn]))
        {
            legIn--;
        }

        int baseBars = legOut - legIn - 1;
        return legIn >= _bars.First && baseBars >= 1 && baseBars <= _settings.MaxBaseBars ? Measure(legIn, legOut) : null;
    }

    private Zone? Measure(int legIn, int legOut)
    {
        ref readonly ClosedBar last = ref _bars[legOut];
        bool isDemand = last.Close > last.Open;
        double proximal = isDemand ? double.NegativeInfinity : double.PositiveInfinity;
        for (int i = legIn + 1; i < legOut; i++)
        {
            ref readonly ClosedBar bar = ref _bars[i];
            proximal = isDemand ? Math.Max(proximal, Math.Max(bar.Open, bar.Close)) : Math.Min(proximal, Math.Min(bar.Open, bar.Close));
        }

        double distal = isDemand ? _bars.LowestLow(legIn, legOut) : _bars.HighestHigh(legIn, legOut);
        double height = Math.Abs(proximal - distal);
        double departure = (isDemand ? last.High - proximal : proximal - last.Low) / height;
        bool isOut = isDemand ? last.Close > proximal : last.Close < proximal;
        if (height == 0 || !isOut || departure < _settings.MinDeparture)
        {
            return null;
        }

        bool isRallyIn = _bars[legIn].Close > _bars[legIn].Open;
        int from = legOut - _settings.VolumeBars;
        return new Zone
        {
            Proximal = proximal,
            Distal = distal,
            Departure = departure,
            VolumeRatio = from >= _bars.First ? VolumeRatio(last.Volume, _bars.MeanVolumeBefore(legOut, _settings.VolumeBars)) : double.NaN,
            BaseTime = _bars[legIn + 1].OpenTime,
            KnownAt = last.CloseTime,
            BaseIndex = legIn + 1,
            BaseBars = legOut - legIn - 1,
            KnownIndex = legOut,
            Kind = isDemand ? ZoneKind.Demand : ZoneKind.Supply,
            Pattern = isDemand
                ? isRallyIn ? ZonePattern.RallyBaseRally : ZonePattern.DropBaseRally
                : isRallyIn ? ZonePattern.RallyBaseDrop : ZonePattern.DropBaseDrop,
        };
    }

    private static double VolumeRatio(double volume, double mean) => mean > 0 ? volume / mean : double.NaN;

    private void Add(in Zone zone)
    {
        if (_count == _zones.Length)
        {
            _zones.AsSpan(1).CopyTo(_zones);
            _lastTouches.AsSpan(1).CopyTo(_lastTouches);
            _count--;
        }

        _zones[_count] = zone;
        _lastTouches[_count++] = -2;
        Found.Add(in zone);
    }
}
