using Harrier.Features.Portfolio.Allocation;
using static Harrier.Tests.Features.Portfolio.Allocation.AllocationSamples;

namespace Harrier.Tests.Features.Portfolio.Allocation;

public sealed class HierarchicalRiskParityTests
{
    [Fact]
    public void Weights_FourAssets_AreTheVector()
    {
        double[] volatilities = [0.2, 0.25, 0.4, 0.5];
        double[,] correlations = { { 1, 0.8, 0.2, 0.1 }, { 0.8, 1, 0.15, 0.1 }, { 0.2, 0.15, 1, 0.7 }, { 0.1, 0.1, 0.7, 1 } };
        double[,] covariance = new double[4, 4];
        for (int i = 0; i < 4; i++)
        {
            for (int j = 0; j < 4; j++)
            {
                covariance[i, j] = correlations[i, j] * volatilities[i] * volatilities[j];
            }
        }

        HierarchicalRiskParity.Order(covariance).ShouldBe([0, 1, 2, 3]);
        HierarchicalRiskParity.Weights(covariance).ShouldBe([0.4822139912, 0.3086169544, 0.1275421064, 0.0816269481], 1e-10);
    }

    [Fact]
    public void Weights_NoCorrelation_AreInverseToVariance() =>
        HierarchicalRiskParity.Weights(new double[,] { { 1, 0 }, { 0, 4 } }).ShouldBe([0.8, 0.2], 1e-15);

    [Fact]
    public void Weights_AssetThatRepeatsAnother_NeedNoInverse() =>
        HierarchicalRiskParity.Weights(new double[,] { { 1, 1, 0 }, { 1, 1, 0 }, { 0, 0, 1 } }).Sum().ShouldBe(1, 1e-15);

    [Fact]
    public void Weights_ManySamples_AreWithinLimitsAndTheSameInOtherOrderOrUnits() => ForAll(100, sample =>
    {
        int[] order = Shuffled(sample.Assets, sample.Seed);
        double[] weights = HierarchicalRiskParity.Weights(sample.Covariance);
        weights.ShouldBeWithin(WeightLimits.Uniform(sample.Assets));
        HierarchicalRiskParity.Weights(sample.Permuted(order).Covariance).ShouldBe(order.Select(i => weights[i]), 1e-10);
        HierarchicalRiskParity.Weights(sample.Scaled(1000).Covariance).ShouldBe(weights, 1e-10);
    });
}
