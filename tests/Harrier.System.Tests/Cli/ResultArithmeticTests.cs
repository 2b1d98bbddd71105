using System.Globalization;
using System.Text.Json;
using Harrier.System.Tests.Launcher;

namespace Harrier.System.Tests.Cli;

/// <summary>Computes the files of a backtest again from the bars and from each other, without any code of the product.</summary>
public sealed class ResultArithmeticTests : IDisposable
{
    private static readonly string[] Strategy = ["--strategy", "SMA_CROSS", "--param", "fast=3", "--param", "slow=9"];

    private readonly HarrierProgram _program = new();
    private readonly HandMadeBar[] _bars = HandMadeBars.Waves(600);

    public ResultArithmeticTests() => _program.Write("BTCUSDT-1m.csv", HandMadeBars.Csv(_bars));

    public void Dispose() => _program.Dispose();

    [Fact]
    public async Task Backtest_Spot_FilesAddUpToTheLastDecimal()
    {
        JsonElement result = await RunAsync("--stop-loss", "0.02", "--take-profit", "0.04", "--maker-fee-bps", "3");

        string[][] trades = Rows("trades.csv");
        string[][] equity = Rows("equity.csv");
        trades.Length.ShouldBeGreaterThan(10);
        decimal final = Money(result, "final_equity");
        (Money(result, "initial_equity") + trades.Sum(trade => Number(trade[10]))).ShouldBe(final);
        Number(equity[^1][1]).ShouldBe(final);
        equity.Length.ShouldBe(_bars.Length);
        decimal peak = Money(result, "initial_equity");
        for (int i = 0; i < equity.Length; i++)
        {
            decimal value = Number(equity[i][1]);
            (Number(equity[i][2]) + (Number(equity[i][3]) * _bars[i].Close)).ShouldBe(value, $"row {i}");
            peak = Math.Max(peak, value);
            ((double)Number(equity[i][4])).ShouldBe((double)(1 - (value / peak)), 1e-12, $"row {i}");
        }

        JsonElement metrics = result.GetProperty("metrics");
        Money(metrics, "fees").ShouldBe(trades.Sum(trade => Number(trade[8])));
        metrics.GetProperty("trades").GetInt32().ShouldBe(trades.Length);
        metrics.GetProperty("win_rate").GetDouble().ShouldBe(trades.Count(trade => Number(trade[10]) > 0) / (double)trades.Length, 1e-12);
        metrics.GetProperty("max_drawdown").GetDouble().ShouldBe(equity.Max(row => (double)Number(row[4])), 1e-12);
        metrics.GetProperty("exposure").GetDouble().ShouldBe(equity.Count(row => Number(row[3]) != 0) / (double)equity.Length, 1e-12);
        metrics.GetProperty("buy_and_hold_return").GetDouble().ShouldBe((double)((_bars[^1].Close / _bars[0].Open) - 1), 1e-12);
    }

    [Fact]
    public async Task Backtest_Signals_FillAtTheNextOpenOnTheWorseTickWithFees()
    {
        await RunAsync("--slippage-bps", "7", "--taker-fee-bps", "4", "--max-volume-share", "none");

        string[][] trades = Rows("trades.csv");
        trades.Length.ShouldBeGreaterThan(10);
        foreach (string[] trade in trades.Where(trade => trade[11] == "signal"))
        {
            HandMadeBar entry = BarAt(trade[3]);
            HandMadeBar exit = BarAt(trade[4]);
            decimal quantity = Number(trade[7]);
            Number(trade[5]).ShouldBe(Math.Ceiling(entry.Open * 1.0007m * 100) / 100);
            Number(trade[6]).ShouldBe(Math.Floor(exit.Open * 0.9993m * 100) / 100);
            Number(trade[8]).ShouldBe(Fee(quantity * Number(trade[5])) + Fee(quantity * Number(trade[6])));
            Number(trade[10]).ShouldBe((quantity * (Number(trade[6]) - Number(trade[5]))) - Number(trade[8]));
        }
    }

    [Fact]
    public async Task Signal_SameStrategy_SaysWhatTheBacktestActsOn()
    {
        await RunAsync("--max-volume-share", "none");
        Outcome signal = await _program.RunAsync(["signal", .. Strategy, "--data", "BTCUSDT-1m.csv", "--json"]);

        string[] calls = [.. signal.Output.TrimEnd('\n').Split('\n').Select(line => JsonDocument.Parse(line).RootElement.GetProperty("signal").GetString()!)];
        calls.Length.ShouldBe(_bars.Length);
        string[][] trades = Rows("trades.csv");
        trades.Select(trade => calls[IndexOf(trade[3]) - 1]).Distinct().ShouldBe(["BUY"]);
        trades.Where(trade => trade[11] == "signal").Select(trade => calls[IndexOf(trade[4]) - 1]).Distinct().ShouldBe(["SELL"]);
    }

    private static decimal Fee(decimal notional) => Math.Ceiling(notional * 0.0004m * 100_000_000) / 100_000_000;

    private static decimal Number(string text) => decimal.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);

    private static decimal Money(JsonElement of, string name) => Number(of.GetProperty(name).GetString()!);

    private static int IndexOf(string time) =>
        (int)(DateTimeOffset.Parse(time, CultureInfo.InvariantCulture) - DateTimeOffset.FromUnixTimeSeconds(1_704_067_200)).TotalMinutes;

    private HandMadeBar BarAt(string time) => _bars[IndexOf(time)];

    private string[][] Rows(string file) => [.. _program.Read($"out/{file}").TrimEnd('\n').Split('\n').Skip(1).Select(row => row.Split(','))];

    private async Task<JsonElement> RunAsync(params string[] options)
    {
        Outcome run = await _program.RunAsync(["backtest", .. Strategy, "--data", "BTCUSDT-1m.csv", "--out", "out", "--json", .. options]);
        run.Code.ShouldBe(0, run.Errors);
        run.Output.ShouldBe(_program.Read("out/result.json"));
        return JsonDocument.Parse(run.Output).RootElement;
    }
}
