using Harrier.Simulation.Randomness;

namespace Harrier.Simulation.Synthetic;

/// <summary>
/// A factor around 1 on a volatility whose logarithm is the sum of a slow and a fast Ornstein-Uhlenbeck process, stepped exactly: calm and
/// stormy times come in clusters of hours inside clusters of weeks (two-factor stochastic volatility, Chernov et al., 2003).
/// </summary>
internal sealed class ClusteredVolatility
{
    private const double SlowDays = 15;
    private const double FastDays = 0.35;
    private const double SlowDeviation = 0.35;
    private const double FastDeviation = 0.4;
    private readonly RandomStream _random;
    private readonly double _slowKeep;
    private readonly double _slowNoise;
    private readonly double _fastKeep;
    private readonly double _fastNoise;
    private double _slow;
    private double _fast;

    /// <summary>A process that starts at its mean.</summary>
    public ClusteredVolatility(RandomStream random, double barDays)
    {
        _random = random;
        _slowKeep = Math.Exp(-barDays / SlowDays);
        _slowNoise = SlowDeviation * Math.Sqrt(1 - (_slowKeep * _slowKeep));
        _fastKeep = Math.Exp(-barDays / FastDays);
        _fastNoise = FastDeviation * Math.Sqrt(1 - (_fastKeep * _fastKeep));
    }

    /// <summary>The factor of the next bar.</summary>
    public double Advance()
    {
        _slow = (_slowKeep * _slow) + (_slowNoise * _random.NextNormal());
        _fast = (_fastKeep * _fast) + (_fastNoise * _random.NextNormal());
        return Math.Exp(_slow + _fast);
    }
}
