using Harrier.Research.Backtests;
using Harrier.Research.Metrics;
using Harrier.Tests.Support;

namespace Harrier.Tests.Research.Metrics;

public sealed class PerformanceMetricsTests
{
    [Fact]
    public void Of_VectorA_TakesEachFigureFromItsPlace()
    {
        BacktestResult result = BacktestResults.Result(
            BacktestResults.Daily(.02, -.01, .03, -.02, .01, 0, -.03, .04),
            BacktestResults.Trade(1, 50m),
            BacktestResults.Trade(2, -10m));
        PerformanceMetrics metrics = PerformanceMetrics.Of(result);
        metrics.TotalReturn.ShouldBe(.04, 1e-12);
        metrics.AnnualReturn.ShouldBeNull("eight days say nothing about a year");
        metrics.Calmar.ShouldBeNull();
        metrics.Sharpe!.Value.ShouldBe(3.8997863189, 1e-9);
        metrics.Sortino!.Value.ShouldBe(7.2210011178, 1e-9);
        metrics.MaxDrawdown!.Value.ShouldBe(.039894, 1e-10);
        metrics.MaxDrawdownDays.ShouldBe(5);
        metrics.Fees.ShouldBe(3m);
        metrics.Funding.ShouldBe(-.5m);
        metrics.Trades.ShouldBe(2);
        metrics.BuyAndHoldReturn.ShouldBe(.125);
        double mean = result.Equity.MeanEquity!.Value;
        metrics.Turnover!.Value.ShouldBe(20_000 / mean * 365 / 8, 1e-9);
    }

    [Fact]
    public void Of_ThirtyDays_AnnualizesReturnAndCalmar()
    {
        double[] returns = [.. Enumerable.Range(0, 30).Select(i => i == 10 ? -.02 : .001)];
        BacktestResult result = BacktestResults.Result(BacktestResults.Daily(returns), BacktestResults.Trade(1, 10m));
        PerformanceMetrics metrics = PerformanceMetrics.Of(result);
        double expected = Math.Pow(1.01, 365d / 30) - 1;
        metrics.AnnualReturn!.Value.ShouldBe(expected, 1e-10);
        metrics.Calmar!.Value.ShouldBe(expected / .02, 1e-8);
    }

    [Fact]
    public void Of_RunWithoutBarsAndTrades_IsNullThroughout()
    {
        BacktestResult result = BacktestResults.Result(BacktestResults.Daily()) with { BuyAndHoldReturn = null, TradedNotional = 0 };
        PerformanceMetrics metrics = PerformanceMetrics.Of(result);
        metrics.TotalReturn.ShouldBe(0);
        string[] defined = [nameof(metrics.TotalReturn), nameof(metrics.Trades), nameof(metrics.Fees), nameof(metrics.Funding), "EqualityContract"];
        foreach (System.Reflection.PropertyInfo property in typeof(PerformanceMetrics).GetProperties().Where(p => !defined.Contains(p.Name)))
        {
            property.GetValue(metrics).ShouldBeNull(property.Name);
        }
    }

    [Fact]
    public void Of_FlatAccount_HasNoDrawdownDatesAndNoRatios()
    {
        PerformanceMetrics metrics = PerformanceMetrics.Of(BacktestResults.Result(BacktestResults.Daily(new double[60])));
        metrics.MaxDrawdown.ShouldBe(0);
        metrics.MaxDrawdownStart.ShouldBeNull();
        metrics.MaxDrawdownEnd.ShouldBeNull();
        metrics.MaxDrawdownDays.ShouldBeNull();
        metrics.Sharpe.ShouldBeNull();
        metrics.Sortino.ShouldBeNull();
        metrics.Calmar.ShouldBeNull();
        metrics.TailRatio.ShouldBeNull();
        metrics.AnnualReturn.ShouldBe(0);
        metrics.Exposure.ShouldBe(0);
        metrics.UlcerIndex.ShouldBe(0);
    }
}
