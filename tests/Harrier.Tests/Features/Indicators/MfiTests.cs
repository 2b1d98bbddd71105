using Harrier.Features;
using Harrier.Features.Indicators;

namespace Harrier.Tests.Features.Indicators;

public sealed class MfiTests : IndicatorContract
{
    protected override Scaling PriceScaling => Scaling.Unchanged;

    protected override IIndicator Create() => new Mfi(14);

    [Fact]
    public void Update_TotalFlowFarBelowOne_IsNotZero()
    {
        // TA-Lib returns 0 here because the flow is below 1. Prices up only: all flow is positive.
        Mfi mfi = new(3);
        for (int i = 1; i < 8; i++)
        {
            double price = i * 1e-8;
            mfi.Update(new Ohlcv(price, price, price, price, 10));
        }

        mfi.Value.ShouldBe(100);
    }

    [Fact]
    public void Update_NoVolume_Is0()
    {
        Mfi mfi = new(3);
        for (int i = 1; i < 8; i++)
        {
            mfi.Update(new Ohlcv(i, i, i, i, 0));
        }

        mfi.Value.ShouldBe(0);
    }
}
