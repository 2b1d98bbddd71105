using Harrier.Hosting.Accounts;
using Harrier.Hosting.Control;

namespace Harrier.Cli.Running;

/// <summary>Shows a run, and keeps what is shown.</summary>
/// <param name="view">Where it is shown; disposed of by its owner.</param>
/// <param name="records">Where it is kept.</param>
internal sealed class RecordedView(IRunView view, RecordDesk records) : IRunView
{
    public void Begin(IReadOnlyList<AccountStatus> accounts)
    {
        records.Show(accounts);
        view.Begin(accounts);
    }

    public void Show(IReadOnlyList<AccountStatus> accounts)
    {
        records.Show(accounts);
        view.Show(accounts);
    }

    public void End(IReadOnlyList<AccountStatus> accounts) => view.End(accounts);

    public void Tell(AccountEvent happened)
    {
        records.Tell(happened);
        view.Tell(happened);
    }

    public void Relay(LoggedEvent happened) => view.Relay(happened);

    public void Warn(string line) => view.Warn(line);

    public void Dispose()
    {
    }
}
