using Harrier.Domain;
using Harrier.Engine.Strategies;
using Harrier.Features;
using Harrier.Features.Indicators;

namespace Harrier.Strategies;

/// <summary>
/// Long while a fast average of closes is above a slow one, short (on a spot market: out) while it is below. The rule is either true or
/// not, so its signals have the confidence 1. What kind of average it is, the strategies that derive from this say.
/// </summary>
public abstract class AverageCross : Strategy
{
    private readonly string _kind;
    private readonly int _fastPeriod;
    private readonly int _slowPeriod;
    private SignalMemory _memory;
    private IPriceIndicator _fast = null!;
    private IPriceIndicator _slow = null!;

    /// <summary>Creates it.</summary>
    /// <param name="kind">Name of the average in the catalog of indicators.</param>
    /// <param name="fast">Period of the fast average in bars.</param>
    /// <param name="slow">Period of the slow average in bars.</param>
    /// <exception cref="StrategyInputException">The fast average is not the faster one.</exception>
    private protected AverageCross(string kind, int fast, int slow)
    {
        StrategyInputException.Require(fast < slow, fast, FormattableString.Invariant($"below slow, {slow}"));
        _kind = kind;
        _fastPeriod = fast;
        _slowPeriod = slow;
    }

    /// <summary>Makes an average over a number of bars.</summary>
    private protected abstract IPriceIndicator CreateAverage(int period);

    /// <inheritdoc/>
    protected override void OnStart()
    {
        _fast = Average(_fastPeriod);
        _slow = Average(_slowPeriod);
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
        meta.Add("fast_" + _kind, _fast.Value);
        meta.Add("slow_" + _kind, _slow.Value);
        meta.Add("fast", _fastPeriod);
        meta.Add("slow", _slowPeriod);
    }

    /// <inheritdoc/>
    protected override void SaveState(ref StateWriter writer) => _memory.Save(ref writer);

    /// <inheritdoc/>
    protected override void RestoreState(ref StateReader reader) => _memory.Restore(ref reader);

    private IPriceIndicator Average(int period) =>
        Features.Share(Instrument.Id, FormattableString.Invariant($"{_kind}:{period}"), () => CreateAverage(period));
}
