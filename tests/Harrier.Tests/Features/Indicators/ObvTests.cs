using Harrier.Features;
using Harrier.Features.Indicators;

namespace Harrier.Tests.Features.Indicators;

public sealed class ObvTests : IndicatorContract
{
    protected override Scaling PriceScaling => Scaling.Unchanged;

    protected override IIndicator Create() => new Obv();

    [Fact]
    public void Update_StartAtZero_MeetsOwnersTest()
    {
        // Section 2.5 of the systems specification: the owners' series reads 0, 2000, 500, 3500.
        Obv obv = new(ObvStart.Zero);
        double[] closes = [10, 11, 10, 12];
        double[] volumes = [1000, 2000, 1500, 3000];
        double[] expected = [0, 2000, 500, 3500];
        for (int i = 0; i < 4; i++)
        {
            obv.Update(new Ohlcv(closes[i], closes[i], closes[i], closes[i], volumes[i])).ShouldBe(expected[i]);
        }
    }

    [Fact]
    public void Update_SmallVolumesBesideAHugeOne_AreKept()
    {
        Obv obv = new();
        obv.Update(new Ohlcv(1, 1, 1, 1, 0));
        obv.Update(new Ohlcv(2, 2, 2, 2, 1e16));
        for (int i = 0; i < 1000; i++)
        {
            obv.Update(new Ohlcv(3 + i, 3 + i, 3 + i, 3 + i, 0.5));
        }

        obv.Update(new Ohlcv(1, 1, 1, 1, 1e16)).ShouldBe(500);
    }
}
