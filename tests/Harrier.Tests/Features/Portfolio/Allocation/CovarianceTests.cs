using Harrier.Features.Portfolio;
using Harrier.Features.Portfolio.Allocation;

namespace Harrier.Tests.Features.Portfolio.Allocation;

public sealed class CovarianceTests
{
    // Each row with both signs, so that the means are 0 (exact fractions, computed apart).
    private static readonly double[,] Eight = { { 3, 1 }, { -3, -1 }, { 3, 0 }, { -3, 0 }, { 2, 1 }, { -2, -1 }, { 3, 1 }, { -3, -1 } };

    private static readonly string[] Names = ["A", "B"];

    [Fact]
    public void LedoitWolf_EightPeriods_IsTheExactFraction()
    {
        (double[,] covariance, double shrinkage) = Covariance.LedoitWolf(new ReturnTable(Names, Eight));

        shrinkage.ShouldBe(63 / 2080d, 1e-14);
        covariance[0, 0].ShouldBe(31799 / 4160d, 1e-12);
        covariance[0, 1].ShouldBe(2017 / 1040d, 1e-12);
        covariance[1, 0].ShouldBe(2017 / 1040d, 1e-12);
        covariance[1, 1].ShouldBe(3561 / 4160d, 1e-12);
    }

    [Fact]
    public void LedoitWolf_FewPeriods_IsTheIdentityAlone()
    {
        (double[,] covariance, double shrinkage) = Covariance.LedoitWolf(new ReturnTable(Names, new double[,] { { 1, 2 }, { -1, 0 }, { 2, -1 }, { -2, -1 } }));

        shrinkage.ShouldBe(1);
        covariance.Cast<double>().ShouldBe([2, 0, 0, 2], 1e-12);
    }

    [Fact]
    public void Sample_EightPeriods_IsDividedByOneLess() =>
        Covariance.Sample(new ReturnTable(Names, Eight)).Cast<double>().ShouldBe([62 / 7d, 16 / 7d, 16 / 7d, 6 / 7d], 1e-12);

    [Fact]
    public void FromPrices_ThreePrices_AreTwoReturns()
    {
        ReturnTable table = ReturnTable.FromPrices(["A"], [[100, 110, 99]]);
        new[] { table[0, 0], table[1, 0] }.ShouldBe([0.1, -0.1], 1e-15);
        table.Means()[0].ShouldBe(0, 1e-15);
    }

    [Fact]
    public void Inputs_NotUsable_AreRefused()
    {
        Should.Throw<PortfolioInputException>(() => new ReturnTable(Names, new double[1, 2]));
        Should.Throw<PortfolioInputException>(() => new ReturnTable(Names, new double[3, 1]));
        Should.Throw<PortfolioInputException>(() => new ReturnTable(["A"], new double[,] { { 1 }, { double.NaN } }));
        Should.Throw<PortfolioInputException>(() => ReturnTable.FromPrices(["A"], [[1, 0, 2]]));
        Should.Throw<PortfolioInputException>(() => Covariance.LedoitWolf(new ReturnTable(Names, new double[4, 2])));
        Should.Throw<PortfolioInputException>(() => RiskParity.Weights(new double[,] { { 1, 0.5 }, { 0.4, 1 } })).Field.ShouldBe("covariance");
    }

    [Fact]
    public void Correlation_Vector_IsCovarianceOverDeviations()
    {
        double[,] correlation = Covariance.Correlation(new double[,] { { 4, 3 }, { 3, 9 } });
        correlation.Cast<double>().ShouldBe([1, 0.5, 0.5, 1], 1e-15);
    }
}
