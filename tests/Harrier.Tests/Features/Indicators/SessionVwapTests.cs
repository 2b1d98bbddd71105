using Harrier.Domain;
using Harrier.Features;
using Harrier.Features.Indicators;

namespace Harrier.Tests.Features.Indicators;

public sealed class SessionVwapTests : IndicatorContract
{
    protected override Scaling PriceScaling => Scaling.WithPrice;

    protected override IIndicator Create() => new SessionVwap();

    [Fact]
    public void Update_NewUtcDay_StartsOver()
    {
        SessionVwap vwap = new();
        Timestamp day = Timestamp.FromUnixSeconds(86_400 * 20_000L);
        vwap.Update(new Ohlcv(10, 10, 10, 10, 5, day + TimeSpan.FromHours(23)));
        vwap.Update(new Ohlcv(20, 20, 20, 20, 5, day + TimeSpan.FromHours(24))).ShouldBe(20);
        vwap.Upper.ShouldBe(20);
    }

    [Fact]
    public void Update_BarWithoutVolume_CarriesTheLastValue()
    {
        SessionVwap vwap = new();
        vwap.Update(new Ohlcv(10, 10, 10, 10, 0)).ShouldBe(double.NaN);
        vwap.Update(new Ohlcv(10, 10, 10, 10, 1)).ShouldBe(10);
        vwap.Update(new Ohlcv(99, 99, 99, 99, 0)).ShouldBe(10);
    }

    [Fact]
    public void Bands_TwoPrices_MeetTheDefinition()
    {
        // Prices 10 (volume 3) and 14 (volume 1): mean 11, squared deviation (3 * 1 + 1 * 9) / 4 = 3.
        SessionVwap vwap = new(2);
        vwap.Update(new Ohlcv(10, 10, 10, 10, 3));
        vwap.Update(new Ohlcv(14, 14, 14, 14, 1)).ShouldBe(11, 1e-14);
        vwap.Upper.ShouldBe(11 + (2 * Math.Sqrt(3)), 1e-14);
        vwap.Lower.ShouldBe(11 - (2 * Math.Sqrt(3)), 1e-14);
    }
}
