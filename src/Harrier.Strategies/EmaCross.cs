using Harrier.Domain;
using Harrier.Engine.Strategies;
using Harrier.Features;
using Harrier.Features.Indicators;

namespace Harrier.Strategies;

/// <summary>Settings of <see cref="EmaCross"/>.</summary>
public sealed record EmaCrossSettings
{
    /// <summary>Period of the fast average.</summary>
    [StrategyParameter("period of the fast average in bars; below slow", Min = 1, Max = 10_000)]
    public int Fast { get; init; } = 12;

    /// <summary>Period of the slow average.</summary>
    [StrategyParameter("period of the slow average in bars", Min = 2, Max = 10_000)]
    public int Slow { get; init; } = 26;
}

/// <summary>
/// Long while the fast exponential moving average of closes is above the slow one, short (on a spot market: out) while it is below.
/// The rule is either true or not, so its signals have the confidence 1.
/// </summary>
[StrategyKey("EMA_CROSS", "long while the fast exponential average is above the slow one")]
public sealed class EmaCross : Strategy
{
    private readonly EmaCrossSettings _settings;
    private SignalMemory _memory;
    private Ema _fast = null!;
    private Ema _slow = null!;

    /// <summary>Creates it.</summary>
    /// <exception cref="StrategyInputException">The fast average is not the faster one.</exception>
    public EmaCross(EmaCrossSettings settings)
    {
        StrategyInputException.Require(settings.Fast < settings.Slow, settings.Fast, FormattableString.Invariant($"below slow, {settings.Slow}"));
        _settings = settings;
    }

    /// <inheritdoc/>
    public override int WarmUp => _settings.Slow + SeedWeight.BarsToForget(_settings.Slow);

    /// <inheritdoc/>
    protected override void OnStart()
    {
        _fast = Average(_settings.Fast);
        _slow = Average(_settings.Slow);
    }

    /// <inheritdoc/>
    protected override void OnBar(in Bar bar, in Ohlcv values)
    {
        if (bar.Instrument != Instrument.Id || !_slow.IsReady)
        {
            return;
        }

        double spread = _fast.Value - _slow.Value;
        SignalSide side = spread == 0 ? SignalSide.Hold : _memory.Call(spread > 0 ? SignalSide.Buy : SignalSide.Sell);
        Emit(side, side == SignalSide.Hold ? 0 : 1);
    }

    /// <inheritdoc/>
    protected override void Describe(SignalMeta meta)
    {
        meta.Add("fast_ema", _fast.Value);
        meta.Add("slow_ema", _slow.Value);
        meta.Add("fast", _settings.Fast);
        meta.Add("slow", _settings.Slow);
    }

    /// <inheritdoc/>
    protected override void SaveState(ref StateWriter writer) => _memory.Save(ref writer);

    /// <inheritdoc/>
    protected override void RestoreState(ref StateReader reader) => _memory.Restore(ref reader);

    private Ema Average(int period) =>
        Features.Share(Instrument.Id, FormattableString.Invariant($"ema:{period}"), () => new Ema(period));
}
