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
