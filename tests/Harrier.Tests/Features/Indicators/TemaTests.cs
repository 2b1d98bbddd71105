using Harrier.Features.Indicators;

namespace Harrier.Tests.Features.Indicators;

public sealed class TemaTests : IndicatorContract
{
    protected override Scaling PriceScaling => Scaling.WithPrice;

    protected override IIndicator Create() => new Tema(20);
}
