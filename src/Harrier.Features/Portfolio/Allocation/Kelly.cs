using System.Globalization;

namespace Harrier.Features.Portfolio.Allocation;

/// <summary>Kelly's criterion (1956): the fraction of the money whose logarithm grows fastest, and how fast. Raw fractions of measured edges are too large; see <see cref="LowerMean"/>.</summary>
public static class Kelly
{
    /// <summary>A bet that wins or loses all that is staked: p - (1 - p) / b, never below 0.</summary>
    /// <param name="winProbability">p, 0 to 1.</param>
    /// <param name="payoff">b, won for each unit staked, above 0.</param>
    /// <exception cref="PortfolioInputException">A number is out of range.</exception>
    public static double Binary(double winProbability, double payoff) => winProbability is >= 0 and <= 1 && payoff > 0
        ? Math.Max(winProbability - ((1 - winProbability) / payoff), 0)
        : throw new PortfolioInputException("kelly", FormattableString.Invariant($"p {winProbability}, payoff {payoff}"), "a probability and a payoff above 0");

    /// <summary>Returns that are spread normally: mean / variance, never below 0.</summary>
    /// <param name="mean">Expected return.</param>
    /// <param name="volatility">Standard deviation over the same time, above 0.</param>
    /// <exception cref="PortfolioInputException">The deviation is not above 0.</exception>
    public static double Continuous(double mean, double volatility) => volatility > 0
        ? Math.Max(mean / (volatility * volatility), 0)
        : throw new PortfolioInputException("volatility", volatility.ToString(CultureInfo.InvariantCulture), "a number above 0");

    /// <summary>Outcomes that were measured: the fraction with the most of Σ p ln(1 + f x), found to the last digit by halving.</summary>
    /// <param name="outcomes">Returns x, above -1 times one over the fraction; with their probabilities, which add up to 1.</param>
    /// <returns>0 where the mean is not above 0.</returns>
    /// <exception cref="PortfolioInputException">No outcome loses, so that no fraction is too large; or the probabilities are none.</exception>
    public static double Empirical(IReadOnlyList<(double Return, double Probability)> outcomes)
    {
        double worst = outcomes.Min(outcome => outcome.Return);
        if (worst >= 0 || outcomes.Any(outcome => outcome.Probability < 0) || Math.Abs(outcomes.Sum(outcome => outcome.Probability) - 1) > 1e-9)
        {
            throw new PortfolioInputException("outcomes", FormattableString.Invariant($"{outcomes.Count}, the worst {worst}"), "a loss among them, and probabilities that add up to 1");
        }

        (double low, double high) = (0, -1 / worst);
        for (int i = 0; i < 200 && low < high; i++)
        {
            double middle = low + ((high - low) / 2);
            bool isRising = outcomes.Sum(outcome => outcome.Probability * outcome.Return / (1 + (middle * outcome.Return))) > 0;
            (low, high) = isRising ? (middle, high) : (low, middle);
        }

        return low;
    }

    /// <summary>Growth of the logarithm for each bet: p ln(1 + f b) + (1 - p) ln(1 - f).</summary>
    /// <param name="winProbability">p, 0 to 1.</param>
    /// <param name="payoff">b, above 0.</param>
    /// <param name="fraction">f, 0 or more and below 1.</param>
    public static double Growth(double winProbability, double payoff, double fraction) =>
        (winProbability * Math.Log(1 + (fraction * payoff))) + ((1 - winProbability) * Math.Log(1 - fraction));

    /// <summary>The lower end of what a measured mean may be: mean - z x deviation / √n. What is staked should be a fraction of Kelly's on this.</summary>
    /// <param name="mean">Measured mean.</param>
    /// <param name="volatility">Standard deviation of one period.</param>
    /// <param name="periods">n, 1 or more.</param>
    /// <param name="z">Deviations of the mean to stay below; 1.645 leaves one chance in twenty.</param>
    public static double LowerMean(double mean, double volatility, int periods, double z = 1.645) => mean - (z * volatility / Math.Sqrt(periods));
}
