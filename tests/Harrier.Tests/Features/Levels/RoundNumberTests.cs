using Harrier.Features.Levels;

namespace Harrier.Tests.Features.Levels;

public sealed class RoundNumberTests
{
    [Theory]
    [InlineData(50000, 0.01, 10000)]
    [InlineData(45000, 0.01, 5000)]
    [InlineData(42500, 0.01, 2500)]
    [InlineData(51000, 0.01, 1000)]
    [InlineData(49995, 0.01, 10000)] // 1 bp below 50000: at the round number for any trader
    [InlineData(100, 0.01, 100)]
    [InlineData(1.25, 0.0001, 0.25)]
    [InlineData(0.00001, 0.00000001, 0.00001)]
    [InlineData(0.05, 0.0001, 0.01)]
    public void Of_RoundPrice_NamesItsLargestStep(double price, double tick, double step)
    {
        RoundNumber round = RoundNumber.Of(price, tick);
        round.IsRound.ShouldBeTrue();
        round.Step.ShouldBe(step, step * 1e-9);
        round.Bonus.ShouldBeInRange(0.05, 0.2);
    }

    [Theory]
    [InlineData(50123.45, 0.01)]
    [InlineData(48750, 0.01)]
    [InlineData(50100, 0.01)]
    [InlineData(103.7, 0.01)]
    [InlineData(7.77, 0.01)]
    [InlineData(0.1234, 0.0001)]
    [InlineData(0.0517, 0.0001)]
    public void Of_OrdinaryPrice_IsNotRound(double price, double tick) => RoundNumber.Of(price, tick).ShouldBe(default);

    [Fact]
    public void Of_RounderPrice_HasTheLargerBonus()
    {
        double[] bonuses = [.. new[] { 50000, 45000, 42500, 41000.0 }.Select(price => RoundNumber.Of(price, 0.1).Bonus)];
        bonuses.ShouldBe([0.2, 0.15, 0.125, 0.1], 1e-12);
        RoundNumber.Of(50005, 0.1).Bonus.ShouldBe(0.2 * (1 - (0.5 * 5 / 10.001)), 1e-9);
    }

    [Fact]
    public void Of_CoarseGrid_StepsHoldTenTicks()
    {
        // On a grid of 0.01 a price of 0.07 has steps of one tick and less: none of them says anything.
        RoundNumber.Of(0.07, 0.01).IsRound.ShouldBeFalse();
        RoundNumber.Of(0.5, 0.01).Step.ShouldBe(0.1, 1e-12);
        RoundNumber.Of(0.55, 0.01).IsRound.ShouldBeFalse();
    }

    [Fact]
    public void Of_EveryPriceOfAGrid_FewAreRound()
    {
        int round = Enumerable.Range(0, 100_000).Count(i => RoundNumber.Of(10_000 + (i * 0.9), 0.1).IsRound);
        (round / 100_000.0).ShouldBeInRange(0.001, 0.03);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-5)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Of_NoPrice_IsNotRound(double price) => RoundNumber.Of(price, 0.01).IsRound.ShouldBeFalse();
}
