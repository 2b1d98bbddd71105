using Harrier.Hosting.Accounts;
using Harrier.Hosting.Changes;
using Harrier.Hosting.Configuration;

namespace Harrier.Cli.Running;

/// <summary>Lets a run read its configuration once more. Whatever is wrong with it, or cannot be done now, is told at once, and then nothing of it is carried out.</summary>
/// <param name="request">What the run was asked for.</param>
/// <param name="accounts">The accounts that run.</param>
internal sealed class ConfigurationReload(RunRequest request, IReadOnlyList<ChangingAccount> accounts) : IDisposable
{
    private readonly SettingsReader _reader = RunRequestOptions.Reader();
    private readonly SemaphoreSlim _oneAtATime = new(1, 1);

    /// <summary>Reads and carries out.</summary>
    /// <param name="by">Who asks for it.</param>
    /// <param name="reason">Why.</param>
    public async Task<CommandAnswer> RunAsync(string by, string reason)
    {
        await _oneAtATime.WaitAsync().ConfigureAwait(false);
        try
        {
            RunSettings now = request.Reread();
            List<string> faults = [.. Unsafe(now)];
            List<(ChangingAccount Account, AccountCommand Command)> orders = [];
            foreach (ChangingAccount account in accounts)
            {
                if (now.Accounts.FirstOrDefault(one => one.Name == account.Status.Name) is { } wanted)
                {
                    AccountSettings before = ConfiguredFile.Read(request.Home, wanted.Name, _reader) ?? wanted;
                    AccountCommand command = new(AccountOrder.Configure, null, by, reason.Length > 0 ? reason : "its configuration was read") { Configuration = (before, wanted) };
                    faults.AddRange(await account.ObjectionsAsync(command).ConfigureAwait(false));
                    orders.Add((account, command));
                }
            }

            return faults.Count > 0 ? new CommandAnswer(false, string.Join('\n', faults)) : await CarryAsync(orders).ConfigureAwait(false);
        }
        catch (ConfigurationException wrong)
        {
            return new CommandAnswer(false, string.Join('\n', wrong.Faults));
        }
        catch (InputException wrong)
        {
            return new CommandAnswer(false, wrong.Message);
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _oneAtATime.Dispose();

    private async Task<CommandAnswer> CarryAsync(List<(ChangingAccount Account, AccountCommand Command)> orders)
    {
        List<string> lines = [];
        bool isDone = true;
        foreach ((ChangingAccount account, AccountCommand command) in orders)
        {
            CommandAnswer answer = await account.AskAsync(command).ConfigureAwait(false);
            isDone &= answer.IsDone;
            lines.Add(orders.Count == 1 ? answer.Text : $"{account.Status.Name}: {answer.Text}");
            if (answer.IsDone)
            {
                ConfiguredFile.Write(request.Home, command.Configuration!.Value.Now);
            }
        }

        return new CommandAnswer(isDone, string.Join('\n', lines));
    }

    // What belongs to the run as a whole, and what would need a new start.
    private IEnumerable<string> Unsafe(RunSettings now)
    {
        RunSettings before = request.Settings;
        foreach ((string key, bool isSame) in new[] { ("seed", now.Seed == before.Seed), ("records", now.Records == before.Records), ("connections", now.Connections == before.Connections) })
        {
            if (!isSame)
            {
                yield return $"{key}: changed: as before while it runs; stop the run and start it to change it";
            }
        }

        string[] names = [.. now.Accounts.Select(static account => account.Name)];
        string[] running = [.. before.Accounts.Select(static account => account.Name)];
        foreach (string name in names.Except(running, StringComparer.Ordinal))
        {
            yield return $"accounts: {name}: one that runs; stop the run and start it to add an account";
        }

        foreach (string name in running.Except(names, StringComparer.Ordinal))
        {
            yield return $"accounts: {name}: named as before while it runs; stop the run and start it to leave an account out";
        }
    }
}
