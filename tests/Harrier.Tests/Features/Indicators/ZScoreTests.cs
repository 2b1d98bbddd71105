using Harrier.Features.Indicators;

namespace Harrier.Tests.Features.Indicators;

public sealed class ZScoreTests : IndicatorContract
{
    protected override Scaling PriceScaling => Scaling.Unchanged;

    protected override IIndicator Create() => new ZScore(20);

    [Fact]
    public void Update_FlatWindow_IsNaNYetReady()
    {
        ZScore score = new(5);
        for (int i = 0; i < 9; i++)
        {
            score.Update(1.1);
        }

        score.IsReady.ShouldBeTrue();
        score.Value.ShouldBe(double.NaN);
    }

    [Fact]
    public void Update_OneOutlier_ReachesTheLimitOfTheSampleScore()
    {
        // Section 1.2 of the systems specification: (n - 1) / sqrt(n) = 4.249 for n = 20 is the largest score there is.
        ZScore score = new(20, Deviation.Sample);
        for (int i = 0; i < 24; i++)
        {
            score.Update(100);
        }

        score.Update(90).ShouldBe(-19 / Math.Sqrt(20), 1e-12);
    }
}
