using Harrier.Features.Indicators;

namespace Harrier.Tests.Features.Indicators;

public sealed class HmaTests : IndicatorContract
{
    protected override Scaling PriceScaling => Scaling.WithPrice;

    protected override IIndicator Create() => new Hma(20);

    [Fact]
    public void Update_StraightLine_LagsByTheSumOfItsParts()
    {
        // A WMA of n lags a straight line by (n - 1) / 3 bars. n = 16: 2 * (7/3) - 5 + 1 = 2/3 of a bar behind.
        Hma hma = new(16);
        for (int i = 0; i < 60; i++)
        {
            hma.Update(i);
        }

        hma.Value.ShouldBe(59 - (2 / 3.0), 1e-12);
        hma.WarmUp.ShouldBe(19);
    }
}
