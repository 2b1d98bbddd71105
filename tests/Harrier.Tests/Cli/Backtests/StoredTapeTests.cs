using System.Globalization;
using System.Text.Json;
using Harrier.Domain;
using Harrier.Storage.Market;
using Harrier.Tests.Cli.Verbs;

namespace Harrier.Tests.Cli.Backtests;

/// <summary>Stored trades played as ticks.</summary>
public sealed class StoredTapeTests : IDisposable
{
    private static readonly VenueId Venue = new("sim-test");

    private readonly RecordedBacktest _scene = new();

    private string Root => Path.Combine(_scene.Folder, "store");

    public void Dispose() => _scene.Dispose();

    [Fact]
    public void Backtest_StoredTrades_AreTheTicksOfARecordingOfThem()
    {
        // Decided at 1200, at the venue at 1210: the last trade is 100.1, with 5 bps 100.2; sold at 101 less 5 bps, 100.9.
        Store(Venue, "BTCUSDT", Trades());
        JsonElement result = Result("--resolution", "ticks");
        Money(result).ShouldBe(10_000m + (201.8m * 0.999m) - (200.4m * 1.001m));
        CapturedMarket capture = new CapturedMarket().Trade(500, "Buy", "100.0", "0.5").Trade(1200, "Buy", "100.1", "0.1").Trade(2500, "Sell", "101.0", "0.1");
        _scene.Result(capture, "--resolution", "ticks").GetProperty("final_equity").GetString().ShouldBe(result.GetProperty("final_equity").GetString());
        Check(result).GetProperty("passed").GetBoolean().ShouldBeTrue();
        result.GetProperty("venue").GetString().ShouldBe("sim-test");
    }

    [Fact]
    public void Backtest_StoredTrades_CompareTicksWithBars()
    {
        Store(Venue, "BTCUSDT", Trades());
        JsonElement comparison = Result("--resolution", "compare", "--max-volume-share", "none");
        comparison.GetProperty("runs").EnumerateArray().Select(run => (run.GetProperty("resolution").GetString(), run.GetProperty("trades").GetInt32())).ShouldBe([("ticks", 1), ("bars", 1)]);
    }

    [Fact]
    public void Backtest_SpanOfStoredTrades_IsPlayedAlone()
    {
        Store(Venue, "BTCUSDT", Trades());
        Result("--resolution", "ticks", "--to", "2023-11-15T13:20:01.2Z").GetProperty("assumptions").GetProperty("trades").GetInt64().ShouldBe(2);
        Result("--resolution", "ticks", "--from", "2023-11-15T13:20:00.6Z").GetProperty("assumptions").GetProperty("trades").GetInt64().ShouldBe(2);
    }

    [Fact]
    public void Backtest_StoredTradesNobodyAskedForInFull_FailTheCheck()
    {
        using (MarketStore store = MarketStore.Open(Root))
        {
            store.Trades.Write(SeriesKey.Trades(Venue, "BTCUSDT"), Trades(), new StoreWrite { Source = "a test" });
        }

        Check(Result("--resolution", "ticks")).GetProperty("detail").GetString().ShouldBe("nothing tells whether trades are missing from 2023-11-15T13:20:00.5Z to 2023-11-15T13:20:02.5Z");
    }

    [Fact]
    public void Backtest_SeveralSeriesOfTrades_HasToChoose()
    {
        Store(Venue, "BTCUSDT", Trades());
        Store(Venue, "ETHUSDT", Trades());
        Store(new VenueId("sim-other"), "BTCUSDT", Trades());
        Refused("error: symbol: none given: one of the trades: BTCUSDT, ETHUSDT", "--venue", "sim-test");
        Refused("error: venue: none given: one of sim-other BTCUSDT, sim-test BTCUSDT", "--symbol", "BTC/USDT");
        Refused($"error: data: {Root}: a store with trades of XRPUSDT; it has sim-other BTCUSDT, sim-test BTCUSDT, sim-test ETHUSDT", "--symbol", "XRPUSDT");
        Refused("error: tick: 0.25: a step of which all prices are multiples; 100.1 is not", "--symbol", "ETHUSDT", "--tick", "0.25");
        Result("--resolution", "ticks", "--symbol", "BTCUSDT", "--venue", "sim-other").GetProperty("venue").GetString().ShouldBe("sim-other");
    }

    private static HistoricalTrade[] Trades() => [Trade(1, 500, 100.0m, 0.5m), Trade(2, 1200, 100.1m, 0.1m), Trade(3, 2500, 101.0m, 0.1m)];

    private static HistoricalTrade Trade(long id, int at, decimal price, decimal quantity) =>
        new() { Id = id, Time = Timestamp.FromUnixMilliseconds(CapturedMarket.Start + at), Price = price, Quantity = quantity, IsSell = id == 3 };

    private void Store(VenueId venue, string symbol, HistoricalTrade[] trades)
    {
        using MarketStore store = MarketStore.Open(Root);
        store.Trades.Write(SeriesKey.Trades(venue, symbol), trades, new StoreWrite { Source = "a test", Covered = new TimeRange(trades[0].Time, new Timestamp(trades[^1].Time.Nanos + 1)) });
    }

    private VerbRun Run(params string[] options) => _scene.RunOn(Root, ["--strategy", "BUY_AND_HOLD", "--interval", "1s", "--size", "base:2", "--json", "--market", "perp", .. options]);

    private JsonElement Result(params string[] options)
    {
        VerbRun run = Run(options);
        run.ExitCode.ShouldBe(0, run.Errors);
        return JsonDocument.Parse(run.Output).RootElement;
    }

    private void Refused(string expected, params string[] options)
    {
        VerbRun run = Run(["--resolution", "ticks", .. options]);
        run.ErrorLines.ShouldHaveSingleItem().ShouldBe(expected);
        run.ExitCode.ShouldBe(2);
    }

    private static decimal Money(JsonElement result) => decimal.Parse(result.GetProperty("final_equity").GetString()!, CultureInfo.InvariantCulture);

    private static JsonElement Check(JsonElement result) => result.GetProperty("checks").EnumerateArray().Single(check => check.GetProperty("name").GetString() == "stored_trades");
}
