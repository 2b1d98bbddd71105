using Harrier.Features.Indicators;

namespace Harrier.Tests.Features.Indicators;

public sealed class RateOfChangeTests : IndicatorContract
{
    protected override Scaling PriceScaling => Scaling.Unchanged;

    protected override IIndicator Create() => new RateOfChange(10);
}
