using Harrier.Features.Indicators;

namespace Harrier.Tests.Features.Indicators;

public sealed class KeltnerChannelTests : IndicatorContract
{
    protected override Scaling PriceScaling => Scaling.WithPrice;

    protected override IIndicator Create() => new KeltnerChannel();
}
