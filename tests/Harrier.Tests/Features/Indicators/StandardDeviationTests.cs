using Harrier.Features.Indicators;

namespace Harrier.Tests.Features.Indicators;

public sealed class StandardDeviationTests : IndicatorContract
{
    protected override Scaling PriceScaling => Scaling.WithPrice;

    protected override IIndicator Create() => new StandardDeviation(20);

    [Fact]
    public void Update_FlatWindowOfAwkwardNumbers_IsExactlyZero()
    {
        StandardDeviation deviation = new(20);
        for (int i = 0; i < 40; i++)
        {
            deviation.Update(0.1 + 0.2);
        }

        deviation.Value.ShouldBe(0);
    }

    [Fact]
    public void Update_TinyMovesOnALargePrice_KeepsItsDigits()
    {
        // Alternating 1e9 and 1e9 + 1: the population deviation is exactly 1/2.
        StandardDeviation deviation = new(20);
        for (int i = 0; i < 40; i++)
        {
            deviation.Update(1e9 + (i % 2));
        }

        deviation.Value.ShouldBe(0.5, 1e-15);
    }
}
