using Harrier.Features.Indicators;

namespace Harrier.Tests.Features.Indicators;

public sealed class EmaTests : IndicatorContract
{
    protected override Scaling PriceScaling => Scaling.WithPrice;

    protected override IIndicator Create() => new Ema(20);

    [Fact]
    public void Update_SeededWithFirstValue_StartsThere()
    {
        Ema ema = new(9, Seeding.FirstValue);
        ema.WarmUp.ShouldBe(1);
        ema.Update(5).ShouldBe(5);
        ema.Update(6).ShouldBe(5.2, 1e-15);
    }
}
