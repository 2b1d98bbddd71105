using System.Globalization;
using System.Text;
using System.Text.Json;
using Harrier.Cli;
using Harrier.Domain;
using Harrier.Storage.Recording;
using Harrier.Tests.Cli.Verbs;

namespace Harrier.Tests.Cli.Backtests;

/// <summary>What of a recording is played: its span, its symbol, its venue.</summary>
public sealed class RecordedWindowTests : IDisposable
{
    private readonly RecordedBacktest _scene = new();

    public void Dispose() => _scene.Dispose();

    [Fact]
    public void Backtest_FromAnInstant_BeginsWithTheBookAsItStands()
    {
        // The snapshot and its change came before: half of 100.1 is left at 1300. Decided at 2200: 0.5 x 100.1 + 1.5 x 100.2.
        JsonElement result = _scene.Result(Market(), "--from", "2023-11-15T13:20:01.3Z");
        Money(result).ShouldBe(10_000m + (202m * 0.999m) - (200.35m * 1.001m));
        JsonElement assumptions = result.GetProperty("assumptions");
        assumptions.GetProperty("trades").GetInt64().ShouldBe(3);
        assumptions.GetProperty("level_changes").GetInt64().ShouldBe(3 + 3);
        assumptions.GetProperty("marks_and_funding").GetInt64().ShouldBe(1);
        assumptions.GetProperty("seconds_without_book").GetDouble().ShouldBe(0);
        result.GetProperty("from").GetString().ShouldBe("2023-11-15T13:20:01Z");
    }

    [Fact]
    public void Backtest_FromAnInstantAfterALostConnection_HasNoBookUntilTheNextSnapshot()
    {
        CapturedMarket market = new CapturedMarket().Snapshot(0, "100.0x10|100.1x1.0").Lost(100).Trade(300, "Buy", "100.0", "0.5").Trade(1200, "Buy", "100.1", "0.1")
            .Snapshot(1400, "100.3x1.0|100.4x5.0").Trade(2500, "Buy", "100.4", "0.1");
        JsonElement result = _scene.Result(market, "--from", "2023-11-15T13:20:00.2Z");
        Money(result).ShouldBe(10_000m + ((100.3m + TakenBeyond(100.4m)) * 0.999m) - (200.8m * 1.001m));
        result.GetProperty("assumptions").GetProperty("seconds_without_book").GetDouble().ShouldBe(1.1);

        // One lot of 1 is bid at the end; what is left goes at the last price less 5 bps, on the grid.
        static decimal TakenBeyond(decimal last) => decimal.Floor(last * 0.9995m * 10) / 10;
    }

    [Theory]
    [InlineData("2023-11-15T13:20:02.3Z")]
    [InlineData("2023-11-15T13:20:02.200Z")]
    public void Backtest_ToAnInstant_SeesNothingLater(string to)
    {
        // The trade of 2200 is the last: the order meets no later book, and is closed out at once against 100 bid.
        JsonElement result = _scene.Result(Market(), "--to", to);
        result.GetProperty("assumptions").GetProperty("trades").GetInt64().ShouldBe(3);
        Money(result).ShouldBeLessThan(10_000m);
    }

    [Fact]
    public void Backtest_OfTheWholeDay_IsTheWholeRecording()
    {
        string whole = _scene.Result(Market()).GetProperty("state_hash").GetString()!;
        _scene.Result(Market(), "--from", "2023-11-15", "--to", "2023-11-15").GetProperty("state_hash").GetString().ShouldBe(whole);
    }

    [Theory]
    [InlineData("error: from: 2023-11-16: a span in which something was traded", "--from", "2023-11-16")]
    [InlineData("error: to: 2023-11-14: a span in which something was traded", "--to", "2023-11-14")]
    [InlineData("error: from: 2023-11-16: a time before --to 2023-11-15", "--from", "2023-11-16", "--to", "2023-11-15")]
    [InlineData("error: from: noon: a day as 2024-01-31, or in a recording an instant as 2024-01-31T12:30:00Z", "--from", "noon")]
    public void Backtest_SpanThatCannotBe_IsRefused(string expected, params string[] options)
    {
        VerbRun run = _scene.Run(Market(), options);
        run.ErrorLines.ShouldHaveSingleItem().ShouldBe(expected);
        run.ExitCode.ShouldBe(2);
    }

    [Fact]
    public void Backtest_InstantOnBars_IsRefused()
    {
        string bars = _scene.Write("BTCUSDT-1m.csv", "time,open,high,low,close,volume\n2024-01-01T00:00:00Z,1,1,1,1,1\n2024-01-01T00:01:00Z,1,1,1,1,1\n");
        _scene.RunOn(bars, "--strategy", "BUY_AND_HOLD", "--to", "2024-01-01T00:01Z").ErrorLines.ShouldHaveSingleItem()
            .ShouldBe("error: to: 2024-01-01T00:01Z: a day as 2024-01-31 where the data is bars");
    }

    [Fact]
    public void Backtest_RecordingOfTwoSymbols_PlaysTheOneAskedFor()
    {
        string one = Market().ToString();
        string other = Market("ETHUSDT").ToString().Replace("100.", "200.", StringComparison.Ordinal);
        string both = string.Concat((one + other).Split('\n').OrderBy(line => line.Split(' ')[0], StringComparer.Ordinal).Where(line => line.Length > 0).Select(line => line + "\n"));
        string path = _scene.Write("both.txt", both);
        string[] options = ["--strategy", "BUY_AND_HOLD", "--interval", "1s", "--size", "base:2", "--json"];
        _scene.RunOn(path, options).ErrorLines.ShouldHaveSingleItem().ShouldBe("error: symbol: none given: one of the recording: BTCUSDT, ETHUSDT");
        foreach ((string symbol, string alone) in (ReadOnlySpan<(string, string)>)[("BTC/USDT", one), ("ETHUSDT", other)])
        {
            string expected = Hash(_scene.RunOn(_scene.Write("alone.txt", alone), options));
            Hash(_scene.RunOn(path, [.. options, "--symbol", symbol])).ShouldBe(expected, symbol);
        }
    }

    [Fact]
    public async Task Backtest_FolderOfTwoVenues_NeverMixesThem()
    {
        string folder = Path.Combine(_scene.Folder, "recording");
        string other = Market().ToString().Replace("\"100.", "\"300.", StringComparison.Ordinal);
        await Record(folder, "sim-one", Market().ToString());
        await Record(folder, "sim-two", other);
        string[] options = ["--strategy", "BUY_AND_HOLD", "--interval", "1s", "--size", "base:2", "--json"];
        _scene.RunOn(folder, options).ErrorLines.ShouldHaveSingleItem().ShouldBe("error: venue: none given: one of the recording: sim-one, sim-two");
        _scene.RunOn(folder, [.. options, "--venue", "sim-three"]).ErrorLines.ShouldHaveSingleItem().ShouldBe("error: venue: sim-three: one of the recording: sim-one, sim-two");
        foreach ((string venue, string alone) in (ReadOnlySpan<(string, string)>)[("sim-one", Market().ToString()), ("sim-two", other)])
        {
            JsonElement expected = JsonDocument.Parse(_scene.RunOn(_scene.Write("alone.txt", alone), options).Output).RootElement;
            JsonElement result = JsonDocument.Parse(_scene.RunOn(folder, [.. options, "--venue", venue]).Output).RootElement;
            Money(result).ShouldBe(Money(expected), venue);
            result.GetProperty("data_hash").GetString().ShouldBe(expected.GetProperty("data_hash").GetString());
            result.GetProperty("venue").GetString().ShouldBe(venue);
        }
    }

    [Fact]
    public async Task Backtest_SegmentsOfAVenueInItsWords_KeepsTheNameOfTheBuiltInExchange()
    {
        string words = VenueAliases.Known.First(venue => venue.EndsWith("-linear", StringComparison.Ordinal));
        string folder = Path.Combine(_scene.Folder, "recording");
        await Record(folder, "sim-" + words, Market().ToString());
        VerbRun run = _scene.RunOn(folder, "--strategy", "BUY_AND_HOLD", "--interval", "1s", "--venue", words);
        run.ExitCode.ShouldBe(0, run.Errors);
        run.Output.ShouldContain("(SIMULATED MARKET)");
        run.ErrorLines[0].ShouldContain($"sim-{words} BTCUSDT (synthetic or simulated, not a real market)");
    }

    // Snapshot at 0, 100.1 shrinks at 1210; trades at 500, 1500, 2200 and, with 101 bid, at 2500.
    private static CapturedMarket Market(string symbol = "BTCUSDT") => new CapturedMarket(symbol).Snapshot(0, "100.0x10|100.1x1.0 100.2x5.0").Mark(100, "100.0", "0", 9000)
        .Trade(500, "Buy", "100.0", "0.5").Change(1210, "|100.1x0.5").Trade(1500, "Buy", "100.1", "0.1").Trade(2200, "Buy", "100.1", "0.1")
        .Change(2400, "101.0x5.0|100.1x0 100.2x0").Trade(2500, "Sell", "101.0", "0.1");

    private static async Task Record(string folder, string venue, string capture)
    {
        RecordingHeader header = new() { Venue = new VenueId(venue), Symbols = ["BTCUSDT"], Channels = ["trades", "book"], Build = "1.2.3", Start = Timestamp.FromUnixMilliseconds(CapturedMarket.Start) };
        FrameRecorder recorder = new(folder, header, new RecorderOptions(), TimeProvider.System, _ => { }) { SymbolOf = _ => "BTCUSDT" };
        foreach (string line in capture.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            int blank = line.IndexOf(' ', StringComparison.Ordinal);
            recorder.Add(RecordKind.Frame, new RecordSource("stream#1", 1, null), new Timestamp(long.Parse(line.AsSpan(0, blank), CultureInfo.InvariantCulture)), Encoding.UTF8.GetBytes(line[(blank + 1)..]));
        }

        await recorder.DisposeAsync();
    }

    private static string Hash(VerbRun run) => run.ExitCode == 0 ? JsonDocument.Parse(run.Output).RootElement.GetProperty("state_hash").GetString()! : throw new InvalidOperationException(run.Errors);

    private static decimal Money(JsonElement result) => decimal.Parse(result.GetProperty("final_equity").GetString()!, CultureInfo.InvariantCulture);
}
