using System.CommandLine;
using System.Text.Json;
using Harrier.Cli.Verbs;
using Harrier.Tests.Cli.Verbs;
using Harrier.Tests.Support;

namespace Harrier.Tests.Cli.Backtests;

/// <summary>The verb <c>backtest</c> on a small recording, in a folder of its own.</summary>
internal sealed class RecordedBacktest : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public string Folder => _folder.Path;

    public string Out => Path.Combine(_folder.Path, "out");

    public string Write(string name, string text) => _folder.Write(name, text);

    /// <summary>Runs on a capture: buys two at the first bar of a second and holds.</summary>
    public VerbRun Run(CapturedMarket market, params string[] arguments) =>
        RunOn(_folder.Write("capture.txt", market.ToString()), ["--strategy", "BUY_AND_HOLD", "--interval", "1s", "--size", "base:2", "--json", .. arguments]);

    /// <summary>Runs on any data, with <c>--out</c> and <c>--home</c> in the folder.</summary>
    public VerbRun RunOn(string data, params string[] arguments) => VerbRun.Of(
        BacktestVerb.Create(new Option<bool>("--verbose")), ["--data", data, "--out", Out, "--home", Path.Combine(_folder.Path, "home"), .. arguments]);

    /// <summary>The same, successful; its <c>result.json</c>.</summary>
    public JsonElement Result(CapturedMarket market, params string[] arguments)
    {
        VerbRun run = Run(market, arguments);
        run.ExitCode.ShouldBe(0, run.Errors);
        return JsonDocument.Parse(run.Output).RootElement;
    }

    public void Dispose() => _folder.Dispose();
}
