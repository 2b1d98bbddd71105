using System.Text.Json.Nodes;
using Harrier.Engine.Strategies;
using Harrier.Hosting.Accounts;

namespace Harrier.Hosting.Control;

/// <summary>
/// What can be asked and ordered of a run, whoever asks: the control socket, and whatever else serves people. Safe to use from any thread; orders are carried
/// out on the tasks of the accounts.
/// </summary>
/// <param name="events">What happens in the run.</param>
public sealed class RunDesk(EventLog events)
{
    private readonly List<IRunningAccount> _runners = [];
    private readonly Lock _gate = new();

    /// <summary>What happened lately.</summary>
    public EventLog Events { get; } = events;

    /// <summary>Signals and trades as they come.</summary>
    public LiveFeed Live { get; } = new();

    /// <summary>All accounts as they stand.</summary>
    public IReadOnlyList<AccountStatus> Status => [.. Runners.Select(static runner => runner.Status)];

    private IRunningAccount[] Runners
    {
        get
        {
            lock (_gate)
            {
                return [.. _runners];
            }
        }
    }

    /// <summary>Reads the configuration once more for whoever is named, and why; null where there is none to read.</summary>
    public Func<string, string, Task<CommandAnswer>>? Reload { get; set; }

    /// <summary>Of what the run is made at this moment, without secrets; null before it begins.</summary>
    public Func<Task<JsonObject>>? Configuration { get; set; }

    /// <summary>Where the built-in exchange of the run serves a venue; null where it serves none.</summary>
    public Func<string, Uri?>? BuiltInPlace { get; set; }

    /// <summary>Takes an account that runs.</summary>
    public void Add(IRunningAccount runner)
    {
        lock (_gate)
        {
            _runners.Add(runner);
        }
    }

    /// <summary>Gives an order.</summary>
    /// <param name="account">To which account; null where the bot's name, or the order, says it.</param>
    /// <param name="command">The order.</param>
    public async Task<CommandAnswer> OrderAsync(string? account, AccountCommand command)
    {
        ArgumentNullException.ThrowIfNull(command);
        if (command is { Order: AccountOrder.Configure, Configuration: null })
        {
            return Reload is { } reload ? await reload(command.By, command.Reason).ConfigureAwait(false) : new CommandAnswer(false, "this run has no configuration to read");
        }

        IRunningAccount[] all = Runners;
        IRunningAccount[] meant = [.. all.Where(runner => (account is null || runner.Status.Name == account) && (command.Bot is null || runner.Status.Bots.Any(bot => bot.Name == command.Bot)))];
        bool isForAll = command.Bot is null && account is null && command.Order is AccountOrder.Panic or AccountOrder.Halt or AccountOrder.Unhalt;
        if (meant.Length == 0 || (meant.Length > 1 && !isForAll))
        {
            return new CommandAnswer(false, WhichOf(all, account, command.Bot, meant));
        }

        CommandAnswer[] answers = await Task.WhenAll(meant.Select(runner => runner.AskAsync(command))).ConfigureAwait(false);
        return answers is [var only]
            ? only
            : new CommandAnswer(
                Array.TrueForAll(answers, static answer => answer.IsDone),
                string.Join('\n', answers.Zip(meant, static (answer, runner) => $"{runner.Status.Name}: {answer.Text}")));
    }

    private static string WhichOf(IRunningAccount[] all, string? account, string? bot, IRunningAccount[] meant)
    {
        if (meant.Length > 1)
        {
            return $"--account: none given: one of {string.Join(", ", meant.Select(static runner => runner.Status.Name))}";
        }

        if (account is not null && Array.TrueForAll(all, runner => runner.Status.Name != account))
        {
            return $"--account: {account}: {Nearest(account, [.. all.Select(static runner => runner.Status.Name)])}";
        }

        string[] bots = [.. all.Where(runner => account is null || runner.Status.Name == account).SelectMany(static runner => runner.Status.Bots.Select(static one => one.Name))];
        return $"bot: {bot}: {Nearest(bot ?? "", bots)}";
    }

    private static string Nearest(string name, IReadOnlyList<string> known) =>
        (NearestName.Find(name, known) is { } nearest ? $"did you mean {nearest}? " : "") + $"one of {string.Join(", ", known.Order(StringComparer.Ordinal))}";
}
