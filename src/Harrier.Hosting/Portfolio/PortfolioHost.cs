using System.Threading.Channels;
using Harrier.Domain;
using Harrier.Hosting.Accounts;
using Harrier.Storage.Records;

namespace Harrier.Hosting.Portfolio;

/// <summary>A portfolio account that runs: its bots are looked after when they are due, and orders of people are carried out between two looks. Safe to ask from any thread.</summary>
public sealed class PortfolioHost : IRunningAccount
{
    /// <summary>What portfolio bots have in place of the key of a strategy.</summary>
    public const string Strategy = "PORTFOLIO";

    // Settings are read this often: a bot that was switched on need not wait for the interval that it had before.
    private static readonly TimeSpan ReadEvery = TimeSpan.FromSeconds(1);

    private readonly PortfolioParts _parts;
    private readonly PortfolioRunner _runner;
    private readonly PortfolioView _view;
    private readonly SortedSet<string> _bots;
    private readonly bool _carriesAll;
    private readonly Dictionary<string, Timestamp> _looked = new(StringComparer.Ordinal);
    private readonly Channel<(AccountCommand Command, TaskCompletionSource<CommandAnswer> Answer)> _commands =
        Channel.CreateUnbounded<(AccountCommand, TaskCompletionSource<CommandAnswer>)>(new UnboundedChannelOptions { SingleReader = true });

    private bool _cannotRead;

    /// <summary>Wires the parts; nothing is sent.</summary>
    /// <param name="parts">What it is made of.</param>
    /// <param name="bots">The bots that it carries from the start; null for all that are configured, also those that are added later.</param>
    /// <param name="mode">What becomes of conversions, for people: demo, live, dry-run.</param>
    public PortfolioHost(PortfolioParts parts, IReadOnlyCollection<string>? bots, string mode)
    {
        ArgumentNullException.ThrowIfNull(parts);
        _parts = parts;
        _runner = new PortfolioRunner(parts);
        _view = new PortfolioView(_runner, mode);
        _carriesAll = bots is null;
        _bots = new SortedSet<string>(bots ?? [], StringComparer.Ordinal);
        Status = _view.Look(Now(), _looked);
    }

    /// <inheritdoc/>
    public AccountStatus Status { get; private set; }

    /// <inheritdoc/>
    public Task<CommandAnswer> AskAsync(AccountCommand command)
    {
        ArgumentNullException.ThrowIfNull(command);
        TaskCompletionSource<CommandAnswer> answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
        return _commands.Writer.TryWrite((command, answer)) ? answer.Task : Task.FromResult(new CommandAnswer(false, $"account {Status.Name} has ended"));
    }

    /// <summary>Runs until it is stopped. What was under way at the last end is found out first.</summary>
    /// <exception cref="IOException">The journal cannot be written: nothing more is decided.</exception>
    public async Task RunAsync(CancellationToken stop)
    {
        try
        {
            await _runner.BeginAsync(Carried(), stop).ConfigureAwait(false);
            while (!stop.IsCancellationRequested)
            {
                Obey();
                Configure();
                await LookAsync(stop).ConfigureAwait(false);
                Status = _view.Look(Now(), _looked);
                await RestAsync(stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }

            _runner.End();
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            _runner.End();
        }
        finally
        {
            _commands.Writer.Complete();
            while (_commands.Reader.TryRead(out (AccountCommand Command, TaskCompletionSource<CommandAnswer> Answer) late))
            {
                late.Answer.TrySetResult(new CommandAnswer(false, $"account {Status.Name} has ended"));
            }

            _parts.Home.Dispose();
        }
    }

    private async Task LookAsync(CancellationToken stop)
    {
        foreach (ConfiguredBot bot in _runner.Account.Bots)
        {
            Timestamp now = Now();
            bool isDue = bot.Settings.IsActive && (!_looked.TryGetValue(bot.Name, out Timestamp before) || now - before >= TimeSpan.FromSeconds(bot.Settings.CheckIntervalSeconds));
            if (isDue && !stop.IsCancellationRequested)
            {
                _looked[bot.Name] = now;
                _ = await _runner.IterateAsync(bot.Name, stop).ConfigureAwait(false);
            }
        }
    }

    private Task RestAsync(CancellationToken stop)
    {
        Timestamp now = Now();
        TimeSpan rest = ReadEvery;
        foreach (ConfiguredBot bot in _runner.Account.Bots.Where(static bot => bot.Settings.IsActive))
        {
            TimeSpan left = _looked.TryGetValue(bot.Name, out Timestamp before) ? TimeSpan.FromSeconds(bot.Settings.CheckIntervalSeconds) - (now - before) : TimeSpan.Zero;
            rest = left < rest ? left : rest;
        }

        Task order = _commands.Reader.WaitToReadAsync(stop).AsTask();
        return rest <= TimeSpan.Zero ? Task.CompletedTask : Task.WhenAny(order, Task.Delay(rest, _parts.Time, stop));
    }

    private IReadOnlyCollection<string> Carried() => _carriesAll ? [.. _parts.Store.Bots().Select(static bot => bot.Name)] : _bots;

    private void Configure()
    {
        try
        {
            _runner.Configure(Carried());
            _cannotRead = false;
        }
        catch (Exception fault) when (fault is RecordStoreException or FormatException)
        {
            if (!_cannotRead)
            {
                _parts.Tell(new AccountNote(Now(), Status.Name, $"settings cannot be read, those before stay in force: {fault.Message}"));
            }

            _cannotRead = true;
        }
    }

    private void Obey()
    {
        while (_commands.Reader.TryRead(out (AccountCommand Command, TaskCompletionSource<CommandAnswer> Answer) asked))
        {
            try
            {
                asked.Answer.SetResult(Obey(asked.Command));
            }
            catch (RecordStoreException fault)
            {
                asked.Answer.SetResult(new CommandAnswer(false, fault.Message));
            }
            finally
            {
                asked.Answer.TrySetResult(new CommandAnswer(false, $"account {Status.Name} failed over the order"));
            }
        }
    }

    private CommandAnswer Obey(AccountCommand command)
    {
        switch (command)
        {
            case { Order: AccountOrder.Halt or AccountOrder.Panic, Bot: null }:
                _runner.Order(isHalt: true, command.By, command.Reason);
                return new CommandAnswer(true, "halted: nothing more is converted; there are no positions to close, what is held is held");
            case { Order: AccountOrder.Unhalt, Bot: null }:
                _runner.Order(isHalt: false, command.By, command.Reason);
                return new CommandAnswer(true, "it goes on");
            case { Order: AccountOrder.Pause or AccountOrder.Stop or AccountOrder.Panic, Bot: { } bot }:
                return Change(bot, [KeyValuePair.Create("is_active", "false")]);
            case { Order: AccountOrder.Resume or AccountOrder.Start, Bot: { } bot }:
                return Change(bot, [KeyValuePair.Create("is_active", "true")]);
            case { Order: AccountOrder.Edit, Bot: { } bot }:
                return Change(bot, command.Changes);
            case { Order: AccountOrder.AddBot }:
                return Carry(ValueOf(command, "name"), ValueOf(command, "dry_run") == "true");
            case { Order: AccountOrder.RemoveBot, Bot: { } bot }:
                return _bots.Remove(bot) ? new CommandAnswer(true, $"bot {bot} is not carried any more; its settings are kept") : new CommandAnswer(false, $"bot: {bot}: one that was added while the account ran");
            default:
                return new CommandAnswer(false, "a portfolio account knows halt, unhalt and panic; its bots pause, resume, stop, start, panic, edit");
        }
    }

    private static string ValueOf(AccountCommand command, string key) => command.Changes.FirstOrDefault(pair => pair.Key == key).Value ?? "";

    private CommandAnswer Carry(string bot, bool isDry)
    {
        if (_parts.Store.Find(bot) is null)
        {
            return new CommandAnswer(false, $"name: {bot}: a bot with settings; runbot config set makes them");
        }

        if (_carriesAll || !_bots.Add(bot))
        {
            return new CommandAnswer(false, $"name: {bot}: a bot that is not carried already");
        }

        _ = isDry ? _parts.DryBots.Add(bot) : _parts.DryBots.Remove(bot);
        return new CommandAnswer(true, $"bot {bot} is carried");
    }

    private CommandAnswer Change(string bot, IReadOnlyList<KeyValuePair<string, string>> changes)
    {
        (PortfolioSettings? settings, IReadOnlyList<string> faults) = _parts.Store.Change(bot, changes, Now());
        return settings is null ? new CommandAnswer(false, string.Join('\n', faults)) : new CommandAnswer(true, $"{bot}: {string.Join(", ", changes.Select(static pair => $"{pair.Key} {pair.Value}"))}");
    }

    private Timestamp Now() => Timestamp.From(_parts.Time.GetUtcNow());
}
