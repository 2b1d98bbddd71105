using Harrier.Domain;
using Harrier.Simulation.Fills;
using Harrier.Tests.Support;

namespace Harrier.Tests.Simulation.Fills;

/// <summary>How far beyond the price a taker trades; figures from quant.md section 9.</summary>
public sealed class SlippageModelTests
{
    [Theory]
    [InlineData(0.01, 0.003)]
    [InlineData(0.0001, 0.0003)]
    public void SquareRoot_VolatilityOf3Percent_IsTheLaw(double share, double expected) =>
        new SquareRootSlippage(Y: 1, FloorBps: 0).Fraction(new SlippageFacts(share * 1000, 1000, 0.03)).ShouldBe(expected, 1e-12);

    [Theory]
    [InlineData(0, 0.03)]
    [InlineData(1000, 0)]
    public void SquareRoot_WithoutVolumeOrVolatility_IsItsFloor(double volume, double volatility) =>
        new SquareRootSlippage(Y: 1, FloorBps: 2).Fraction(new SlippageFacts(5, volume, volatility)).ShouldBe(0.0002, 1e-15);

    [Theory]
    [InlineData(1, 0.0000001)]
    [InlineData(25, 0.0000625)]
    [InlineData(500, 0.0000625)]
    public void VolumeShare_IsCappedWhereLeanCapsIt(double quantity, double expected) =>
        new VolumeShareSlippage().Fraction(new SlippageFacts(quantity, 1000, 0)).ShouldBe(expected, 1e-15);

    [Fact]
    public void Spread_CostsHalfOfIt() => new SpreadSlippage(10).Fraction(default).ShouldBe(0.0005, 1e-15);

    [Fact]
    public void Fixed_CostsAllOfIt() => new FixedSlippage(10).Fraction(default).ShouldBe(0.001, 1e-15);

    [Fact]
    public void SquareRoot_MeasuresVolatilityOnEarlierBarsOnly()
    {
        // One return of +10 % before the order: volatility 0.1; a quarter of the volume taken: 0.1 x sqrt(0.25) = 5 %, on the open of 1,200.
        BacktestScenario run = new() { Fills = BacktestScenario.Free with { Slippage = new SquareRootSlippage(Y: 1, FloorBps: 0) } };
        run.Run([(1000, 1000, 1000, 1000, 100), (1000, 1100, 1000, 1100, 100), (1200, 1500, 1200, 1500, 100)], (s, i) =>
        {
            if (i == 1)
            {
                s.Order(OrderSide.Buy, 25);
            }
        });
        run.AllFills.ShouldHaveSingleItem().Price.Value.ShouldBe(1260);
    }
}
