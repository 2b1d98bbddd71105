using System.Globalization;

namespace Harrier.Features.Portfolio.Allocation;

/// <summary>The least and the most that each asset may weigh. Weights add up to 1.</summary>
public sealed class WeightLimits
{
    /// <summary>Creates them.</summary>
    /// <param name="least">The least weight of each asset; below 0 for assets that may be sold short.</param>
    /// <param name="most">The most weight of each asset, at least the least.</param>
    /// <exception cref="PortfolioInputException">A least is above its most, or no weights within them add up to 1.</exception>
    public WeightLimits(IReadOnlyList<double> least, IReadOnlyList<double> most)
    {
        if (least.Count == 0 || least.Count != most.Count || least.Zip(most).Any(pair => !(pair.First <= pair.Second)))
        {
            throw new PortfolioInputException("limits", FormattableString.Invariant($"{least.Count} and {most.Count} weights"), "a least weight and a most that is no less for each asset");
        }

        (Least, Most) = (least, most);
        if (least.Sum() > 1 + 1e-12 || most.Sum() < 1 - 1e-12)
        {
            throw new PortfolioInputException(
                "limits",
                FormattableString.Invariant($"least weights of {least.Sum():G6}, most weights of {most.Sum():G6} in all"),
                "least weights of at most 1 and most weights of at least 1 in all");
        }
    }

    /// <summary>The least weight of each asset.</summary>
    public IReadOnlyList<double> Least { get; }

    /// <summary>The most weight of each asset.</summary>
    public IReadOnlyList<double> Most { get; }

    /// <summary>The same limits for all assets.</summary>
    /// <param name="assets">Number of assets.</param>
    /// <param name="most">The most weight of one, so that all together reach 1.</param>
    /// <param name="least">The least weight of one; 0 forbids short sales.</param>
    /// <exception cref="PortfolioInputException">No weights within them add up to 1.</exception>
    public static WeightLimits Uniform(int assets, double most = 1, double least = 0) => new([.. Enumerable.Repeat(least, assets)], [.. Enumerable.Repeat(most, assets)]);

    /// <summary>The feasible weights with the most of a linear measure: assets are filled up in its order.</summary>
    internal double[] Extreme(IReadOnlyList<double> measure)
    {
        double[] weights = [.. Least];
        double left = 1 - weights.Sum();
        foreach (int i in Enumerable.Range(0, weights.Length).OrderByDescending(i => measure[i]))
        {
            double room = Math.Min(Most[i] - Least[i], left);
            weights[i] += room;
            left -= room;
        }

        return weights;
    }

    internal WeightLimits For(int assets) => Least.Count == assets
        ? this
        : throw new PortfolioInputException("limits", Least.Count.ToString(CultureInfo.InvariantCulture), FormattableString.Invariant($"limits for {assets} assets"));
}
