// A strategy of your own is one file. Try it with
//   ./harrier backtest --strategy-file examples/strategies/TrendPullback.cs --data FILE --param trend=100
// or copy it into a folder named strategies where you run Harrier: then it is listed with the built-in ones.
// System, collections, LINQ and the namespaces of Harrier are imported for you.

namespace Examples;

/// <summary>Settings of <see cref="TrendPullback"/>: every init property is a parameter, its initial value the default.</summary>
public sealed record TrendPullbackSettings
{
    /// <summary>Period of the average that says which way the market goes.</summary>
    [StrategyParameter("period of the trend average in bars", Min = 2, Max = 10_000)]
    public int Trend { get; init; } = 200;

    /// <summary>Period of the RSI.</summary>
    [StrategyParameter("period of the RSI in bars", Min = 2, Max = 1000)]
    public int Period { get; init; } = 4;

    /// <summary>RSI below which a pullback is deep enough.</summary>
    [StrategyParameter("RSI below which to buy; below leave", Min = 0, Max = 100)]
    public double Enter { get; init; } = 25;

    /// <summary>RSI above which the pullback is over.</summary>
    [StrategyParameter("RSI above which to leave", Min = 0, Max = 100)]
    public double Leave { get; init; } = 60;
}

/// <summary>Buys a short weakness while the price is above its long average; leaves when the weakness or the trend is over.</summary>
[StrategyKey("TREND_PULLBACK", "buys short weakness in a rising market")]
public sealed class TrendPullback : Strategy
{
    private readonly TrendPullbackSettings _settings;
    private Ema _trend = null!;
    private Rsi _rsi = null!;
    private bool _isIn;

    /// <summary>Rules between parameters are checked here; everything else works from OnStart on.</summary>
    public TrendPullback(TrendPullbackSettings settings)
    {
        StrategyInputException.Require(settings.Enter < settings.Leave, settings.Enter, $"below leave, {settings.Leave}");
        _settings = settings;
    }

    /// <summary>The first value of an exponential average weighs less than a millionth after seven times its period.</summary>
    public override int WarmUp => 8 * Math.Max(_settings.Trend, 2 * _settings.Period);

    /// <inheritdoc/>
    protected override void OnStart()
    {
        _trend = Features.Share(Instrument.Id, $"ema:{_settings.Trend}", () => new Ema(_settings.Trend));
        _rsi = Features.Share(Instrument.Id, $"rsi:{_settings.Period}", () => new Rsi(_settings.Period));
    }

    /// <inheritdoc/>
    protected override void OnBar(in Bar bar, in Ohlcv values)
    {
        if (!_trend.IsReady || !_rsi.IsReady)
        {
            return;
        }

        bool isRising = values.Close > _trend.Value;
        double confidence = Math.Abs(_rsi.Value - 50) / 50;
        if (!_isIn && isRising && _rsi.Value < _settings.Enter)
        {
            _isIn = true;
            Emit(SignalSide.Buy, confidence);
        }
        else if (_isIn && (!isRising || _rsi.Value > _settings.Leave))
        {
            _isIn = false;
            Emit(SignalSide.Exit, confidence);
        }
        else
        {
            Emit(SignalSide.Hold, confidence);
        }
    }

    /// <summary>Shown by the verb signal and in reports.</summary>
    protected override void Describe(SignalMeta meta)
    {
        meta.Add("trend", _trend.Value);
        meta.Add("rsi", _rsi.Value);
    }

    /// <summary>What OnBar changes is saved, so that a run continues from any bar. Shared indicators are saved by the engine.</summary>
    protected override void SaveState(ref StateWriter writer) => writer.Write(_isIn);

    /// <inheritdoc/>
    protected override void RestoreState(ref StateReader reader) => _isIn = reader.ReadBoolean();
}
