using Harrier.Simulation.Randomness;

namespace Harrier.Simulation.Synthetic;

/// <summary>How the whole market behaves for some days.</summary>
internal enum MarketMood : byte
{
    /// <summary>Prices return to where the mood began.</summary>
    Range,

    /// <summary>Prices drift up.</summary>
    TrendUp,

    /// <summary>Prices drift down.</summary>
    TrendDown,

    /// <summary>Prices move fast in both directions.</summary>
    Turbulence,
}

/// <summary>A Markov chain in continuous time over the moods of the market.</summary>
internal sealed class MarketRegime
{
    private static readonly double[] MeanDays = [6, 5, 4, 1.5];

    // Row: mood that ends; column: mood that follows. Turbulence mostly ends a fall or begins one.
    private static readonly double[,] Next =
    {
        { 0.00, 0.48, 0.36, 0.16 },
        { 0.62, 0.00, 0.23, 0.15 },
        { 0.50, 0.25, 0.00, 0.25 },
        { 0.45, 0.28, 0.27, 0.00 },
    };

    private readonly RandomStream _random;
    private readonly double _barDays;

    /// <summary>A chain that starts in a range.</summary>
    public MarketRegime(RandomStream random, double barDays)
    {
        _random = random;
        _barDays = barDays;
    }

    /// <summary>The mood of the current bar.</summary>
    public MarketMood Mood { get; private set; }

    /// <summary>Drift of the market in log price a day.</summary>
    public double Drift => Mood switch { MarketMood.TrendUp => 0.011, MarketMood.TrendDown => -0.012, _ => 0 };

    /// <summary>Factor on the volatility.</summary>
    public double Volatility => Mood switch { MarketMood.Range => 0.75, MarketMood.TrendUp => 0.9, MarketMood.TrendDown => 1.2, _ => 2.4 };

    /// <summary>Factor on the traded volume.</summary>
    public double Volume => Mood switch { MarketMood.Range => 0.8, MarketMood.Turbulence => 1.8, _ => 1.0 };

    /// <summary>Moves on by one bar.</summary>
    /// <returns>True when the mood has changed.</returns>
    public bool Advance()
    {
        if (_random.NextDouble() >= 1 - Math.Exp(-_barDays / MeanDays[(int)Mood]))
        {
            return false;
        }

        double draw = _random.NextDouble();
        int next = 0;
        while (next < 3 && draw >= Next[(int)Mood, next])
        {
            draw -= Next[(int)Mood, next];
            next++;
        }

        Mood = (MarketMood)next;
        return true;
    }
}
