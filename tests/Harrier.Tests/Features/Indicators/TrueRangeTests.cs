using Harrier.Features;
using Harrier.Features.Indicators;

namespace Harrier.Tests.Features.Indicators;

public sealed class TrueRangeTests : IndicatorContract
{
    protected override Scaling PriceScaling => Scaling.WithPrice;

    protected override IIndicator Create() => new TrueRange();

    [Fact]
    public void Update_FirstBarFromItsRange_MeetsOwnersTest()
    {
        // Section 2.5 of the systems specification.
        double[] highs = [10, 12, 11, 13, 14];
        double[] lows = [8, 9, 10, 11, 12];
        double[] closes = [9, 11, 10, 12, 13];
        double[] expected = [2, 3, 1, 3, 2];
        TrueRange range = new(FirstTrueRange.HighLow);
        for (int i = 0; i < expected.Length; i++)
        {
            range.Update(new Ohlcv(closes[i], highs[i], lows[i], closes[i], 1)).ShouldBe(expected[i]);
        }
    }
}
