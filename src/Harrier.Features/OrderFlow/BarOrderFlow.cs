using Harrier.Domain;
using Harrier.Features.Indicators;
using Harrier.Features.Microstructure;

namespace Harrier.Features.OrderFlow;

/// <summary>
/// The flow of orders in bars (guide 002): deltas and their sums, momentum, imbalance, divergences, imbalance zones, liquidity, absorption,
/// exhaustion, and a bias of them all. Deltas come from the best source there is, see <see cref="BarDeltas"/>; <see cref="Source"/> says which.
/// </summary>
public sealed class BarOrderFlow : IBarFeature, ITradeFeature
{
    private readonly FlowSettings _settings;
    private readonly FlowHistory _flow;
    private readonly DivergenceDetector _divergences;
    private readonly ImbalanceZones _zones;
    private readonly LiquidityZones _liquidity;
    private FlowTotals _totals;

    /// <summary>Creates it, without bars.</summary>
    /// <param name="settings">How the flow is read; default: as in <see cref="FlowSettings"/>.</param>
    /// <exception cref="IndicatorParameterException">A setting is out of range.</exception>
    public BarOrderFlow(FlowSettings? settings = null)
    {
        _settings = (settings ?? new FlowSettings()).Checked();
        Deltas = new BarDeltas(_settings.Delta);
        _flow = new FlowHistory(_settings.Kept);
        _divergences = new DivergenceDetector(_settings.PivotWidth, _settings.PivotMaxDistance);
        _zones = new ImbalanceZones(_settings);
        _liquidity = new LiquidityZones(_settings.LiquidityWidth);
    }

    /// <summary>The deltas of single bars and their sums.</summary>
    public BarDeltas Deltas { get; }

    /// <summary>Where the newest bar's delta comes from.</summary>
    public DeltaSource Source => Deltas.Last.Source;

    /// <summary>Cumulative delta of the newest bar less that of nine bars before, over the volume of the last ten; 0 before ten bars.</summary>
    public double Momentum => _totals.Momentum;

    /// <summary>Sum of the last ten deltas over their volume, -1 to 1; 0 up to ten bars.</summary>
    public double ImbalanceRatio => _totals.Imbalance;

    /// <summary><see cref="ImbalanceRatio"/> in words.</summary>
    public FlowImbalance Imbalance => Words(_totals.Imbalance, _settings.StrongImbalance);

    /// <summary>Volume of the bars of the last 120 in which takers bought more than they sold, in base currency.</summary>
    public double BuyingBarVolume => _totals.BuyingBars;

    /// <summary>Volume of the bars of the last 120 in which takers sold more than they bought, in base currency.</summary>
    public double SellingBarVolume => _totals.SellingBars;

    /// <summary><see cref="BuyingBarVolume"/> over <see cref="SellingBarVolume"/>.</summary>
    /// <value>NaN when no bar sold.</value>
    public double VolumeRatio => _totals.SellingBars > 0 ? _totals.BuyingBars / _totals.SellingBars : double.NaN;

    /// <summary>Divergences of price and cumulative delta at confirmed pivots.</summary>
    public EventLog<DeltaDivergence> Divergences => _divergences.Found;

    /// <summary>Imbalance zones that later bars have not filled, oldest first.</summary>
    public ReadOnlySpan<ImbalanceZone> OpenZones => _zones.Open;

    /// <summary>Imbalance zones at the bars at which they became known.</summary>
    public EventLog<ImbalanceZone> Zones => _zones.Found;

    /// <summary>Highs and lows that the price has not passed, oldest first.</summary>
    public ReadOnlySpan<LiquidityZone> OpenLiquidity => _liquidity.Open;

    /// <summary>Highs and lows at the bars at which they became known.</summary>
    public EventLog<LiquidityZone> Liquidity => _liquidity.Found;

    /// <summary>Absorption and exhaustion.</summary>
    public EventLog<FlowEvent> Events { get; } = new(16);

    /// <summary>
    /// Votes for higher or lower prices, -10 to 10: sign of the session's delta 1, sign of the momentum 1, volume ratio above 1.2 or below 0.8 1,
    /// strong or extreme imbalance 2, the newest divergence of the last 10 bars 1, of absorption (5 bars) 2, of exhaustion (3 bars) 2, and no more.
    /// </summary>
    public int Score { get; private set; }

    /// <summary>Bullish from a score of 3, bearish from -3.</summary>
    public FlowSide Bias => Score >= 3 ? FlowSide.Bullish : Score <= -3 ? FlowSide.Bearish : FlowSide.Neutral;

    /// <summary>A trade reached us; see <see cref="BarDeltas.OnTrade"/>.</summary>
    /// <param name="trade">An event of the kind <see cref="MarketEventKind.Trade"/>.</param>
    public void OnTrade(in MarketEvent trade) => Deltas.OnTrade(in trade);

    /// <inheritdoc/>
    public void OnBar(in ClosedBar bar)
    {
        Deltas.OnBar(in bar);
        _flow.Add(in bar, Deltas);
        _divergences.Update(_flow);
        _zones.Update(_flow);
        _liquidity.Update(_flow);
        Events.StartBar();
        Note(EffortDetector.Exhaustion(_flow, _settings));
        Note(EffortDetector.Absorption(_flow, _settings));
        _totals = FlowTotals.Of(_flow, _settings);
        Score = Votes();
    }

    /// <inheritdoc/>
    public void Save(ref StateWriter writer)
    {
        writer.Write(Deltas);
        writer.Write(_flow);
        writer.Write(_divergences);
        writer.Write(_zones);
        writer.Write(_liquidity);
        writer.Write(Events);
        writer.WriteRaw(in _totals);
        writer.Write(Score);
    }

    /// <inheritdoc/>
    public void Restore(ref StateReader reader)
    {
        reader.Read(Deltas);
        reader.Read(_flow);
        reader.Read(_divergences);
        reader.Read(_zones);
        reader.Read(_liquidity);
        reader.Read(Events);
        _totals = reader.ReadRaw<FlowTotals>();
        Score = reader.ReadInt32();
    }

    internal static FlowImbalance Words(double ratio, double strong)
    {
        double size = Math.Abs(ratio);
        int word = size > strong + 0.2 ? 3 : size > strong ? 2 : size > strong / 3 ? 1 : 0;
        return (FlowImbalance)(ratio < 0 ? -word : word);
    }

    private void Note(FlowEvent? found)
    {
        if (found is { } one)
        {
            Events.Add(in one);
        }
    }

    private int Votes()
    {
        int votes = Math.Sign(Deltas.Session) + Math.Sign(Momentum);
        votes += VolumeRatio > 1.2 ? 1 : VolumeRatio < 0.8 ? -1 : 0;
        votes += Math.Abs((int)Imbalance) >= 2 ? 2 * Math.Sign((int)Imbalance) : 0;
        ReadOnlySpan<DeltaDivergence> divergences = Divergences.Recent;
        votes += divergences.Length > 0 && _flow.Bars.Last - divergences[^1].KnownIndex < _settings.DivergenceBars ? (int)divergences[^1].Side : 0;
        return votes + (2 * VoteOf(FlowEventKind.Absorption, _settings.AbsorptionBars)) + (2 * VoteOf(FlowEventKind.Exhaustion, _settings.ExhaustionBars));
    }

    // The newest of a kind, as long as it counts.
    private int VoteOf(FlowEventKind kind, int bars)
    {
        ReadOnlySpan<FlowEvent> events = Events.Recent;
        for (int i = events.Length - 1; i >= 0 && _flow.Bars.Last - events[i].KnownIndex < bars; i--)
        {
            if (events[i].Kind == kind)
            {
                return (int)events[i].Side;
            }
        }

        return 0;
    }
}
