using Harrier.Cli.Microstructure;
using Harrier.Domain;
using Harrier.Engine.Strategies;
using Harrier.Features;
using Harrier.Features.Patterns;

namespace Harrier.Cli.BarFeatures;

/// <summary>A line with the nearest supply and demand zones at each bar.</summary>
internal sealed class ZonesMember : FeatureMember
{
    private SupplyDemandZones _zones = null!;

    /// <inheritdoc/>
    public override void Start(FeatureSet features, Instrument instrument) => _zones = features.Zones(instrument.Id);

    /// <inheritdoc/>
    public override void OnBar(in Bar bar, in Ohlcv values, FeatureLines lines)
    {
        Zone? demand = _zones.Nearest(ZoneKind.Demand, values.Close);
        Zone? supply = _zones.Nearest(ZoneKind.Supply, values.Close);
        lines.Write(
            bar.OpenTime,
            "zones",
            ("known_at", bar.CloseTime.ToString()),
            ("found", _zones.Found.New.Length > 0 ? Code(_zones.Found.New[0].Pattern) : null),
            ("died", _zones.Dead.New.Length),
            ("zones", _zones.Zones.Length),
            ("demand_proximal", demand?.Proximal),
            ("demand_distal", demand?.Distal),
            ("demand_touches", demand?.Touches),
            ("demand_score", Score(demand, bar.CloseTime)),
            ("supply_proximal", supply?.Proximal),
            ("supply_distal", supply?.Distal),
            ("supply_touches", supply?.Touches),
            ("supply_score", Score(supply, bar.CloseTime)));
    }

    private static double? Score(Zone? zone, Timestamp now) => zone is { } one ? ZoneScore.Of(in one, now) : null;

    private static string Code(ZonePattern pattern) => pattern switch
    {
        ZonePattern.RallyBaseRally => "RBR",
        ZonePattern.DropBaseRally => "DBR",
        ZonePattern.DropBaseDrop => "DBD",
        _ => "RBD",
    };
}
