using Harrier.Domain;
using Harrier.Features.Portfolio;
using Harrier.Features.Portfolio.Allocation;

namespace Harrier.Tests.Features.Portfolio.Allocation;

public sealed class GainLimitTests
{
    // Two coins that both stand at 100: of the first 4 were bought at 40 and 6 at 120, of the second 10 at 90.
    private static readonly decimal[] Prices = [100, 100];

    private static TaxLots?[] Lots()
    {
        TaxLots first = new();
        first.Add(new TaxLot(new Timestamp(1), 4, 40));
        first.Add(new TaxLot(new Timestamp(2), 6, 120));
        TaxLots second = new();
        second.Add(new TaxLot(new Timestamp(1), 10, 90));
        return [first, second];
    }

    [Fact]
    public void Apply_WithinTheLimit_ChangesNothing()
    {
        // Dearest first: 600 at a loss of 120, then 200 with a gain of 120; 500 of the second with a gain of 50.
        decimal[] moves = [-800, -500, 1300];
        new GainLimit(50, LotOrder.Hifo).Apply(moves, Prices, Lots()).ShouldBe(moves);
    }

    [Fact]
    public void Apply_BeyondTheLimit_SellsWhatRealizesLeastFirst()
    {
        // The loss of 120 comes first, and makes room for a gain of 140 in all: the second coin's 50 (a tenth of what it brings), then 90 of the first's 120 (six tenths), which 150 bring.
        IReadOnlyList<decimal> moves = new GainLimit(20, LotOrder.Hifo).Apply([-800, -500, 1300], Prices, Lots());
        moves.ShouldBe([-750, -500, 1250]);
    }

    [Fact]
    public void Apply_InTheOrderOfLots_MeetsTheOldGainFirst()
    {
        // First in first out the first coin's old lot comes before its loss: 400 would realize 240. The second coin is cheaper and takes 20 of the limit: 200 of it. Nothing is left then.
        IReadOnlyList<decimal> moves = new GainLimit(20, LotOrder.Fifo).Apply([-800, -500, 1300], Prices, Lots());
        moves.ShouldBe([0, -200, 200]);
    }

    [Fact]
    public void Apply_WhereSalesPayForPurchases_ShrinksPurchasesAlike()
    {
        // 400 of 500 stay unsold: sales bring 100 where 500 were planned, so that a fifth is bought.
        IReadOnlyList<decimal> moves = new GainLimit(10, LotOrder.Fifo).Apply([300, -500, 200], Prices, Lots());
        moves.ShouldBe([60, -100, 40]);
    }

    [Fact]
    public void Apply_WithoutLots_CountsAsSoldAtCost() => new GainLimit(0, LotOrder.Hifo).Apply([-800, -500, 1300], Prices, [null, null]).ShouldBe([-800, -500, 1300]);

    [Fact]
    public void Apply_ToOtherNumbersOfAssets_IsRefused() =>
        Should.Throw<PortfolioInputException>(() => new GainLimit(0, LotOrder.Hifo).Apply([-800, 800], Prices, Lots())).Field.ShouldBe("lots");
}
