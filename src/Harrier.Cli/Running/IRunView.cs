using Harrier.Hosting.Accounts;
using Harrier.Hosting.Control;

namespace Harrier.Cli.Running;

/// <summary>Where a run is shown. Calls come from several threads.</summary>
internal interface IRunView : IDisposable
{
    /// <summary>Shows that everything is up.</summary>
    /// <param name="accounts">All accounts.</param>
    void Begin(IReadOnlyList<AccountStatus> accounts);

    /// <summary>Shows all accounts at a moment.</summary>
    void Show(IReadOnlyList<AccountStatus> accounts);

    /// <summary>Shows how things stand at the end.</summary>
    void End(IReadOnlyList<AccountStatus> accounts);

    /// <summary>Shows what happened.</summary>
    void Tell(AccountEvent happened);

    /// <summary>Shows what happened in a run that another process carries.</summary>
    void Relay(LoggedEvent happened);

    /// <summary>Shows a line for the person.</summary>
    void Warn(string line);
}
