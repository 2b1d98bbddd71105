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

    /// <summary>Sum of wins / size of the sum of losses; null without a loss.</summary>
    public static double? ProfitFactor(IReadOnlyList<RoundTrip> trades)
    {
        decimal losses = trades.Where(trade => trade.Pnl < 0).Sum(trade => -trade.Pnl);
        return losses > 0 ? (double)trades.Where(trade => trade.Pnl > 0).Sum(trade => trade.Pnl) / (double)losses : null;
    }

    /// <summary>Winning trades / all trades, 0 to 1; null without trades.</summary>
    public static double? WinRate(IReadOnlyList<RoundTrip> trades) =>
        trades.Count > 0 ? (double)trades.Count(trade => trade.Pnl > 0) / trades.Count : null;

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
