namespace Harrier.Hosting.Accounts;

/// <summary>An account that runs, as those see it who watch and steer it. Safe to use from any thread.</summary>
public interface IRunningAccount
{
    /// <summary>The account at the latest moment that was published.</summary>
    AccountStatus Status { get; }

    /// <summary>Gives the account an order of the operator, which it carries out between two inputs.</summary>
    /// <returns>What became of it, once it is known.</returns>
    Task<CommandAnswer> AskAsync(AccountCommand command);
}
