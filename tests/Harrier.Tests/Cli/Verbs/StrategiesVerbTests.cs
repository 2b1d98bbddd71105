using System.Text.Json;
using Harrier.Cli.Verbs;
using Harrier.Tests.Support;

namespace Harrier.Tests.Cli.Verbs;

public sealed class StrategiesVerbTests
{
    [Fact]
    public void Invoke_Json_ListsEveryStrategyWithItsParameters()
    {
        VerbRun run = VerbRun.Of(StrategiesVerb.Create(), "--json");
        run.ExitCode.ShouldBe(0);
        run.Errors.ShouldBeEmpty();
        JsonElement[] strategies = [.. JsonDocument.Parse(run.Output).RootElement.GetProperty("strategies").EnumerateArray()];
        strategies.Select(strategy => strategy.GetProperty("key").GetString()).ShouldBe(
            [
                "BREAKOUT", "BREAKOUT_MOMENTUM", "BREAKOUT_RETEST", "BUY_AND_HOLD", "DENSITY_BREAKOUT", "DONCHIAN_TREND", "EMA_CROSS", "HYBRID", "MEAN_REVERSION",
                "ORDER_FLOW", "PRELEVEL_LIMIT", "RSI_CROSS", "SMA_CROSS", "SUPPLY_DEMAND", "VWAP", "WYCKOFF",
            ]);
        strategies.ShouldAllBe(strategy => strategy.GetProperty("source").GetString() == "built-in");
        strategies[14].GetProperty("parameters").GetRawText().ReplaceLineEndings("").Replace(" ", "", StringComparison.Ordinal).ShouldStartWith(
            """[{"name":"threshold","type":"double","default":0.02,"min":0.0001,"max":1,"choices":[],"description":""");
        strategies[14].GetProperty("parameters")[1].GetProperty("choices").EnumerateArray().Select(choice => choice.GetString())
            .ShouldBe(["session", "rolling", "cumulative"]);
        strategies[14].GetProperty("parameters")[1].GetProperty("default").GetString().ShouldBe("session");
    }

    /// <summary>Names and defaults of the systems specification, section 1.2.</summary>
    [Theory]
    [InlineData("MEAN_REVERSION", "window=20 std_dev_factor=2 z_entry=2 z_exit=0.5")]
    [InlineData("BREAKOUT", "lookback=20 volume_factor=1.5")]
    [InlineData("VWAP", "threshold=0.02 anchor=session window=150")]
    [InlineData("SMA_CROSS", "fast=20 slow=50")]
    public void Invoke_Text_ShowsNamesAndDefaults(string key, string settings)
    {
        string[] lines = VerbRun.Of(StrategiesVerb.Create()).Lines;
        int at = Array.FindIndex(lines, line => line.StartsWith(key + ":", StringComparison.Ordinal));
        lines.Skip(at + 1).TakeWhile(line => line.StartsWith("  ", StringComparison.Ordinal)).Select(line => line.Trim().Split(' ')[0]).ShouldBe(settings.Split(' '));
    }

    [Fact]
    public void Invoke_UserFile_ListsItsStrategyToo()
    {
        using TemporaryFolder folder = new();
        string file = folder.Write("mine.cs", """[StrategyKey("MINE", "does nothing")] public sealed class Mine : Strategy;""");
        VerbRun.Of(StrategiesVerb.Create(), "--strategy-file", file).Lines.ShouldContain("MINE (yours): does nothing");
    }

    [Fact]
    public void Invoke_BrokenUserFile_PrintsOneLinePerFaultAndReturns2()
    {
        using TemporaryFolder folder = new();
        string file = folder.Write("mine.cs", "class A : Strategy {\n DateTime Time() => DateTime.Now;\n int x = \"\"; }");
        VerbRun run = VerbRun.Of(StrategiesVerb.Create(), "--strategy-file", file);
        run.ExitCode.ShouldBe(2);
        run.Output.ShouldBeEmpty();
        run.ErrorLines.Length.ShouldBe(3);
        run.ErrorLines[0].ShouldStartWith($"error: strategy-file: {file}(1,7): [StrategyKey(");
        run.ErrorLines[1].ShouldStartWith($"error: strategy-file: {file}(2,");
        run.ErrorLines[2].ShouldStartWith($"error: strategy-file: {file}(3,10): CS0029: ");
    }
}
