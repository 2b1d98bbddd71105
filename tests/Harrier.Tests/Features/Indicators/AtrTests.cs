using Harrier.Features.Indicators;

namespace Harrier.Tests.Features.Indicators;

public sealed class AtrTests : IndicatorContract
{
    protected override Scaling PriceScaling => Scaling.WithPrice;

    protected override IIndicator Create() => new Atr(14);
}
