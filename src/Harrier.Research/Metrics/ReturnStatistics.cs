namespace Harrier.Research.Metrics;

/// <summary>
/// Statistics of simple daily returns on the UTC day grid, zero-return days included. Crypto trades every day: annual figures use
/// <see cref="DaysPerYear"/>, where libraries made for shares use 252 and so understate by a factor of 0.83. Undefined is null, never NaN.
/// </summary>
public static class ReturnStatistics
{
    /// <summary>Trading days in a year of a market that never closes.</summary>
    public const double DaysPerYear = 365;

    /// <summary>The fewest daily returns from which a yearly growth rate is told; eight good days would make 460 % a year.</summary>
    public const int FewestDaysForAnnualReturn = 30;

    // Returns are quotients of equity near 1, so rounding alone spreads equal returns by some 1e-16: no risk to divide by.
    private const double RoundingNoise = 1e-14;

    /// <summary>Arithmetic mean; null without returns.</summary>
    public static double? Mean(ReadOnlySpan<double> returns)
    {
        double sum = 0;
        foreach (double value in returns)
        {
            sum += value;
        }

        return Finite(sum / returns.Length);
    }

    /// <summary>Standard deviation of a sample (divided by N - 1); null below two returns.</summary>
    public static double? StandardDeviation(ReadOnlySpan<double> returns)
    {
        if (returns.Length < 2 || Mean(returns) is not { } mean)
        {
            return null;
        }

        double squares = 0;
        foreach (double value in returns)
        {
            squares += (value - mean) * (value - mean);
        }

        return Finite(Math.Sqrt(squares / (returns.Length - 1)));
    }

    /// <summary>Standard deviation per year: daily times the root of 365; null below two returns.</summary>
    public static double? Volatility(ReadOnlySpan<double> returns) => StandardDeviation(returns) * Math.Sqrt(DaysPerYear);

    /// <summary>Root of 365 times mean / standard deviation, risk-free rate 0 (Sharpe, 1994); null below two returns or when all are equal.</summary>
    public static double? Sharpe(ReadOnlySpan<double> returns) =>
        StandardDeviation(returns) is { } deviation && deviation > RoundingNoise
            ? Finite(Math.Sqrt(DaysPerYear) * Mean(returns)!.Value / deviation)
            : null;

    /// <summary>Root of the mean over all N days of the squared negative returns (target 0); null without returns.</summary>
    public static double? DownsideDeviation(ReadOnlySpan<double> returns)
    {
        double squares = 0;
        foreach (double value in returns)
        {
            double shortfall = Math.Min(value, 0);
            squares += shortfall * shortfall;
        }

        return Finite(Math.Sqrt(squares / returns.Length));
    }

    /// <summary>Root of 365 times mean / downside deviation over all N days (Sortino and Price, 1994); null without a losing day.</summary>
    public static double? Sortino(ReadOnlySpan<double> returns) =>
        DownsideDeviation(returns) is { } deviation && deviation > RoundingNoise
            ? Finite(Math.Sqrt(DaysPerYear) * Mean(returns)!.Value / deviation)
            : null;

    /// <summary>
    /// Compound growth per year, (E_N / E_0)^(365 / N) - 1; null with fewer than <see cref="FewestDaysForAnnualReturn"/> daily
    /// returns, and when equity ended below 0.
    /// </summary>
    /// <param name="initial">Equity before the first day, above 0.</param>
    /// <param name="final">Equity at the end.</param>
    /// <param name="days">Number of daily returns.</param>
    public static double? AnnualReturn(double initial, double final, int days) =>
        days >= FewestDaysForAnnualReturn && initial > 0 && final >= 0
            ? Finite(Math.Pow(final / initial, DaysPerYear / days) - 1)
            : null;

    /// <summary>Annual return / maximum drawdown of the whole period (Young, 1991); null when either is undefined or there was no drawdown.</summary>
    public static double? Calmar(double? annualReturn, double? maxDrawdown) =>
        annualReturn is { } growth && maxDrawdown is > 0 ? Finite(growth / maxDrawdown.Value) : null;

    /// <summary>The return that the worst share <paramref name="alpha"/> of days did not exceed: historical, linear interpolation; a loss is negative. Null without returns.</summary>
    /// <param name="returns">Daily returns in any order.</param>
    /// <param name="alpha">0 to 1: 0.05 for VaR 95 %.</param>
    public static double? ValueAtRisk(ReadOnlySpan<double> returns, double alpha) =>
        returns.Length > 0 ? Quantile(Sorted(returns), alpha) : null;

    /// <summary>Mean of the lowest floor((N - 1) * alpha) + 1 returns (as in empyrical); a loss is negative. Null without returns.</summary>
    /// <param name="returns">Daily returns in any order.</param>
    /// <param name="alpha">0 to 1: 0.05 for CVaR 95 %.</param>
    public static double? ConditionalValueAtRisk(ReadOnlySpan<double> returns, double alpha) =>
        returns.Length > 0 ? Mean(Sorted(returns).AsSpan(0, (int)((returns.Length - 1) * alpha) + 1)) : null;

    /// <summary>
    /// Size of the 95 % quantile / size of the 5 % quantile, linear interpolation: above 1 the good days are larger than the bad ones.
    /// Null without returns or when the 5 % quantile is 0.
    /// </summary>
    public static double? TailRatio(ReadOnlySpan<double> returns)
    {
        double[] sorted = Sorted(returns);
        double low = sorted.Length > 0 ? Math.Abs(Quantile(sorted, 0.05)) : 0;
        return low > RoundingNoise ? Finite(Math.Abs(Quantile(sorted, 0.95)) / low) : null;
    }

    private static double[] Sorted(ReadOnlySpan<double> returns)
    {
        double[] sorted = returns.ToArray();
        Array.Sort(sorted);
        return sorted;
    }

    private static double Quantile(double[] sorted, double share)
    {
        double position = (sorted.Length - 1) * share;
        int below = (int)position;
        int above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + ((position - below) * (sorted[above] - sorted[below]));
    }

    private static double? Finite(double value) => double.IsFinite(value) ? value : null;
}
