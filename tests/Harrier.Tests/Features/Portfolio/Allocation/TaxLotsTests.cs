using Harrier.Domain;
using Harrier.Features.Portfolio;
using Harrier.Features.Portfolio.Allocation;

namespace Harrier.Tests.Features.Portfolio.Allocation;

public sealed class TaxLotsTests
{
    // 3 at 100, then 2 at 400, then 4 at 200; 4 are sold at 300.
    [Theory]
    [InlineData(LotOrder.Fifo, (3 * 200) - 100)]
    [InlineData(LotOrder.Lifo, 4 * 100)]
    [InlineData(LotOrder.Hifo, (2 * -100) + (2 * 100))]
    public void Sell_Order_RealizesItsGain(LotOrder order, int gain)
    {
        TaxLots lots = Three();
        lots.Preview(4, 300, order).RealizedGain.ShouldBe(gain);
        lots.Quantity.ShouldBe(9);

        lots.Sell(4, 300, order).RealizedGain.ShouldBe(gain);

        lots.Quantity.ShouldBe(5);

        // Bought for 1,900 in all: what was sold brought 1,200, so its cost is that less the gain.
        lots.Lots.Sum(lot => lot.Quantity * lot.UnitCost).ShouldBe(1_900 - (1_200 - gain));
    }

    [Fact]
    public void Preview_Hifo_RealizesLeastOfAllWaysToSell()
    {
        Random random = new(3);
        for (int round = 0; round < 30; round++)
        {
            TaxLots lots = new();
            TaxLot[] bought = [.. Enumerable.Range(0, 6).Select(i => new TaxLot(Timestamp.FromUnixSeconds(i), 1, random.Next(50, 150)))];
            Array.ForEach(bought, lots.Add);

            // Each way to take 3 of 6 whole lots.
            decimal least = Enumerable.Range(0, 64).Where(mask => int.PopCount(mask) == 3)
                .Min(mask => bought.Where((_, i) => (mask >> i & 1) == 1).Sum(lot => 100 - lot.UnitCost));
            lots.Preview(3, 100, LotOrder.Hifo).RealizedGain.ShouldBe(least);
        }
    }

    [Fact]
    public void Sell_PartOfALot_KeepsTheRestWithItsCost()
    {
        TaxLots lots = Three();
        lots.Sell(3.25m, 100, LotOrder.Fifo).Used.Select(lot => lot.Quantity).ShouldBe([3, 0.25m]);
        lots.Lots.Select(lot => (lot.Quantity, lot.UnitCost)).ShouldBe([(1.75m, 400m), (4m, 200m)]);
    }

    [Fact]
    public void Sell_MoreThanThereIs_IsRefusedAndNothingChanges()
    {
        TaxLots lots = Three();
        Should.Throw<PortfolioInputException>(() => lots.Sell(9.01m, 1, LotOrder.Lifo)).Field.ShouldBe("quantity");
        Should.Throw<PortfolioInputException>(() => lots.Add(new TaxLot(default, 0, 1))).Field.ShouldBe("lot");
        lots.Quantity.ShouldBe(9);
    }

    private static TaxLots Three()
    {
        TaxLots lots = new();
        lots.Add(new TaxLot(Timestamp.FromUnixSeconds(2), 2, 400));
        lots.Add(new TaxLot(Timestamp.FromUnixSeconds(1), 3, 100));
        lots.Add(new TaxLot(Timestamp.FromUnixSeconds(3), 4, 200));
        return lots;
    }
}
