using Harrier.Features;
using Harrier.Features.Indicators;

namespace Harrier.Tests.Features.Indicators;

public sealed class AdxTests : IndicatorContract
{
    protected override Scaling PriceScaling => Scaling.Unchanged;

    protected override IIndicator Create() => new Adx(14);

    [Fact]
    public void Update_NoMovementAtAll_StaysWhereItWas()
    {
        Adx adx = new(3);
        foreach (Ohlcv bar in TwelveBarTable.Bars)
        {
            adx.Update(bar);
        }

        Adx flat = new(3);
        for (int i = 0; i < 10; i++)
        {
            flat.Update(new Ohlcv(1, 1, 1, 1, 1));
        }

        flat.Value.ShouldBe(0);
        flat.PlusDi.ShouldBe(0);
        adx.Value.ShouldBeGreaterThan(0);
    }
}
