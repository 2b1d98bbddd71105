using System.Text.Json;
using Harrier.Cli.Microstructure;
using Harrier.Domain;
using Harrier.Engine.Strategies;
using Harrier.Features;
using Harrier.Features.OrderFlow;

namespace Harrier.Cli.BarFeatures;

/// <summary>A line with the flow of orders at each bar; <c>source</c> says where its delta comes from.</summary>
internal sealed class OrderFlowMember : FeatureMember
{
    private BarOrderFlow _flow = null!;

    /// <inheritdoc/>
    public override void Start(FeatureSet features, Instrument instrument) => _flow = features.OrderFlow(instrument.Id);

    /// <inheritdoc/>
    public override void OnBar(in Bar bar, in Ohlcv values, FeatureLines lines) => lines.Write(
        bar.OpenTime,
        "orderflow",
        ("known_at", bar.CloseTime.ToString()),
        ("source", Words(_flow.Source)),
        ("delta", _flow.Deltas.Last.Delta),
        ("cumulative_delta", _flow.Deltas.Cumulative),
        ("session_delta", _flow.Deltas.Session),
        ("delta_momentum", _flow.Momentum),
        ("buy_volume", _flow.BuyingBarVolume),
        ("sell_volume", _flow.SellingBarVolume),
        ("volume_ratio", JsonNumber.OrNull(_flow.VolumeRatio)),
        ("imbalance", Words(_flow.Imbalance)),
        ("divergence", _flow.Divergences.New.Length > 0 ? Words(_flow.Divergences.New[^1].Side) : null),
        ("absorption_detected", Side(FlowEventKind.Absorption)),
        ("exhaustion_detected", Side(FlowEventKind.Exhaustion)),
        ("imbalance_zones", _flow.OpenZones.Length),
        ("liquidity_zones", _flow.OpenLiquidity.Length),
        ("score", _flow.Score),
        ("bias", Words(_flow.Bias)));

    private static string Words(Enum value) => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());

    // Of the newest bar; null when there is none.
    private string? Side(FlowEventKind kind)
    {
        foreach (FlowEvent one in _flow.Events.New)
        {
            if (one.Kind == kind)
            {
                return Words(one.Side);
            }
        }

        return null;
    }
}
