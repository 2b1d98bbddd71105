using Spectre.Console;

namespace Harrier.Cli.Backtests;

/// <summary>A progress bar on standard error: work done, work per second, time left. Silent where standard error is not a terminal.</summary>
internal static class BacktestProgress
{
    /// <summary>Runs the work with a progress bar over a number of bars or events.</summary>
    public static T Show<T>(long count, string unit, Func<IProgress<long>?, T> work)
    {
        if (Console.IsErrorRedirected)
        {
            return work(null);
        }

        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        return console.Progress()
            .AutoClear(true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .Start(context =>
            {
                ProgressTask task = context.AddTask("backtest", maxValue: count);
                return work(new Counter(task, unit));
            });
    }

    private sealed class Counter(ProgressTask task, string unit) : IProgress<long>
    {
        public void Report(long value)
        {
            task.Value = value;
            task.Description = FormattableString.Invariant($"{value:N0} {unit}, {task.Speed ?? 0:N0} {unit}/s");
        }
    }
}
