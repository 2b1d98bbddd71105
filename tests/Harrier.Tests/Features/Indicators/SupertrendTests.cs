using Harrier.Features.Indicators;

namespace Harrier.Tests.Features.Indicators;

public sealed class SupertrendTests : IndicatorContract
{
    protected override Scaling PriceScaling => Scaling.WithPrice;

    protected override IIndicator Create() => new Supertrend();

    protected override Scaling OutputScaling(int output) => output == 0 ? Scaling.WithPrice : Scaling.Unchanged;
}
