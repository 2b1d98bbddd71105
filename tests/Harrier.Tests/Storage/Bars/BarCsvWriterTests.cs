using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Harrier.Domain;
using Harrier.Features.Bars;
using Harrier.Storage.Bars;

namespace Harrier.Tests.Storage.Bars;

public sealed class BarCsvWriterTests : IDisposable
{
    private readonly BarFolder _folder = new();

    [Fact]
    public void Write_Bar_HasTheTwelveColumnsOfTheVenue()
    {
        using MemoryStream output = new();
        BarCsvWriter.Write(output, Series(2, 5, [(100, 3, 2, 1, 12_345)]));

        Encoding.UTF8.GetString(output.ToArray()).ShouldBe(
            "open_time,open,high,low,close,volume,close_time,quote_volume,count,taker_buy_volume,taker_buy_quote_volume,ignore\n"
            + "1704067200000,1.00,1.04,0.98,1.01,0.12345,1704070799999,,,,,0\n");
    }

    [Fact]
    public void Write_AnySeriesUnitAndCompression_ReadsBackEqual()
    {
        var bar = from price in Gen.Choose(1000, 5_000_000) from up in Gen.Choose(0, 400) from down in Gen.Choose(0, 400) from move in Gen.Choose(-300, 300) from volume in Gen.Choose(0, int.MaxValue) select (price, up, down, move, volume);
        var generator = from bars in bar.NonEmptyListOf()
                        from priceDecimals in Gen.Choose(0, 8)
                        from lotDecimals in Gen.Choose(0, 8)
                        from unit in Gen.Elements(Enum.GetValues<BarTimeUnit>())
                        from header in Gen.Elements(true, false)
                        from gzip in Gen.Elements(true, false)
                        select (bars, priceDecimals, lotDecimals, unit, header, gzip);
        Prop.ForAll(generator.ToArbitrary(), sample =>
        {
            BarSeries series = Series(sample.priceDecimals, sample.lotDecimals, [.. sample.bars]);
            using MemoryStream output = new();
            BarCsvWriter.Write(output, series, sample.unit, sample.header);
            string text = Encoding.UTF8.GetString(output.ToArray());
            string path = sample.gzip ? _folder.WriteGzip("BTCUSDT_1h.csv", text) : _folder.Write("BTCUSDT_1h.csv", text);

            BarFileData read = BarFileReader.Read(path, new BarReadOptions { TickSize = series.Instrument.Definition.TickSize }).Single();

            read.Report.Findings.ShouldBeEmpty();
            BarSeriesHash.Compute([read.Series]).ShouldBe(BarSeriesHash.Compute([series]));
            BarReadOptions inferred = new();
            BarFolder.Show(BarFileReader.Read(path, inferred).Single().Series).Length.ShouldBe(series.Count);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(200).WithReplay(5, 7));
    }

    [Fact]
    public void Write_StatisticsOfTheVenue_SurviveBitByBit()
    {
        BarSeries series = Series(2, 5, [(100, 3, 2, 1, 12_345)]);
        Bar[] bars = [series[0] with { QuoteVolume = 1e-7 / 3, TakerBuyVolume = 1234567.1234567, TradeCount = 77 }];
        using MemoryStream output = new();
        BarCsvWriter.Write(output, new BarSeries(series.Instrument, series.Spec, bars, 1));

        Bar read = _folder.Read("BTCUSDT_1h.csv", Encoding.UTF8.GetString(output.ToArray())).Series[0];

        read.QuoteVolume.ShouldBe(1e-7 / 3, 1e-18);
        read.TakerBuyVolume.ShouldBe(1234567.1234567);
        read.TradeCount.ShouldBe(77);
    }

    public void Dispose() => _folder.Dispose();

    private static BarSeries Series(int priceDecimals, int lotDecimals, (int Price, int Up, int Down, int Move, int Volume)[] rows)
    {
        Instrument instrument = new(new InstrumentId(0), new InstrumentDefinition
        {
            Venue = new VenueId("csv"),
            Symbol = "BTCUSDT",
            Base = new Asset("BTC"),
            Quote = new Asset("USDT"),
            TickSize = new decimal(1, 0, 0, false, (byte)priceDecimals),
            LotSize = new decimal(1, 0, 0, false, (byte)lotDecimals),
        });
        BarSpec spec = new(3600 * Timestamp.NanosPerSecond, BarKind.Time, BarSource.Venue);
        Bar[] bars = [.. rows.Select((row, i) => new Bar
        {
            OpenTime = Timestamp.FromUnixSeconds(1_704_067_200L + (3600 * i)),
            Open = new PriceTicks(row.Price),
            High = new PriceTicks(Math.Max(row.Price, row.Price + row.Move) + row.Up),
            Low = new PriceTicks(Math.Min(row.Price, row.Price + row.Move) - row.Down),
            Close = new PriceTicks(row.Price + row.Move),
            Volume = new DecimalDigits(row.Volume, lotDecimals).ToDouble(),
            QuoteVolume = double.NaN,
            TakerBuyVolume = double.NaN,
            TradeCount = -1,
            Spec = spec,
            Instrument = instrument.Id,
        })];
        return new BarSeries(instrument, spec, bars, bars.Length);
    }
}
