using Harrier.Domain;

namespace Harrier.Research.Metrics;

/// <summary>
/// Statistics of round trips. A trade with a PnL of exactly 0 is neither a win nor a loss, but it is a trade: it counts in
/// the denominator of win rate and expectancy. Money in the numeraire; undefined is null.
/// </summary>
public static class TradeStatistics
{
    /// <summary>The most trades that raise the system quality number.</summary>
    public const int SqnTradeCap = 100;

    // Equal multiples differ by the rounding of their division only: no spread to divide by.
    private const double RoundingNoise = 1e-12;

    private const double NormalQuantile975 = 1.959963984540054;

    /// <summary>Sum of wins / size of the sum of losses; null without a loss.</summary>
    public static double? ProfitFactor(IReadOnlyList<RoundTrip> trades)
    {
        decimal losses = trades.Where(trade => trade.Pnl < 0).Sum(trade => -trade.Pnl);
        return losses > 0 ? (double)trades.Where(trade => trade.Pnl > 0).Sum(trade => trade.Pnl) / (double)losses : null;
    }

    /// <summary>Winning trades / all trades, 0 to 1; null without trades.</summary>
    public static double? WinRate(IReadOnlyList<RoundTrip> trades) =>
        trades.Count > 0 ? (double)trades.Count(trade => trade.Pnl > 0) / trades.Count : null;

    /// <summary>
    /// The 95 % interval in which the true win rate lies (Wilson, 1927): without the number of trades a win rate says nothing.
    /// </summary>
    /// <param name="wins">Winning trades, 0 to <paramref name="trades"/>.</param>
    /// <param name="trades">All trades.</param>
    /// <returns>Two fractions from 0 to 1; null without trades.</returns>
    public static (double Low, double High)? WinRateInterval(int wins, int trades)
    {
        if (trades <= 0)
        {
            return null;
        }

        double z2 = NormalQuantile975 * NormalQuantile975;
        double share = (double)wins / trades;
        double center = share + (z2 / (2 * trades));
        double margin = NormalQuantile975 * Math.Sqrt(((share * (1 - share)) + (z2 / (4 * trades))) / trades);
        double scale = 1 + (z2 / trades);
        return (Math.Max(0, (center - margin) / scale), Math.Min(1, (center + margin) / scale));
    }

    /// <summary>Mean PnL per trade; null without trades.</summary>
    public static decimal? Expectancy(IReadOnlyList<RoundTrip> trades) => Mean(trades);

    /// <summary>Mean PnL of the winning trades; null without one.</summary>
    public static decimal? AverageWin(IReadOnlyList<RoundTrip> trades) => Mean([.. trades.Where(trade => trade.Pnl > 0)]);

    /// <summary>Mean PnL of the losing trades, below 0; null without one.</summary>
    public static decimal? AverageLoss(IReadOnlyList<RoundTrip> trades) => Mean([.. trades.Where(trade => trade.Pnl < 0)]);

    /// <summary>Mean time from first entry to last exit in minutes; null without trades.</summary>
    public static double? AverageMinutes(IReadOnlyList<RoundTrip> trades) =>
        trades.Count > 0 ? trades.Average(trade => (trade.ExitTime - trade.EntryTime).TotalMinutes) : null;

    /// <summary>
    /// System quality number, root of N * mean(R) / standard deviation of R divided by N - 1, N capped at 100 (Tharp, 2008).
    /// R is PnL / initial risk when every trade had an initial risk above 0, else PnL. Null below two trades or when all are equal.
    /// </summary>
    public static double? Sqn(IReadOnlyList<RoundTrip> trades)
    {
        bool hasRisk = trades.All(trade => trade.InitialRisk > 0);
        double[] multiples = [.. trades.Select(trade => (double)trade.Pnl / (hasRisk ? (double)trade.InitialRisk!.Value : 1))];
        return ReturnStatistics.Mean(multiples) is { } mean
            && ReturnStatistics.StandardDeviation(multiples) is { } deviation
            && deviation > RoundingNoise * Math.Abs(mean)
                ? Math.Sqrt(Math.Min(trades.Count, SqnTradeCap)) * mean / deviation
                : null;
    }

    private static decimal? Mean(IReadOnlyList<RoundTrip> trades) =>
        trades.Count > 0 ? trades.Sum(trade => trade.Pnl) / trades.Count : null;
}
