using Harrier.Hosting.Accounts;
using Harrier.Hosting.Control;

namespace Harrier.Cli.Running;

/// <summary>Shows a run, after somebody else has been told of it.</summary>
/// <param name="view">Where it is shown; disposed of by its owner.</param>
/// <param name="tell">Told what happened, first.</param>
/// <param name="show">Told how the accounts stand, first; null when nobody is.</param>
internal sealed class WatchedView(IRunView view, Action<AccountEvent> tell, Action<IReadOnlyList<AccountStatus>>? show = null) : IRunView
{
    public void Begin(IReadOnlyList<AccountStatus> accounts)
    {
        show?.Invoke(accounts);
        view.Begin(accounts);
    }

    public void Show(IReadOnlyList<AccountStatus> accounts)
    {
        show?.Invoke(accounts);
        view.Show(accounts);
    }

    public void End(IReadOnlyList<AccountStatus> accounts) => view.End(accounts);

    public void Tell(AccountEvent happened)
    {
        tell(happened);
        view.Tell(happened);
    }

    public void Relay(LoggedEvent happened) => view.Relay(happened);

    public void Warn(string line) => view.Warn(line);

    public void Dispose()
    {
    }
}
