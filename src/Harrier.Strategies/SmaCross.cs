using Harrier.Domain;
using Harrier.Engine.Strategies;
using Harrier.Features;
using Harrier.Features.Indicators;

namespace Harrier.Strategies;

/// <summary>Settings of <see cref="SmaCross"/>.</summary>
public sealed record SmaCrossSettings
{
    /// <summary>Period of the fast average.</summary>
    [StrategyParameter("period of the fast average in bars; below slow", Min = 1, Max = 10_000)]
    public int Fast { get; init; } = 20;

    /// <summary>Period of the slow average.</summary>
    [StrategyParameter("period of the slow average in bars", Min = 2, Max = 10_000)]
    public int Slow { get; init; } = 50;
}

/// <summary>
/// Long while the fast simple moving average of closes is above the slow one, short (on a spot market: out) while it is below.
/// The rule is either true or not, so its signals have the confidence 1.
/// </summary>
[StrategyKey("SMA_CROSS", "long while the fast simple average is above the slow one")]
public sealed class SmaCross : Strategy
{
    private readonly SmaCrossSettings _settings;
    private SignalMemory _memory;
    private Sma _fast = null!;
    private Sma _slow = null!;

    /// <summary>Creates it.</summary>
    /// <exception cref="StrategyInputException">The fast average is not the faster one.</exception>
    public SmaCross(SmaCrossSettings settings)
    {
        StrategyInputException.Require(settings.Fast < settings.Slow, settings.Fast, FormattableString.Invariant($"below slow, {settings.Slow}"));
        _settings = settings;
    }

    /// <inheritdoc/>
    public override int WarmUp => _settings.Slow;

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
        meta.Add("fast_sma", _fast.Value);
        meta.Add("slow_sma", _slow.Value);
        meta.Add("fast", _settings.Fast);
        meta.Add("slow", _settings.Slow);
    }

    /// <inheritdoc/>
    protected override void SaveState(ref StateWriter writer) => _memory.Save(ref writer);

    /// <inheritdoc/>
    protected override void RestoreState(ref StateReader reader) => _memory.Restore(ref reader);

    private Sma Average(int period) =>
        Features.Share(Instrument.Id, FormattableString.Invariant($"sma:{period}"), () => new Sma(period));
}
