using Harrier.Features.Portfolio;
using Harrier.Features.Portfolio.Allocation;

namespace Harrier.Tests.Features.Portfolio.Allocation;

public sealed class KellyTests
{
    [Theory]
    [InlineData(0.55, 1, 0.0050083668, 0.0037526078)]
    [InlineData(0.4, 2, 0.0097123133, 0.0073480953)]
    public void Binary_Vectors_AreATenthAndGrowAsTold(double p, double payoff, double growth, double half)
    {
        double fraction = Kelly.Binary(p, payoff);
        fraction.ShouldBe(0.1, 1e-15);
        Kelly.Growth(p, payoff, fraction).ShouldBe(growth, 1e-10);
        Kelly.Growth(p, payoff, fraction / 2).ShouldBe(half, 1e-10);
    }

    [Fact]
    public void Binary_NoEdge_IsNothing() => Kelly.Binary(0.5, 0.9).ShouldBe(0);

    [Fact]
    public void Continuous_Vector_IsMeanOverVariance() => Kelly.Continuous(0.2, 0.8).ShouldBe(0.3125, 1e-15);

    [Fact]
    public void Empirical_Vector_IsTheExactFraction()
    {
        Kelly.Empirical([(0.03, 0.4), (-0.01, 0.5), (0, 0.1)]).ShouldBe(700 / 27d, 1e-9);
        Kelly.Empirical([(0.01, 0.4), (-0.03, 0.6)]).ShouldBe(0);
    }

    [Fact]
    public void LowerMean_Vector_StaysBelowByDeviationsOfTheMean() => Kelly.LowerMean(0.01, 0.05, 100).ShouldBe(0.01 - (1.645 * 0.005), 1e-15);

    [Fact]
    public void Inputs_NotUsable_AreRefused()
    {
        Should.Throw<PortfolioInputException>(() => Kelly.Binary(1.1, 1));
        Should.Throw<PortfolioInputException>(() => Kelly.Continuous(0.1, 0));
        Should.Throw<PortfolioInputException>(() => Kelly.Empirical([(0.1, 1)]));
        Should.Throw<PortfolioInputException>(() => Kelly.Empirical([(0.1, 0.5), (-0.1, 0.4)]));
    }
}
