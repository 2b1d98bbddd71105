using Harrier.Domain;
using Harrier.Features.Indicators;
using Harrier.Features.OrderFlow;

namespace Harrier.Tests.Features.OrderFlow;

public sealed class VpinTests
{
    [Fact]
    public void Value_Vector_IsThreeTenths()
    {
        Vpin vpin = new(100, 4);
        foreach ((long buys, long sells) in ((long, long)[])[(60, 40), (80, 20), (50, 50), (30, 70)])
        {
            vpin.Value.ShouldBe(double.NaN);
            vpin.OnTrade(TradeEvents.At(1, 100, buys, isSell: false));
            vpin.OnTrade(TradeEvents.At(1, 100, sells, isSell: true));
        }

        vpin.Value.ShouldBe(0.3, 1e-12);
    }

    [Fact]
    public void BulkVolume_Vector_MeetsItsShares()
    {
        double[] shares = [.. new[] { 0.5, 1.5, 0, -1 }.Select(z => BulkVolume.BuyShare(z * 2, 2))];
        shares.ShouldBe([0.69146246, 0.93319280, 0.5, 0.15865525], 1e-8);
        (shares.Sum(s => Math.Abs((2 * s) - 1)) / 4).ShouldBe(0.483, 5e-4);
        BulkVolume.BuyShare(1, 0).ShouldBe(0.5);
    }

    // NIST and Abramowitz and Stegun, table 26.1.
    [Theory]
    [InlineData(1.0, 0.841344746068543)]
    [InlineData(2.0, 0.977249868051821)]
    [InlineData(3.5, 0.999767370920964)]
    [InlineData(4.5, 0.999996602326875)]
    [InlineData(-5, 2.866515718791939e-7)]
    [InlineData(-10, 7.619853024160527e-24)]
    public void BuyShare_KnownValues_Agrees(double z, double expected) =>
        BulkVolume.BuyShare(z, 1).ShouldBe(expected, expected < 0.01 ? expected * 1e-12 : 1e-14);

    [Fact]
    public void Value_RandomTape_EqualsLotByLot()
    {
        Vpin vpin = new(70, 10);
        List<int> lots = [];
        foreach (MarketEvent trade in TradeEvents.Tape(8, 2000))
        {
            vpin.OnTrade(in trade);
            lots.AddRange(Enumerable.Repeat(trade.IsSell ? -1 : 1, (int)trade.Size.Value));
            byte[] state = BarFeatureContract.Saved(vpin);
            Vpin restored = new(70, 10);
            BarFeatureContract.Restore(restored, state).ShouldBe(0);
            vpin = restored;
            List<int> buckets = [.. lots.Chunk(70).Where(c => c.Length == 70).Select(c => Math.Abs(c.Sum()))];
            vpin.Buckets.ShouldBe(buckets.Count);
            vpin.Value.ShouldBe(buckets.Count < 10 ? double.NaN : buckets.TakeLast(10).Sum() / 700.0);
        }
    }

    [Fact]
    public void Constructor_NoVolume_Throws() => Should.Throw<IndicatorParameterException>(() => new Vpin(0));
}
