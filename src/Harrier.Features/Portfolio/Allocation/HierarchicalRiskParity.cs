namespace Harrier.Features.Portfolio.Allocation;

/// <summary>
/// Hierarchical risk parity (López de Prado, 2016): assets that move together are put side by side, and money is split between halves of that order by
/// their variance. Nothing is inverted, so that the covariance may be singular. Linkage is single and on the distance √(½(1 - correlation)) itself, as
/// PyPortfolioOpt has it, where the paper's own code links on distances between columns of distances. Of two clusters that join, the one with the
/// calmest asset comes first, so that the result does not depend on the order in which assets are given.
/// </summary>
public static class HierarchicalRiskParity
{
    /// <summary>The long-only weights.</summary>
    /// <exception cref="PortfolioInputException">The matrix is no covariance.</exception>
    public static double[] Weights(double[,] covariance)
    {
        int n = Covariance.Checked(covariance).GetLength(0);
        double[] weights = [.. Enumerable.Repeat(1d, n)];
        Split(covariance, Order(covariance), weights);
        return weights;
    }

    /// <summary>The order in which assets that move together stand side by side.</summary>
    /// <exception cref="PortfolioInputException">The matrix is no covariance.</exception>
    public static IReadOnlyList<int> Order(double[,] covariance)
    {
        double[,] correlation = Covariance.Correlation(Covariance.Checked(covariance));
        List<int[]> clusters = [.. Enumerable.Range(0, covariance.GetLength(0)).Select(i => new[] { i })];
        while (clusters.Count > 1)
        {
            (int first, int second) = Closest(clusters, correlation);
            int[] joined = [.. new[] { clusters[first], clusters[second] }.OrderBy(cluster => cluster.Min(i => covariance[i, i])).SelectMany(cluster => cluster)];
            clusters.RemoveAt(second);
            clusters[first] = joined;
        }

        return clusters[0];
    }

    // The distance falls as the correlation rises: the closest pair of two clusters is the one with the highest correlation.
    private static (int First, int Second) Closest(List<int[]> clusters, double[,] correlation)
    {
        (int first, int second, double highest) = (0, 1, double.NegativeInfinity);
        for (int i = 0; i < clusters.Count; i++)
        {
            for (int j = i + 1; j < clusters.Count; j++)
            {
                double nearest = clusters[i].Max(one => clusters[j].Max(other => correlation[one, other]));
                if (nearest > highest)
                {
                    (first, second, highest) = (i, j, nearest);
                }
            }
        }

        return (first, second);
    }

    private static void Split(double[,] covariance, IReadOnlyList<int> order, double[] weights)
    {
        if (order.Count < 2)
        {
            return;
        }

        int[] left = [.. order.Take(order.Count / 2)];
        int[] right = [.. order.Skip(order.Count / 2)];
        (double leftVariance, double rightVariance) = (ClusterVariance(covariance, left), ClusterVariance(covariance, right));
        double share = 1 - (leftVariance / (leftVariance + rightVariance));
        Array.ForEach(left, i => weights[i] *= share);
        Array.ForEach(right, i => weights[i] *= 1 - share);
        Split(covariance, left, weights);
        Split(covariance, right, weights);
    }

    // Variance of the cluster with weights of one over the variance of each.
    private static double ClusterVariance(double[,] covariance, int[] cluster)
    {
        double sum = cluster.Sum(i => 1 / covariance[i, i]);
        return cluster.Sum(i => cluster.Sum(j => covariance[i, j] / covariance[i, i] / covariance[j, j])) / sum / sum;
    }
}
