using System.Globalization;
using System.Text.Json;
using Harrier.Tests.Cli.Verbs;

namespace Harrier.Tests.Cli.Backtests;

/// <summary><c>backtest --resolution compare</c>: the same run on book, trades and bars, side by side.</summary>
public sealed class ComparedResolutionsTests : IDisposable
{
    private readonly RecordedBacktest _scene = new();

    public void Dispose() => _scene.Dispose();

    [Fact]
    public void Compare_OneRecording_TellsWhereTheDifferenceComesFrom()
    {
        JsonElement comparison = _scene.Result(Market(), "--resolution", "compare", "--max-volume-share", "none");
        JsonElement[] runs = [.. comparison.GetProperty("runs").EnumerateArray()];
        runs.Select(run => run.GetProperty("resolution").GetString()).ShouldBe(["book", "ticks", "bars"]);

        // Two at 100.1 + 100.2 on the book, both at 100.2 on ticks (100.1 and 5 bps) and bars (the next open and 5 bps); all decided at 100.
        runs.Select(run => run.GetProperty("execution").GetProperty("slippage_bps").GetDouble()).ShouldBe([15, 20, 20]);
        runs.Select(run => run.GetProperty("execution").GetProperty("ms_to_fill").GetDouble()).ShouldBe([10, 10, 0]);
        runs.Select(run => run.GetProperty("execution").GetProperty("fill_ratio").GetDouble()).ShouldBe([1, 1, 1]);
        runs.Select(run => run.GetProperty("trades").GetInt32()).ShouldBe([1, 1, 1]);

        // Sold at the end: 101 bid on the book, 101 less 5 bps on ticks, the close of the last whole bar, 100.1, less 5 bps on bars.
        runs.Select(run => Money(run, "final_equity")).ShouldBe([10_001.2977m, 10_000.9978m, 9_999.1996m]);
        runs[0].TryGetProperty("difference", out _).ShouldBeFalse();
        Parts(runs[1]).ShouldBe((-0.2999m, -0.2m, -0.1m, 0.0001m, 0m));
        Parts(runs[2]).ShouldBe((-2.0981m, -2m, -0.1m, 0.0019m, 0m));
        JsonElement reasons = comparison.GetProperty("differing_assumptions");
        reasons.GetProperty("resolution").GetProperty("ticks").GetString().ShouldBe("ticks");
        reasons.GetProperty("slippage").GetProperty("book").GetString().ShouldBe("none: takers walk the book as it stands when they arrive");
        reasons.EnumerateObject().First().Name.ShouldBe("seen_by_strategy");
        reasons.GetProperty("seen_by_strategy").GetProperty("bars").GetString().ShouldBe("closed bars alone: conditions on tape and book are not asked");
        reasons.TryGetProperty("seed", out _).ShouldBeFalse();
    }

    [Fact]
    public void Compare_EachRun_IsTheRunOfThatResolutionAlone()
    {
        JsonElement comparison = _scene.Result(Market(), "--resolution", "compare");
        foreach (JsonElement run in comparison.GetProperty("runs").EnumerateArray())
        {
            string resolution = run.GetProperty("resolution").GetString()!;
            string beside = File.ReadAllText(Path.Combine(_scene.Out, resolution, "result.json"));
            _scene.Run(Market(), "--resolution", resolution).Output.ShouldBe(beside);
            run.GetProperty("state_hash").GetString().ShouldBe(JsonDocument.Parse(beside).RootElement.GetProperty("state_hash").GetString());
        }
    }

    [Fact]
    public void Compare_AsText_IsOneTable()
    {
        VerbRun run = _scene.RunOn(_scene.Write("capture.txt", Market().ToString()), "--strategy", "BUY_AND_HOLD", "--interval", "1s", "--size", "base:2", "--resolution", "compare", "--max-volume-share", "none");
        run.ExitCode.ShouldBe(0, run.Errors);
        string[] lines = run.Lines;
        lines[1].Split(' ', StringSplitOptions.RemoveEmptyEntries).ShouldBe(["book", "ticks", "bars"]);
        Cells(lines, "Final equity").ShouldBe("10,001.30 USDT 10,001.00 USDT 9,999.20 USDT");
        Cells(lines, "Mean slippage").ShouldBe("15.00 bps 20.00 bps 20.00 bps");
        Cells(lines, "decisions").ShouldBe("-0.2 USDT -2.00 USDT");
        lines.ShouldContain("Why they differ");
        lines.ShouldContain("    bars: none beyond the next open");
        lines[^1].ShouldStartWith("report: ");
        string page = File.ReadAllText(Path.Combine(_scene.Out, "report.html"));
        page.ShouldContain("<a href=\"ticks/report.html\">ticks</a>");
        page.ShouldContain("<tr><th scope=\"row\">Mean slippage</th><td>15.00 bps</td><td>20.00 bps</td><td>20.00 bps</td></tr>");
        page.ShouldNotContain("<script");
    }

    [Fact]
    public void Compare_WithoutABook_ComparesTicksAndBars()
    {
        CapturedMarket trades = new CapturedMarket().Trade(500, "Buy", "100.0", "0.5").Trade(1200, "Buy", "100.1", "0.1").Trade(2500, "Sell", "101.0", "0.1");
        _scene.Result(trades, "--resolution", "compare").GetProperty("runs").EnumerateArray().Select(run => run.GetProperty("resolution").GetString()).ShouldBe(["ticks", "bars"]);
    }

    private static CapturedMarket Market() => new CapturedMarket().Snapshot(0, "100.0x10|100.1x1.0 100.2x5.0").Trade(500, "Buy", "100.0", "0.5").Trade(1200, "Buy", "100.1", "5.0", 1205)
        .Change(2400, "101.0x5.0|100.1x0 100.2x0 101.1x3.0").Trade(2500, "Sell", "101.0", "0.1");

    private static string Cells(string[] lines, string label) =>
        string.Join(' ', lines.First(line => line.TrimStart().StartsWith(label, StringComparison.Ordinal)).Trim()[label.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries));

    private static decimal Money(JsonElement json, string name) => decimal.Parse(json.GetProperty(name).GetString()!, CultureInfo.InvariantCulture);

    private static (decimal, decimal, decimal, decimal, decimal) Parts(JsonElement run)
    {
        JsonElement parts = run.GetProperty("difference");
        parts.GetProperty("to").GetString().ShouldBe("book");
        return (Money(parts, "equity"), Money(parts, "decisions"), Money(parts, "slippage"), Money(parts, "fees"), Money(parts, "funding"));
    }
}
