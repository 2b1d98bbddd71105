namespace Harrier.Features.Portfolio;

/// <summary>The figures of guide 003's risk analysis, with their edges guarded: no input gives a number outside what is said, and none gives NaN.</summary>
public static class PortfolioRisk
{
    /// <summary>
    /// Sample standard deviation of prices over their mean, at most 1: the guide's volatility. It measures how far a window of prices is spread, grows with a
    /// trend, and knows no time; decisions use the volatility of returns (<see cref="PairHistory"/>), this one is for display.
    /// </summary>
    /// <param name="prices">Prices of 0 or more, oldest first.</param>
    /// <param name="window">How many of the newest count, 2 or more.</param>
    /// <returns>0 to 1; 0 for less than two prices or a mean of 0.</returns>
    public static double Volatility(ReadOnlySpan<double> prices, int window = 10)
    {
        ReadOnlySpan<double> last = Newest(prices, window);
        if (last.Length < 2)
        {
            return 0;
        }

        double mean = Mean(last);
        double squares = 0;
        foreach (double price in last)
        {
            squares += (price - mean) * (price - mean);
        }

        return mean > 0 ? Math.Min(Math.Sqrt(squares / (last.Length - 1)) / mean, 1) : 0;
    }

    /// <summary>Move from the first to the last price of a window as a fraction of the first.</summary>
    /// <param name="prices">Prices of 0 or more, oldest first.</param>
    /// <param name="window">How many of the newest count, 2 or more.</param>
    /// <returns>-1 to 1; 0 for less than two prices or a first one of 0.</returns>
    public static double Momentum(ReadOnlySpan<double> prices, int window = 10)
    {
        ReadOnlySpan<double> last = Newest(prices, window);
        return last.Length >= 2 && last[0] > 0 ? Math.Clamp((last[^1] - last[0]) / last[0], -1, 1) : 0;
    }

    /// <summary>Volatility / (confidence x potential gain), the guide's risk score.</summary>
    /// <param name="gain">Expected return as a fraction, net of costs.</param>
    /// <param name="volatility">Standard deviation of the return over the same time, 0 or more.</param>
    /// <param name="confidence">0 to 1.</param>
    /// <returns>0 to 1; 1, the worst, where there is no gain or no confidence, or where a figure is not a number.</returns>
    public static double Score(double gain, double volatility, double confidence)
    {
        double divisor = confidence * gain;
        return gain > 0 && divisor > 0 && volatility >= 0 ? Math.Min(volatility / divisor, 1) : 1;
    }

    /// <summary>The guide's two gates: confidence of at least the least one, risk of at most the tolerated one, both inclusive.</summary>
    public static bool ShouldTrade(double confidence, double risk, double minConfidence, double riskTolerance) =>
        confidence >= minConfidence && risk <= riskTolerance;

    /// <summary>What opportunities are ranked by: confidence² / (risk + 0.1).</summary>
    /// <param name="confidence">0 to 1.</param>
    /// <param name="risk">0 to 1.</param>
    public static double Rank(double confidence, double risk) => confidence * confidence / (risk + 0.1);

    private static ReadOnlySpan<double> Newest(ReadOnlySpan<double> prices, int window) => prices[Math.Max(prices.Length - window, 0)..];

    private static double Mean(ReadOnlySpan<double> values)
    {
        double sum = 0;
        foreach (double value in values)
        {
            sum += value;
        }

        return sum / values.Length;
    }
}
