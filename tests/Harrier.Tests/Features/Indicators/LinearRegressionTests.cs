using Harrier.Features.Indicators;

namespace Harrier.Tests.Features.Indicators;

public sealed class LinearRegressionTests : IndicatorContract
{
    protected override Scaling PriceScaling => Scaling.WithPrice;

    protected override IIndicator Create() => new LinearRegression(14);

    [Fact]
    public void Update_StraightLine_FindsSlopeEndPointAndForecast()
    {
        LinearRegression line = new(14);
        for (int i = 0; i < 50; i++)
        {
            line.Update(1e9 + (0.25 * i));
        }

        line.Value.ShouldBe(0.25);
        line.EndPoint.ShouldBe(1e9 + (0.25 * 49));
        line.Forecast.ShouldBe(1e9 + (0.25 * 50));
    }
}
