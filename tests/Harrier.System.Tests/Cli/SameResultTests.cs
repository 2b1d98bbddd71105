using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Harrier.System.Tests.Launcher;

namespace Harrier.System.Tests.Cli;

/// <summary>The same bars and options give the same bytes, wherever and however they are stored.</summary>
public sealed class SameResultTests : IDisposable
{
    private static readonly string[] Options =
        ["--strategy", "SMA_CROSS", "--param", "fast=3", "--param", "slow=9", "--stop-loss", "0.01", "--take-profit", "0.01", "--symbol", "BTCUSDT"];

    private static readonly string[] Files = ["result.json", "trades.csv", "equity.csv", "report.html"];

    private readonly HarrierProgram _program = new();
    private readonly HandMadeBar[] _bars = HandMadeBars.Waves(300);

    public SameResultTests() => _program.Write("bars.csv", HandMadeBars.Csv(_bars));

    public void Dispose() => _program.Dispose();

    [Fact]
    public async Task Backtest_TwiceAndFromAnotherFolder_GivesTheSameBytes()
    {
        Directory.CreateDirectory(_program.PathOf("a folder"));
        await RunAsync("", "bars.csv", "first");
        await RunAsync("a folder", "../bars.csv", "../second");

        foreach (string file in Files)
        {
            _program.Read($"second/{file}").ShouldBe(_program.Read($"first/{file}"), file);
        }
    }

    [Fact]
    public async Task Backtest_WithPresetAndDiagnostics_ExplainsEachStepAndTradesTheSame()
    {
        string[] arguments = ["backtest", "--strategy", "BREAKOUT_MOMENTUM", "--preset", "scalping_breakout", "--data", "bars.csv", "--symbol", "BTCUSDT"];
        Outcome plain = await _program.RunAsync([.. arguments, "--out", "plain"]);
        plain.Code.ShouldBe(0, plain.Errors);
        Outcome explained = await _program.RunAsync([.. arguments, "--out", "explained", "--diagnostics", "steps.jsonl"]);
        explained.Code.ShouldBe(0, explained.Errors);

        _program.Read("explained/result.json").ShouldBe(_program.Read("plain/result.json"));
        JsonElement result = JsonDocument.Parse(_program.Read("plain/result.json")).RootElement;
        result.GetProperty("parameters").GetProperty("momentum_epsilon").GetDouble().ShouldBe(0.0005);
        result.GetProperty("assumptions").GetProperty("preset").GetString().ShouldBe("scalping_breakout");
        result.GetProperty("assumptions").GetProperty("preset_not_followed").GetString()!.ShouldContain("liquidity_filters");
        string[] lines = _program.Read("steps.jsonl").Split('\n', StringSplitOptions.RemoveEmptyEntries);
        lines.ShouldNotBeEmpty();
        JsonElement step = JsonDocument.Parse(lines[0]).RootElement;
        step.EnumerateObject().Select(one => one.Name).ShouldBe(["ts", "component", "stage", "symbol", "payload", "reason", "passed"]);
        step.GetProperty("symbol").GetString().ShouldBe("BTCUSDT");
        explained.Errors.ShouldContain($"steps.jsonl: {lines.Length} lines; ");
    }

    [Fact]
    public async Task Backtest_SameBarsAsGzipZipAndJson_GivesTheSameHashes()
    {
        Pack();
        _program.Write("bars.json", HandMadeBars.Json(_bars));
        (string State, string Data) expected = await RunAsync("", "bars.csv", "out-csv");

        foreach (string file in (string[])["bars.csv.gz", "bars.zip", "bars.json"])
        {
            (await RunAsync("", file, "out-" + file)).ShouldBe(expected, file);
        }
    }

    [Fact]
    public async Task Backtest_FromAStoreOfTheSameBars_GivesTheSameHashesAndNamesTheStore()
    {
        (string State, string Data) expected = await RunAsync("", "bars.csv", "out-csv");
        Outcome import = await _program.RunAsync("data", "import", "bars.csv", "--venue", "sim-binance-spot", "--symbol", "BTCUSDT", "--interval", "1m", "--store", "home/data");
        import.Code.ShouldBe(0, import.Errors);

        (await RunAsync("", "home/data", "out-store")).ShouldBe(expected);
        JsonElement result = JsonDocument.Parse(_program.Read("out-store/result.json")).RootElement;
        result.GetProperty("venue").GetString().ShouldBe("sim-binance-spot");
        result.GetProperty("assumptions").GetProperty("data_store").GetString().ShouldEndWith("home/data");
        result.GetProperty("assumptions").GetProperty("snapped_prices").GetInt64().ShouldBe(0);
        _program.Read("out-store/report.html").ShouldContain("sim-binance-spot");

        Outcome home = await _program.RunAsync(["backtest", .. Options, "--home", "home", "--interval", "5m", "--out", "out-home"]);
        home.Code.ShouldBe(0, home.Errors);
        home.Errors.ShouldContain("BTCUSDT 5m of 1m (synthetic or simulated, not a real market): 60 bars");
    }

    [Fact]
    public async Task Backtest_DamagedStoreOrOtherBars_IsRefusedOrLabeled()
    {
        await _program.RunAsync("data", "import", "bars.csv", "--venue", "sim-binance-spot", "--symbol", "BTCUSDT", "--interval", "1m", "--store", "store");
        Outcome volume = await _program.RunAsync(["backtest", .. Options, "--data", "store", "--interval", "volume:5000", "--out", "out-volume"]);
        volume.Code.ShouldBe(0, volume.Errors);
        volume.Output.ShouldContain("bars of volume:5000 are an approximation");

        string file = Directory.GetFiles(_program.PathOf("store"), "*.parquet", SearchOption.AllDirectories).Single();
        using (FileStream parquet = new(file, FileMode.Open))
        {
            parquet.SetLength(parquet.Length / 2);
        }

        Outcome damaged = await _program.RunAsync(["backtest", .. Options, "--data", "store", "--out", "out-damaged"]);
        damaged.Code.ShouldBe(2);
        damaged.Errors.Trim().Split('\n').ShouldHaveSingleItem().ShouldStartWith("error: store:");
        Directory.Exists(_program.PathOf("out-damaged")).ShouldBeFalse();
    }

    [Fact]
    public async Task Backtest_RandomPath_DependsOnTheSeedAlone()
    {
        (string State, string Data) one = await RunAsync("", "bars.csv", "one", "--path", "random", "--seed", "1", "--stop-loss", "0.002", "--take-profit", "0.002");
        (string State, string Data) again = await RunAsync("", "bars.csv", "again", "--path", "random", "--seed", "1", "--stop-loss", "0.002", "--take-profit", "0.002");
        (string State, string Data) other = await RunAsync("", "bars.csv", "other", "--path", "random", "--seed", "2", "--stop-loss", "0.002", "--take-profit", "0.002");

        again.ShouldBe(one);
        other.State.ShouldNotBe(one.State);
        other.Data.ShouldBe(one.Data);
    }

    private void Pack()
    {
        byte[] text = Encoding.UTF8.GetBytes(HandMadeBars.Csv(_bars));
        using (GZipStream gzip = new(File.Create(_program.PathOf("bars.csv.gz")), CompressionMode.Compress))
        {
            gzip.Write(text);
        }

        using (ZipArchive zip = ZipFile.Open(_program.PathOf("bars.zip"), ZipArchiveMode.Create))
        using (Stream entry = zip.CreateEntry("bars.csv").Open())
        {
            entry.Write(text);
        }
    }

    private async Task<(string State, string Data)> RunAsync(string folder, string data, string target, params string[] more)
    {
        string[] options = more.Length == 0 ? Options : [.. Options.Take(6), .. Options.TakeLast(2), .. more];
        Outcome run = await _program.RunInAsync(folder, ["backtest", .. options, "--data", data, "--out", target, "--json"]);
        run.Code.ShouldBe(0, run.Errors);
        JsonElement result = JsonDocument.Parse(run.Output).RootElement;
        return (result.GetProperty("state_hash").GetString()!, result.GetProperty("data_hash").GetString()!);
    }
}
