using System.Globalization;

namespace Harrier.Features.Portfolio.Allocation;

/// <summary>Markowitz's allocations, with a risk-free rate of 0, under limits on each weight.</summary>
public static class MeanVariance
{
    /// <summary>The weights with the least variance.</summary>
    /// <param name="covariance">Positive definite.</param>
    /// <param name="limits">Limits; null for long only.</param>
    /// <exception cref="PortfolioInputException">The covariance is not positive definite, or the limits are for another number of assets.</exception>
    public static double[] MinimumVariance(double[,] covariance, WeightLimits? limits = null) =>
        Solved(covariance, new double[covariance.GetLength(0)], limits, null);

    /// <summary>The weights with the most of mean - ½ x aversion x variance.</summary>
    /// <param name="covariance">Positive definite.</param>
    /// <param name="means">Expected return of each asset over the period of the covariance.</param>
    /// <param name="aversion">Above 0; larger is more careful.</param>
    /// <param name="limits">Limits; null for long only.</param>
    /// <exception cref="PortfolioInputException">An input is not usable.</exception>
    public static double[] Utility(double[,] covariance, IReadOnlyList<double> means, double aversion, WeightLimits? limits = null) => aversion > 0
        ? Solved(covariance, [.. means.Select(mean => mean / aversion)], limits, null)
        : throw new PortfolioInputException("risk_aversion", aversion.ToString(CultureInfo.InvariantCulture), "a number above 0");

    /// <summary>The weights with the least variance among those with an expected return.</summary>
    /// <param name="covariance">Positive definite.</param>
    /// <param name="means">Expected return of each asset.</param>
    /// <param name="target">The expected return of the portfolio.</param>
    /// <param name="limits">Limits; null for long only.</param>
    /// <exception cref="PortfolioInputException">An input is not usable, or no weights within the limits have this expected return.</exception>
    public static double[] TargetReturn(double[,] covariance, IReadOnlyList<double> means, double target, WeightLimits? limits = null)
    {
        // The condition is scaled, so that means of a hundredth of a percent weigh as much as the budget does.
        double scale = means.Max(Math.Abs);
        LinearCondition condition = new([.. means.Select(mean => scale > 0 ? mean / scale : 0)], scale > 0 ? target / scale : target, IsEquality: true);
        return Solved(covariance, new double[means.Count], limits, condition);
    }

    /// <summary>The weights with the highest expected return for each unit of deviation: the tangency portfolio, of the highest Sharpe ratio.</summary>
    /// <param name="covariance">Positive definite.</param>
    /// <param name="means">Expected return of each asset.</param>
    /// <param name="limits">Limits; null for long only.</param>
    /// <exception cref="PortfolioInputException">An input is not usable, or no weights within the limits have an expected return above 0.</exception>
    public static double[] Tangency(double[,] covariance, IReadOnlyList<double> means, WeightLimits? limits = null)
    {
        int n = covariance.GetLength(0);
        WeightLimits within = (limits ?? WeightLimits.Uniform(n)).For(n);
        double scale = means.Max(Math.Abs);
        if (within.Extreme(means).Zip(means).Sum(pair => pair.First * pair.Second) <= 0)
        {
            throw new PortfolioInputException("means", FormattableString.Invariant($"{means.Max():G6} at most"), "an expected return above 0 within the limits");
        }

        // y = w / (w'm): least variance among y with y'm = 1, where limits on w are limits on shares of the sum of y.
        List<LinearCondition> conditions = [new([.. means.Select(mean => mean / scale)], 1, IsEquality: true), new([.. Enumerable.Repeat(1d, n)], 0)];
        for (int i = 0; i < n; i++)
        {
            int asset = i;
            conditions.Add(new([.. Enumerable.Range(0, n).Select(j => (j == asset ? 1 : 0) - within.Least[asset])], 0));
            if (!double.IsPositiveInfinity(within.Most[i]) && within.Most[i] < MostThatBinds(within, i))
            {
                conditions.Add(new([.. Enumerable.Range(0, n).Select(j => within.Most[asset] - (j == asset ? 1 : 0))], 0));
            }
        }

        double[] y = QuadraticProgram.Solve(covariance, new double[n], conditions)
            ?? throw new PortfolioInputException("limits", "none of their weights", "limits that leave an expected return above 0");
        double sum = y.Sum();
        return Clamped([.. y.Select(share => share / sum)], within);
    }

    /// <summary>Fractional Kelly for several assets: the most of growth, c x mean - ½ variance, with what is not invested kept in the numeraire.</summary>
    /// <param name="covariance">Positive definite.</param>
    /// <param name="means">Expected return of each asset over the period of the covariance.</param>
    /// <param name="fraction">c, above 0 and at most 1: a half is usual, as the means are estimates.</param>
    /// <param name="most">The most weight of one asset, above 0 and at most 1.</param>
    /// <returns>Weights of 0 or more that add up to at most 1.</returns>
    /// <exception cref="PortfolioInputException">An input is not usable.</exception>
    public static double[] FractionalKelly(double[,] covariance, IReadOnlyList<double> means, double fraction, double most = 1)
    {
        if (!(fraction > 0 && fraction <= 1 && most > 0 && most <= 1))
        {
            throw new PortfolioInputException("kelly", FormattableString.Invariant($"fraction {fraction}, most {most}"), "a fraction and a most weight above 0 and at most 1");
        }

        int n = covariance.GetLength(0);
        double[] linear = [.. means.Select(mean => mean * fraction)];
        List<LinearCondition> conditions = [new([.. Enumerable.Repeat(-1d, n)], -1), .. Bounds([.. new double[n]], [.. Enumerable.Repeat(most, n)])];
        double[] weights = QuadraticProgram.Solve(covariance, linear, conditions)!;
        return [.. weights.Select(weight => Math.Clamp(weight, 0, most))];
    }

    private static double[] Solved(double[,] covariance, IReadOnlyList<double> linear, WeightLimits? limits, LinearCondition? target)
    {
        int n = covariance.GetLength(0);
        if (linear.Count != n)
        {
            throw new PortfolioInputException("means", linear.Count.ToString(CultureInfo.InvariantCulture), FormattableString.Invariant($"one for each of {n} assets"));
        }

        WeightLimits within = (limits ?? WeightLimits.Uniform(n)).For(n);
        List<LinearCondition> conditions = [new([.. Enumerable.Repeat(1d, n)], 1, IsEquality: true)];
        if (target is not null)
        {
            conditions.Add(target);
        }

        conditions.AddRange(Bounds(within.Least, within.Most));
        double[] weights = QuadraticProgram.Solve(covariance, linear, conditions)
            ?? throw new PortfolioInputException("target_return", "out of reach", "an expected return that weights within the limits have");
        return Clamped(weights, within);
    }

    private static IEnumerable<LinearCondition> Bounds(IReadOnlyList<double> least, IReadOnlyList<double> most) => Enumerable.Range(0, least.Count)
        .SelectMany(i => new[] { LinearCondition.Single(least.Count, i, 1, least[i]), LinearCondition.Single(least.Count, i, -1, -most[i]) })
        .Where(condition => double.IsFinite(condition.Bound));

    // A weight cannot be more than what the least weights of the others leave, whatever its own limit says.
    private static double MostThatBinds(WeightLimits limits, int asset) => 1 - limits.Least.Where((_, i) => i != asset).Sum();

    // What is within a rounding error of a limit is at the limit.
    private static double[] Clamped(double[] weights, WeightLimits limits) => [.. weights.Select((weight, i) => Math.Clamp(weight, limits.Least[i], limits.Most[i]))];
}
