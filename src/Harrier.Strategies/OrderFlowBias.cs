using Harrier.Domain;
using Harrier.Engine.Strategies;
using Harrier.Features;
using Harrier.Features.Indicators;
using Harrier.Features.OrderFlow;
using Harrier.Strategies.Setups;

namespace Harrier.Strategies;

/// <summary>Settings of <see cref="OrderFlowBias"/>.</summary>
public sealed record OrderFlowSettings
{
    /// <summary>Votes for the side of an event.</summary>
    [StrategyParameter("votes for the side of a divergence, an absorption or stacked imbalances, at least", Min = -10, Max = 10)]
    public int MinVotes { get; init; } = 1;

    /// <summary>Whether a bias alone is traded.</summary>
    [StrategyParameter("whether a bias that appears is traded without any of them")]
    public bool TradeBias { get; init; } = true;

    /// <summary>Mean delta over mean volume that is strong.</summary>
    [StrategyParameter("mean delta over mean volume from which buying or selling is strong", Min = 0.03, Max = 0.8)]
    public double ImbalanceThreshold { get; init; } = 0.3;

    /// <summary>Minutes of a bar, for its trades.</summary>
    [StrategyParameter("minutes of a bar: its trades are added up over them where there are trades", Min = 1, Max = 1440)]
    public int TapeMinutes { get; init; } = 5;

    /// <summary>Ticks of a row of the footprint.</summary>
    [StrategyParameter("ticks of a row of the footprint", Min = 1, Max = 100_000)]
    public int FootprintTicks { get; init; } = 10;
}

/// <summary>
/// Trades the flow of orders: a delta divergence, an absorption, stacked imbalances of the footprint, or a bias that appears; leaves when the bias points the
/// other way. Stop beyond the extreme of ten bars or 1.2 ATR away, the farther one. Confidence = half for the event plus |votes|/20. Without trades deltas come
/// from the venue's taker volume or are guessed from the bar, which is said, and there is no footprint.
/// </summary>
[StrategyKey("ORDER_FLOW", "trades delta divergences, absorption, stacked imbalances and the bias of the order flow")]
public sealed class OrderFlowBias : SetupStrategy
{
    private readonly OrderFlowSettings _settings;
    private BarOrderFlow _flow = null!;
    private Footprint _footprint = null!;
    private Atr _atr = null!;
    private FlowSide _biasBefore;

    /// <summary>Creates it.</summary>
    public OrderFlowBias(OrderFlowSettings settings)
        : base(TimeSpan.FromMinutes(15))
    {
        _settings = settings;
    }

    /// <inheritdoc/>
    public override int WarmUp => 300;

    /// <inheritdoc/>
    public override int WarmUpOn(TimeSpan interval) => WarmUp + (int)Math.Ceiling(TimeSpan.FromDays(1) / interval);

    /// <inheritdoc/>
    protected override string Missing => _flow.Source == DeltaSource.BarEstimate || _footprint.Count == 0 ? "tape" : "";

    /// <inheritdoc/>
    protected override void OnStart()
    {
        BarSpec bars = new(_settings.TapeMinutes * 60 * Timestamp.NanosPerSecond, BarKind.Time, BarSource.Venue);
        _flow = Features.OrderFlow(Instrument.Id, new FlowSettings
        {
            StrongImbalance = _settings.ImbalanceThreshold,
            Delta = new DeltaSettings { Bars = bars, LotSize = (double)Instrument.Definition.LotSize },
        });
        FootprintSettings footprint = new() { Bars = bars, TicksPerRow = _settings.FootprintTicks };
        _footprint = Features.Share(Instrument.Id, $"footprint:{footprint}", () => new Footprint(footprint));
        _atr = Features.Share(Instrument.Id, "atr:14:exponential", () => new Atr(14, Smoothing.Exponential, Seeding.FirstValue, FirstTrueRange.HighLow));
    }

    /// <inheritdoc/>
    protected override void OnClosedBar(in Bar bar, in Ohlcv values)
    {
        FlowSide before = _biasBefore;
        _biasBefore = _flow.Bias;
        _footprint.CloseAt(Now);
        if (!Bars.IsFull)
        {
            return;
        }

        int held = Math.Sign(Position.Size.Value);
        if (held != 0 && held == -(int)_flow.Bias)
        {
            Leave(Math.Abs(_flow.Score) / 10.0);
            return;
        }

        (SetupKind kind, FlowSide side) = Trigger(in bar, before);
        if (kind != SetupKind.None)
        {
            SetupDecision setup = Judge(kind, side, values.Close);
            Take(in setup);
        }
    }

    /// <inheritdoc/>
    protected override void Describe(SignalMeta meta)
    {
        base.Describe(meta);
        meta.Add("votes", _flow.Score);
        meta.Add("bias", _flow.Bias.ToString());
        meta.Add("imbalance", _flow.ImbalanceRatio);
        meta.Add("momentum", _flow.Momentum);
        meta.Add("delta_source", _flow.Source.ToString());
    }

    /// <inheritdoc/>
    protected override void SaveState(ref StateWriter writer)
    {
        base.SaveState(ref writer);
        writer.Write((int)_biasBefore);
    }

    /// <inheritdoc/>
    protected override void RestoreState(ref StateReader reader)
    {
        base.RestoreState(ref reader);
        _biasBefore = (FlowSide)reader.ReadInt32();
    }

    // The rarest first.
    private (SetupKind Kind, FlowSide Side) Trigger(in Bar bar, FlowSide before)
    {
        if (_flow.Divergences.New is [.., { } divergence])
        {
            return (SetupKind.DeltaDivergence, divergence.Side);
        }

        foreach (ref readonly FlowEvent one in _flow.Events.New)
        {
            if (one.Kind == FlowEventKind.Absorption && one.Side != FlowSide.Neutral)
            {
                return (SetupKind.Absorption, one.Side);
            }
        }

        if (_footprint.Count > 0 && _footprint.Last.OpenTime == bar.OpenTime && _footprint.Stacked.New is [.., { } stacked])
        {
            return (SetupKind.StackedImbalance, stacked.Side);
        }

        return _settings.TradeBias && _flow.Bias != FlowSide.Neutral && _flow.Bias != before ? (SetupKind.Bias, _flow.Bias) : default;
    }

    private SetupDecision Judge(SetupKind kind, FlowSide direction, double close)
    {
        int votes = (int)direction * _flow.Score;
        OrderSide side = direction == FlowSide.Bullish ? OrderSide.Buy : OrderSide.Sell;
        double away = 1.2 * _atr.Value;
        double stop = side == OrderSide.Buy
            ? StopChoice.Of(side, close, Bars.LowestLow(10), close - away)
            : StopChoice.Of(side, close, Bars.HighestHigh(10), close + away);
        return votes < _settings.MinVotes ? SetupDecision.No(kind, "signal:order_flow:votes")
            : double.IsNaN(stop) ? SetupDecision.No(kind, "signal:order_flow:stop")
            : new SetupDecision
            {
                Kind = kind,
                Side = side,
                Entry = close,
                Stop = stop,
                Confidence = Math.Clamp((kind == SetupKind.Bias ? 0.25 : 0.5) + (Math.Max(0, votes) / 20.0), 0, 1),
                Confluence = Confluences.Flow | (Bars.VolumeSurge >= 1 ? Confluences.Volume : 0),
            };
    }
}
