using Harrier.Features.Portfolio;
using Harrier.Features.Portfolio.Allocation;
using static Harrier.Tests.Features.Portfolio.Allocation.AllocationSamples;

namespace Harrier.Tests.Features.Portfolio.Allocation;

public sealed class RiskParityTests
{
    [Fact]
    public void Weights_TwoAssets_AreInverseToVolatility() =>
        RiskParity.Weights(new double[,] { { 0.04, 0.015 }, { 0.015, 0.09 } }).ShouldBe([0.6, 0.4], 1e-12);

    [Fact]
    public void Weights_ThreeAssets_AreTheVector() =>
        RiskParity.Weights(new double[,] { { 0.04, 0.01, 0 }, { 0.01, 0.09, 0.02 }, { 0, 0.02, 0.16 } }).ShouldBe([0.4731662855, 0.2902505718, 0.2365831427], 1e-10);

    [Fact]
    public void Weights_ManySamples_AddTheSameRisk() => ForAll(100, sample =>
    {
        double[] weights = RiskParity.Weights(sample.Covariance);
        weights.ShouldBeWithin(WeightLimits.Uniform(sample.Assets));
        Covariance.RiskShares(sample.Covariance, weights).ShouldBe(Enumerable.Repeat(1d / sample.Assets, sample.Assets), 1e-10);
    });

    [Fact]
    public void Weights_Budgets_AreTheRiskShares()
    {
        AllocationSample sample = Make(4, 11);
        Covariance.RiskShares(sample.Covariance, RiskParity.Weights(sample.Covariance, [4, 3, 2, 1])).ShouldBe([0.4, 0.3, 0.2, 0.1], 1e-10);
        Should.Throw<PortfolioInputException>(() => RiskParity.Weights(sample.Covariance, [1, 1, 1, 0])).Field.ShouldBe("risk_budgets");
    }

    [Fact]
    public void Weights_OtherOrderOrUnits_AreTheSame() => ForAll(60, sample =>
    {
        int[] order = Shuffled(sample.Assets, sample.Seed);
        double[] weights = RiskParity.Weights(sample.Covariance);
        RiskParity.Weights(sample.Permuted(order).Covariance).ShouldBe(order.Select(i => weights[i]), 1e-10);
        RiskParity.Weights(sample.Scaled(0.001).Covariance).ShouldBe(weights, 1e-10);
    });
}
