using Harrier.System.Tests.Launcher;

namespace Harrier.System.Tests.Cli;

/// <summary>What a person gets wrong is answered with 2, one line for each fault, and nothing written.</summary>
public sealed class BadInputTests : IDisposable
{
    private readonly HarrierProgram _program = new();

    public BadInputTests()
    {
        _program.Write("BTCUSDT-1m.csv", HandMadeBars.Csv(HandMadeBars.Waves(60)));
        _program.Write("file", "not a folder");
    }

    public void Dispose() => _program.Dispose();

    [Theory]
    [InlineData("verb: none given: one of account, backtest, backup, bots, collect, config, data, decisions, diag-l2, diag-levels, doctor, equity, events, exchange, features, fills, indicators, notify, orders, pairs, panic, performance, portfolio, reconcile, record, risk, run, runbot, scan, signal, soak, sql, status, strategies, stream, token, trades, users, verify, why; --help says more")]
    [InlineData("verb: nope: one of account, backtest, backup, bots, collect, config, data, decisions, diag-l2, diag-levels, doctor, equity, events, exchange, features, fills, indicators, notify, orders, pairs, panic, performance, portfolio, reconcile, record, risk, run, runbot, scan, signal, soak, sql, status, strategies, stream, token, trades, users, verify, why; --help says more", "nope")]
    [InlineData("argument: --nope: an option that backtest has; backtest --help lists them", "backtest", "--nope")]
    [InlineData("balance: 1, 2: given once", "backtest", "--balance", "1", "--balance", "2")]
    [InlineData("balance: 0: a number above 0", "backtest", "--balance", "0")]
    [InlineData("balance: 7e28: a number above 0 and at most 1000000000000", "backtest", "--balance", "7e28")]
    [InlineData("lot: 1e-18: a number from 0.0000000001 to 1000000000000", "backtest", "--data", "BTCUSDT-1m.csv", "--lot", "1e-18", "--out", "o")]
    [InlineData("lot: 0.0000000001: a size step of which", "backtest", "--data", "BTCUSDT-1m.csv", "--lot", "1e-10", "--balance", "1e9", "--out", "o")]
    [InlineData("size: 1e28: a number above 0", "backtest", "--data", "BTCUSDT-1m.csv", "--size", "base:1e28", "--out", "o")]
    [InlineData("strategy: NOPE: one of ", "backtest", "--strategy", "NOPE")]
    [InlineData("data: missing.csv: a file or folder that exists", "backtest", "--data", "missing.csv")]
    [InlineData("to: 2023-01-01: a day not before from (2024-01-01)", "backtest", "--data", "BTCUSDT-1m.csv", "--from", "2024-01-01", "--to", "2023-01-01")]
    [InlineData("from: 2030-01-01..: days with complete bars", "backtest", "--data", "BTCUSDT-1m.csv", "--from", "2030-01-01")]
    [InlineData("out: file: a folder; ", "backtest", "--data", "BTCUSDT-1m.csv", "--out", "file")]
    [InlineData("out: file/under: a folder; ", "backtest", "--data", "BTCUSDT-1m.csv", "--out", "file/under")]
    [InlineData("home: file: a folder; ", "backtest", "--data", "BTCUSDT-1m.csv", "--home", "file")]
    [InlineData("journal: .: a folder that is empty or not there yet", "backtest", "--data", "BTCUSDT-1m.csv", "--out", "o", "--journal", ".")]
    [InlineData("set: none given: ", "indicators", "BTCUSDT-1m.csv")]
    [InlineData("--out: (empty): a file, or - for standard output", "indicators", "BTCUSDT-1m.csv", "--set", "rsi:3", "--out", "")]
    [InlineData("data: none given: ", "signal", "--strategy", "SMA_CROSS")]
    [InlineData("kills: 0: a number from 1 to 100000", "soak", "--kills", "0")]
    [InlineData("home: file: a folder that is not there yet", "soak", "--home", "file")]
    [InlineData("risk-level: 1.5: a number from 0 to 1", "runbot", "--risk-level", "1.5", "--home", "h")]
    [InlineData("add-pair: BTC: two different assets as BTC-USD", "runbot", "--add-pair", "BTC-USD", "--add-pair", "BTC", "--home", "h")]
    [InlineData("key-file: none given: the file with the key of the account", "runbot", "--endpoint", "live", "--home", "h")]
    [InlineData("priority: 1001: a whole number from -1000 to 1000", "pairs", "add", "BTC-USD", "--priority", "1001", "--home", "h")]
    public async Task Run_OneFault_ExitsTwoWithOneLineAndWritesNothing(string expected, params string[] arguments)
    {
        string[] before = _program.Entries;

        Outcome run = await _program.RunAsync(arguments);

        run.Code.ShouldBe(2, run.Errors);
        run.Output.ShouldBeEmpty();
        run.Errors.TrimEnd('\n').Split('\n').ShouldHaveSingleItem().ShouldStartWith("error: " + expected);
        _program.Entries.ShouldBe(before);
    }

    [Fact]
    public async Task Backtest_SeveralFaults_TellsThemAll()
    {
        Outcome run = await _program.RunAsync(
            "backtest", "--strategy", "SMA_CROSS", "--param", "fast=x", "--param", "slow=0", "--balance", "-1", "--from", "soon", "--size", "all", "--seed", "1.5", "--out", "file");

        run.Code.ShouldBe(2);
        run.Errors.TrimEnd('\n').Split('\n').Select(line => line.Split(": ")[1]).ShouldBe(["fast", "slow", "from", "balance", "size", "seed", "out"], ignoreOrder: true);
    }

    [Fact]
    public async Task Backtest_FileOfControlCharacters_DoesNotReachTheTerminal()
    {
        _program.Write("BTCUSDT-5m.csv", "timestamp,open,high,low,close,volume\n\u001b[2J\u0007" + new string('9', 100_000) + ",1,1,1,1,1\n");

        Outcome run = await _program.RunAsync("backtest", "--data", "BTCUSDT-5m.csv");
        Outcome indicators = await _program.RunAsync("indicators", "BTCUSDT-5m.csv", "--set", "vwap");

        run.Code.ShouldBe(2);
        indicators.Code.ShouldBe(2);
        foreach (string errors in (string[])[run.Errors, indicators.Errors])
        {
            errors.TrimEnd('\n').Any(char.IsControl).ShouldBeFalse();
            errors.Length.ShouldBeLessThan(1100);
        }
    }
}
