using Harrier.Hosting.Accounts;
using Harrier.Hosting.Control;

namespace Harrier.Cli.Running;

/// <summary>Keeps what happens for those who watch from other processes, and passes everything on.</summary>
internal sealed class LoggedView(IRunView inner, EventLog log) : IRunView
{
    public void Begin(IReadOnlyList<AccountStatus> accounts) => inner.Begin(accounts);

    public void Show(IReadOnlyList<AccountStatus> accounts) => inner.Show(accounts);

    public void End(IReadOnlyList<AccountStatus> accounts) => inner.End(accounts);

    public void Tell(AccountEvent happened)
    {
        log.Add(happened);
        inner.Tell(happened);
    }

    public void Relay(LoggedEvent happened) => inner.Relay(happened);

    public void Warn(string line) => inner.Warn(line);

    // Whoever made the inner view disposes of it.
    public void Dispose()
    {
    }
}
