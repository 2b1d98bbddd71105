using Harrier.Hosting.Accounts;
using Harrier.Hosting.Control;
using Microsoft.Extensions.Logging;

namespace Harrier.Cli.Running;

/// <summary>Shows a run, and writes the lines for the person to the log too. Events reach the log from where they are kept.</summary>
/// <param name="view">Where it is shown; disposed of by its owner.</param>
/// <param name="log">The log.</param>
internal sealed class LoggedView(IRunView view, ILogger log) : IRunView
{
    public void Begin(IReadOnlyList<AccountStatus> accounts) => view.Begin(accounts);

    public void Show(IReadOnlyList<AccountStatus> accounts) => view.Show(accounts);

    public void End(IReadOnlyList<AccountStatus> accounts) => view.End(accounts);

    public void Tell(AccountEvent happened) => view.Tell(happened);

    public void Relay(LoggedEvent happened) => view.Relay(happened);

    public void Warn(string line)
    {
        LogLevel level = LevelOf(line);
        RunEntries.Said(log, level, line);
        view.Warn(line);
    }

    public void Dispose()
    {
    }

    private static LogLevel LevelOf(string line) =>
        line.StartsWith("error: ", StringComparison.Ordinal) ? LogLevel.Error
        : line.StartsWith("warning: ", StringComparison.Ordinal) ? LogLevel.Warning
        : LogLevel.Information;
}
