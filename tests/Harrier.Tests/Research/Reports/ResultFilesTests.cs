using System.Globalization;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Harrier.Domain;
using Harrier.Research.Backtests;
using Harrier.Research.Metrics;
using Harrier.Research.Reports;
using Harrier.Tests.Support;

namespace Harrier.Tests.Research.Reports;

public sealed class ResultFilesTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("harrier-result-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Write_NewFolder_HoldsTheFourFilesAndNothingElse()
    {
        string folder = Path.Combine(_folder, "a", "b");
        string text = ResultFiles.Write(Sample(), folder);
        Directory.GetFiles(folder).Select(Path.GetFileName).Order(StringComparer.Ordinal)
            .ShouldBe(["equity.csv", "report.html", "result.json", "trades.csv"]);
        File.ReadAllText(Path.Combine(folder, ResultFiles.ResultName)).ShouldBe(text);
    }

    [Fact]
    public void Write_FolderOfAnEarlierRun_ReplacesAllFiles()
    {
        ResultFiles.Write(Sample(BacktestResults.Trade(1, 5m)), _folder);
        ResultFiles.Write(Sample(), _folder);
        File.ReadAllText(Path.Combine(_folder, ResultFiles.TradesName)).ShouldBe(TradesCsv.Header + "\n");
        Directory.GetFiles(_folder).Length.ShouldBe(4);
    }

    [Fact]
    public void Write_OneFileCannotBePlaced_LeavesTheEarlierRunWhole()
    {
        string before = ResultFiles.Write(Sample(BacktestResults.Trade(1, 5m)), _folder);
        string trades = File.ReadAllText(Path.Combine(_folder, ResultFiles.TradesName));
        File.Delete(Path.Combine(_folder, ResultFiles.ReportName));
        Directory.CreateDirectory(Path.Combine(_folder, ResultFiles.ReportName));

        Should.Throw<IOException>(() => ResultFiles.Write(Sample(), _folder));

        File.ReadAllText(Path.Combine(_folder, ResultFiles.ResultName)).ShouldBe(before);
        File.ReadAllText(Path.Combine(_folder, ResultFiles.TradesName)).ShouldBe(trades);
        Directory.GetFiles(_folder).Length.ShouldBe(3, "no temporary file stays");
    }

    [Fact]
    public void Write_FolderNameIsAFile_ThrowsIOException()
    {
        string file = Path.Combine(_folder, "taken");
        File.WriteAllText(file, "");
        Should.Throw<IOException>(() => ResultFiles.Write(Sample(), file));
    }

    [Fact]
    public void Write_AnyTrades_WrittenPnlAddsUpToTheChangeOfEquityExactly()
    {
        // PnL with up to 12 decimals, of very different sizes: what binary floating point would lose.
        Gen<decimal> pnl = Gen.Choose(-2_000_000_000, 2_000_000_000).SelectMany(units => Gen.Choose(0, 12).Select(scale => new decimal(Math.Abs(units), 0, 0, units < 0, (byte)scale)));
        Prop.ForAll(pnl.ListOf().ToArbitrary(), values =>
        {
            BacktestResult result = Sample([.. values.Select((value, i) => BacktestResults.Trade(i + 1, value))]);
            ResultFiles.Write(result, _folder);
            using JsonDocument json = JsonDocument.Parse(File.ReadAllText(Path.Combine(_folder, ResultFiles.ResultName)));
            decimal sum = File.ReadLines(Path.Combine(_folder, ResultFiles.TradesName)).Skip(1)
                .Sum(line => decimal.Parse(line.Split(',')[10], CultureInfo.InvariantCulture));
            (Money(json, "initial_equity") + sum).ShouldBe(Money(json, "final_equity"));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(40));
    }

    [Fact]
    public void Write_GermanCulture_FilesAreTheSame()
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        BacktestResult result = Sample(BacktestResults.Trade(1, 1234.5m), BacktestResults.Trade(2, -0.25m));
        string expected = ResultFiles.Write(result, _folder);
        string trades = File.ReadAllText(Path.Combine(_folder, ResultFiles.TradesName));
        try
        {
            CultureInfo.CurrentCulture = CommaCulture();
            ResultFiles.Write(result, _folder).ShouldBe(expected);
            File.ReadAllText(Path.Combine(_folder, ResultFiles.TradesName)).ShouldBe(trades);
            ResultTable.ToText(ResultTable.Rows(result)).ShouldContain("2,234.25 USDT");
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void TradesCsv_OneTrade_IsOneRowInFull()
    {
        RoundTrip trade = BacktestResults.Trade(1, 9.96m) with { ExitReason = OrderPurpose.TrailingStop };
        using StringWriter writer = new();
        TradesCsv.Write(Sample(trade), writer);
        writer.ToString().ShouldBe(
            "id,symbol,side,entry_time,exit_time,entry_price,exit_price,quantity,fees,funding,pnl,exit_reason,setup,confluence\n" +
            "1,BTCUSDT,long,2024-01-01T01:00:00Z,2024-01-01T01:30:00Z,42000.5,42100.1,0.1,1.5,-0.25,9.96,trailing_stop,,\n");
    }

    [Theory]
    [InlineData(OrderPurpose.Signal, "signal")]
    [InlineData(OrderPurpose.StopLoss, "stop_loss")]
    [InlineData(OrderPurpose.TakeProfit, "take_profit")]
    [InlineData(OrderPurpose.TrailingStop, "trailing_stop")]
    [InlineData(OrderPurpose.TimeStop, "time_stop")]
    [InlineData(OrderPurpose.Panic, "panic")]
    [InlineData(OrderPurpose.Liquidation, "liquidation")]
    [InlineData(OrderPurpose.EndOfData, "end_of_data")]
    public void TradesCsv_ExitReason_IsInTheWordsOfTheContract(OrderPurpose purpose, string expected)
    {
        using StringWriter writer = new();
        TradesCsv.Write(Sample(BacktestResults.Trade(2, 1m) with { ExitReason = purpose }), writer);
        writer.ToString().ShouldEndWith("," + expected + ",,\n");
        writer.ToString().ShouldContain("2,BTCUSDT,short,");
    }

    [Fact]
    public void EquityCsv_Points_AreWrittenInFullWithDrawdown()
    {
        EquityRecorder recorder = BacktestResults.Recorder(1000m, 2, TimeSpan.FromHours(1));
        Timestamp first = BacktestResults.Start + TimeSpan.FromHours(1);
        Timestamp second = BacktestResults.Start + TimeSpan.FromHours(2);
        recorder.Observe(first, 1250, 1250);
        recorder.AddPoint(new EquityPoint(first, 1250.000000010m, -5m, 0.0100m));
        recorder.Observe(second, 1000, 0);
        recorder.AddPoint(new EquityPoint(second, 1000m, 1000m, 0m));
        using StringWriter writer = new();
        EquityCsv.Write(recorder, writer);
        writer.ToString().ShouldBe(
            "time,equity,cash,position,drawdown\n" +
            "2024-01-01T01:00:00Z,1250.00000001,-5,0.01,0\n" +
            "2024-01-01T02:00:00Z,1000,1000,0,0.2\n");
    }

    private static BacktestResult Sample(params RoundTrip[] trades) => BacktestResults.Result(BacktestResults.Daily(.01, -.02, .03), trades);

    private static decimal Money(JsonDocument json, string name) =>
        decimal.Parse(json.RootElement.GetProperty(name).GetString()!, CultureInfo.InvariantCulture);

    // Made by hand: with invariant globalization a culture's name brings no separators.
    private static CultureInfo CommaCulture()
    {
        CultureInfo culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        culture.NumberFormat.NumberDecimalSeparator = ",";
        culture.NumberFormat.NumberGroupSeparator = ".";
        culture.NumberFormat.NegativeSign = "~";
        return culture;
    }
}
