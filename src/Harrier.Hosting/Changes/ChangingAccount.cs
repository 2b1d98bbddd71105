using Harrier.Domain;
using Harrier.Hosting.Accounts;
using Harrier.Hosting.Configuration;

namespace Harrier.Hosting.Changes;

/// <summary>
/// An account that may be made of other bots, strategies and limits while it runs. What it becomes is prepared while it goes on; then, between two
/// inputs, the order is journaled, and the successor goes on with the feed, the books and the orders of the account before.
/// </summary>
public sealed class ChangingAccount : IRunningAccount, IDisposable
{
    private readonly AccountChange _change;
    private readonly IAccountPreparer _preparer;
    private readonly SemaphoreSlim _oneChange = new(1, 1);
    private readonly CancellationTokenSource _ends = new();
    private volatile AccountRunner _runner;

    /// <summary>Carries an account.</summary>
    /// <param name="first">Carries it as it is.</param>
    /// <param name="reader">Reads settings with the strategies of this program.</param>
    /// <param name="preparer">Prepares what it becomes.</param>
    public ChangingAccount(AccountRunner first, SettingsReader reader, IAccountPreparer preparer)
    {
        _runner = first;
        _change = new AccountChange(reader);
        _preparer = preparer;
    }

    /// <inheritdoc/>
    public AccountStatus Status => _runner.Status;

    /// <summary>Who carries the account now.</summary>
    public AccountRunner Runner => _runner;

    /// <inheritdoc/>
    public Task<CommandAnswer> AskAsync(AccountCommand command) => AccountChange.IsOne(command) ? ChangeAsync(command) : _runner.AskAsync(command);

    /// <summary>The settings that hold now, with all that was edited; null where the account takes no questions any more.</summary>
    public async Task<AccountSettings?> SettingsAsync()
    {
        AccountSettings? found = null;
        await _runner.DoAsync((runner, _) =>
        {
            found = runner.Account.Settings;
            return new CommandAnswer(true, "");
        }).ConfigureAwait(false);
        return found;
    }

    /// <summary>Says what would speak against an order that changes the account, without carrying it out.</summary>
    /// <returns>Faults and refusals; none when it would be carried out.</returns>
    public async Task<IReadOnlyList<string>> ObjectionsAsync(AccountCommand command)
    {
        IReadOnlyList<string> found = [];
        CommandAnswer asked = await _runner.DoAsync((runner, _) =>
        {
            try
            {
                found = ChangeRules.Refusals(runner.Account, _change.Apply(runner.Account.Settings, command));
                return new CommandAnswer(true, "");
            }
            catch (ConfigurationException wrong)
            {
                found = wrong.Faults;
                return new CommandAnswer(true, "");
            }
        }).ConfigureAwait(false);
        return asked.IsDone ? found : [asked.Text];
    }

    /// <summary>Carries the account, whatever it becomes, until it is stopped.</summary>
    /// <exception cref="IOException">The journal or a saved state could not be written: the account stopped there.</exception>
    public async Task RunAsync(CancellationToken stop)
    {
        try
        {
            while (true)
            {
                await _runner.RunAsync(stop).ConfigureAwait(false);
                if (_runner.Successor is not { } next)
                {
                    return;
                }

                _runner = next;
            }
        }
        finally
        {
            await _ends.CancelAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Leaves an account that was opened and is not to be carried after all: nothing of it is kept.</summary>
    public async Task AbandonAsync()
    {
        await _runner.AbandonAsync().ConfigureAwait(false);
        Dispose();
    }

    /// <inheritdoc cref="AccountRunner.Fence"/>
    public string? Fence(Timestamp now) => _runner.Fence(now);

    /// <summary>Ends what is prepared.</summary>
    public void Dispose()
    {
        _ends.Dispose();
        _oneChange.Dispose();
    }

    private async Task<CommandAnswer> ChangeAsync(AccountCommand command)
    {
        try
        {
            await _oneChange.WaitAsync(_ends.Token).ConfigureAwait(false);
        }
        catch (Exception fault) when (fault is OperationCanceledException or ObjectDisposedException)
        {
            return new CommandAnswer(false, $"account {Status.Name} has ended");
        }

        try
        {
            return await PrepareAndHandOverAsync(command).ConfigureAwait(false);
        }
        catch (ConfigurationException wrong)
        {
            return new CommandAnswer(false, string.Join('\n', wrong.Faults));
        }
        catch (AccountStateException wrong)
        {
            return new CommandAnswer(false, wrong.Message);
        }
        catch (OperationCanceledException)
        {
            return new CommandAnswer(false, $"account {Status.Name} has ended");
        }
        finally
        {
            _oneChange.Release();
        }
    }

    private async Task<CommandAnswer> PrepareAndHandOverAsync(AccountCommand command)
    {
        (AccountPlan Plan, AccountSettings Settings)? found = null;
        CommandAnswer asked = await _runner.DoAsync((runner, _) =>
        {
            found = (runner.Account.Plan, runner.Account.Settings);
            return new CommandAnswer(true, "");
        }).ConfigureAwait(false);
        if (found is not { } now)
        {
            return asked;
        }

        AccountSettings wanted = _change.Apply(now.Settings, command);
        if (ChangeText.Between(now.Settings, wanted).Count == 0)
        {
            return new CommandAnswer(true, $"account {wanted.Name}: nothing changes");
        }

        PreparedAccount prepared = await _preparer.PrepareAsync(now.Plan, wanted, _ends.Token).ConfigureAwait(false);
        CommandAnswer answer = await _runner.DoAsync((runner, time) => runner.HandOver(prepared, now.Settings, command, time)).ConfigureAwait(false);
        if (!answer.IsDone)
        {
            prepared.Account.Dispose();
            prepared.Feed?.Stream.Dispose();
        }

        return answer;
    }
}
