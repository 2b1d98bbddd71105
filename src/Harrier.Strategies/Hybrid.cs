using Harrier.Domain;
using Harrier.Engine.Strategies;
using Harrier.Features;
using Harrier.Features.Indicators;

namespace Harrier.Strategies;

/// <summary>Settings of <see cref="Hybrid"/>.</summary>
public sealed record HybridSettings
{
    /// <summary>Period of the RSI.</summary>
    [StrategyParameter("period of the RSI in bars", Min = 2, Max = 10_000)]
    public int RsiPeriod { get; init; } = 14;

    /// <summary>Bars in the Bollinger bands.</summary>
    [StrategyParameter("bars in the Bollinger bands", Min = 2, Max = 10_000)]
    public int BandsWindow { get; init; } = 20;

    /// <summary>Half width of the bands.</summary>
    [StrategyParameter("half width of the bands in standard deviations", Min = 0.1, Max = 10)]
    public double StdDevFactor { get; init; } = 2;

    /// <summary>Period of the fast average.</summary>
    [StrategyParameter("period of the fast simple average in bars; below slow", Min = 1, Max = 10_000)]
    public int Fast { get; init; } = 20;

    /// <summary>Period of the slow average.</summary>
    [StrategyParameter("period of the slow simple average in bars", Min = 2, Max = 10_000)]
    public int Slow { get; init; } = 50;

    /// <summary>Confidence from which on a signal is traded.</summary>
    [StrategyParameter("confidence from which on a signal is traded; weaker ones are only shown", Min = 0, Max = 1)]
    public double MinConfidence { get; init; } = HybridDecision.TradeThreshold;
}

/// <summary>
/// Lets RSI (Cutler), MACD 12/26/9, Bollinger bands and the trend of two simple averages vote, each with its points. It says every bar what
/// the vote is; only signals of enough confidence are traded. MACD starts with the first price and the bands use the sample deviation.
/// </summary>
[StrategyKey("HYBRID", "lets RSI, MACD, Bollinger bands and two averages vote")]
public sealed class Hybrid : Strategy
{
    private const int MacdFast = 12;
    private const int MacdSlow = 26;
    private const int MacdSignal = 9;
    private const double NeutralRsi = 50;

    private readonly HybridSettings _settings;
    private int _bars;
    private Rsi _rsi = null!;
    private Macd _macd = null!;
    private BollingerBands _bands = null!;
    private Sma _fast = null!;
    private Sma _slow = null!;

    // Of the bar being handled, for Describe.
    private HybridVote _technical;
    private HybridDecision _decision;

    /// <summary>Creates it.</summary>
    /// <exception cref="StrategyInputException">The fast average is not the faster one.</exception>
    public Hybrid(HybridSettings settings)
    {
        StrategyInputException.Require(settings.Fast < settings.Slow, settings.Fast, FormattableString.Invariant($"below slow, {settings.Slow}"));
        _settings = settings;
    }

    /// <summary>Bars until the longest window is full and the first price weighs less than a millionth in MACD and its signal line.</summary>
    public override int WarmUp => Math.Max(MinimumBars, 1 + SeedWeight.BarsToForget(MacdSlow) + SeedWeight.BarsToForget(MacdSignal));

    /// <inheritdoc/>
    public override double MinimumConfidence => _settings.MinConfidence;

    private int MinimumBars => Math.Max(Math.Max(_settings.Slow, _settings.RsiPeriod + 1), Math.Max(_settings.BandsWindow, MacdSlow));

    /// <inheritdoc/>
    protected override void OnStart()
    {
        HybridSettings own = _settings;
        InstrumentId id = Instrument.Id;
        _rsi = Features.Share(
            id,
            FormattableString.Invariant($"rsi:{own.RsiPeriod}:simple:neutral"),
            () => new Rsi(own.RsiPeriod, Smoothing.Simple, Seeding.SimpleMean, NeutralRsi));
        _macd = Features.Share(id, "macd:12:26:9:first", () => new Macd(MacdFast, MacdSlow, MacdSignal, Seeding.FirstValue));
        _bands = Features.Share(
            id,
            FormattableString.Invariant($"bbands:{own.BandsWindow}:{own.StdDevFactor}:sample"),
            () => new BollingerBands(own.BandsWindow, own.StdDevFactor, Deviation.Sample));
        _fast = Features.Share(id, FormattableString.Invariant($"sma:{own.Fast}"), () => new Sma(own.Fast));
        _slow = Features.Share(id, FormattableString.Invariant($"sma:{own.Slow}"), () => new Sma(own.Slow));
    }

    /// <inheritdoc/>
    protected override void OnBar(in Bar bar, in Ohlcv values)
    {
        if (bar.Instrument != Instrument.Id)
        {
            return;
        }

        _bars = Math.Min(_bars + 1, MinimumBars);
        if (_bars < MinimumBars)
        {
            return;
        }

        TechnicalReadings readings = new(_rsi.Value, _macd.Histogram, values.Close, _bands.Lower, _bands.Upper, _fast.Value - _slow.Value);
        _technical = readings.Vote();
        _decision = HybridDecision.Combine(_technical, null);
        Emit(_decision.Side, _decision.Confidence);
    }

    /// <inheritdoc/>
    protected override void Describe(SignalMeta meta)
    {
        meta.Add("source", _decision.UsesPrediction ? "hybrid" : "technical");
        meta.Add("technical_signal", _technical.Direction);
        meta.Add("technical_strength", _technical.Strength);
        meta.Add("tradable", _decision.IsTradable(_settings.MinConfidence));
        meta.Add("rsi", _rsi.Value);
        meta.Add("macd_histogram", _macd.Histogram);
        meta.Add("upper_band", _bands.Upper);
        meta.Add("lower_band", _bands.Lower);
        meta.Add("fast_sma", _fast.Value);
        meta.Add("slow_sma", _slow.Value);
    }

    /// <inheritdoc/>
    protected override void SaveState(ref StateWriter writer) => writer.Write(_bars);

    /// <inheritdoc/>
    protected override void RestoreState(ref StateReader reader) => _bars = reader.ReadInt32();
}
