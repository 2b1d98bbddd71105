using FsCheck;
using FsCheck.Fluent;
using Harrier.Features.Portfolio.Allocation;

namespace Harrier.Tests.Features.Portfolio.Allocation;

/// <summary>A covariance with expected returns, made from a seed.</summary>
/// <param name="Covariance">Positive definite: common factors and something of its own for each asset.</param>
/// <param name="Means">Some below 0; at least one above.</param>
/// <param name="Seed">What it was made from.</param>
public sealed record AllocationSample(double[,] Covariance, double[] Means, int Seed)
{
    public int Assets => Means.Length;

    /// <summary>Limits that leave room, from the same seed.</summary>
    public WeightLimits Limits()
    {
        Random random = new(Seed);
        double[] least = [.. Enumerable.Range(0, Assets).Select(_ => random.Next(3) == 0 ? random.NextDouble() * 0.5 / Assets : 0)];
        double[] most = [.. least.Select(low => Math.Max(low + (random.NextDouble() * 2 / Assets), 1.2 / Assets))];
        return new WeightLimits(least, most);
    }

    /// <summary>The same with the assets in another order.</summary>
    public AllocationSample Permuted(int[] order)
    {
        double[,] covariance = new double[Assets, Assets];
        for (int i = 0; i < Assets; i++)
        {
            for (int j = 0; j < Assets; j++)
            {
                covariance[i, j] = Covariance[order[i], order[j]];
            }
        }

        return new AllocationSample(covariance, [.. order.Select(i => Means[i])], Seed);
    }

    /// <summary>The same with returns in other units.</summary>
    public AllocationSample Scaled(double factor)
    {
        double[,] covariance = (double[,])Covariance.Clone();
        for (int i = 0; i < Assets; i++)
        {
            for (int j = 0; j < Assets; j++)
            {
                covariance[i, j] *= factor * factor;
            }
        }

        return new AllocationSample(covariance, [.. Means.Select(mean => mean * factor)], Seed);
    }
}

public static class AllocationSamples
{
    /// <summary>Checks something of many samples.</summary>
    public static void ForAll(int tests, Action<AllocationSample> check) => Prop.ForAll(
        (from assets in Gen.Choose(1, 9) from seed in Gen.Choose(0, int.MaxValue) select Make(assets, seed)).ToArbitrary(),
        check).Check(Config.QuickThrowOnFailure.WithMaxTest(tests).WithReplay(3, 9));

    public static AllocationSample Make(int assets, int seed)
    {
        Random random = new(seed);
        double[,] loads = new double[assets, 2];
        double[,] covariance = new double[assets, assets];
        for (int i = 0; i < assets; i++)
        {
            (loads[i, 0], loads[i, 1]) = ((random.NextDouble() * 0.05) - 0.01, (random.NextDouble() * 0.04) - 0.02);
        }

        for (int i = 0; i < assets; i++)
        {
            for (int j = 0; j < assets; j++)
            {
                covariance[i, j] = (loads[i, 0] * loads[j, 0]) + (loads[i, 1] * loads[j, 1]);
            }
        }

        for (int i = 0; i < assets; i++)
        {
            covariance[i, i] += Math.Pow(0.005 + (random.NextDouble() * 0.03), 2);
        }

        double[] means = [.. Enumerable.Range(0, assets).Select(_ => (random.NextDouble() * 0.004) - 0.001)];
        means[0] = Math.Abs(means[0]) + 1e-5;
        return new AllocationSample(covariance, means, seed);
    }

    public static int[] Shuffled(int count, int seed)
    {
        int[] order = [.. Enumerable.Range(0, count)];
        new Random(seed ^ 77).Shuffle(order);
        return order;
    }

    /// <summary>Weights add up to 1 and stay within limits.</summary>
    public static void ShouldBeWithin(this double[] weights, WeightLimits limits)
    {
        weights.Sum().ShouldBe(1, 1e-9);
        for (int i = 0; i < weights.Length; i++)
        {
            weights[i].ShouldBeInRange(limits.Least[i], limits.Most[i]);
        }
    }

    /// <summary>C w.</summary>
    public static double[] Times(double[,] matrix, double[] vector) =>
        [.. Enumerable.Range(0, vector.Length).Select(i => Enumerable.Range(0, vector.Length).Sum(j => matrix[i, j] * vector[j]))];
}
