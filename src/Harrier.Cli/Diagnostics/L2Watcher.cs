using Harrier.Cli.Microstructure;
using Harrier.Domain;
using Harrier.Engine.Strategies;
using Harrier.Features.Microstructure;
using Harrier.Strategies.Presets;

namespace Harrier.Cli.Diagnostics;

/// <summary>
/// A strategy that trades nothing and tells what one with this preset would see: walls as they come and go, activity and the filters of the book each
/// second.
/// </summary>
/// <param name="preset">What counts.</param>
/// <param name="session">Takes the records.</param>
/// <param name="onSecond">Called each second with what is to be shown.</param>
internal sealed class L2Watcher(Preset preset, DiagnosticSession session, Action<L2Snapshot> onSecond) : Strategy
{
    private const int Shown = 10;
    private const double ImbalanceRangeBps = 30;
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly BookLevel[] _levels = new BookLevel[Shown];
    private BookFeatures _book = null!;
    private DensityDetector _density = null!;
    private ActivityTracker _activity = null!;
    private TradeFlow _flow = null!;
    private bool _isTicking;

    /// <summary>When the first event came; null before.</summary>
    public Timestamp? Started { get; private set; }

    /// <inheritdoc/>
    protected override void OnStart()
    {
        _flow = Features.TradeFlow(Instrument.Id);
        _book = Features.Book(Instrument.Id);
        _density = Features.Density(Instrument.Id, preset.DensityConfig.Settings(preset.SignalConfig.EnterOnDensityEatRatio));
        _activity = Features.Activity(Instrument.Id);
    }

    /// <inheritdoc/>
    protected override void OnTrade(in MarketEvent trade) => Begin();

    /// <inheritdoc/>
    protected override void OnBook(in BookTop top) => Begin();

    /// <inheritdoc/>
    protected override void OnDensity(DensityDetector detector, in DensityEvent densityEvent)
    {
        Wall wall = densityEvent.Wall;
        string kind = DensityWords.Of(densityEvent.Kind);
        string reason = DensityWords.Of(densityEvent.Reason) is { } why ? $"density:{kind}:{why}" : $"density:{kind}";
        session.Add(new DiagnosticRecord(
            densityEvent.Time,
            "density",
            kind,
            Instrument.Symbol,
            [
                ("density_strength", wall.Strength),
                ("density_eaten_ratio", wall.EatenRatio),
                ("side", wall.Side == OrderSide.Buy ? "bid" : "ask"),
                ("price", wall.Price),
                ("size", wall.Size),
                ("max_size", wall.MaxSize),
                ("consumed", wall.Consumed),
            ],
            reason,
            densityEvent.Kind != DensityEventKind.Removed));
    }

    /// <inheritdoc/>
    protected override void OnTimer(int number)
    {
        SetTimer(0, Cadence.Next(Now, Second));
        ActivityReading activity = _activity.Reading;
        TradeFlowReading flow = _flow.At(Now);
        bool isDropping = _activity.IsDroppingBy(preset.PositionConfig.ActivityDropThreshold);
        session.Add(new DiagnosticRecord(
            Now,
            "activity",
            "sample",
            Instrument.Symbol,
            [("activity_index", activity.Index), ("activity_drop", activity.DropFraction), ("tpm_60s", flow.TradesPerMinute60s), ("tps_10s", flow.TradesPerSecond10s), ("vol_delta_60s", flow.VolumeDelta60s)],
            isDropping ? "activity:dropping" : null,
            !isDropping));
        string? filter = Filter(flow);
        session.Add(new DiagnosticRecord(
            Now,
            "book",
            "filter",
            Instrument.Symbol,
            [("mid", _book.Mid), ("spread_bps", _book.SpreadBps), ("imbalance_30bps", _book.Imbalance(ImbalanceRangeBps)), ("depth_usd_0_5pct", DepthUsd(50)), ("depth_usd_0_3pct", DepthUsd(30)), ("unverified_seconds", _book.TimeUnverified(Now).TotalSeconds)],
            filter,
            filter is null));
        onSecond(Snapshot(activity, flow, isDropping));
    }

    private void Begin()
    {
        if (!_isTicking)
        {
            _isTicking = true;
            Started = Now;
            SetTimer(0, Cadence.Next(Now, Second));
        }
    }

    private string? Filter(TradeFlowReading flow)
    {
        LiquidityFilters limits = preset.LiquidityFilters;
        return _book.SpreadBps is not { } spread ? "filter:book_unverified"
            : spread > limits.MaxSpreadBps ? "filter:spread"
            : DepthUsd(50) < limits.MinDepthUsd05Pct ? "filter:depth_0_5pct"
            : DepthUsd(30) < limits.MinDepthUsd03Pct ? "filter:depth_0_3pct"
            : flow.TradesPerMinute60s < limits.MinTradesPerMinute ? "filter:trades_per_minute"
            : null;
    }

    // Of the thinner side, at the price of mid: what can be got rid of.
    private double? DepthUsd(double rangeBps) => _book.Depth(OrderSide.Buy, rangeBps) is { } bids && _book.Depth(OrderSide.Sell, rangeBps) is { } asks
        ? Math.Min(bids, asks) * _book.Mid
        : null;

    private L2Snapshot Snapshot(ActivityReading activity, TradeFlowReading flow, bool isDropping)
    {
        OrderBook? book = _book.Current;
        Wall[] walls = new Wall[_density.WallCount];
        for (int i = 0; i < walls.Length; i++)
        {
            walls[i] = _density[i];
        }

        return new L2Snapshot
        {
            Time = Now,
            Instrument = Instrument,
            Bids = Levels(book?.Bids),
            Asks = Levels(book?.Asks),
            SpreadBps = _book.SpreadBps,
            Imbalance = _book.Imbalance(ImbalanceRangeBps),
            Threshold = _density.Threshold,
            Walls = walls,
            Activity = activity,
            Flow = flow,
            IsDropping = isDropping,
        };
    }

    private BookLevel[] Levels(BookSide? side) => side is null ? [] : _levels[..side.CopyTo(_levels)];
}
