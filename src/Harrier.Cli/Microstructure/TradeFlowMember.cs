using Harrier.Domain;
using Harrier.Engine.Strategies;
using Harrier.Features.Microstructure;

namespace Harrier.Cli.Microstructure;

/// <summary>A line with the tape at each tick.</summary>
internal sealed class TradeFlowMember : FeatureMember
{
    private TradeFlow _flow = null!;

    /// <inheritdoc/>
    public override void Start(FeatureSet features, Instrument instrument) => _flow = features.TradeFlow(instrument.Id);

    /// <inheritdoc/>
    public override void OnTick(Timestamp now, FeatureLines lines)
    {
        TradeFlowReading flow = _flow.At(now);
        TradeLatency? latency = _flow.Latency(now);
        lines.Write(
            now,
            "tradeflow",
            ("tpm_10s", flow.TradesPerMinute10s),
            ("tpm_60s", flow.TradesPerMinute60s),
            ("tps_10s", flow.TradesPerSecond10s),
            ("buy_sell_ratio_60s", flow.BuySellRatio60s),
            ("buy_sell_volume_ratio_60s", flow.BuySellVolumeRatio60s),
            ("vol_delta_10s", flow.VolumeDelta10s),
            ("vol_delta_60s", flow.VolumeDelta60s),
            ("vol_delta_300s", flow.VolumeDelta300s),
            ("session_delta", flow.SessionDelta),
            ("cvd", flow.CumulativeDelta),
            ("trade_size_p50", _flow.SizeQuantile(0.5, now)),
            ("trade_size_p90", _flow.SizeQuantile(0.9, now)),
            ("trade_size_p99", _flow.SizeQuantile(0.99, now)),
            ("latency_ms", latency?.Average.TotalMilliseconds),
            ("latency_p50_ms", latency?.P50.TotalMilliseconds),
            ("latency_p99_ms", latency?.P99.TotalMilliseconds),
            ("late_trades", _flow.LateTrades));
    }
}
