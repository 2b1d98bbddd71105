using System.Globalization;
using Harrier.Features.Indicators;

namespace Harrier.Tests.Features.Indicators;

public sealed class SmaTests : IndicatorContract
{
    protected override Scaling PriceScaling => Scaling.WithPrice;

    protected override IIndicator Create() => new Sma(20);

    [Fact]
    public void Update_AfterMillionsOfBarsAndASpike_HasNotDrifted()
    {
        Sma sma = new(20);
        for (int i = 0; i < 2_000_000; i++)
        {
            sma.Update(0.1 + (i % 7 * 1e-9));
        }

        sma.Update(1e15);
        for (int i = 0; i < 20; i++)
        {
            sma.Update(0.3);
        }

        sma.Value.ShouldBe(0.3, 1e-16);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-3)]
    [InlineData(100_001)]
    public void Constructor_PeriodOutOfRange_NamesFieldValueAndRange(int period)
    {
        IndicatorParameterException error = Should.Throw<IndicatorParameterException>(() => new Sma(period));
        error.Field.ShouldBe("period");
        error.Value.ShouldBe(period.ToString(CultureInfo.InvariantCulture));
        error.Allowed.ShouldBe("a whole number from 1 to 100000");
    }

    [Fact]
    public void Update_OneToTen_MeetsOwnersTest()
    {
        // Section 2.5 of the systems specification: SMA 3 of 1..10 is 2 at index 2, 3 at index 3, 9 at index 9.
        Sma sma = new(3);
        double[] values = [.. Enumerable.Range(1, 10).Select(i => sma.Update(i))];
        values[2].ShouldBe(2);
        values[3].ShouldBe(3);
        values[9].ShouldBe(9);
    }
}
