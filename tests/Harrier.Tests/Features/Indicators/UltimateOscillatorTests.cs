using Harrier.Features.Indicators;

namespace Harrier.Tests.Features.Indicators;

public sealed class UltimateOscillatorTests : IndicatorContract
{
    protected override Scaling PriceScaling => Scaling.Unchanged;

    protected override IIndicator Create() => new UltimateOscillator();
}
