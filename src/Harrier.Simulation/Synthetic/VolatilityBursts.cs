using Harrier.Simulation.Randomness;

namespace Harrier.Simulation.Synthetic;

/// <summary>
/// What happens within minutes and is smoothed out of bars: excursions of the price that fade, in bursts of volatility that last a minute or two.
/// </summary>
internal sealed class VolatilityBursts
{
    private const double FadeSeconds = 600;
    private const double BurstSeconds = 100;
    private const double BurstDeviation = 0.9;
    private const double Share = 1.5;
    private readonly RandomStream _random;
    private readonly double _fade;
    private readonly double _keep;
    private readonly double _noise;
    private double _burst;

    /// <summary>A process at rest.</summary>
    /// <param name="random">Its own stream.</param>
    /// <param name="stepSeconds">Length of a step.</param>
    public VolatilityBursts(RandomStream random, double stepSeconds)
    {
        _random = random;
        _fade = Math.Exp(-stepSeconds / FadeSeconds);
        _keep = Math.Exp(-stepSeconds / BurstSeconds);
        _noise = BurstDeviation * Math.Sqrt(1 - (_keep * _keep));
    }

    /// <summary>The excursion in log price.</summary>
    public double Value { get; private set; }

    /// <summary>Standard deviation of its last step.</summary>
    public double Deviation { get; private set; }

    /// <summary>Moves on by a step.</summary>
    /// <param name="usual">Standard deviation of a step of the price without excursions.</param>
    public void Advance(double usual)
    {
        _burst = (_keep * _burst) + (_noise * _random.NextNormal());
        Deviation = Share * usual * Math.Exp(_burst - (BurstDeviation * BurstDeviation));
        Value = (_fade * Value) + (Deviation * _random.NextNormal());
    }
}
