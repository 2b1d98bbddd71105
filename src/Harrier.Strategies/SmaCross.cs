using Harrier.Engine.Strategies;
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
public sealed class SmaCross(SmaCrossSettings settings) : AverageCross("sma", settings.Fast, settings.Slow)
{
    /// <inheritdoc/>
    public override int WarmUp { get; } = settings.Slow;

    private protected override IPriceIndicator CreateAverage(int period) => new Sma(period);
}
