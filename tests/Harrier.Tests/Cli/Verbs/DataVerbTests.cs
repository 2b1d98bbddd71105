using System.Text.Json;
using Harrier.Cli.Verbs;
using Harrier.Cli.Verbs.Data;
using Harrier.Domain;
using Harrier.Storage.Market;
using Harrier.Tests.Storage.Market;
using Harrier.Tests.Support;

namespace Harrier.Tests.Cli.Verbs;

public sealed class DataVerbTests : IDisposable
{
    private const string Bars = """
        open_time,open,high,low,close,volume,close_time,quote_volume,count,taker_buy_volume,taker_buy_quote_volume,ignore
        1706650800000,100.10,101.5,99.99,100.5,12.30000000,1706654399999,31252391.324567812,7,6.1,610.12345678,0
        1706654400000,100.5,102,100,101,1,1706657999999,101,3,0.5,50,0
        1706659200000,101,101,101,101,0,1706662799999,0,0,0,0,0

        """;

    private readonly TemporaryFolder _folder = new();

    private string Store => Path.Combine(_folder.Path, "store");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Import_ThenShowAndExport_GivesEveryNumberBack()
    {
        VerbRun import = Import("binance", Bars);

        import.ExitCode.ShouldBe(0);
        import.Lines[0].ShouldBe("binance-spot BTCUSDT 1h: 3 bars added, 0 were there already, 1 files written");
        Data("show", "BTC/USDT", "1h").Output.ShouldContain("31252391.324567812");
        string target = Path.Combine(_folder.Path, "out.csv");
        Data("export", "--symbol", "BTCUSDT", "--interval", "1h", "--format", "csv", "--out", target).ExitCode.ShouldBe(0);
        File.ReadAllLines(target).ShouldBe(
        [
            "open_time,open,high,low,close,volume,quote_volume,taker_buy_volume,taker_buy_quote_volume,trade_count",
            "2024-01-30T21:40:00Z,100.1,101.5,99.99,100.5,12.3,31252391.324567812,6.1,610.12345678,7",
            "2024-01-30T22:40:00Z,100.5,102,100,101,1,101,0.5,50,3",
            "2024-01-31T00:00:00Z,101,101,101,101,0,0,0,0,0",
        ], ignoreOrder: false);
    }

    [Fact]
    public void Import_ExportedFileAgain_FindsEveryBarThere()
    {
        Import("binance", Bars);
        string target = Path.Combine(_folder.Path, "BTCUSDT-1h-out.csv");
        Data("export", "--symbol", "BTCUSDT", "--out", target);

        Data("import", target, "--venue", "binance").Output.ShouldContain("0 bars added, 3 were there already, 0 files");
    }

    [Fact]
    public void Import_OtherValues_AreKeptAndReportedUnlessReplaced()
    {
        Import("binance", Bars);
        string changed = Bars.Replace("101,101,101,101,0", "101,101,101,101,5", StringComparison.Ordinal);

        Import("binance", changed).ExitCode.ShouldBe(1);
        VerbRun replaced = Import("binance", changed, "--replace", "--json");

        replaced.ExitCode.ShouldBe(0);
        JsonElement json = JsonDocument.Parse(replaced.Output).RootElement;
        (json.GetProperty("conflicts").GetInt32(), json.GetProperty("conflicts_replaced").GetBoolean(), json.GetProperty("duplicates").GetInt32()).ShouldBe((1, true, 2));
    }

    [Theory]
    [InlineData("venue: nowhere: one of ", "import", "bars.csv", "--venue", "nowhere")]
    [InlineData("data: none.csv: a file or folder that exists", "import", "none.csv", "--venue", "binance")]
    [InlineData("symbol: XRPUSDT: one of ", "show", "XRPUSDT", "1h")]
    [InlineData("interval: 5m: one of ", "show", "BTCUSDT", "5m")]
    [InlineData("interval: soon: a bar length", "show", "BTCUSDT", "soon")]
    [InlineData("venue: none given: one of binance-spot BTCUSDT 1h, sim-binance BTCUSDT 1h", "show", "BTCUSDT", "1h")]
    [InlineData("venue: bybit: one of ", "show", "BTCUSDT", "1h", "--venue", "bybit")]
    [InlineData("to: 90m: a multiple of 1h", "resample", "--symbol", "BTCUSDT", "--from", "1h", "--to", "90m", "--venue", "binance")]
    [InlineData("format: xml: one of csv, parquet", "export", "--symbol", "BTCUSDT", "--venue", "binance", "--format", "xml", "--out", "x")]
    [InlineData("out: -: a file, as Parquet is no text", "export", "--symbol", "BTCUSDT", "--venue", "binance", "--format", "parquet", "--out", "-")]
    [InlineData("out: none/x: a file in a folder that exists", "export", "--symbol", "BTCUSDT", "--venue", "binance", "--out", "none/x")]
    [InlineData("kind: candles: one of bars, trades, funding, book", "list", "--kind", "candles")]
    [InlineData("head: -1: 0 or more", "show", "BTCUSDT", "--venue", "binance", "--head", "-1")]
    [InlineData("to: 2024-01-01: a day not before 2024-02-01", "show", "BTCUSDT", "--venue", "binance", "--from", "2024-02-01", "--to", "2024-01-01")]
    public void Run_BadInput_IsOneLineAndExitCodeTwo(string expected, params string[] arguments)
    {
        Import("binance", Bars);
        Import("sim-binance", Bars);

        VerbRun run = Data(arguments);

        run.ExitCode.ShouldBe(2);
        run.Output.ShouldBeEmpty();
        run.ErrorLines.ShouldHaveSingleItem().ShouldStartWith("error: " + expected);
    }

    [Fact]
    public void ListAndCheck_Json_AreOneDocument()
    {
        Import("binance", Bars);

        JsonElement list = JsonDocument.Parse(Data("list", "--json").Output).RootElement.GetProperty("series")[0];
        list.GetProperty("rows").GetInt32().ShouldBe(3);
        list.GetProperty("venue").GetString().ShouldBe("binance-spot");
        VerbRun check = Data("check", "--json");
        check.ExitCode.ShouldBe(1);
        JsonElement found = JsonDocument.Parse(check.Output).RootElement;
        found.GetProperty("passed").GetBoolean().ShouldBeFalse();
        found.GetProperty("series")[0].GetProperty("findings").EnumerateArray().Select(finding => finding.GetProperty("kind").GetString()).ShouldContain("unaligned");
    }

    [Fact]
    public void Check_EmptyStore_IsNothingWrong()
    {
        Data("check").ExitCode.ShouldBe(0);
        Data("list").Output.ShouldContain("empty");
        Directory.Exists(Store).ShouldBeFalse();
    }

    [Fact]
    public void Resample_HoursToDays_StoresWholeDaysAndSaysWhatIsLeftOut()
    {
        string rows = string.Join('\n', Enumerable.Range(0, 50).Select(i => FormattableString.Invariant($"{1704067200 + (i * 3600)},100,101,99,100,0.1")));
        Import("binance", "time,open,high,low,close,volume\n" + rows + "\n");

        VerbRun run = Data("resample", "--symbol", "BTCUSDT", "--from", "1h", "--to", "1d");

        run.ExitCode.ShouldBe(0);
        run.Lines[0].ShouldStartWith("binance-spot BTCUSDT 1d: 2 bars added");
        run.Output.ShouldContain("2: shorter bars after the last whole one, left out");
        Sql("select interval, count(*), min(volume) from bars group by all order by 1").Output.ShouldBe("interval,count_star(),min(volume)\n1d,2,2.4\n1h,50,0.1\n");
    }

    [Fact]
    public void Resample_Trades_StoresBarsOfThem()
    {
        using (MarketStore store = MarketStore.Open(Store))
        {
            SeriesKey trades = new(new VenueId("binance-spot"), SeriesKind.Trades, "BTCUSDT", null);
            store.Trades.Write(trades, [.. Enumerable.Range(0, 10).Select(i => StoredTrades.Trade($"2024-01-01T00:0{i}:00Z", i))], new StoreWrite { Source = "test" });
        }

        VerbRun run = Data("resample", "--symbol", "BTCUSDT", "--from", "trades", "--to", "1m");

        run.ExitCode.ShouldBe(0, run.Errors);
        run.Lines[0].ShouldStartWith("binance-spot BTCUSDT 1m: 9 bars added");
        run.Output.ShouldContain("1: trades after the last whole one, left out");
        Data("resample", "--symbol", "BTCUSDT", "--from", "trades", "--to", "volume:50").ErrorLines.ShouldHaveSingleItem()
            .ShouldBe("error: to: volume:50: a length of time: the store keeps bars of time; backtest --interval makes others of stored trades");
    }

    [Fact]
    public void Repair_DamagedFile_IsMovedAsideAndReported()
    {
        Import("binance", Bars);
        string file = Directory.GetFiles(Store, "bars.parquet", SearchOption.AllDirectories).Order(StringComparer.Ordinal).First();
        File.WriteAllText(file, "no parquet");

        Data("list").ExitCode.ShouldBe(1);
        Data("check").Output.ShouldContain("damaged files");
        Data("repair", "--no-fetch").Output.ShouldContain("moved aside");

        Data("list").ExitCode.ShouldBe(0);
        Directory.GetFiles(Store, ".damaged-*", SearchOption.AllDirectories).ShouldHaveSingleItem();
    }

    [Fact]
    public void Repair_WhatItCannotPutRight_IsSaid_AndGivesOne()
    {
        using (MarketStore store = MarketStore.Open(Store))
        {
            HistoricalBar[] bars = StoredBars.Bars("2024-01-30T00:00Z", 3);
            store.Bars.Write(StoredBars.Key, [bars[0], bars[1] with { Volume = -1 }, bars[2]], StoredBars.From("test"));
        }

        VerbRun run = Data("repair", "--no-fetch");

        run.ExitCode.ShouldBe(1);
        run.Lines[0].ShouldStartWith("faulty");
        run.Output.ShouldContain("still wrong: 1 volumes below 0");
    }

    [Fact]
    public void Sql_WrongQuery_IsOneLineAndExitCodeTwo()
    {
        VerbRun run = Sql("select nothing from bars");

        run.ExitCode.ShouldBe(2);
        run.ErrorLines.ShouldHaveSingleItem().ShouldStartWith("error: sql: select nothing from bars: Binder Error:");
    }

    [Fact]
    public void Sql_Json_IsAnArrayOfObjects()
    {
        Import("binance", Bars);

        JsonElement rows = JsonDocument.Parse(Sql("select symbol, open_time, high, trade_count, exact from bars order by open_time", "--json").Output).RootElement;

        rows.GetArrayLength().ShouldBe(3);
        rows[0].GetProperty("open_time").GetString().ShouldBe("2024-01-30T21:40:00Z");
        rows[0].GetProperty("exact").GetString().ShouldBe("quote_volume=31252391.324567812");
        rows[2].GetProperty("exact").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    private VerbRun Import(string venue, string text, params string[] options) =>
        Data(["import", _folder.Write("bars.csv", text), "--venue", venue, "--symbol", "BTCUSDT", "--interval", "1h", .. options]);

    private VerbRun Data(params string[] arguments) => VerbRun.Of(DataVerb.Create(), [.. arguments, "--store", Store]);

    private VerbRun Sql(params string[] arguments) => VerbRun.Of(SqlVerb.Create(), [.. arguments, "--store", Store]);
}
