using Harrier.Domain;
using Harrier.Hosting.Accounts;
using Harrier.Hosting.Changes;

namespace Harrier.Cli.Running;

/// <summary>The accounts of a run and the tasks that carry them; more may come while it runs. Safe to use from any thread.</summary>
/// <param name="warn">Told when an account stops over a fault.</param>
/// <param name="ends">Ends all of them.</param>
internal sealed class AccountFleet(Action<string> warn, CancellationToken ends) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly List<(ChangingAccount Account, Task<bool> Carried)> _all = [];
    private readonly HashSet<ChangingAccount> _lost = [];

    /// <summary>All accounts, in the order in which they came.</summary>
    public IReadOnlyList<ChangingAccount> Accounts => [.. Snapshot().Select(static one => one.Account)];

    /// <summary>All accounts as they stand.</summary>
    public IReadOnlyList<AccountStatus> Status => [.. Snapshot().Select(static one => one.Account.Status)];

    /// <summary>True when nothing is carried any more that could end.</summary>
    public bool IsOver => Awaited().TrueForAll(static task => task.IsCompleted);

    /// <summary>Completes when all that is carried now has ended.</summary>
    public Task Completion => Task.WhenAll(Awaited());

    /// <summary>Begins to carry an account.</summary>
    public void Start(ChangingAccount account)
    {
        lock (_gate)
        {
            _all.Add((account, Task.Run(() => CarryAsync(account), CancellationToken.None)));
        }
    }

    /// <summary>Looks for accounts whose strategy hangs, and waits for them no longer.</summary>
    /// <returns>Account and bot.</returns>
    public IReadOnlyList<(string Account, string Bot)> Fence(Timestamp now)
    {
        List<(string, string)> found = [];
        foreach ((ChangingAccount account, _) in Snapshot().Where(one => !_lost.Contains(one.Account)))
        {
            if (account.Fence(now) is { } bot)
            {
                _lost.Add(account);
                found.Add((account.Status.Name, bot));
            }
        }

        return found;
    }

    /// <summary>Waits for the ends of all that can end.</summary>
    /// <returns>True when each ended well, and none was lost.</returns>
    public async Task<bool> EndAsync()
    {
        bool[] outcomes = await Task.WhenAll(Awaited()).ConfigureAwait(false);
        return _lost.Count == 0 && Array.TrueForAll(outcomes, static isWell => isWell);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach ((ChangingAccount account, _) in Snapshot())
        {
            account.Dispose();
        }
    }

    private List<(ChangingAccount Account, Task<bool> Carried)> Snapshot()
    {
        lock (_gate)
        {
            return [.. _all];
        }
    }

    private List<Task<bool>> Awaited() => [.. Snapshot().Where(one => !_lost.Contains(one.Account)).Select(static one => one.Carried)];

    // One account that fails does not take the others with it.
    private async Task<bool> CarryAsync(ChangingAccount account)
    {
        try
        {
            await account.RunAsync(ends).ConfigureAwait(false);
            return true;
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            warn($"error: account {account.Status.Name}: stopped: {fault.Message}");
            return false;
        }
    }
}
