using Harrier.Domain;
using Harrier.Features;
using Harrier.Features.Indicators;

namespace Harrier.Tests.Features.Indicators;

public sealed class PivotPointsTests : IndicatorContract
{
    protected override Scaling PriceScaling => Scaling.WithPrice;

    protected override IIndicator Create() => new PivotPoints();

    protected override bool WarmsUpByCount => false;

    [Fact]
    public void Update_SecondDay_GivesLevelsOfTheFirst()
    {
        PivotPoints pivots = new();
        pivots.Update(Bar(0, 10, 8, 9));
        pivots.Update(Bar(12, 13, 9, 12)).ShouldBe(double.NaN);
        pivots.Update(Bar(24, 99, 1, 50)).ShouldBe(11);
        pivots.Resistance1.ShouldBe(14);
        pivots.Support1.ShouldBe(9);
        pivots.Resistance2.ShouldBe(16);
        pivots.Support2.ShouldBe(6);
        pivots.Resistance3.ShouldBe(19);
        pivots.Support3.ShouldBe(4);
    }

    [Fact]
    public void Update_JoinedInTheMiddleOfADay_WaitsForAWholeOne()
    {
        PivotPoints pivots = new();
        pivots.Update(Bar(3, 10, 8, 9));
        pivots.Update(Bar(24, 10, 8, 9)).ShouldBe(double.NaN);
        pivots.Update(Bar(48, 10, 8, 9)).ShouldBe(9);
    }

    [Fact]
    public void Update_DayMissing_GivesNoLevels()
    {
        PivotPoints pivots = new();
        pivots.Update(Bar(0, 10, 8, 9));
        pivots.Update(Bar(24, 10, 8, 9)).ShouldBe(9);
        pivots.Update(Bar(72, 10, 8, 9)).ShouldBe(double.NaN);
    }

    private static Ohlcv Bar(int hour, double high, double low, double close) =>
        new(close, high, low, close, 1, Timestamp.FromUnixSeconds((86_400 * 20_000L) + (3600L * hour)));
}
