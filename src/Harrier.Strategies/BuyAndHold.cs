using Harrier.Domain;
using Harrier.Engine.Strategies;
using Harrier.Features;

namespace Harrier.Strategies;

/// <summary>Buys at the first bar and never sells: what any other strategy has to beat.</summary>
[StrategyKey("BUY_AND_HOLD", "buys at the first bar and never sells: the benchmark")]
public sealed class BuyAndHold : Strategy
{
    private SignalMemory _memory;

    /// <inheritdoc/>
    protected override void OnBar(in Bar bar, in Ohlcv values)
    {
        if (bar.Instrument != Instrument.Id)
        {
            return;
        }

        SignalSide side = _memory.Call(SignalSide.Buy);
        Emit(side, side == SignalSide.Buy ? 1 : 0);
    }

    /// <inheritdoc/>
    protected override void SaveState(ref StateWriter writer) => _memory.Save(ref writer);

    /// <inheritdoc/>
    protected override void RestoreState(ref StateReader reader) => _memory.Restore(ref reader);
}
