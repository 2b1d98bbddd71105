namespace Harrier.Features.Indicators.Batch;

/// <summary>The three lengths of a stochastic oscillator.</summary>
/// <param name="Range">Bars of the range.</param>
/// <param name="Slowing">Length of the mean that makes %K.</param>
/// <param name="Signal">Length of the mean that makes %D.</param>
public sealed record StochasticPeriods(int Range = 14, int Slowing = 3, int Signal = 3);
