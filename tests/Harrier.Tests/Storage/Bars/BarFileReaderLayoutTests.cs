using Harrier.Domain;
using Harrier.Storage.Bars;

namespace Harrier.Tests.Storage.Bars;

/// <summary>The same three bars written in every layout that is understood must read as the same three bars.</summary>
public sealed class BarFileReaderLayoutTests : IDisposable
{
    private static readonly string[] Expected =
    [
        "2024-01-01T00:00:00Z 42283.58 42554.57 42261.02 42475.23 1271.68108",
        "2024-01-01T01:00:00Z 42475.23 42775.00 42431.65 42613.56 1196.37856",
        "2024-01-01T02:00:00Z 42613.57 42638.41 42500.00 42581.10 685.21980",
    ];

    private static readonly string[] ExpectedValues = [.. Expected.Select(Canonical)];
    private readonly BarFolder _folder = new();

    public static TheoryData<string, string, string> Layouts => new()
    {
        { "milliseconds", "BTCUSDT-1h-2024-01.csv", Kline("000") },
        { "microseconds", "BTCUSDT-1h-2025-01.csv", Kline("000000") },
        { "nanoseconds", "BTCUSDT-1h.csv", Kline("000000000") },
        { "seconds", "BTCUSDT-1h.csv", Kline("") },
        { "milliseconds", "binance-spot_BTCUSDT_1h.csv", "open_time,open,high,low,close,volume,close_time,quote_volume,count,taker_buy_volume,taker_buy_quote_volume,ignore\n" + Kline("000") },
        { "milliseconds", "binance-spot_BTCUSDT_1h.csv", "Open time,Open,High,Low,Close,Volume,Close time,Quote asset volume,Number of trades,Taker buy base asset volume,Taker buy quote asset volume,Ignore\r\n" + Kline("000").Replace("\n", "\r\n", StringComparison.Ordinal) },
        { "milliseconds", "BTCUSDT_1h.csv", Rows("{0}000,{1},{2},{3},{4},{5}") },
        { "seconds", "BTCUSDT_1h.csv", Rows("{0},{1},{2},{3},{4},{5},999.5") },
        { "seconds", "BTCUSDT_1h.csv", "Volume,CLOSE,low,High,Open,Unix Timestamp,remark\n" + Rows("{5},{4},{3},{2},{1},{0},any \"thing\"") },
        { "seconds", "BTCUSDT_1h.csv", "\uFEFF\"time\";\"open\";\"high\";\"low\";\"close\";\"volume\"\n" + Rows("\"{0}\"; {1};{2};\"{3}\";{4} ;{5}") },
        { "seconds", "BTCUSDT_1h.csv", "time\topen\thigh\tlow\tclose\tvolume\n" + Rows("{0}\t{1}\t{2}\t{3}\t{4}\t{5}") },
        { "ISO 8601 text", "BTCUSDT_1h.csv", "date,open,high,low,close,volume,ticker\n" + Rows("{6} {7}:00:00,{1},{2},{3},{4},{5},BTCUSDT") },
        { "ISO 8601 text", "BTCUSDT_1h.csv", "timestamp,open,high,low,close,volume\n" + Rows("{6}T{7}:00:00Z,{1},{2},{3},{4},{5}") },
        { "ISO 8601 text", "BTCUSDT_1h.csv", "timestamp,open,high,low,close,volume\n" + Rows("{6} {7}:00:00.000000+00:00,{1},{2},{3},{4},{5}") },
        { "ISO 8601 text", "BTCUSDT_1h.csv", "open_time,open,high,low,close,volume\n2024-01-01 03:00:00+03:00,42283.58,42554.57,42261.02,42475.23,1271.68108\n2023-12-31 20:00:00-0500,42475.23,42775.00,42431.65,42613.56,1196.37856\n2024-01-01 02:00+00,42613.57,42638.41,42500.00,42581.10,685.21980" },
        { "seconds", "BTCUSDT_1h.csv", "https://archive.example/data\nUnix,Date,Symbol,Open,High,Low,Close,Volume BTC,Volume USDT,tradecount\n" + Rows("{0},{6} {7}:00,BTC/USDT,{1},{2},{3},{4},{5},77,8") },
        { "seconds", "BTCUSDT_1h.csv", ",open_time,open,high,low,close,volume\n" + Rows("0,{0}.0,{1},{2},{3},{4},{5}") },
        { "milliseconds", "BTC_USDT-1h.json", "[" + Rows("[{0}000,{1},{2},{3},{4},{5}]").Trim().Replace("\n", ",", StringComparison.Ordinal) + "]" },
        { "milliseconds", "BTCUSDT-1h.json", "[\n" + Rows("[{0}000,\"{1}\",\"{2}\",\"{3}\",\"{4}\",\"{5}\",1,\"2.5\",3,\"1.5\",\"1\",\"0\"]").Trim().Replace("\n", ",\n", StringComparison.Ordinal) + "]" },
        { "milliseconds", "BTCUSDT-1h.json", "{\"retCode\":0,\"result\":{\"symbol\":\"BTCUSDT\",\"tags\":[],\"list\":[" + Rows("[\"{0}000\",\"{1}\",\"{2}\",\"{3}\",\"{4}\",\"{5}\",\"9\"]").Trim().Replace("\n", ",", StringComparison.Ordinal) + "]}}" },
        { "seconds", "BTCUSDT-1h.json", "[" + Rows("{{\"time\":{0},\"close\":{4},\"open\":{1},\"high\":\"{2}\",\"low\":{3},\"volume\":{5},\"x\":[1]}}").Trim().Replace("\n", ",", StringComparison.Ordinal) + "]" },
    };

    [Theory]
    [MemberData(nameof(Layouts))]
    public void Read_AnyLayout_GivesTheSameBars(string unit, string name, string text)
    {
        BarFileData data = _folder.Read(name, text);

        BarFolder.Show(data.Series).Select(Canonical).ShouldBe(ExpectedValues);
        data.Report.Symbol.ShouldBe("BTCUSDT");
        data.Series.Spec.ToString().ShouldBe("1h");
        data.Series.Spec.Source.ShouldBe(BarSource.Venue);
        data.Report.TickSize.ShouldBe(0.01m);
        data.Report.LotSize.ShouldBe(0.00001m);
        data.Report.Findings.ShouldBeEmpty();
        BarFileSource source = data.Report.Files.ShouldHaveSingleItem();
        source.TimeUnit.ShouldBe(unit);
        source.Rows.ShouldBe(3);
        source.FirstRow.ToString().ShouldBe("2024-01-01T00:00:00Z");
        source.LastRow.ToString().ShouldBe("2024-01-01T02:00:00Z");
    }

    [Fact]
    public void Read_Compressed_IsRecognisedByContentWhateverTheName()
    {
        _folder.WriteGzip("BTCUSDT_1h.csv", Kline("000"));
        BarFolder.Show(_folder.ReadAll().Single().Series).Select(Canonical).ShouldBe(ExpectedValues);

        _folder.WriteZip("BTCUSDT_1h.csv", ("BTCUSDT-1h-2024-01.csv", Kline("000")));
        BarFileData zipped = _folder.ReadAll().Single();
        BarFolder.Show(zipped.Series).Select(Canonical).ShouldBe(ExpectedValues);
        zipped.Report.Files.Single().Name.ShouldBe("BTCUSDT_1h.csv!BTCUSDT-1h-2024-01.csv");
    }

    [Fact]
    public void Read_TwelveColumns_KeepsQuoteVolumeTradesAndTakerVolume()
    {
        Bar bar = _folder.Read("BTCUSDT-1h.csv", "1704067200000,42283.58,42554.57,42261.02,42475.23,1271.68108,1704070799999,53957248.97378900,47134,682.57581000,28957416.81964500,0").Series[0];

        bar.QuoteVolume.ShouldBe(53957248.973789);
        bar.TradeCount.ShouldBe(47134);
        bar.TakerBuyVolume.ShouldBe(682.57581);
    }

    [Fact]
    public void Read_SixColumns_LeavesUnknownStatisticsOpen()
    {
        Bar bar = _folder.Read("BTCUSDT_1h.csv", Rows("{0},{1},{2},{3},{4},{5}")).Series[0];

        bar.QuoteVolume.ShouldBe(double.NaN);
        bar.TakerBuyVolume.ShouldBe(double.NaN);
        bar.TradeCount.ShouldBe(-1);
    }

    [Fact]
    public void Read_BareDates_AreUtcDays()
    {
        BarFileData data = _folder.Read("bybit_BTCUSDT_1d.csv", "timestamp,open,high,low,close,volume,turnover\n2024-01-31,1,2,1,2,5,9\n20240201,2,2,2,2,5,9\n2024/02/02,2,3,2,2,5,9\n");

        data.Series.Spec.ToString().ShouldBe("1d");
        data.Report.Venue.Name.ShouldBe("bybit-linear");
        BarFolder.Show(data.Series)[1].ShouldStartWith("2024-02-01T00:00:00Z");
        BarFolder.Show(data.Series)[2].ShouldStartWith("2024-02-02T00:00:00Z");
    }

    [Fact]
    public void Read_UnitChangesInsideAFile_IsReadAndReported()
    {
        BarFileData data = _folder.Read("BTCUSDT-1h.csv", "1735686000000,1,1,1,1,1\n1735689600000000,1,1,1,1,1\n");

        BarFolder.Show(data.Series)[1].ShouldStartWith("2025-01-01T00:00:00Z");
        data.Report.Files.Single().TimeUnit.ShouldBe("milliseconds and microseconds");
        data.Report.Count(BarFindingKind.MixedTimeUnits).ShouldBe(1);
    }

    [Fact]
    public void Read_IntervalNotInName_IsTheMostFrequentDistance()
    {
        BarFileData data = _folder.Read("BTCUSDT.csv", "1704067200,1,1,1,1,1\n1704067500,1,1,1,1,1\n1704067800,1,1,1,1,1\n1704070800,1,1,1,1,1\n");

        data.Report.FileInterval.ToString().ShouldBe("5m");
        data.Report.IntervalInferred.ShouldBeTrue();
        data.Report.Venue.Name.ShouldBe("csv");
    }

    public void Dispose() => _folder.Dispose();

    // Prices may carry more zeros in one layout than in another.
    private static string Canonical(string line) =>
        string.Join(' ', line.Split(' ').Select((cell, i) => i == 0 ? cell : (decimal.Parse(cell, System.Globalization.CultureInfo.InvariantCulture) / 1.0000000000000000000m).ToString("0.##########", System.Globalization.CultureInfo.InvariantCulture)));

    private static string Rows(string format) => string.Concat(Expected.Select((line, i) =>
    {
        object[] cells = [1_704_067_200L + (3600 * i), .. line.Split(' ')[1..], line[..10], line[11..13]];
        return string.Format(System.Globalization.CultureInfo.InvariantCulture, format, cells) + "\n";
    }));

    private static string Kline(string zeros) => Rows("{0}" + zeros + ",{1}000000,{2},{3},{4},{5}000,1704070799999,53957248.97378900,47134,682.57581000,28957416.81964500,0");
}
