using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;
using Harrier.Domain;
using Harrier.Engine;
using Harrier.Exchanges.Feeds;
using Harrier.Hosting.Accounts.Venues;
using Harrier.Hosting.Changes;
using Harrier.Hosting.Configuration;
using Harrier.Hosting.Supervision;

namespace Harrier.Hosting.Accounts;

/// <summary>
/// Carries an account: takes what its feed brought, makes bars, hands them to the account, saves its state from time to time and at the end. One
/// task does all of it; who watches reads <see cref="Status"/>.
/// </summary>
public sealed class AccountRunner : IRunningAccount
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestEnd = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestCall = TimeSpan.FromSeconds(10);

    private const int MostCommands = 64;
    private static readonly TimeSpan SaveEvery = TimeSpan.FromMinutes(10);

    private readonly TradingAccount _account;
    private readonly AccountHome _home;
    private readonly AccountFeeds _feeds;
    private readonly TimeProvider _time;
    private readonly Action<AccountEvent> _listener;
    private readonly BotBoard _bots;
    private readonly AccountDesk _desk;
    private readonly StrategyWatch _watch;
    private readonly VenueDesk? _venue;
    private readonly MarketIntake _market;
    private readonly bool _isSuccessor;
    private readonly Channel<QueuedOrder> _commands;

    private Timestamp _lastBeat;
    private Timestamp _lastSave;
    private long _mark;

    /// <summary>Carries an account that was opened.</summary>
    /// <param name="opened">The account; the runner owns it from now on.</param>
    /// <param name="home">Where it is kept.</param>
    /// <param name="feed">Its market data.</param>
    /// <param name="time">The wall clock.</param>
    /// <param name="listener">Told what happens, on the account's task.</param>
    [SuppressMessage("Reliability", "CA2000:Dispose objects before losing scope", Justification = "The run ends the feeds, or hands them to its successor.")]
    public AccountRunner(TradingAccount opened, AccountHome home, AccountFeed feed, TimeProvider time, Action<AccountEvent> listener)
    {
        ArgumentNullException.ThrowIfNull(opened);
        ArgumentNullException.ThrowIfNull(feed);
        ArgumentNullException.ThrowIfNull(time);
        (_account, _home, _feeds, _time, _listener) = (opened, home, new AccountFeeds(feed), time, listener);
        _commands = Channel.CreateBounded<QueuedOrder>(MostCommands);
        _bots = new BotBoard(opened, listener);
        _desk = new AccountDesk(opened, _bots);
        _watch = new StrategyWatch(() => opened.Engine.CurrentCall, LongestCall);
        _venue = feed.Venue is not { } link ? null : opened is VenueAccount sending ? new TradingDesk(sending, link, listener) : new VenueDesk(opened, link, listener);
        Timestamp now = Timestamp.From(time.GetUtcNow());
        Bars = new LiveBars(opened.Plan, now);
        _market = new MarketIntake(opened, _feeds, Bars);
        Status = Look(now);
    }

    // Goes on with all that the runner before has but its account.
    private AccountRunner(AccountRunner before, PreparedAccount prepared, Timestamp now)
    {
        TradingAccount account = prepared.Account;
        (_account, _home, _feeds, _time, _listener, _commands) = (account, before._home, before._feeds, before._time, before._listener, before._commands);
        (Past, Began, _lastBeat, _isSuccessor) = (prepared.Past, before.Began, before._lastBeat, true);
        _bots = new BotBoard(account, _listener, before._bots);
        _desk = new AccountDesk(account, _bots);
        _watch = new StrategyWatch(() => account.Engine.CurrentCall, LongestCall);
        _venue = before._venue?.SucceededBy(account);
        Bars = new LiveBars(account.Plan, now, before.Bars);
        _market = new MarketIntake(account, _feeds, Bars);
        if (prepared.Feed is { } feed)
        {
            _feeds.Add(feed, before._account.Plan.Instruments.Count);
        }

        Status = before.Status;
    }

    /// <summary>Bars of the past by which what is new in the account was warmed up; kept with its first session.</summary>
    /// <value>None.</value>
    public IReadOnlyList<Bar> Past { get; init; } = [];

    /// <summary>Told, on the account's task, that this runner begins to carry the account, and each that goes on where it stood; null when nobody is.</summary>
    public Action<AccountRunner>? Began { get; set; }

    /// <summary>Who carries the account from the end of <see cref="RunAsync"/> on; null when nobody does.</summary>
    public AccountRunner? Successor { get; private set; }

    /// <summary>The account; it belongs to its task while that runs.</summary>
    public TradingAccount Account => _account;

    /// <summary>Its market data.</summary>
    public IReadOnlyList<MarketStream> Streams => _feeds.Streams;

    /// <summary>Told what steps cost; null when nobody is.</summary>
    public IAccountProbe? Probe { get; set; }

    /// <summary>Makes the account's bars.</summary>
    public LiveBars Bars { get; }

    /// <inheritdoc/>
    public AccountStatus Status { get; private set => Volatile.Write(ref field, value); }

    /// <summary>
    /// Looks whether a strategy of the account hangs, from a thread other than the account's. If one does, the call is noted in the session, so that the next start
    /// leaves it out; the account itself cannot be helped, its process has to end.
    /// </summary>
    /// <param name="now">The wall clock.</param>
    /// <returns>The bot whose strategy hangs; null when none does.</returns>
    /// <exception cref="IOException">The call could not be noted.</exception>
    public string? Fence(Timestamp now)
    {
        if (_watch.Look(now) is not { } call)
        {
            return null;
        }

        _home.Fence(call.Number);
        return _account.Plan.Settings.Bots[call.Bot.Index].Name;
    }

    /// <inheritdoc/>
    public Task<CommandAnswer> AskAsync(AccountCommand command)
    {
        ArgumentNullException.ThrowIfNull(command);
        return DoAsync((runner, now) => runner.Carry(command, now), command.Order is AccountOrder.Panic or AccountOrder.Halt);
    }

    /// <summary>Does something on the account's task, between two inputs.</summary>
    /// <param name="what">What is done.</param>
    /// <param name="passes">True to do it also while the account waits for its venue.</param>
    internal Task<CommandAnswer> DoAsync(Func<AccountRunner, Timestamp, CommandAnswer> what, bool passes = false)
    {
        TaskCompletionSource<CommandAnswer> answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
        if (!_commands.Writer.TryWrite(new QueuedOrder(what, passes, answer)))
        {
            answer.SetResult(new CommandAnswer(false, $"account {Status.Name} takes no orders now: it has ended, or {MostCommands} wait"));
        }

        return answer.Task;
    }

    /// <summary>Journals what the account is to become, and lets a successor go on where it stands.</summary>
    /// <param name="prepared">What it becomes.</param>
    /// <param name="from">The settings from which that was made; others meanwhile, and nothing is done.</param>
    /// <param name="command">The order.</param>
    /// <param name="now">When.</param>
    internal CommandAnswer HandOver(PreparedAccount prepared, AccountSettings from, AccountCommand command, Timestamp now)
    {
        if (prepared.Feed is not null && _venue is not null)
        {
            return new CommandAnswer(false, $"account {from.Name} is one at a venue: a symbol that is new there needs a new start; stop the run, give the order again, and start it");
        }

        if (_account.JournalFailure is { } failure)
        {
            return new CommandAnswer(false, $"account {from.Name} has no journal ({failure.Message}): it can become nothing else");
        }

        // Timers that are due go first: the order itself must change nothing.
        _account.Handle(new Heartbeat(now, _market.TakeLag()));
        if (ChangeText.Between(from, _account.Settings).Count > 0)
        {
            return new CommandAnswer(false, $"account {from.Name} was changed meanwhile: order it again");
        }

        CommandAnswer answer = Changes.HandOver.Carry(_account, prepared.Account, command, now);
        if (answer.IsDone)
        {
            _bots.Watch(now);
            Successor = new AccountRunner(this, prepared, now);
            _bots.Note(now, $"{answer.Text} ({(command.Reason.Length > 0 ? command.Reason + ", " : "")}{command.By})");
        }

        return answer;
    }

    /// <summary>Carries the account until it is stopped; then its state is saved. Ends too when it was made anew, see <see cref="Successor"/>.</summary>
    /// <exception cref="IOException">The journal or a saved state could not be written: the account stopped there.</exception>
    public async Task RunAsync(CancellationToken stop)
    {
        try
        {
            _feeds.Begin();
            Begin(Timestamp.From(_time.GetUtcNow()));
            while (!stop.IsCancellationRequested && Successor is null)
            {
                Step(Timestamp.From(_time.GetUtcNow()));
                await RestAsync(stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }

            if (Successor is null)
            {
                await EndAsync().ConfigureAwait(false);
            }
        }
        catch (Exception fault)
        {
            _bots.Fail(Timestamp.From(_time.GetUtcNow()), fault.Message);
            throw;
        }
        finally
        {
            await LeaveAsync().ConfigureAwait(false);
        }
    }

    // Bars come due by the clock; what is finer is handled as it comes.
    private Task RestAsync(CancellationToken stop) =>
        Successor is not null ? Task.CompletedTask
        : _market.IsFine ? _feeds.WaitAsync(Pause, _time, stop)
        : Task.Delay(Pause, _time, stop);

    /// <summary>Begins a session; what there is to do from then on is done by steps.</summary>
    /// <param name="now">The wall clock.</param>
    /// <exception cref="IOException">The session could not be begun.</exception>
    public void Begin(Timestamp now)
    {
        _home.BeginSession(_account, Past);
        Began?.Invoke(this);
        _lastSave = now;
        _bots.Start(now);
        _venue?.Start(now);
        if (!_isSuccessor)
        {
            _market.Begin(now);
        }
    }

    /// <summary>Does what there is to do at an instant.</summary>
    public void Step(Timestamp now)
    {
        _mark = _time.GetTimestamp();
        bool mayTrade = _venue?.Step(now) ?? true;
        bool isOrdered = Obey(now, mayTrade);
        Lap(isOrdered ? AccountStage.Orders : null);
        if (Successor is not null)
        {
            return;
        }

        if (!mayTrade)
        {
            Wait(now, isOrdered);
            return;
        }

        IReadOnlyList<Bar> bars = _market.Take(now, Probe);
        Lap(AccountStage.Feed);
        foreach (Bar bar in bars)
        {
            _account.Handle(in bar);
            Lap(AccountStage.Bar);
        }

        bool isDue = now - _lastBeat >= TimeSpan.FromSeconds(1);
        if (isDue)
        {
            _account.Handle(new Heartbeat(now, _market.TakeLag()));
            _lastBeat = now;
            Lap(AccountStage.Heartbeat);
        }

        if (bars.Count > 0 || isDue || isOrdered)
        {
            _bots.Watch(now);
            Status = Look(now);
            Lap(AccountStage.Publish);
        }

        if (now - _lastSave >= SaveEvery && _account.JournalFailure is null)
        {
            Save(now);
            Lap(AccountStage.Save);
        }
    }

    // An account with positions at a venue goes on in the session that it has: its journal is whole as long as it can be written.
    private void Save(Timestamp now)
    {
        _lastSave = now;

        // What ended in the session is told before the next one says that it is complete.
        _bots.Forget(now);
        try
        {
            _home.BeginSession(_account);
        }
        catch (Exception fault) when (_account is VenueAccount && fault is (IOException or UnauthorizedAccessException))
        {
            _listener(new AccountNote(now, Status.Name, $"its state could not be saved, and is tried again: {fault.Message}"));
        }
    }

    /// <summary>Ends well: what is on its way is heard of, and the state saved. What remains is found at the next start.</summary>
    /// <exception cref="IOException">The state could not be saved.</exception>
    public async Task EndAsync()
    {
        _venue?.PrepareEnd(Timestamp.From(_time.GetUtcNow()));
        for (TimeSpan waited = TimeSpan.Zero; waited < LongestEnd && _venue?.IsSettled(Timestamp.From(_time.GetUtcNow())) == false; waited += Pause)
        {
            await Task.Delay(Pause, _time).ConfigureAwait(false);
        }

        Timestamp now = Timestamp.From(_time.GetUtcNow());
        _bots.Watch(now);
        _bots.Stop(now);
        _home.BeginSession(_account);
    }

    private AccountStatus Look(Timestamp now) => _bots.Look(now, _feeds.Look(now)) with { AtVenue = _venue?.Look() };

    // A bot that is to leave everything is silent at once. What it cancels and sends does not leave while the account waits: it is decided anew on what the venue shows.
    private CommandAnswer Carry(AccountCommand command, Timestamp now)
    {
        Timestamp last = _account.Engine.Time.Now;
        CommandAnswer answer = _desk.Carry(command, now > last ? now : last);
        return answer.IsDone && command.Order == AccountOrder.Panic && _venue is { HasBegun: false } ? answer with { Text = $"{answer.Text} as soon as the venue was read; nothing is opened" } : answer;
    }

    // What the market does meanwhile is left out, as it is while the program does not run.
    private void Wait(Timestamp now, bool isOrdered)
    {
        _market.Skip(Probe);
        if (isOrdered || now - _lastBeat >= TimeSpan.FromSeconds(1))
        {
            _lastBeat = now;
            Status = Look(now);
        }
    }

    // What a stage took since the one before; null begins anew and tells nobody.
    private void Lap(AccountStage? stage)
    {
        long now = _time.GetTimestamp();
        if (stage is { } done)
        {
            Probe?.OnStage(done, _time.GetElapsedTime(_mark, now));
        }

        _mark = now;
    }

    private bool Obey(Timestamp now, bool mayTrade)
    {
        bool any = false;
        while (Successor is null && _commands.Reader.TryRead(out QueuedOrder? asked))
        {
            any = true;
            try
            {
                asked.Answer.SetResult(mayTrade || asked.Passes ? asked.Do(this, now) : new CommandAnswer(false, $"account {Status.Name} waits for its venue: nothing is traded, and nothing can be ordered yet"));
            }
            finally
            {
                // Whoever waits is answered, also when the account ends over it.
                asked.Answer.TrySetResult(new CommandAnswer(false, $"account {Status.Name} failed over the order"));
            }
        }

        return any;
    }

    /// <summary>Leaves an account that was not begun; no session of it begins.</summary>
    public Task AbandonAsync() => LeaveAsync();

    // What a successor goes on with is left to it.
    private async Task LeaveAsync()
    {
        if (Successor is null)
        {
            Status = Look(Timestamp.From(_time.GetUtcNow()));
            _commands.Writer.Complete();
            while (_commands.Reader.TryRead(out QueuedOrder? asked))
            {
                asked.Answer.SetResult(new CommandAnswer(false, $"account {Status.Name} has ended"));
            }
        }

        if (Successor is null && _feeds.Venue is { } link)
        {
            await link.DisposeAsync().ConfigureAwait(false);
        }

        _account.Dispose();
        if (Successor is null)
        {
            await _feeds.DisposeAsync().ConfigureAwait(false);
        }
    }
}
