using Harrier.Features.Indicators;

namespace Harrier.Tests.Features.Indicators;

public sealed class BollingerBandsTests : IndicatorContract
{
    protected override Scaling PriceScaling => Scaling.WithPrice;

    protected override IIndicator Create() => new BollingerBands();

    [Fact]
    public void Update_PricesNear1e8_HasBandsOfTheRightWidth()
    {
        // TA-Lib gives bands without width here. Alternating 1e-8 and 3e-8: mean 2e-8, deviation 1e-8.
        BollingerBands bands = new(20, 2);
        for (int i = 0; i < 40; i++)
        {
            bands.Update(i % 2 == 0 ? 1e-8 : 3e-8);
        }

        bands.Upper.ShouldBe(4e-8, 1e-20);
        bands.Lower.ShouldBe(0, 1e-20);
        bands.PercentB.ShouldBe(0.75, 1e-12);
        bands.Bandwidth.ShouldBe(2, 1e-12);
    }

    [Fact]
    public void Update_SampleDeviation_MeetsOwnersVector()
    {
        // Section 1.2 of the systems specification: 24 x 100 then 90 gives 103.97 / 99.5 / 95.03 with factor 2.
        BollingerBands bands = new(20, 2, Deviation.Sample);
        for (int i = 0; i < 24; i++)
        {
            bands.Update(100);
        }

        bands.Update(90);
        Math.Round(bands.Upper, 2).ShouldBe(103.97);
        bands.Middle.ShouldBe(99.5);
        Math.Round(bands.Lower, 2).ShouldBe(95.03);
    }
}
