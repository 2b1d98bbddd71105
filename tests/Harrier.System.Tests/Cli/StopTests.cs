using System.Diagnostics;
using Harrier.System.Tests.Launcher;

namespace Harrier.System.Tests.Cli;

/// <summary>A run that is stopped in the middle leaves no half result.</summary>
public sealed class StopTests : IDisposable
{
    // About 0.2 ms per bar, so that 60,000 bars take long enough to be stopped in between on any machine.
    private const string SlowStrategy = """
        using Harrier.Domain;
        using Harrier.Engine.Strategies;
        using Harrier.Features;

        public sealed record SlowSettings;

        [StrategyKey("SLOW", "thinks hard about nothing")]
        public sealed class Slow : Strategy
        {
            private double _sum;

            public Slow(SlowSettings settings)
            {
            }

            protected override void OnBar(in Bar bar, in Ohlcv values)
            {
                for (int i = 0; i < 40_000; i++)
                {
                    _sum = System.Math.Sqrt(_sum + i);
                }
            }
        }
        """;

    private readonly HarrierProgram _program = new();

    public StopTests()
    {
        _program.Write("BTCUSDT-1m.csv", HandMadeBars.Csv(HandMadeBars.Waves(60_000)));
        _program.Write("Slow.cs", SlowStrategy);
    }

    public void Dispose() => _program.Dispose();

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public async Task Backtest_Signaled_EndsWithZeroAndWithoutFiles(string signal)
    {
        Shell.RequireBash();
        using Process process = await StartAsync();

        using Process kill = Process.Start("kill", [$"-{signal}", $"{process.Id}"]);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        process.ExitCode.ShouldBe(0);
        (await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken)).ShouldBeEmpty();
        Directory.Exists(_program.PathOf("out")).ShouldBeFalse();
    }

    [Fact]
    public async Task Backtest_Killed_LeavesNoResult()
    {
        using Process process = await StartAsync();

        process.Kill();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        process.ExitCode.ShouldNotBe(0);
        File.Exists(_program.PathOf("out/result.json")).ShouldBeFalse();
    }

    // The grid is the last thing printed before the run itself.
    private async Task<Process> StartAsync()
    {
        Process process = _program.Start("", "backtest", "--strategy-file", "Slow.cs", "--data", "BTCUSDT-1m.csv", "--out", "out");
        string? line;
        do
        {
            line = await process.StandardError.ReadLineAsync(TestContext.Current.CancellationToken);
            line.ShouldNotBeNull("the run ended before it began");
        }
        while (!line.StartsWith("grid:", StringComparison.Ordinal));
        return process;
    }
}
