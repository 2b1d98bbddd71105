using Harrier.Features;
using Harrier.Features.Indicators;

namespace Harrier.Tests.Features.Indicators;

public sealed class AroonTests : IndicatorContract
{
    protected override Scaling PriceScaling => Scaling.Unchanged;

    protected override IIndicator Create() => new Aroon(14);

    [Fact]
    public void Update_RandomSeries_EqualsTheDefinition()
    {
        // Twin: look through the whole window at every bar.
        Ohlcv[] bars = SampleBars.Rough(400);
        Aroon aroon = new(14);
        for (int i = 0; i < bars.Length; i++)
        {
            aroon.Update(bars[i]);
            if (i < 14)
            {
                continue;
            }

            int highest = i - 14;
            int lowest = i - 14;
            for (int k = i - 13; k <= i; k++)
            {
                highest = bars[k].High >= bars[highest].High ? k : highest;
                lowest = bars[k].Low <= bars[lowest].Low ? k : lowest;
            }

            aroon.Up.ShouldBe(100.0 * (14 - (i - highest)) / 14);
            aroon.Down.ShouldBe(100.0 * (14 - (i - lowest)) / 14);
        }
    }
}
