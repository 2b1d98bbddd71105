using Harrier.Features.Indicators;

namespace Harrier.Tests.Features.Indicators;

public sealed class NatrTests : IndicatorContract
{
    protected override Scaling PriceScaling => Scaling.Unchanged;

    protected override IIndicator Create() => new Natr(14);
}
