using Harrier.Research.Metrics;
using Harrier.Tests.Support;

namespace Harrier.Tests.Research.Metrics;

public sealed class ReturnStatisticsTests
{
    // Vector A of the quant definitions (section 2.2): figures computed there with exact fractions.
    private static readonly double[] VectorA = [.02, -.01, .03, -.02, .01, 0, -.03, .04];

    [Fact]
    public void VectorA_Moments_AreAsPublished()
    {
        ReturnStatistics.Mean(VectorA)!.Value.ShouldBe(.005, 1e-10);
        ReturnStatistics.StandardDeviation(VectorA)!.Value.ShouldBe(.0244948974, 1e-10);
        ReturnStatistics.DownsideDeviation(VectorA)!.Value.ShouldBe(.0132287566, 1e-10);
    }

    [Fact]
    public void VectorA_Ratios_AreAsPublished()
    {
        ReturnStatistics.Sharpe(VectorA)!.Value.ShouldBe(3.8997863189, 1e-10);
        ReturnStatistics.Sortino(VectorA)!.Value.ShouldBe(7.2210011178, 1e-10);
        ReturnStatistics.Volatility(VectorA)!.Value.ShouldBe(Math.Sqrt(0.0006 * 365), 1e-10);
    }

    [Fact]
    public void VectorA_Tails_AreAsPublished()
    {
        ReturnStatistics.ValueAtRisk(VectorA, .05)!.Value.ShouldBe(-.0265, 1e-10);
        ReturnStatistics.ConditionalValueAtRisk(VectorA, .05)!.Value.ShouldBe(-.03, 1e-10);
        ReturnStatistics.ValueAtRisk(VectorA, .25)!.Value.ShouldBe(-.0125, 1e-10);
        ReturnStatistics.ConditionalValueAtRisk(VectorA, .25)!.Value.ShouldBe(-.025, 1e-10);

        // 95 % quantile by hand: .03 + .65 * (.04 - .03).
        ReturnStatistics.TailRatio(VectorA)!.Value.ShouldBe(.0365 / .0265, 1e-10);
    }

    [Fact]
    public void AnnualReturn_FewerThanThirtyDays_IsNull()
    {
        ReturnStatistics.AnnualReturn(1, 1.0385445096, 8).ShouldBeNull();
        ReturnStatistics.AnnualReturn(1, 1.1, 29).ShouldBeNull();
        ReturnStatistics.AnnualReturn(1, 1.1, 30)!.Value.ShouldBe(Math.Pow(1.1, 365d / 30) - 1, 1e-10);
        ReturnStatistics.Calmar(ReturnStatistics.AnnualReturn(1, 1.0385445096, 8), .039894).ShouldBeNull();
    }

    [Fact]
    public void AnnualReturn_LossOfEverything_IsMinusOneAndDebtIsNull()
    {
        ReturnStatistics.AnnualReturn(1000, 0, 40).ShouldBe(-1);
        ReturnStatistics.AnnualReturn(1000, -5, 40).ShouldBeNull();
    }

    [Fact]
    public void Calmar_OfVectorAIfAnnualized_IsAsPublished()
    {
        ReturnStatistics.Calmar(4.6155956769, .039894)!.Value.ShouldBe(115.6964876, 1e-6);
        ReturnStatistics.Calmar(.5, 0).ShouldBeNull();
        ReturnStatistics.Calmar(.5, null).ShouldBeNull();
    }

    [Fact]
    public void AllStatistics_EmptySeries_AreNull()
    {
        double[] none = [];
        ReturnStatistics.Mean(none).ShouldBeNull();
        ReturnStatistics.StandardDeviation(none).ShouldBeNull();
        ReturnStatistics.Volatility(none).ShouldBeNull();
        ReturnStatistics.Sharpe(none).ShouldBeNull();
        ReturnStatistics.DownsideDeviation(none).ShouldBeNull();
        ReturnStatistics.Sortino(none).ShouldBeNull();
        ReturnStatistics.ValueAtRisk(none, .05).ShouldBeNull();
        ReturnStatistics.ConditionalValueAtRisk(none, .05).ShouldBeNull();
        ReturnStatistics.TailRatio(none).ShouldBeNull();
    }

    [Fact]
    public void AllStatistics_OnePoint_AreItsValueOrNull()
    {
        double[] one = [-.02];
        ReturnStatistics.Sharpe(one).ShouldBeNull();
        ReturnStatistics.Volatility(one).ShouldBeNull();
        ReturnStatistics.ValueAtRisk(one, .05).ShouldBe(-.02);
        ReturnStatistics.ConditionalValueAtRisk(one, .05).ShouldBe(-.02);
        ReturnStatistics.TailRatio(one).ShouldBe(1);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(.01)]
    public void Ratios_ConstantGrowth_AreNull(double rate)
    {
        double[] returns = BacktestResults.Daily([.. Enumerable.Repeat(rate, 60)]).ToDailyEquity().Returns();
        returns.Length.ShouldBe(60);
        ReturnStatistics.Sharpe(returns).ShouldBeNull("equal returns differ by rounding only");
        ReturnStatistics.Sortino(returns).ShouldBeNull();
        ReturnStatistics.Volatility(returns)!.Value.ShouldBe(0, 1e-12);
    }
}
