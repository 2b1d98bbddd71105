using Harrier.Features.Indicators;

namespace Harrier.Tests.Features.Indicators;

public sealed class RsiTests : IndicatorContract
{
    protected override Scaling PriceScaling => Scaling.Unchanged;

    protected override IIndicator Create() => new Rsi(14);

    [Fact]
    public void Update_OnlyGains_Is100()
    {
        Rsi rsi = new(3);
        for (int i = 0; i < 10; i++)
        {
            rsi.Update(100 + i);
        }

        rsi.Value.ShouldBe(100);
    }

    [Theory]
    [InlineData(Smoothing.Wilder)]
    [InlineData(Smoothing.Simple)]
    public void Update_FlatSeries_Is0(Smoothing smoothing)
    {
        Rsi rsi = new(3, smoothing);
        for (int i = 0; i < 10; i++)
        {
            rsi.Update(1e-8);
        }

        rsi.Value.ShouldBe(0);
    }
}
