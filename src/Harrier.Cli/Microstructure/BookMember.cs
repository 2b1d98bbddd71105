using Harrier.Domain;
using Harrier.Engine.Strategies;
using Harrier.Features.Microstructure;

namespace Harrier.Cli.Microstructure;

/// <summary>A line with the book at each tick; a book in doubt has no values.</summary>
internal sealed class BookMember : FeatureMember
{
    private const double Near = 30;
    private const double Far = 50;

    private BookFeatures _book = null!;

    /// <inheritdoc/>
    public override void Start(FeatureSet features, Instrument instrument) => _book = features.Book(instrument.Id);

    /// <inheritdoc/>
    public override void OnTick(Timestamp now, FeatureLines lines)
    {
        DepthRecord? before = _book.DepthAgo(TimeSpan.FromMinutes(1), now);
        lines.Write(
            now,
            "book",
            ("mid", _book.Mid),
            ("spread_bps", _book.SpreadBps),
            ("weighted_mid", _book.WeightedMid),
            ("imbalance_l1", _book.LevelImbalance(1)),
            ("imbalance_l10", _book.LevelImbalance(10)),
            ("imbalance_30bps", _book.Imbalance(Near)),
            ("flow_imbalance_10s", _book.FlowImbalance(now)),
            ("bid_depth_50bps", _book.Depth(OrderSide.Buy, Far)),
            ("ask_depth_50bps", _book.Depth(OrderSide.Sell, Far)),
            ("bid_depth_50bps_60s_ago", before?.Bids.Within50),
            ("ask_depth_50bps_60s_ago", before?.Asks.Within50),
            ("slope_50bps", _book.Slope(Far)),
            ("liquidity_weighted_spread_50bps", _book.LiquidityWeightedSpreadBps(Far)),
            ("unverified_seconds", _book.TimeUnverified(now).TotalSeconds));
    }
}
