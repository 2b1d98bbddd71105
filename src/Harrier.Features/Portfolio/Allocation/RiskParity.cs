using System.Globalization;

namespace Harrier.Features.Portfolio.Allocation;

/// <summary>Weights of which each adds the same to the variance (equal risk contribution), or shares that are asked for.</summary>
public static class RiskParity
{
    private const int MostSweeps = 100_000;

    /// <summary>
    /// The long-only weights whose risk shares are the budgets: the minimum of ½x'Cx - Σ b ln x, found one coordinate after the other (Griveau-Billion, Richard and
    /// Roncalli, 2013), each of which has a closed form.
    /// </summary>
    /// <param name="covariance">Positive definite.</param>
    /// <param name="budgets">Share of each asset in the variance, above 0; null for equal ones. They need not add up to 1.</param>
    /// <exception cref="PortfolioInputException">An input is not usable.</exception>
    public static double[] Weights(double[,] covariance, IReadOnlyList<double>? budgets = null)
    {
        int n = Covariance.Checked(covariance).GetLength(0);
        double[] shares = [.. budgets ?? [.. Enumerable.Repeat(1d, n)]];
        if (shares.Length != n || shares.Any(share => !(share > 0 && double.IsFinite(share))))
        {
            throw new PortfolioInputException("risk_budgets", string.Join(' ', shares.Select(share => share.ToString(CultureInfo.InvariantCulture))), FormattableString.Invariant($"a number above 0 for each of {n} assets"));
        }

        double total = shares.Sum();
        double[] x = [.. Enumerable.Range(0, n).Select(i => 1 / Math.Sqrt(covariance[i, i]))];
        int sweeps = 0;
        while (Sweep(covariance, shares, total, x) > 1e-14)
        {
            if (++sweeps == MostSweeps)
            {
                throw new PortfolioInputException("covariance", "no end of the search for equal risk", "a positive definite matrix; shrinkage makes one");
            }
        }

        double sum = x.Sum();
        return [.. x.Select(value => value / sum)];
    }

    // Solves for each coordinate with the others as they are; returns the largest relative change.
    private static double Sweep(double[,] covariance, double[] shares, double total, double[] x)
    {
        double largest = 0;
        for (int i = 0; i < x.Length; i++)
        {
            double others = 0;
            for (int j = 0; j < x.Length; j++)
            {
                others += j == i ? 0 : covariance[i, j] * x[j];
            }

            double variance = covariance[i, i];
            double root = Math.Sqrt((others * others) + (4 * variance * shares[i] / total));

            // Of two forms of the same root, the one that does not subtract numbers of one size.
            double next = others > 0 ? 2 * shares[i] / total / (others + root) : (root - others) / (2 * variance);
            largest = Math.Max(largest, Math.Abs(next - x[i]) / next);
            x[i] = next;
        }

        return largest;
    }
}
