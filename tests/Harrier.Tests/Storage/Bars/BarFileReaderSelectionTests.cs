using Harrier.Domain;
using Harrier.Storage.Bars;

namespace Harrier.Tests.Storage.Bars;

public sealed class BarFileReaderSelectionTests : IDisposable
{
    private readonly BarFolder _folder = new();

    [Theory]
    [InlineData("BTCUSDT")]
    [InlineData("BTC/USDT")]
    [InlineData("btc-usdt")]
    public void Read_Folder_ChoosesFilesBySymbolAndInterval(string symbol)
    {
        _folder.Write("1h/binance-spot_BTCUSDT_1h.csv", Bars(3600, 0, 3));
        _folder.Write("1d/binance-spot_BTCUSDT_1d.csv", Bars(86400, 0, 2));
        _folder.Write("1h/binance-spot_ETHUSDT_1h.csv", Bars(3600, 0, 4));

        BarFileData data = _folder.ReadAll(new BarReadOptions { Symbols = [symbol], Interval = Spec("1h") }).ShouldHaveSingleItem();

        data.Series.Count.ShouldBe(3);
        data.Report.Files.Single().Name.ShouldBe("1h/binance-spot_BTCUSDT_1h.csv");
        data.Series.Instrument.Definition.Venue.Name.ShouldBe("binance-spot");
    }

    [Fact]
    public void Read_NoSymbolsAsked_GivesAllInTheOrderOfTheirNamesWithDenseIds()
    {
        _folder.Write("ETHUSDT_1h.csv", Bars(3600, 0, 4));
        _folder.Write("BTCUSDT_1h.csv", Bars(3600, 0, 3));

        IReadOnlyList<BarFileData> all = _folder.ReadAll();

        all.Select(data => data.Report.Symbol).ShouldBe(["BTCUSDT", "ETHUSDT"]);
        all[1].Series[0].Instrument.ShouldBe(new InstrumentId(1));
        all[1].Series.Instrument.Base.ShouldBe(new Asset("ETH"));
    }

    [Fact]
    public void Read_MonthlyDumps_AreJoinedAcrossUnitsAndOverlaps()
    {
        _folder.WriteZip("BTCUSDT-1h-2024-01.zip", ("BTCUSDT-1h-2024-01.csv", Bars(3600, 0, 3)));
        _folder.WriteGzip("BTCUSDT-1h-2024-02.csv.gz", Bars(3600, 2, 3, "000000"));

        BarFileData data = _folder.ReadAll().ShouldHaveSingleItem();

        data.Series.Count.ShouldBe(5);
        data.Report.Files.Select(file => file.TimeUnit).ShouldBe(["seconds", "microseconds"]);
        data.Report.Count(BarFindingKind.EqualDuplicate).ShouldBe(1);
        data.Report.Count(BarFindingKind.OutOfOrder).ShouldBe(0);
    }

    [Fact]
    public void Read_TwoVenues_TakesTheMarketAskedForAndSaysWhatItLeft()
    {
        _folder.Write("binance-spot_BTCUSDT_1h.csv", Bars(3600, 0, 3));
        _folder.Write("bybit_BTCUSDT_1h.csv", Bars(3600, 0, 4));

        _folder.ReadAll().Single().Report.Venue.Name.ShouldBe("binance-spot");
        BarFileData perpetual = _folder.ReadAll(new BarReadOptions { Market = InstrumentKind.LinearPerpetual }).Single();
        perpetual.Report.Venue.Name.ShouldBe("bybit-linear");
        perpetual.Series.Instrument.Kind.ShouldBe(InstrumentKind.LinearPerpetual);
        perpetual.Report.Count(BarFindingKind.UnusedFile).ShouldBe(1);
    }

    [Fact]
    public void Read_TwoVenuesOfOneMarket_IsAnErrorAndNotAGuess()
    {
        _folder.Write("binance-spot_BTCUSDT_1h.csv", Bars(3600, 0, 3));
        _folder.Write("bybit-spot_BTCUSDT_1h.csv", Bars(3600, 0, 4));

        Should.Throw<BarDataException>(() => _folder.ReadAll()).Value.ShouldContain("binance-spot, bybit-spot");
    }

    [Fact]
    public void Read_TickerColumn_NamesTheSymbolAndKeepsOthersOut()
    {
        string text = "date,open,high,low,close,volume,ticker\n2024-01-01,1,1,1,1,1,BTC/USDT\n2024-01-01,2,2,2,2,1,ETHUSDT\n2024-01-02,1,1,1,1,1,BTCUSDT\n";

        BarFileData first = _folder.Read("prices.csv", text);
        first.Report.Symbol.ShouldBe("BTCUSDT");
        first.Series.Count.ShouldBe(2);
        first.Report.Count(BarFindingKind.OtherSymbol).ShouldBe(1);
        _folder.Read("prices.csv", text, new BarReadOptions { Symbols = ["ETHUSDT"], Interval = Spec("1d") }).Series[0].Open.Value.ShouldBe(2);
        Should.Throw<BarDataException>(() => _folder.Read("prices.csv", text, new BarReadOptions { Symbols = ["XRPUSDT"] })).Field.ShouldBe("symbol");
    }

    [Fact]
    public void Read_FromAndTo_AreInclusiveDaysAndABarBeyondTheLastIsNotUsed()
    {
        string path = _folder.Write("BTCUSDT_1h.csv", Bars(3600, 0, 72));

        BarFileData data = BarFileReader.Read(path, new BarReadOptions { From = new DateOnly(2024, 1, 2), To = new DateOnly(2024, 1, 2) }).Single();

        data.Series.Count.ShouldBe(24);
        data.Series[0].OpenTime.ToString().ShouldBe("2024-01-02T00:00:00Z");
        data.Series[23].CloseTime.ToString().ShouldBe("2024-01-03T00:00:00Z");
        data.Report.Count(BarFindingKind.OutsideRange).ShouldBe(48);

        string shifted = _folder.Write("ETHUSDT_1h.csv", Bars(3600, 0, 48, shift: 1800));
        BarFileReader.Read(shifted, new BarReadOptions { To = new DateOnly(2024, 1, 1) }).Single().Series[^1].OpenTime.ToString().ShouldBe("2024-01-01T22:30:00Z");
    }

    [Fact]
    public void Read_LongerInterval_IsAggregatedAndIncompleteEndsAreLeftOut()
    {
        BarFileData data = _folder.Read("BTCUSDT_1h.csv", Bars(3600, 2, 9), new BarReadOptions { Interval = Spec("4h") });

        data.Series.Count.ShouldBe(1);
        data.Series.Spec.Source.ShouldBe(BarSource.Aggregated);
        data.Series[0].OpenTime.ToString().ShouldBe("2024-01-01T04:00:00Z");
        data.Report.FileInterval.ToString().ShouldBe("1h");
        data.Report.Count(BarFindingKind.IncompleteBucket).ShouldBe(5);
    }

    [Theory]
    [InlineData("15m", "interval", "a multiple of 1h")]
    [InlineData("90m", "interval", "a multiple of 1h")]
    public void Read_IntervalThatDoesNotFit_IsAnError(string interval, string field, string allowed)
    {
        BarDataException fault = Should.Throw<BarDataException>(() => _folder.Read("BTCUSDT_1h.csv", Bars(3600, 0, 9), new BarReadOptions { Interval = Spec(interval) }));

        fault.Field.ShouldBe(field);
        fault.Allowed.ShouldContain(allowed);
    }

    [Fact]
    public void Read_NameContradictsTheRows_IsAnError() =>
        Should.Throw<BarDataException>(() => _folder.Read("BTCUSDT_1h.csv", Bars(60, 0, 9))).Value.ShouldContain("rows are 1m apart");

    [Fact]
    public void Read_RowsFurtherApartThanTheName_IsReported() =>
        _folder.Read("BTCUSDT_1m.csv", Bars(3600, 0, 9)).Report.Count(BarFindingKind.SparseRows).ShouldBe(1);

    [Fact]
    public void Read_SeveralIntervalsAndNoneAsked_IsAnError()
    {
        _folder.Write("BTCUSDT_1h.csv", Bars(3600, 0, 3));
        _folder.Write("BTCUSDT_1d.csv", Bars(86400, 0, 3));

        Should.Throw<BarDataException>(() => _folder.ReadAll()).Allowed.ShouldContain("1h, 1d");
        _folder.ReadAll(new BarReadOptions { Interval = Spec("2d") }).Single().Report.FileInterval.ToString().ShouldBe("1d");
        Should.Throw<BarDataException>(() => _folder.ReadAll(new BarReadOptions { Interval = Spec("5m") })).Field.ShouldBe("interval");
    }

    [Fact]
    public void Read_BadRequests_NameTheFieldTheValueAndWhatIsAllowed()
    {
        string path = _folder.Write("BTCUSDT_1h.csv", Bars(3600, 0, 3));
        (BarReadOptions Options, string Field)[] requests =
        [
            (new BarReadOptions { Symbols = ["ETHUSDT"] }, "symbol"),
            (new BarReadOptions { Symbols = ["nonsense!"] }, "symbol"),
            (new BarReadOptions { From = new DateOnly(2024, 2, 1), To = new DateOnly(2024, 1, 1) }, "to"),
            (new BarReadOptions { From = new DateOnly(2025, 1, 1) }, "from"),
            (new BarReadOptions { To = new DateOnly(2023, 1, 1) }, "to"),
            (new BarReadOptions { TickSize = 0m }, "tick"),
            (new BarReadOptions { LotSize = -1m }, "lot"),
            (new BarReadOptions { MinNotional = -1m }, "min-notional"),
        ];
        foreach ((BarReadOptions options, string field) in requests)
        {
            BarDataException fault = Should.Throw<BarDataException>(() => BarFileReader.Read(path, options));
            fault.Field.ShouldBe(field);
            fault.Message.ShouldBe($"{fault.Field}: {fault.Value}: {fault.Allowed}");
            fault.Message.ShouldNotContain("\n");
        }

        Should.Throw<BarDataException>(() => BarFileReader.Read(path + ".missing", new BarReadOptions())).Allowed.ShouldBe("a file or folder that exists");
    }

    [Fact]
    public void Read_NothingNamesTheSymbol_AsksForIt()
    {
        Should.Throw<BarDataException>(() => _folder.Read("prices.csv", Bars(3600, 0, 3))).Field.ShouldBe("symbol");
        _folder.Read("prices.csv", Bars(3600, 0, 3), new BarReadOptions { Symbols = ["SOL/USDT"] }).Report.Symbol.ShouldBe("SOLUSDT");
    }

    [Theory]
    [InlineData("binance-spot_BTCUSDT_1h.json.gz", "binance-spot", "BTCUSDT", "1h")]
    [InlineData("binance-usdm_LINKUSDT-1m-2023-02.csv.gz", "binance-usdm", "LINKUSDT", "1m")]
    [InlineData("BTCUSDT-1h-2024-01.zip", "csv", "BTCUSDT", "1h")]
    [InlineData("BTC_USDT-1h.json", "csv", "BTCUSDT", "1h")]
    [InlineData("bybit_ADAUSDT_1d.csv.gz", "bybit-linear", "ADAUSDT", "1d")]
    [InlineData("gct_binance_BTCUSDT_1d_2019.csv", "csv", "BTCUSDT", "1d")]
    [InlineData("BTC_USDT_USDT-1h-futures.json", "csv", "BTCUSDT", "1h")]
    [InlineData("sim-binance-spot_ETHUSDT_15m.csv", "sim-binance-spot", "ETHUSDT", "15m")]
    [InlineData("sim-spot_BTCUSDT_1h.csv", "sim-spot", "BTCUSDT", "1h")]
    [InlineData("folder/binance_1INCHUSDT_4h.csv", "binance-spot", "1INCHUSDT", "4h")]
    [InlineData("Bybit-Spot-1000PEPE-USDT-1m.csv", "bybit-spot", "1000PEPEUSDT", "1m")]
    [InlineData("prices.csv", "csv", null, null)]
    [InlineData("BTCUSDT-1M-2024.csv", "csv", "BTCUSDT", null)]
    public void Parse_FileName_FindsVenueSymbolAndInterval(string name, string venue, string? symbol, string? interval)
    {
        BarFileName facts = BarFileName.Parse(name);

        facts.Venue.Name.ShouldBe(venue);
        facts.Symbol.ShouldBe(symbol);
        facts.Interval?.ToString().ShouldBe(interval);
    }

    public void Dispose() => _folder.Dispose();

    private static BarSpec Spec(string text) => BarSpec.TryParse(text, out BarSpec spec) ? spec : throw new ArgumentException(text);

    private static string Bars(int seconds, int start, int count, string zeros = "", int shift = 0) => string.Concat(Enumerable.Range(start, count).Select(
        i => FormattableString.Invariant($"{1704067200L + (seconds * i) + shift}{zeros},{100 + i},{101 + i},{99 + i},{100 + i},{10 + i}\n")));
}
