using Harrier.Engine.Strategies;
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
public sealed class EmaCross(EmaCrossSettings settings) : AverageCross("ema", settings.Fast, settings.Slow)
{
    /// <inheritdoc/>
    public override int WarmUp { get; } = settings.Slow + SeedWeight.BarsToForget(settings.Slow);

    private protected override IPriceIndicator CreateAverage(int period) => new Ema(period);
}
