using System.Globalization;
using System.Text.Json;
using Harrier.Tests.Cli.Verbs;

namespace Harrier.Tests.Cli.Backtests;

/// <summary>
/// <c>backtest</c> on a recording of a contract: which book an order meets and what it costs, by hand. Two are bought by the signal of the first bar, which closes when the trade of
/// 1200 ms reaches us at 1205 ms; they are sold at the end of the data. Fees are 10 bps.
/// </summary>
public sealed class RecordedTapeTests : IDisposable
{
    private readonly RecordedBacktest _scene = new();

    public void Dispose() => _scene.Dispose();

    [Fact]
    public void Backtest_OnARecording_MeetsTheBookOfTheInstantOfArrival()
    {
        // 1205 + 10 ms: half of the first level is gone at 1210. 0.5 x 100.1 + 1.5 x 100.2 = 200.35; sold 2 x 101 = 202; fees 0.20035 + 0.202.
        JsonElement result = _scene.Result(Market());
        Money(result, "final_equity").ShouldBe(10_000m + 202m - 200.35m - 0.20035m - 0.202m);
        Money(result.GetProperty("metrics"), "fees").ShouldBe(0.40235m);
        result.GetProperty("metrics").GetProperty("trades").GetInt32().ShouldBe(1);
        Assumption(result, "resolution").ShouldBe("book");
        Assumption(result, "order_entry_latency").ShouldBe("constant, 10 ms");
        result.GetProperty("assumptions").GetProperty("level_changes").GetInt64().ShouldBe(4 + 1 + 3 + 2);

        // Decided at the close of the bar, 100.0: (200.35 - 200) / 200 = 17.5 bps; 10 ms later.
        JsonElement execution = result.GetProperty("execution");
        execution.GetProperty("fill_ratio").GetDouble().ShouldBe(1);
        execution.GetProperty("slippage_bps").GetDouble().ShouldBe(17.5, 1e-9);
        execution.GetProperty("ms_to_fill").GetDouble().ShouldBe(10, 1e-9);
        File.ReadAllText(Path.Combine(_scene.Out, "result.json")).ShouldBe(_scene.Run(Market()).Output);
    }

    [Theory]
    [InlineData("1 x 100.1 + 1 x 100.2: the book before 1210", "200.3", "--latency-ms", "0")]
    [InlineData("as the trade took, 5 ms: 1210, after the change", "200.35", "--latency-model", "recorded", "--latency-ms", "0")]
    [InlineData("as the trade took, but at least 20 ms", "200.35", "--latency-model", "recorded", "--latency-ms", "20")]
    [InlineData("the trade reaches us at 1300, the order arrives at 1310", "200.6", "--feed-latency-ms", "100")]
    [InlineData("the order arrives at 1295, after the change of 1290", "200.6", "--latency-ms", "90")]
    public void Backtest_WithALatency_MeetsTheBookOfThen(string why, string cost, params string[] options)
    {
        decimal bought = decimal.Parse(cost, CultureInfo.InvariantCulture);
        Money(_scene.Result(Market(), options), "final_equity").ShouldBe(10_000m + 202m - 0.202m - (bought * 1.001m), why);
    }

    [Fact]
    public void Backtest_WithADistributionOfLatencies_IsTheSameForASeed()
    {
        string[] options = ["--latency-model", "distribution", "--latency-ms", "60"];
        JsonElement first = _scene.Result(Market(), options);
        Assumption(first, "order_entry_latency").ShouldBe("log-normal, median 60 ms, sigma 0.5");
        _scene.Result(Market(), options).GetProperty("state_hash").GetString().ShouldBe(first.GetProperty("state_hash").GetString());
        double[] waits = [.. Enumerable.Range(0, 5).Select(seed => Wait([.. options, "--seed", $"{seed}"]))];
        waits.Distinct().Count().ShouldBe(5);
        waits.ShouldAllBe(wait => wait > 60 * Math.Exp(-0.5 * 6) && wait < 60 * Math.Exp(0.5 * 6));

        double Wait(string[] arguments) => _scene.Result(Market(), arguments).GetProperty("execution").GetProperty("ms_to_fill").GetDouble();
    }

    [Fact]
    public void Backtest_OnTicks_FillsAtTheLastTradeAndSlippage()
    {
        // 100.1 x 1.0005 = 100.15 is 100.2 on the grid of 0.1; 101 x 0.9995 = 100.95 is 100.9.
        JsonElement result = _scene.Result(Market(), "--resolution", "ticks");
        Money(result, "final_equity").ShouldBe(10_000m + (201.8m * 0.999m) - (200.4m * 1.001m));
        Assumption(result, "resolution").ShouldBe("ticks");
    }

    [Fact]
    public void Backtest_OnBars_FillsAtTheNextOpenAndSlippage()
    {
        // The bar of second 1 opens and closes at 100.1; the trade of 101 is in a bar that does not end: 100.1 x 0.9995 = 100.05 is 100.0.
        JsonElement result = _scene.Result(Market(), "--resolution", "bars", "--max-volume-share", "none");
        Money(result, "final_equity").ShouldBe(10_000m + (200m * 0.999m) - (200.4m * 1.001m));
        Assumption(result, "latency").ShouldBe("none beyond the next open");
    }

    [Theory]
    [InlineData("back", 0)]
    [InlineData("uniform", 1.8)]
    public void Backtest_RestingTarget_FillsByItsPlaceInTheQueue(string model, double sold)
    {
        // Bought at 100.1 on average, the target of 1 % rests at 101.2 behind 10. The level grows to 14 and shrinks to 10 without a trade; then 9 trade there. At the back of the queue
        // 10 are still ahead. If any lot was as likely canceled as any other, 4/14 of the 4 stood behind: 10 - 4 x 10/14 = 7.143 are ahead and 1.8 whole lots trade. The rest goes at 101.
        CapturedMarket market = new CapturedMarket().Snapshot(0, "100.0x10 99.9x10|100.1x2 101.2x10").Trade(500, "Buy", "100.0", "0.5").Trade(1200, "Buy", "100.1", "0.1", 1205)
            .Change(1500, "|100.1x0 101.2x14").Change(1600, "|101.2x10").Trade(1700, "Buy", "101.2", "9.0").Change(1800, "101.0x5.0|101.2x1.0").Trade(2500, "Sell", "101.0", "0.1");
        JsonElement result = _scene.Result(market, "--take-profit", "0.01", "--queue-model", model, "--maker-fee-bps", "0", "--taker-fee-bps", "0");
        Money(result, "final_equity").ShouldBe(10_000m - 200.2m + ((decimal)sold * 101.2m) + ((2 - (decimal)sold) * 101m));
    }

    [Fact]
    public void Backtest_FundingFallsDueWhileLong_PaysTheRateNamedLastAtTheMarkBefore()
    {
        // Due at 2000 ms, told by the first mark price after it: 2 x 100.5 x 0.001.
        CapturedMarket market = Market(early => early.Mark(100, "100.0", "0.002", 2000), late => late.Mark(1500, "100.5", "0.001", 2000).Mark(2100, "101.0", "0.0005", 9000));
        JsonElement result = _scene.Result(market);
        Money(result.GetProperty("metrics"), "funding").ShouldBe(-0.201m);
        Money(result, "final_equity").ShouldBe(10_000m + 202m - 200.35m - 0.20035m - 0.202m - 0.201m);
    }

    [Fact]
    public void Backtest_ConnectionLostOnTheWay_WaitsForTheNextSnapshot()
    {
        // The book of 1208 is not to be believed; that of 1400 is: 2 x 100.4.
        CapturedMarket market = new CapturedMarket().Snapshot(0, "100.0x10|100.1x1.0 100.2x5.0").Trade(500, "Buy", "100.0", "0.5").Trade(1200, "Buy", "100.1", "0.1", 1205)
            .Lost(1208).Snapshot(1400, "100.3x1.0|100.4x5.0").Change(2400, "101.0x5.0|100.4x0").Trade(2500, "Sell", "101.0", "0.1");
        JsonElement result = _scene.Result(market);
        Money(result, "final_equity").ShouldBe(10_000m + (202m * 0.999m) - (200.8m * 1.001m));
        JsonElement check = result.GetProperty("checks").EnumerateArray().Single(one => one.GetProperty("name").GetString() == "recording");
        check.GetProperty("passed").GetBoolean().ShouldBeFalse();
        check.GetProperty("detail").GetString().ShouldBe("0 holes, 1 lost connections, 0 unreadable places, 1 breaks of the book; 0.192 s without a book that can be believed");
    }

    [Fact]
    public void Backtest_Recording_SaysWhatItHolds()
    {
        string[] told = _scene.Run(Market()).ErrorLines;
        told[0].ShouldContain(" BTCUSDT from 2023-11-15T13:20:00Z to 2023-11-15T13:20:02.5Z");
        told[1].ShouldBe("3 trades, 4 book messages with 10 level changes, 1 snapshots, 0 marks; 0 holes, 0 lost connections, 0 unreadable places, 0 breaks of the book");
        told[2].ShouldBe("grid: tick 0.1, lot 0.1 (from the decimals in the data unless given)");
        told[3].ShouldBe("played as trades and book, with 2 bars of 1s");
    }

    [Theory]
    [InlineData("error: resolution: tick: one of book, ticks, bars, compare", "--resolution", "tick")]
    [InlineData("error: latency-ms: -1: a number from 0 to 60000", "--latency-ms", "-1")]
    [InlineData("error: latency-ms: soon: a number from 0 to 60000", "--latency-ms", "soon")]
    [InlineData("error: latency-model: normal: one of constant, distribution, recorded", "--latency-model", "normal")]
    [InlineData("error: feed-latency-ms: 60001: a number from 0 to 60000", "--feed-latency-ms", "60001")]
    [InlineData("error: queue-model: front: back, uniform, power:N with N above 0 and at most 100, or log", "--queue-model", "front")]
    [InlineData("error: queue-model: power:0: back, uniform, power:N with N above 0 and at most 100, or log", "--queue-model", "power:0")]
    [InlineData("error: interval: 1h: a length that trades from 2023-11-15T13:20:00Z to 2023-11-15T13:20:02.5Z fill at least once", "--interval", "1h")]
    [InlineData("error: symbol: ETHUSDT: one of the recording: BTCUSDT", "--symbol", "ETH/USDT")]
    [InlineData("error: journal: j: left out with --resolution compare: it belongs to one run", "--resolution", "compare", "--journal", "j")]
    [InlineData("error: diagnostics: d: left out with --resolution compare: it belongs to one run", "--resolution", "compare", "--diagnostics", "d")]
    public void Backtest_BadInput_SaysWhatIsAllowed(string expected, params string[] options)
    {
        VerbRun run = _scene.RunOn(_scene.Write("capture.txt", Market().ToString()), ["--strategy", "BUY_AND_HOLD", .. options]);
        run.ErrorLines.ShouldContain(expected);
        run.ExitCode.ShouldBe(2);
        run.Output.ShouldBeEmpty();
        Directory.Exists(_scene.Out).ShouldBeFalse();
    }

    [Theory]
    [InlineData("resolution", "ticks")]
    [InlineData("latency-ms", "5")]
    [InlineData("latency-model", "constant")]
    [InlineData("feed-latency-ms", "5")]
    [InlineData("queue-model", "log")]
    public void Backtest_OptionOfRecordingsOnBars_IsRefused(string option, string value)
    {
        string bars = _scene.Write("BTCUSDT-1m.csv", "time,open,high,low,close,volume\n2024-01-01T00:00:00Z,1,1,1,1,1\n2024-01-01T00:01:00Z,1,1,1,1,1\n");
        VerbRun run = _scene.RunOn(bars, "--strategy", "BUY_AND_HOLD", $"--{option}", value);
        run.ErrorLines.ShouldHaveSingleItem().ShouldBe($"error: {option}: a value: left out where the data is bars: it concerns recordings of trades and books");
        run.ExitCode.ShouldBe(2);
    }

    [Fact]
    public void Backtest_RecordingWithoutTrades_IsRefused()
    {
        VerbRun run = _scene.Run(new CapturedMarket().Snapshot(0, "100.0x10|100.1x1.5").Change(900, "|100.1x2.5"));
        run.ErrorLines.ShouldHaveSingleItem().ShouldEndWith("a recording with trades: without them there are neither bars nor a last price");
        run.ExitCode.ShouldBe(2);
    }

    // 4 levels; 100.1 shrinks to 0.5 at 1210; both first levels are gone at 1290; at the end 101 is bid.
    private static CapturedMarket Market(Func<CapturedMarket, CapturedMarket>? early = null, Func<CapturedMarket, CapturedMarket>? late = null)
    {
        CapturedMarket market = new CapturedMarket().Snapshot(0, "100.0x10 99.9x10|100.1x1.0 100.2x5.0");
        market = (early?.Invoke(market) ?? market).Trade(500, "Buy", "100.0", "0.5").Trade(1200, "Buy", "100.1", "0.1", 1205)
            .Change(1210, "|100.1x0.5", 1212).Change(1290, "|100.1x0 100.2x0 100.3x5.0", 1291);
        return (late?.Invoke(market) ?? market).Change(2400, "101.0x5.0|100.3x0").Trade(2500, "Sell", "101.0", "0.1");
    }

    private static decimal Money(JsonElement json, string name) => decimal.Parse(json.GetProperty(name).GetString()!, CultureInfo.InvariantCulture);

    private static string? Assumption(JsonElement result, string name) => result.GetProperty("assumptions").GetProperty(name).GetString();
}
