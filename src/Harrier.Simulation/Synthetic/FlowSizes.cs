using Harrier.Simulation.Randomness;

namespace Harrier.Simulation.Synthetic;

/// <summary>Sizes and prices as people and programs choose them: heavy tails, round numbers.</summary>
/// <param name="random">Source of randomness.</param>
internal sealed class FlowSizes(RandomStream random)
{
    private const double RestDeviation = 0.75;
    private const double TakeDeviation = 1.1;
    private const double RareChance = 0.02;
    private const double RareFactor = 8;

    // Makes the mean of a size drawn here equal to the mean asked for.
    private static readonly double TakeMean = Math.Exp(TakeDeviation * TakeDeviation / 2) * (1 - RareChance + (RareChance * RareFactor));

    /// <summary>Size of a resting order around a typical one.</summary>
    public long Rest(double typical)
    {
        double lots = typical * Math.Exp(RestDeviation * random.NextNormal());
        return Whole(random.NextDouble() < 0.35 ? Round(lots) : lots);
    }

    /// <summary>Size of a taker whose mean is given: log-normal with rare ones many times as large.</summary>
    public long Take(double mean)
    {
        double lots = mean / TakeMean * Math.Exp(TakeDeviation * random.NextNormal());
        lots *= random.NextDouble() < RareChance ? RareFactor : 1;
        return Whole(random.NextDouble() < 0.25 ? Round(lots) : lots);
    }

    /// <summary>A price some ticks away from a reference, often on a round number when it is far enough for one.</summary>
    /// <param name="reference">In ticks.</param>
    /// <param name="distance">In ticks, above 0.</param>
    /// <param name="isSell">True for a price above the reference.</param>
    public long Price(double reference, double distance, bool isSell)
    {
        double price = isSell ? Math.Ceiling(reference + distance) : Math.Floor(reference - distance);
        if (distance > 30 && random.NextDouble() < 0.35)
        {
            double grid = Math.Pow(10, Math.Floor(Math.Log10(distance / 3)));
            price = isSell ? Math.Ceiling(price / grid) * grid : Math.Floor(price / grid) * grid;
        }

        return (long)price;
    }

    private static long Whole(double lots) => Math.Max(1, (long)Math.Min(lots, 1e15));

    // One significant digit, or one and a half: 1, 1.5, 2, 2.5 and so on.
    private static double Round(double lots)
    {
        double digit = Math.Pow(10, Math.Floor(Math.Log10(Math.Max(1, lots)))) / 2;
        return Math.Max(1, Math.Round(lots / digit) * digit);
    }
}
