using Spectre.Console;

namespace Harrier.Cli.Backtests;

/// <summary>A progress bar on standard error: bars done, bars per second, time left. Silent where standard error is not a terminal.</summary>
internal static class BacktestProgress
{
    /// <summary>Runs the work with a progress bar over a number of bars.</summary>
    public static T Show<T>(long bars, Func<IProgress<long>?, T> work)
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
                ProgressTask task = context.AddTask("backtest", maxValue: bars);
                return work(new BarCount(task));
            });
    }

    private sealed class BarCount(ProgressTask task) : IProgress<long>
    {
        public void Report(long value)
        {
            task.Value = value;
            task.Description = FormattableString.Invariant($"{value:N0} bars, {task.Speed ?? 0:N0} bars/s");
        }
    }
}
