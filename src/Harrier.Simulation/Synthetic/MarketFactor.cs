using Harrier.Domain;
using Harrier.Simulation.Randomness;

namespace Harrier.Simulation.Synthetic;

/// <summary>What moves all symbols together: mood, volatility, jumps and the time of day, bar by bar, with the returns inside the bar.</summary>
internal sealed class MarketFactor
{
    /// <summary>Steps of the price inside one bar.</summary>
    public const int Steps = 12;

    private const double DailyVolatility = 0.022;
    private const double JumpsPerDay = 0.12;
    private const double JumpDeviation = 0.018;
    private const double RangePull = 0.5;
    private readonly RandomStream _random;
    private readonly MarketRegime _regime;
    private readonly ClusteredVolatility _volatility;
    private readonly double _barDays;
    private readonly double[] _returns = new double[Steps];
    private double _level;
    private double _anchor;

    /// <summary>The factor before its first bar.</summary>
    public MarketFactor(RandomStream random, double barDays)
    {
        _random = random;
        _barDays = barDays;
        _regime = new MarketRegime(random, barDays);
        _volatility = new ClusteredVolatility(random, barDays);
    }

    /// <summary>Log returns of the steps inside the current bar.</summary>
    public ReadOnlySpan<double> Returns => _returns;

    /// <summary>Standard deviation of one step of the current bar in log price.</summary>
    public double Deviation { get; private set; }

    /// <summary>Factor on own volatilities: what the mood and the hour do to every symbol.</summary>
    public double Activity { get; private set; }

    /// <summary>Factor on traded volume from mood, hour and weekday.</summary>
    public double Volume { get; private set; }

    /// <summary>Moves on to the bar that opens at a time.</summary>
    public void Advance(Timestamp openTime)
    {
        if (_regime.Advance())
        {
            _anchor = _level;
        }

        double profile = DayProfile(openTime, _barDays);
        Volume = profile * _regime.Volume;
        Activity = _regime.Volatility * Math.Sqrt(profile);
        Deviation = DailyVolatility * Activity * _volatility.Advance() * Math.Sqrt(_barDays / Steps);
        double drift = _regime.Drift - (_regime.Mood == MarketMood.Range ? RangePull * (_level - _anchor) : 0);
        for (int i = 0; i < Steps; i++)
        {
            _returns[i] = (drift * _barDays / Steps) + (Deviation * _random.NextNormal());
        }

        if (_random.NextDouble() < 1 - Math.Exp(-JumpsPerDay * _barDays))
        {
            _returns[_random.NextInt32(Steps)] += JumpDeviation * Jump(_random);
        }

        foreach (double step in _returns)
        {
            _level += step;
        }
    }

    /// <summary>
    /// Share of a day's trading around an hour against the mean: quiet before Asia wakes, a first hump at 8:00, the main one at 14:30 UTC when
    /// New York opens; less on weekends. The mean over a week is 1.
    /// </summary>
    public static double DayProfile(Timestamp time, double barDays)
    {
        double weekday = (time.UtcDay + 3) % 7 < 5 ? 1.08 : 0.8;
        if (barDays >= 0.5)
        {
            return barDays >= 7 ? 1 : weekday;
        }

        double hour = (time.Nanos % Timestamp.NanosPerDay / (double)Timestamp.NanosPerDay * 24) + (barDays * 12);
        return weekday * (0.72 + (0.35 * Hump(hour, 8, 2.5)) + (1.05 * Hump(hour, 14.8, 2.6)) + (0.25 * Hump(hour, 0.3, 1.5))) / HumpMean;
    }

    // Mean of the bracket above over 24 hours: 0.72 + sqrt(2 pi) / 24 * (0.35 * 2.5 + 1.05 * 2.6 + 0.25 * 1.5).
    private const double HumpMean = 1.1358;

    /// <summary>The size of a jump in deviations: fatter tails than normal, yet never a market that vanishes in one bar.</summary>
    public static double Jump(RandomStream random) => random.NextNormal() * Math.Min(random.NextExponential(), 3);

    private static double Hump(double hour, double center, double width)
    {
        double distance = Math.Abs(hour - center);
        distance = Math.Min(distance, 24 - distance) / width;
        return Math.Exp(-0.5 * distance * distance);
    }
}
