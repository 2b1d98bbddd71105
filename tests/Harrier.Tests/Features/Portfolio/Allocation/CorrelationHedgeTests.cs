using Harrier.Features.Portfolio.Allocation;

namespace Harrier.Tests.Features.Portfolio.Allocation;

public sealed class CorrelationHedgeTests
{
    // Deviations 0.06 and 0.04, correlation 0.8; a third that moves alone.
    private static readonly double[,] Covariances = { { 0.0036, 0.00192, 0 }, { 0.00192, 0.0016, 0 }, { 0, 0, 0.01 } };

    [Fact]
    public void Of_Vector_IsTheBeta()
    {
        CorrelationHedge hedge = CorrelationHedge.Of(Covariances, 0, 1, 1_000);
        hedge.Correlation.ShouldBe(0.8, 1e-14);
        hedge.Beta.ShouldBe(1.2, 1e-14);
        hedge.Notional.ShouldBe(-1_200, 1e-10);
        hedge.ResidualVolatility.ShouldBe(0.036, 1e-14);
        hedge.VarianceRemoved.ShouldBe(0.64, 1e-14);
    }

    [Fact]
    public void Suggest_Held_NamesTheBestHedgeAndNoneThatIsWorthNothing() =>
        CorrelationHedge.Suggest(Covariances, [1_000, 0, 500]).Select(hedge => (hedge.Asset, hedge.Hedge)).ShouldBe([(0, 1)]);
}
