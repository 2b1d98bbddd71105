using Harrier.Storage.Bars;

namespace Harrier.Tests.Storage.Bars;

public sealed class BarGridTests : IDisposable
{
    private const string Header = "time,open,high,low,close,volume\n";
    private readonly BarFolder _folder = new();

    [Theory]
    [InlineData("100,101,99,100,5", "1", "1")]
    [InlineData("100.50000000,101,99,100,5.5000", "0.1", "0.1")]
    [InlineData("0.00001234,0.00001240,0.00001230,0.00001234,123456789", "0.00000001", "1")]
    [InlineData("100,100.5,99.25,100.125,0.123456789", "0.001", "0.00000001")]
    [InlineData("1.7999999999999998,1.8,1.7,1.8,67462293.2399999946", "0.1", "0.01")]
    public void Read_NoGridGiven_InfersTheCoarsestDecimals(string row, string tick, string lot)
    {
        BarFileReport report = _folder.Read("BTCUSDT_1h.csv", $"{Header}1704067200,{row}\n1704070800,{row}\n").Report;

        report.TickSize.ShouldBe(decimal.Parse(tick, System.Globalization.CultureInfo.InvariantCulture));
        report.LotSize.ShouldBe(decimal.Parse(lot, System.Globalization.CultureInfo.InvariantCulture));
        report.TickInferred.ShouldBeTrue();
        report.LotInferred.ShouldBeTrue();
    }

    [Fact]
    public void Read_LaterRowIsFiner_KeepsEarlierPricesExact()
    {
        BarFileData data = _folder.Read("BTCUSDT_1h.csv", Header + "1704067200,100,101,99,100,5\n1704070800,100.5,101.25,99,100,5\n1704074400,100,101,98.125,100,5\n");

        data.Report.TickSize.ShouldBe(0.001m);
        data.Series[0].High.Value.ShouldBe(101_000);
        data.Series[1].High.Value.ShouldBe(101_250);
        data.Series[2].Low.Value.ShouldBe(98_125);
    }

    [Theory]
    [InlineData("0.5", 201)]
    [InlineData("0.50", 201)]
    [InlineData("0.001", 100_500)]
    [InlineData("0.25", 402)]
    public void Read_GridGiven_CountsInItsSteps(string tick, long ticks)
    {
        decimal size = decimal.Parse(tick, System.Globalization.CultureInfo.InvariantCulture);
        BarFileData data = _folder.Read("BTCUSDT_1h.csv", Header + "1704067200,100.50,101,99,100,5\n1704070800,100.5,101,99,100,5\n", new BarReadOptions { TickSize = size, LotSize = 0.1m, MinNotional = 5 });

        data.Series[0].Open.Value.ShouldBe(ticks);
        data.Series.Instrument.ToDecimal(data.Series[0].Open).ShouldBe(100.5m);
        data.Report.TickInferred.ShouldBeFalse();
        data.Series.Instrument.Definition.LotSize.ShouldBe(0.1m);
        data.Series.Instrument.MinNotional.ShouldBe(5);
    }

    [Fact]
    public void Read_PriceOffTheGivenGrid_FailsNamingPriceAndRow()
    {
        BarDataException fault = Should.Throw<BarDataException>(() =>
            _folder.Read("BTCUSDT_1h.csv", Header + "1704067200,100,101,99,100,5\n1704070800,100,100.3,99,100,5\n", new BarReadOptions { TickSize = 0.5m }));

        fault.Field.ShouldBe("tick");
        fault.Value.ShouldBe("0.5");
        fault.Allowed.ShouldContain("price 100.3 at BTCUSDT_1h.csv line 3");
    }

    [Fact]
    public void Read_PricesThatNeedMoreThanEighteenDigits_Fail() =>
        Should.Throw<BarDataException>(() => _folder.Read("BTCUSDT_1h.csv", Header + "1704067200,100000000000,100000000000,100000000000,100000000000,5\n1704070800,0.000000000001,0.000000000001,0.000000000001,0.000000000001,5\n"))
            .Allowed.ShouldContain("18 digits");

    public void Dispose() => _folder.Dispose();
}
