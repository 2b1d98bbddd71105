using Harrier.Features;
using Harrier.Features.Indicators;

namespace Harrier.Tests.Features.Indicators;

public sealed class MacdTests : IndicatorContract
{
    protected override Scaling PriceScaling => Scaling.WithPrice;

    protected override IIndicator Create() => new Macd();

    [Fact]
    public void Update_TwelveBars_DiffersFromAveragesSeededApart()
    {
        double[] wrongLine = TwelveBarTable.Expected("(wrong) MACD seeded apart");
        double[] wrongSignal = TwelveBarTable.Expected("(wrong) signal");
        Macd macd = new(2, 4, 3);
        for (int i = 0; i < 12; i++)
        {
            macd.Update(TwelveBarTable.Bars[i]);
            if (i >= 5)
            {
                Math.Abs(macd.Value - wrongLine[i]).ShouldBeGreaterThan(1e-5);
                Math.Abs(macd.Signal - wrongSignal[i]).ShouldBeGreaterThan(1e-3);
            }
        }
    }

    [Fact]
    public void Constructor_FastLongerThanSlow_SwapsThem()
    {
        Macd macd = new(12, 26, 9);
        Macd swapped = new(26, 12, 9);
        foreach (Ohlcv bar in SampleBars.Lcg(60))
        {
            macd.Update(bar).ShouldBe(swapped.Update(bar));
        }
    }
}
