using Harrier.Features.Portfolio;
using Harrier.Features.Portfolio.Allocation;
using static Harrier.Tests.Features.Portfolio.Allocation.AllocationSamples;

namespace Harrier.Tests.Features.Portfolio.Allocation;

public sealed class EfficientFrontierTests
{
    [Fact]
    public void Of_TwoAssets_IsTheCurveOfTheClosedForm()
    {
        double[,] covariance = { { 0.04, 0.015 }, { 0.015, 0.09 } };
        EfficientFrontier frontier = EfficientFrontier.Of(covariance, [0.08, 0.12], 4);

        // Least variance at 3/4, 1/4: an expected return of 0.09.
        frontier.Points.Select(point => point.Mean).ShouldBe([0.09, 0.10, 0.11, 0.12], 1e-12);
        frontier.Points[0].Volatility.ShouldBe(Math.Sqrt(27 / 800d), 1e-12);
        frontier.Points[1].Weights.ShouldBe([0.5, 0.5], 1e-10);
        frontier.Points[1].Volatility.ShouldBe(0.2, 1e-10);
        frontier.Points[3].Weights.ShouldBe([0, 1], 1e-12);

        // C⁻¹m is proportional to (0.09 x 0.08 - 0.015 x 0.12, 0.04 x 0.12 - 0.015 x 0.08) = (0.0054, 0.0036).
        frontier.Tangency!.Weights.ShouldBe([0.6, 0.4], 1e-12);
    }

    [Fact]
    public void Of_ManySamples_RisesAndNoPointHasABetterSharpeThanTheTangency() => ForAll(25, sample =>
    {
        EfficientFrontier frontier = EfficientFrontier.Of(sample.Covariance, sample.Means, 12);
        frontier.Points.Select(point => point.Mean).ShouldBeInOrder(SortDirection.Ascending);
        frontier.Points.Zip(frontier.Points.Skip(1)).ShouldAllBe(pair => pair.Second.Volatility >= pair.First.Volatility - 1e-12);
        frontier.Points.ShouldAllBe(point => Math.Abs(point.Weights.Sum() - 1) < 1e-9 && point.Sharpe <= frontier.Tangency!.Sharpe + 1e-10);
    });

    [Fact]
    public void Of_NothingGains_HasNoTangency()
    {
        EfficientFrontier frontier = EfficientFrontier.Of(new double[,] { { 0.04, 0 }, { 0, 0.09 } }, [-0.01, -0.02], 3);
        frontier.Tangency.ShouldBeNull();
        Should.Throw<PortfolioInputException>(() => EfficientFrontier.Of(new double[,] { { 1 } }, [1], 1)).Field.ShouldBe("points");
    }
}
