using MathNet.Numerics.LinearAlgebra;

namespace Harrier.Features.Portfolio.Allocation;

/// <summary>How risk and common movement are estimated.</summary>
public static class Covariance
{
    /// <summary>The sample covariance, divided by n - 1.</summary>
    public static double[,] Sample(ReturnTable returns)
    {
        Matrix<double> centered = Matrix<double>.Build.DenseOfArray(returns.Centered());
        return (centered.TransposeThisAndMultiply(centered) / (returns.Periods - 1)).ToArray();
    }

    /// <summary>
    /// The sample covariance, divided by n, shrunk to a multiple of the identity as far as its noise makes that better (Ledoit and Wolf, 2004, "A well-conditioned
    /// estimator for large-dimensional covariance matrices", in the form of scikit-learn). It can be inverted also where there are more assets than periods.
    /// </summary>
    /// <returns>The covariance, and the weight of the identity in it, 0 to 1.</returns>
    /// <exception cref="PortfolioInputException">No return ever changes.</exception>
    public static (double[,] Covariance, double Shrinkage) LedoitWolf(ReturnTable returns)
    {
        (int n, int p) = (returns.Periods, returns.Assets);
        Matrix<double> centered = Matrix<double>.Build.DenseOfArray(returns.Centered());
        Matrix<double> sample = centered.TransposeThisAndMultiply(centered) / n;
        double squares = sample.PointwiseMultiply(sample).RowSums().Sum();
        double mean = sample.Trace() / p;
        if (mean <= 0)
        {
            throw new PortfolioInputException("returns", "all the same", "returns that differ between periods");
        }

        double fourths = centered.EnumerateRows().Sum(row => Math.Pow(row.DotProduct(row), 2));
        double delta = (squares - (2 * mean * sample.Trace()) + (p * mean * mean)) / p;
        double beta = ((fourths / n) - squares) / ((double)p * n);
        double shrinkage = delta > 0 ? Math.Clamp(beta / delta, 0, 1) : 1;
        Matrix<double> identity = Matrix<double>.Build.DenseIdentity(p);
        return (((sample * (1 - shrinkage)) + (identity * (shrinkage * mean))).ToArray(), shrinkage);
    }

    /// <summary>The correlations of a covariance; 0 where a variance is 0, 1 with itself.</summary>
    public static double[,] Correlation(double[,] covariance)
    {
        int n = covariance.GetLength(0);
        double[,] correlation = new double[n, n];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
            {
                double scale = Math.Sqrt(covariance[i, i] * covariance[j, j]);
                correlation[i, j] = i == j ? 1 : scale > 0 ? Math.Clamp(covariance[i, j] / scale, -1, 1) : 0;
            }
        }

        return correlation;
    }

    /// <summary>Variance of a portfolio: w'Cw.</summary>
    public static double Variance(double[,] covariance, IReadOnlyList<double> weights)
    {
        double variance = 0;
        for (int i = 0; i < weights.Count; i++)
        {
            for (int j = 0; j < weights.Count; j++)
            {
                variance += weights[i] * covariance[i, j] * weights[j];
            }
        }

        return variance;
    }

    /// <summary>What each asset adds to the variance, as a share of it: w(Cw) / w'Cw.</summary>
    public static double[] RiskShares(double[,] covariance, IReadOnlyList<double> weights)
    {
        double total = Variance(covariance, weights);
        return [.. Enumerable.Range(0, weights.Count).Select(i => weights[i] * Enumerable.Range(0, weights.Count).Sum(j => covariance[i, j] * weights[j]) / total)];
    }

    /// <summary>A covariance that can be one: square, finite, symmetric, with variances above 0.</summary>
    /// <exception cref="PortfolioInputException">It cannot.</exception>
    internal static double[,] Checked(double[,] covariance)
    {
        int n = covariance.GetLength(0);
        bool isFit = n > 0 && n == covariance.GetLength(1);
        for (int i = 0; isFit && i < n; i++)
        {
            isFit = covariance[i, i] > 0;
            for (int j = 0; isFit && j < n; j++)
            {
                double scale = Math.Sqrt(covariance[i, i]) * Math.Sqrt(covariance[j, j]);
                isFit = double.IsFinite(covariance[i, j]) && Math.Abs(covariance[i, j] - covariance[j, i]) <= 1e-9 * scale;
            }
        }

        return isFit ? covariance : throw new PortfolioInputException("covariance", FormattableString.Invariant($"{n} x {covariance.GetLength(1)}"), "a symmetric matrix of finite numbers with variances above 0");
    }
}
