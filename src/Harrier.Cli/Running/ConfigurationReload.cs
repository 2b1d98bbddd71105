using Harrier.Hosting.Accounts;
using Harrier.Hosting.Bots;
using Harrier.Hosting.Changes;
using Harrier.Hosting.Configuration;
using Harrier.Hosting.Notifications.Settings;

namespace Harrier.Cli.Running;

/// <summary>
/// Lets a run read its configuration once more. Whatever is wrong with it, or cannot be done now, is told at once, and then nothing of it is carried out. Accounts that are new
/// in it are opened and begin; the bots of one that it names no more are paused, because it is not for a file to leave positions.
/// </summary>
/// <param name="request">What the run was asked for.</param>
/// <param name="fleet">The accounts that run.</param>
/// <param name="opener">Opens more.</param>
internal sealed class ConfigurationReload(RunRequest request, AccountFleet fleet, AccountOpener opener) : IDisposable
{
    private readonly SettingsReader _reader = RunRequestOptions.Reader();
    private readonly SemaphoreSlim _oneAtATime = new(1, 1);

    /// <summary>Lets others be told than before; null where nobody is.</summary>
    public Func<NotificationSettings?, Task>? Notify { get; init; }

    /// <summary>The portfolio accounts of the run.</summary>
    public required PortfolioReload Portfolios { get; init; }

    /// <summary>Reads and carries out.</summary>
    /// <param name="by">Who asks for it.</param>
    /// <param name="reason">Why.</param>
    public async Task<CommandAnswer> RunAsync(string by, string reason)
    {
        await _oneAtATime.WaitAsync().ConfigureAwait(false);
        try
        {
            RunSettings now = request.Reread();
            AccountSettings[] added = [.. now.Accounts.Where(one => !opener.Has(one.Name))];
            List<string> faults = [.. Unsafe(now), .. opener.Objections(added), .. Portfolios.Objections(now.Portfolios)];
            List<(ChangingAccount Account, AccountCommand Command)> orders = [];
            foreach (ChangingAccount account in fleet.Accounts)
            {
                if (now.Accounts.FirstOrDefault(one => one.Name == account.Status.Name) is { } wanted)
                {
                    AccountSettings before = ConfiguredFile.Read(request.Home, wanted.Name, _reader) ?? wanted;
                    AccountCommand command = new(AccountOrder.Configure, null, by, reason.Length > 0 ? reason : "its configuration was read") { Configuration = (before, wanted) };
                    faults.AddRange(await account.ObjectionsAsync(command).ConfigureAwait(false));
                    orders.Add((account, command));
                }
            }

            if (faults.Count > 0)
            {
                return new CommandAnswer(false, string.Join('\n', faults));
            }

            (IReadOnlyList<Func<string>> starts, IReadOnlyList<string> closed) = await opener.OpenAsync(added).ConfigureAwait(false);
            return closed.Count > 0 ? new CommandAnswer(false, string.Join('\n', closed)) : await CarryAsync(orders, starts, now, by).ConfigureAwait(false);
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

    private async Task<CommandAnswer> CarryAsync(List<(ChangingAccount Account, AccountCommand Command)> orders, IReadOnlyList<Func<string>> starts, RunSettings now, string by)
    {
        List<string> lines = [];
        bool isDone = true;
        bool isOne = orders.Count == 1 && starts.Count == 0;
        foreach ((ChangingAccount account, AccountCommand command) in orders)
        {
            CommandAnswer answer = await account.AskAsync(command).ConfigureAwait(false);
            isDone &= answer.IsDone;
            lines.Add(isOne ? answer.Text : $"{account.Status.Name}: {answer.Text}");
            if (answer.IsDone)
            {
                ConfiguredFile.Write(request.Home, command.Configuration!.Value.Now);
            }
        }

        lines.AddRange(starts.Select(static start => start()));
        lines.AddRange(Portfolios.Carry(now.Portfolios));
        foreach (ChangingAccount left in fleet.Accounts.Where(one => now.Accounts.All(named => named.Name != one.Status.Name)))
        {
            (bool isPaused, string line) = await PauseAsync(left, by).ConfigureAwait(false);
            isDone &= isPaused;
            lines.Add(line);
        }

        if (Notify is not null && (now.Notifications is not null || request.Settings.Notifications is not null))
        {
            await Notify(now.Notifications).ConfigureAwait(false);
            lines.Add("notifications: read anew");
        }

        return new CommandAnswer(isDone, string.Join('\n', lines));
    }

    // A file that is cut off or half written names no account either: what is held stays, with its stops.
    private static async Task<(bool IsPaused, string Line)> PauseAsync(ChangingAccount account, string by)
    {
        AccountStatus status = account.Status;
        List<string> refused = [];
        foreach (BotStatus bot in status.Bots.Where(static bot => bot.State is not (BotState.Paused or BotState.Stopped or BotState.Emergency or BotState.Error)))
        {
            CommandAnswer answer = await account.AskAsync(new AccountCommand(AccountOrder.Pause, bot.Name, by, "its account left the configuration")).ConfigureAwait(false);
            if (!answer.IsDone)
            {
                refused.Add(answer.Text);
            }
        }

        string line = $"{status.Name}: left the configuration: its bots are paused, and what they hold stays with its stops; harrier panic --account {status.Name} leaves it, bots resume goes on";
        return refused.Count == 0 ? (true, line) : (false, $"{status.Name}: left the configuration: {string.Join("; ", refused)}");
    }

    // What belongs to the run as a whole, and what would need a new start.
    private IEnumerable<string> Unsafe(RunSettings now)
    {
        RunSettings before = request.Settings;
        (string Key, bool IsSame)[] fixedKeys =
        [
            ("seed", now.Seed == before.Seed), ("records", now.Records == before.Records), ("connections", now.Connections == before.Connections), ("logging", now.Logging == before.Logging), ("telemetry", now.Telemetry.IsSame(before.Telemetry)),
            ("keep_trades", now.KeepTrades == before.KeepTrades), ("max_memory_mib", now.MaxMemoryMib == before.MaxMemoryMib),
        ];
        return fixedKeys.Where(static one => !one.IsSame).Select(static one => $"{one.Key}: changed: as before while it runs; stop the run and start it to change it");
    }
}
