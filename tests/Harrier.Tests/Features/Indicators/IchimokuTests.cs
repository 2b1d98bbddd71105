using Harrier.Features;
using Harrier.Features.Indicators;

namespace Harrier.Tests.Features.Indicators;

public sealed class IchimokuTests : IndicatorContract
{
    protected override Scaling PriceScaling => Scaling.WithPrice;

    protected override IIndicator Create() => new Ichimoku();

    [Fact]
    public void Update_TwelveBars_GivesMidpoints()
    {
        // By hand from the twelve bars, horizons 2, 3 and 4 at the last bar: highs 16 over all, lows 11, 11, 11.
        Ichimoku cloud = new(2, 3, 4);
        foreach (Ohlcv bar in TwelveBarTable.Bars)
        {
            cloud.Update(bar);
        }

        cloud.Conversion.ShouldBe(13.5);
        cloud.BaseLine.ShouldBe(13.5);
        cloud.SpanA.ShouldBe(13.5);
        cloud.SpanB.ShouldBe(13.5);
        cloud.Displacement.ShouldBe(3);
    }
}
