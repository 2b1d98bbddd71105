using Harrier.Features;
using Harrier.Features.Indicators;

namespace Harrier.Tests.Features.Indicators;

public sealed class ChaikinMoneyFlowTests : IndicatorContract
{
    protected override Scaling PriceScaling => Scaling.Unchanged;

    protected override IIndicator Create() => new ChaikinMoneyFlow(20);

    [Fact]
    public void Update_ThreeBars_MeetsTheDefinition()
    {
        // Places of the close: 1, -1, 0 (no range); volumes 2, 1, 5: (2 - 1 + 0) / 8.
        ChaikinMoneyFlow flow = new(3);
        flow.Update(new Ohlcv(1, 3, 1, 3, 2));
        flow.Update(new Ohlcv(3, 3, 1, 1, 1));
        flow.Update(new Ohlcv(2, 2, 2, 2, 5)).ShouldBe(0.125);
    }
}
