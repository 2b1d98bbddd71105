using Harrier.Domain;
using Harrier.Engine.Strategies;
using Harrier.Features;
using Harrier.Features.Indicators;

namespace Harrier.Strategies;

/// <summary>Settings of <see cref="RsiCross"/>.</summary>
public sealed record RsiCrossSettings
{
    /// <summary>Period of the RSI.</summary>
    [StrategyParameter("period of the RSI in bars", Min = 2, Max = 10_000)]
    public int Period { get; init; } = 14;

    /// <summary>RSI below which the market is oversold.</summary>
    [StrategyParameter("RSI below which to buy; not above overbought", Min = 0, Max = 100)]
    public double Oversold { get; init; } = 30;

    /// <summary>RSI above which the market is overbought.</summary>
    [StrategyParameter("RSI above which to sell", Min = 0, Max = 100)]
    public double Overbought { get; init; } = 70;
}

/// <summary>
/// Buys when the relative strength index (Wilder, 1978) is below one level, sells when it is above another. Its averages start with the
/// first change of price, and a market that never moved has the neutral value 50.
/// </summary>
[StrategyKey("RSI_CROSS", "buys when the RSI is oversold, sells when it is overbought")]
public sealed class RsiCross : Strategy
{
    private const int SettlingBars = 5;
    private const double Neutral = 50;

    private readonly RsiCrossSettings _settings;
    private SignalMemory _memory;
    private Rsi _rsi = null!;

    /// <summary>Creates it.</summary>
    /// <exception cref="StrategyInputException">The levels are the wrong way round.</exception>
    public RsiCross(RsiCrossSettings settings)
    {
        StrategyInputException.Require(
            settings.Oversold <= settings.Overbought, settings.Oversold, FormattableString.Invariant($"at most overbought, {settings.Overbought}"));
        _settings = settings;
    }

    /// <summary>Bars until the first change weighs less than a millionth.</summary>
    public override int WarmUp => Math.Max(_settings.Period + SettlingBars, 2 + SeedWeight.BarsToForget(1.0 / _settings.Period));

    /// <inheritdoc/>
    protected override void OnStart()
    {
        int period = _settings.Period;
        _rsi = Features.Share(
            Instrument.Id,
            FormattableString.Invariant($"rsi:{period}:first:neutral"),
            () => new Rsi(period, Smoothing.Wilder, Seeding.FirstValue, Neutral));
    }

    /// <inheritdoc/>
    protected override void OnBar(in Bar bar, in Ohlcv values)
    {
        if (bar.Instrument != Instrument.Id || !_memory.Count(_settings.Period + SettlingBars))
        {
            return;
        }

        double rsi = _rsi.Value;
        SignalSide side = rsi switch
        {
            _ when rsi < _settings.Oversold => _memory.Call(SignalSide.Buy),
            _ when rsi > _settings.Overbought => _memory.Call(SignalSide.Sell),
            _ => SignalSide.Hold,
        };
        Emit(side, Math.Min(Math.Abs(rsi - Neutral) / Neutral, 1));
    }

    /// <inheritdoc/>
    protected override void Describe(SignalMeta meta)
    {
        meta.Add("rsi", _rsi.Value);
        meta.Add("period", _settings.Period);
    }

    /// <inheritdoc/>
    protected override void SaveState(ref StateWriter writer) => _memory.Save(ref writer);

    /// <inheritdoc/>
    protected override void RestoreState(ref StateReader reader) => _memory.Restore(ref reader);
}
