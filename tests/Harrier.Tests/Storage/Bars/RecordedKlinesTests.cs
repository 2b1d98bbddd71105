using Harrier.Domain;
using Harrier.Research.Checks;
using Harrier.Storage.Bars;

namespace Harrier.Tests.Storage.Bars;

/// <summary>Every recorded kline file, against facts that were computed from it with exact decimals by another program.</summary>
public sealed class RecordedKlinesTests
{
    [Fact]
    public void Read_EveryRecordedFile_AgreesWithTheFacts()
    {
        List<KlineFacts> all = RecordedKlines.Facts();
        all.Count.ShouldBe(56);
        foreach (KlineFacts facts in all)
        {
            if (facts.OhlcViolations > 0)
            {
                // The one dirty sample has no header and its columns in another order.
                Should.Throw<BarDataException>(() => Read(facts.File)).Value.ShouldContain("high and low do not enclose open and close");
                continue;
            }

            Compare(facts, Read(facts.File));
        }
    }

    [Fact]
    public void Read_MinuteBarsAggregatedToHours_EqualTheVenuesHourBars()
    {
        BarSeries minutes = Read("klines/1m/binance-usdm_LINKUSDT-1m-2023-02.csv.gz", new BarReadOptions { Interval = Hours(1) }).Series;
        BarSeries hours = Read("klines/1h/binance-usdm_LINKUSDT_1h.csv.gz", new BarReadOptions { From = new DateOnly(2023, 2, 1), To = new DateOnly(2023, 2, 28) }).Series;

        minutes.Count.ShouldBe(672);
        ShouldHaveEqualPrices(minutes, hours);
    }

    [Theory]
    [InlineData("BTCUSDT", 1880)]
    [InlineData("DOTUSDT", 783)]
    public void Read_HourBarsAggregatedToDays_EqualTheVenuesDayBars(string symbol, int days)
    {
        // The first day begins with the listing, not at midnight, and is left out; the last day of the hour file ends at 10:00.
        BarSeries fromHours = Read($"klines/1h/binance-spot_{symbol}_1h.json.gz", new BarReadOptions { Interval = Hours(24) }).Series;
        BarSeries daily = Read($"klines/1d/binance-spot_{symbol}_1d.json.gz", new BarReadOptions { From = DateOnly.FromDateTime(fromHours[0].OpenTime.ToDateTimeOffset().UtcDateTime) }).Series;

        fromHours.Count.ShouldBe(days);
        ShouldHaveEqualPrices(fromHours, daily);
    }

    [Fact]
    public void Check_EveryRecordedFile_PassesAndCountsGapsAsTheFactsSay()
    {
        foreach (KlineFacts facts in RecordedKlines.Facts().Where(facts => facts.OhlcViolations == 0))
        {
            DataCheckReport report = DataCheck.Run(Read(facts.File).Series);

            report.Passed.ShouldBeTrue($"{facts.File}: {report.Detail}");
            report.Gaps.ShouldBe(facts.GapCount, facts.File);
            report.MissingBars.ShouldBe(facts.MissingBars, facts.File);
            report.ZeroVolumeBars.ShouldBe(facts.ZeroVolumeBars, facts.File);
        }
    }

    [Fact]
    public void Read_FolderOfHourBars_FindsOneFilePerSymbolOfTheMarket()
    {
        string folder = RecordedKlines.PathOf("klines/1h");

        BarFileData spot = BarFileReader.Read(folder, new BarReadOptions { Symbols = ["BTC-USDT"] }).ShouldHaveSingleItem();
        spot.Report.Files.Single().Name.ShouldBe("binance-spot_BTCUSDT_1h.json.gz");
        Should.Throw<BarDataException>(() => BarFileReader.Read(folder, new BarReadOptions { Symbols = ["ETHUSDT"], Market = InstrumentKind.LinearPerpetual })).Value.ShouldContain("binance-usdm, bybit-linear");
    }

    [Fact]
    public void Parse_EveryRecordedCsv_IsEqualByTheFastAndTheTolerantWay()
    {
        foreach (KlineFacts facts in RecordedKlines.Facts().Where(facts => facts.File.EndsWith(".csv.gz", StringComparison.Ordinal)))
        {
            using FileStream file = File.OpenRead(RecordedKlines.PathOf(facts.File));
            using System.IO.Compression.GZipStream inflated = new(file, System.IO.Compression.CompressionMode.Decompress);
            using MemoryStream text = new();
            inflated.CopyTo(text);

            FastPathTwin.ShouldBeEqual(text.ToArray());
        }
    }

    private static void Compare(KlineFacts facts, BarFileData data)
    {
        BarSeries series = data.Series;
        Instrument instrument = series.Instrument;
        data.Report.Rows.ShouldBe(facts.Rows, facts.File);
        data.Report.Findings.ShouldBeEmpty(facts.File);
        series.Count.ShouldBe(facts.Rows, facts.File);
        series[0].OpenTime.UnixMilliseconds.ShouldBe(facts.FirstOpenMs, facts.File);
        series[^1].OpenTime.UnixMilliseconds.ShouldBe(facts.LastOpenMs, facts.File);
        instrument.ToDecimal(series[^1].Close).ShouldBe(facts.LastClose, facts.File);
        decimal sumClose = 0;
        double sumVolume = 0;
        PriceTicks high = series[0].High;
        PriceTicks low = series[0].Low;
        foreach (ref readonly Bar bar in series.Bars)
        {
            sumClose += instrument.ToDecimal(bar.Close);
            sumVolume += bar.Volume;
            high = bar.High > high ? bar.High : high;
            low = bar.Low < low ? bar.Low : low;
        }

        instrument.ToDecimal(high).ShouldBe(facts.MaxHigh, facts.File);
        instrument.ToDecimal(low).ShouldBe(facts.MinLow, facts.File);
        sumClose.ShouldBe(facts.SumClose, facts.File);
        (sumVolume / (double)facts.SumVolume).ShouldBe(1, 1e-12, facts.File);
    }

    private static void ShouldHaveEqualPrices(BarSeries left, BarSeries right)
    {
        for (int i = 0; i < left.Count; i++)
        {
            left[i].OpenTime.ShouldBe(right[i].OpenTime);
            left.Instrument.ToDecimal(left[i].Open).ShouldBe(right.Instrument.ToDecimal(right[i].Open));
            left.Instrument.ToDecimal(left[i].High).ShouldBe(right.Instrument.ToDecimal(right[i].High));
            left.Instrument.ToDecimal(left[i].Low).ShouldBe(right.Instrument.ToDecimal(right[i].Low));
            left.Instrument.ToDecimal(left[i].Close).ShouldBe(right.Instrument.ToDecimal(right[i].Close));
            (left[i].Volume / right[i].Volume).ShouldBe(1, 1e-12);
        }
    }

    private static BarFileData Read(string file, BarReadOptions? options = null) =>
        BarFileReader.Read(RecordedKlines.PathOf(file), options ?? new BarReadOptions()).ShouldHaveSingleItem();

    private static BarSpec Hours(int hours) => new(hours * 3600 * Timestamp.NanosPerSecond, BarKind.Time, BarSource.Venue);
}
