using Harrier.Features;
using Harrier.Features.Indicators;

namespace Harrier.Tests.Features.Indicators;

public sealed class WmaTests : IndicatorContract
{
    protected override Scaling PriceScaling => Scaling.WithPrice;

    protected override IIndicator Create() => new Wma(20);

    [Fact]
    public void Update_RandomSeries_EqualsTheDefinition()
    {
        // Twin: the weighted sum written out, over windows that straddle every phase of the blocks.
        Ohlcv[] bars = SampleBars.Lcg(100);
        Wma wma = new(7);
        for (int i = 0; i < bars.Length; i++)
        {
            double actual = wma.Update(bars[i].Close);
            if (i >= 6)
            {
                double sum = 0;
                for (int k = 0; k < 7; k++)
                {
                    sum += (k + 1) * bars[i - 6 + k].Close;
                }

                actual.ShouldBe(sum / 28, 1e-12);
            }
        }
    }
}
