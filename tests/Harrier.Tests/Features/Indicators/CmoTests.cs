using Harrier.Features.Indicators;

namespace Harrier.Tests.Features.Indicators;

public sealed class CmoTests : IndicatorContract
{
    protected override Scaling PriceScaling => Scaling.Unchanged;

    protected override IIndicator Create() => new Cmo(14);

    [Fact]
    public void Update_SimpleSmoothing_MeetsChandesDefinition()
    {
        // Changes 1, -2, 3, 4: over the last three, gains 7 and losses 2 give 100 * 5 / 9.
        Cmo cmo = new(3, Smoothing.Simple);
        foreach (double price in (double[])[10, 11, 9, 12, 16])
        {
            cmo.Update(price);
        }

        cmo.Value.ShouldBe(500.0 / 9, 1e-12);
    }
}
