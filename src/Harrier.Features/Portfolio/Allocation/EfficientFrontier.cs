using System.Globalization;

namespace Harrier.Features.Portfolio.Allocation;

/// <summary>A portfolio with the least variance for its expected return.</summary>
/// <param name="Weights">Weight of each asset.</param>
/// <param name="Mean">Expected return.</param>
/// <param name="Volatility">Standard deviation of the return.</param>
public sealed record FrontierPoint(IReadOnlyList<double> Weights, double Mean, double Volatility)
{
    /// <summary>Expected return for each unit of deviation, with a risk-free rate of 0.</summary>
    public double Sharpe => Mean / Volatility;

    internal static FrontierPoint Of(double[] weights, double[,] covariance, IReadOnlyList<double> means) =>
        new(weights, weights.Zip(means).Sum(pair => pair.First * pair.Second), Math.Sqrt(Covariance.Variance(covariance, weights)));
}

/// <summary>The portfolios from the least variance to the highest expected return.</summary>
/// <param name="Points">From the least variance upwards, in equal steps of expected return.</param>
/// <param name="Tangency">The one with the highest Sharpe ratio; null where none has an expected return above 0.</param>
public sealed record EfficientFrontier(IReadOnlyList<FrontierPoint> Points, FrontierPoint? Tangency)
{
    /// <summary>Computes it.</summary>
    /// <param name="covariance">Positive definite.</param>
    /// <param name="means">Expected return of each asset.</param>
    /// <param name="count">Points, 2 to 1000.</param>
    /// <param name="limits">Limits; null for long only.</param>
    /// <exception cref="PortfolioInputException">An input is not usable.</exception>
    public static EfficientFrontier Of(double[,] covariance, IReadOnlyList<double> means, int count, WeightLimits? limits = null)
    {
        if (count is < 2 or > 1000)
        {
            throw new PortfolioInputException("points", count.ToString(CultureInfo.InvariantCulture), "a whole number from 2 to 1000");
        }

        WeightLimits within = (limits ?? WeightLimits.Uniform(means.Count)).For(means.Count);
        FrontierPoint lowest = FrontierPoint.Of(MeanVariance.MinimumVariance(covariance, within), covariance, means);
        FrontierPoint highest = FrontierPoint.Of(within.Extreme(means), covariance, means);
        List<FrontierPoint> points = [lowest];
        for (int i = 1; i < count - 1 && highest.Mean > lowest.Mean; i++)
        {
            double target = lowest.Mean + ((highest.Mean - lowest.Mean) * i / (count - 1));
            points.Add(FrontierPoint.Of(MeanVariance.TargetReturn(covariance, means, target, within), covariance, means));
        }

        if (highest.Mean > lowest.Mean)
        {
            points.Add(highest);
        }

        FrontierPoint? tangency = highest.Mean > 0 ? FrontierPoint.Of(MeanVariance.Tangency(covariance, means, within), covariance, means) : null;
        return new EfficientFrontier(points, tangency);
    }
}
