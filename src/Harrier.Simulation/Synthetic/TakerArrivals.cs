using Harrier.Simulation.Randomness;

namespace Harrier.Simulation.Synthetic;

/// <summary>
/// When takers come and which way: arrivals excite more arrivals (Hawkes 1971, exponential kernel), and their side persists, because large orders are
/// worked in pieces (Lillo, Mike and Farmer 2005).
/// </summary>
internal sealed class TakerArrivals
{
    private const double Branching = 0.6;
    private const double MemorySeconds = 2;
    private const double BiasSeconds = 15;
    private const double BiasDeviation = 1.1;
    private const double Keep = OrderFlowModel.StepSeconds / BiasSeconds;
    private static readonly double KernelKeep = Math.Exp(-OrderFlowModel.StepSeconds / MemorySeconds);
    private static readonly double BiasKeep = Math.Exp(-Keep);
    private static readonly double BiasNoise = BiasDeviation * Math.Sqrt(1 - (BiasKeep * BiasKeep));
    private readonly RandomStream _random;
    private readonly double _perSecond;
    private double _excited;
    private double _bias;

    /// <summary>Arrivals with a mean number a second.</summary>
    public TakerArrivals(RandomStream random, double perSecond)
    {
        _random = random;
        _perSecond = perSecond;
    }

    /// <summary>Number of takers in the next step.</summary>
    /// <param name="activity">Factor on the mean.</param>
    public int Next(double activity)
    {
        _bias = (BiasKeep * _bias) + (BiasNoise * _random.NextNormal());
        double rate = (_perSecond * activity * (1 - Branching)) + _excited;
        int count = Poisson(_random, rate * OrderFlowModel.StepSeconds);
        _excited = (_excited * KernelKeep) + (count * Branching / MemorySeconds);
        return count;
    }

    /// <summary>Side of the next taker.</summary>
    /// <param name="pull">Where the price wants to go, in half spreads above where it is.</param>
    public bool NextIsSell(double pull) => _random.NextDouble() > 1 / (1 + Math.Exp(-_bias - (0.9 * Math.Clamp(pull, -4, 4))));

    /// <summary>A Poisson number by multiplying uniforms (Knuth), cut at 50: a step never holds as many.</summary>
    public static int Poisson(RandomStream random, double mean)
    {
        double limit = Math.Exp(-Math.Min(mean, 30));
        double product = random.NextDouble();
        int count = 0;
        while (product > limit && count < 50)
        {
            product *= random.NextDouble();
            count++;
        }

        return count;
    }
}
