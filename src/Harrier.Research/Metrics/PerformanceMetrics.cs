using Harrier.Domain;
using Harrier.Research.Backtests;

namespace Harrier.Research.Metrics;

/// <summary>
/// The figures of one backtest, in the order of <c>result.json</c>. Ratios are fractions (0.25 is 25 %), money is in the
/// numeraire. What is undefined is null, never NaN, infinity or a stand-in. Return statistics are on UTC days
/// (<see cref="DailyEquity"/>), drawdown and exposure on bars.
/// </summary>
public sealed record PerformanceMetrics
{
    /// <summary>Final / initial equity - 1.</summary>
    public required double TotalReturn { get; init; }

    /// <summary>Compound growth per year; null with fewer than 30 daily returns: a short run says nothing about a year.</summary>
    public required double? AnnualReturn { get; init; }

    /// <summary>Standard deviation of daily returns times the root of 365.</summary>
    public required double? Volatility { get; init; }

    /// <summary><see cref="ReturnStatistics.Sharpe"/>.</summary>
    public required double? Sharpe { get; init; }

    /// <summary><see cref="ReturnStatistics.Sortino"/>.</summary>
    public required double? Sortino { get; init; }

    /// <summary>Annual return / maximum drawdown; null with fewer than 30 daily returns or without a drawdown.</summary>
    public required double? Calmar { get; init; }

    /// <summary>Deepest fall below a peak as a fraction of the peak, from 0 on, over all bars and the initial equity; null without bars.</summary>
    public required double? MaxDrawdown { get; init; }

    /// <summary>When equity last stood at the peak before the deepest fall; null when it never fell.</summary>
    public required Timestamp? MaxDrawdownStart { get; init; }

    /// <summary>When the deepest fall reached its lowest point; null when equity never fell.</summary>
    public required Timestamp? MaxDrawdownEnd { get; init; }

    /// <summary>Days from that peak until equity was back at it, or until the data ended; null when equity never fell.</summary>
    public required double? MaxDrawdownDays { get; init; }

    /// <summary><see cref="TradeStatistics.ProfitFactor"/>.</summary>
    public required double? ProfitFactor { get; init; }

    /// <summary>Winning trades / all trades; a trade that made exactly 0 is no win.</summary>
    public required double? WinRate { get; init; }

    /// <summary>Mean PnL per trade.</summary>
    public required decimal? Expectancy { get; init; }

    /// <summary><see cref="TradeStatistics.Sqn"/>.</summary>
    public required double? Sqn { get; init; }

    /// <summary>Mean PnL of winning trades.</summary>
    public required decimal? AverageWin { get; init; }

    /// <summary>Mean PnL of losing trades, below 0.</summary>
    public required decimal? AverageLoss { get; init; }

    /// <summary>Mean minutes in a trade.</summary>
    public required double? AverageTradeMinutes { get; init; }

    /// <summary>Number of round trips.</summary>
    public required int Trades { get; init; }

    /// <summary>Share of bars at whose close a position was open.</summary>
    public required double? Exposure { get; init; }

    /// <summary>Traded notional / mean equity per year of 365 days; null for a run without length or with a mean equity of 0 or less.</summary>
    public required double? Turnover { get; init; }

    /// <summary>All fees paid.</summary>
    public required decimal Fees { get; init; }

    /// <summary>Funding received (above 0) or paid (below 0).</summary>
    public required decimal Funding { get; init; }

    /// <summary><see cref="ReturnStatistics.TailRatio"/>.</summary>
    public required double? TailRatio { get; init; }

    /// <summary>The daily return that 95 % of days stayed above; a loss is negative.</summary>
    public required double? ValueAtRisk95 { get; init; }

    /// <summary>The mean of the worst 5 % of daily returns; a loss is negative.</summary>
    public required double? ConditionalValueAtRisk95 { get; init; }

    /// <summary>Root mean square of the drawdowns of all bars, as a fraction.</summary>
    public required double? UlcerIndex { get; init; }

    /// <summary>Return of holding the first symbol throughout, without costs.</summary>
    public required double? BuyAndHoldReturn { get; init; }

    /// <summary>Computes all figures of a finished run.</summary>
    public static PerformanceMetrics Of(BacktestResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        IReadOnlyList<RoundTrip> trades = result.Trades;
        EquityRecorder equity = result.Equity;
        double[] returns = equity.ToDailyEquity().Returns();
        double? annual = ReturnStatistics.AnnualReturn((double)result.InitialEquity, (double)result.FinalEquity, returns.Length);
        Drawdown? deepest = equity.MaxDrawdown;
        double? depth = deepest?.Depth ?? (equity.Bars > 0 ? 0 : null);
        return new PerformanceMetrics
        {
            TotalReturn = (double)((result.FinalEquity - result.InitialEquity) / result.InitialEquity),
            AnnualReturn = annual,
            Volatility = ReturnStatistics.Volatility(returns),
            Sharpe = ReturnStatistics.Sharpe(returns),
            Sortino = ReturnStatistics.Sortino(returns),
            Calmar = ReturnStatistics.Calmar(annual, depth),
            MaxDrawdown = depth,
            MaxDrawdownStart = deepest?.Peak,
            MaxDrawdownEnd = deepest?.Trough,
            MaxDrawdownDays = deepest?.Days,
            ProfitFactor = TradeStatistics.ProfitFactor(trades),
            WinRate = TradeStatistics.WinRate(trades),
            Expectancy = TradeStatistics.Expectancy(trades),
            Sqn = TradeStatistics.Sqn(trades),
            AverageWin = TradeStatistics.AverageWin(trades),
            AverageLoss = TradeStatistics.AverageLoss(trades),
            AverageTradeMinutes = TradeStatistics.AverageMinutes(trades),
            Trades = trades.Count,
            Exposure = equity.Exposure,
            Turnover = AnnualTurnover(result),
            Fees = trades.Sum(trade => trade.Fees),
            Funding = trades.Sum(trade => trade.Funding),
            TailRatio = ReturnStatistics.TailRatio(returns),
            ValueAtRisk95 = ReturnStatistics.ValueAtRisk(returns, 0.05),
            ConditionalValueAtRisk95 = ReturnStatistics.ConditionalValueAtRisk(returns, 0.05),
            UlcerIndex = equity.UlcerIndex,
            BuyAndHoldReturn = result.BuyAndHoldReturn is { } hold && double.IsFinite(hold) ? hold : null,
        };
    }

    private static double? AnnualTurnover(BacktestResult result)
    {
        double days = (result.Equity.LastTime - result.Equity.Settings.Start).TotalDays;
        return days > 0 && result.Equity.MeanEquity is { } mean && mean > 0
            ? (double)result.TradedNotional / mean * ReturnStatistics.DaysPerYear / days
            : null;
    }
}
