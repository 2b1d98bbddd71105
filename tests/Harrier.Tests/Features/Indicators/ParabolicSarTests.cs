using Harrier.Features.Indicators;

namespace Harrier.Tests.Features.Indicators;

public sealed class ParabolicSarTests : IndicatorContract
{
    protected override Scaling PriceScaling => Scaling.WithPrice;

    protected override IIndicator Create() => new ParabolicSar();
}
