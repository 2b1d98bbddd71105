using Harrier.Features;
using Harrier.Features.Indicators;

namespace Harrier.Tests.Features.Indicators;

public sealed class StochasticTests : IndicatorContract
{
    protected override Scaling PriceScaling => Scaling.Unchanged;

    protected override IIndicator Create() => new Stochastic();

    [Fact]
    public void Update_FlatRange_Is0()
    {
        Stochastic stochastic = new(3, 1, 2);
        for (int i = 0; i < 6; i++)
        {
            stochastic.Update(new Ohlcv(2, 2, 2, 2, 1));
        }

        stochastic.K.ShouldBe(0);
        stochastic.D.ShouldBe(0);
    }
}
