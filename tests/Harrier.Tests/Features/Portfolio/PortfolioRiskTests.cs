using Harrier.Features.Portfolio;

namespace Harrier.Tests.Features.Portfolio;

/// <summary>Values of the public implementation of guide 003, run by others.</summary>
public sealed class PortfolioRiskTests
{
    [Theory]
    [InlineData(new double[] { 100, 110 }, 0.0673435029701)]
    [InlineData(new double[] { 100, 102, 98, 101, 99 }, 0.0158113883008)]
    [InlineData(new double[] { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12 }, 0.40368671388)]
    [InlineData(new double[] { 1, 1000 }, 1)]
    [InlineData(new double[] { 100 }, 0)]
    [InlineData(new double[] { 0, 0, 0 }, 0)]
    [InlineData(new double[] { }, 0)]
    public void Volatility_Vectors_Agree(double[] prices, double expected) => PortfolioRisk.Volatility(prices).ShouldBe(expected, 1e-11);

    [Theory]
    [InlineData(new double[] { 100, 110 }, 0.1)]
    [InlineData(new double[] { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12 }, 1)]
    [InlineData(new double[] { 0, 5 }, 0)]
    [InlineData(new double[] { 7 }, 0)]
    public void Momentum_Vectors_Agree(double[] prices, double expected) => PortfolioRisk.Momentum(prices).ShouldBe(expected, 1e-12);

    [Theory]
    [InlineData(0.05, 0.02, 0.8, 0.5)]
    [InlineData(0.005, 0.02, 0.8, 1)]
    [InlineData(0.025, 0.02, 0.85, 0.941176470588)]
    [InlineData(0.5, 0.02, 0.8, 0.05)]
    [InlineData(0.05, 0, 0.8, 0)]
    [InlineData(0.05, 0.02, 0, 1)]
    [InlineData(0, 0.02, 0.8, 1)]
    [InlineData(-0.1, 0.02, 0.8, 1)]
    [InlineData(double.NaN, 0.02, 0.8, 1)]
    [InlineData(0.05, double.NaN, 0.8, 1)]
    public void Score_VectorsAndEdges_Agree(double gain, double volatility, double confidence, double expected) =>
        PortfolioRisk.Score(gain, volatility, confidence).ShouldBe(expected, 1e-11);

    [Theory]
    [InlineData(0.3, 0.7, true)]
    [InlineData(0.31, 0.7, false)]
    [InlineData(0.3, 0.69, false)]
    public void ShouldTrade_Limits_AreInclusive(double risk, double confidence, bool expected) =>
        PortfolioRisk.ShouldTrade(confidence, risk, minConfidence: 0.7, riskTolerance: 0.3).ShouldBe(expected);

    [Theory]
    [InlineData(0.85, 0.3, 1.80625)]
    [InlineData(0.9, 0, 8.1)]
    [InlineData(0.5, 1, 0.227272727273)]
    public void Rank_Vectors_Agree(double confidence, double risk, double expected) => PortfolioRisk.Rank(confidence, risk).ShouldBe(expected, 1e-11);
}
