using System.Threading.Channels;
using Harrier.Domain;
using Harrier.Engine;
using Harrier.Exchanges.Feeds;
using Harrier.Exchanges.Transport;
using Harrier.Hosting.Accounts.Venues;
using Harrier.Hosting.Supervision;

namespace Harrier.Hosting.Accounts;

/// <summary>Market data of an account.</summary>
/// <param name="Stream">The feed; its owner disposes of it.</param>
/// <param name="Queue">Where it puts its events.</param>
public sealed record AccountFeed(MarketStream Stream, EventQueue<FeedItem> Queue)
{
    /// <summary>The way to the account at the venue; null for one that the venue does not know. Disposed of with the account.</summary>
    public VenueLink? Venue { get; init; }
}

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
    private readonly AccountFeed _feed;
    private readonly TimeProvider _time;
    private readonly BotBoard _bots;
    private readonly AccountDesk _desk;
    private readonly StrategyWatch _watch;
    private readonly VenueDesk? _venue;
    private readonly Channel<(AccountCommand Command, TaskCompletionSource<CommandAnswer> Answer)> _commands =
        Channel.CreateBounded<(AccountCommand, TaskCompletionSource<CommandAnswer>)>(MostCommands);

    private Timestamp _lastBeat;
    private Timestamp _lastSave;
    private TimeSpan _lag;
    private long _mark;

    /// <summary>Carries an account that was opened.</summary>
    /// <param name="opened">The account; the runner owns it from now on.</param>
    /// <param name="home">Where it is kept.</param>
    /// <param name="feed">Its market data.</param>
    /// <param name="time">The wall clock.</param>
    /// <param name="listener">Told what happens, on the account's task.</param>
    public AccountRunner(TradingAccount opened, AccountHome home, AccountFeed feed, TimeProvider time, Action<AccountEvent> listener)
    {
        ArgumentNullException.ThrowIfNull(opened);
        ArgumentNullException.ThrowIfNull(time);
        (_account, _home, _feed, _time) = (opened, home, feed, time);
        _bots = new BotBoard(opened, listener);
        _desk = new AccountDesk(opened, _bots);
        _watch = new StrategyWatch(() => opened.Engine.CurrentCall, LongestCall);
        _venue = feed.Venue is not { } link ? null : opened is VenueAccount sending ? new TradingDesk(sending, link, listener) : new VenueDesk(opened, link, listener);
        Timestamp now = Timestamp.From(time.GetUtcNow());
        Bars = new LiveBars(opened.Plan, now);
        Status = Look(now);
    }

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
        return Status.Bots[call.Bot.Index].Name;
    }

    /// <inheritdoc/>
    public Task<CommandAnswer> AskAsync(AccountCommand command)
    {
        TaskCompletionSource<CommandAnswer> answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
        if (!_commands.Writer.TryWrite((command, answer)))
        {
            answer.SetResult(new CommandAnswer(false, $"account {Status.Name} takes no orders now: it has ended, or {MostCommands} wait"));
        }

        return answer.Task;
    }

    /// <summary>Carries the account until it is stopped; then its state is saved.</summary>
    /// <exception cref="IOException">The journal or a saved state could not be written: the account stopped there.</exception>
    public async Task RunAsync(CancellationToken stop)
    {
        using CancellationTokenSource ends = CancellationTokenSource.CreateLinkedTokenSource(stop);
        Task feeding = _feed.Stream.RunAsync(ends.Token);
        try
        {
            Begin(Timestamp.From(_time.GetUtcNow()));
            while (!stop.IsCancellationRequested)
            {
                Step(Timestamp.From(_time.GetUtcNow()));
                await Task.Delay(Pause, _time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }

            await EndAsync().ConfigureAwait(false);
        }
        catch (Exception fault)
        {
            _bots.Fail(Timestamp.From(_time.GetUtcNow()), fault.Message);
            throw;
        }
        finally
        {
            Status = Look(Timestamp.From(_time.GetUtcNow()));
            EndCommands();
            if (_feed.Venue is { } link)
            {
                await link.DisposeAsync().ConfigureAwait(false);
            }

            _account.Dispose();
            await ends.CancelAsync().ConfigureAwait(false);
            await feeding.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Begins a session; what there is to do from then on is done by steps.</summary>
    /// <param name="now">The wall clock.</param>
    /// <exception cref="IOException">The session could not be begun.</exception>
    public void Begin(Timestamp now)
    {
        _home.BeginSession(_account);
        _lastSave = now;
        _bots.Start(now);
        _venue?.Start(now);
    }

    /// <summary>Does what there is to do at an instant.</summary>
    public void Step(Timestamp now)
    {
        _mark = _time.GetTimestamp();
        bool mayTrade = _venue?.Step(now) ?? true;
        bool isOrdered = Obey(now, mayTrade);
        Lap(isOrdered ? AccountStage.Orders : null);
        if (!mayTrade)
        {
            Wait(now);
            return;
        }

        Drain(now);
        IReadOnlyList<Bar> bars = Bars.Take(now);
        Lap(AccountStage.Feed);
        foreach (Bar bar in bars)
        {
            _account.Handle(in bar);
            Lap(AccountStage.Bar);
        }

        bool isDue = now - _lastBeat >= TimeSpan.FromSeconds(1);
        if (isDue)
        {
            _account.Handle(new Heartbeat(now, _lag));
            (_lastBeat, _lag) = (now, TimeSpan.Zero);
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
            _home.BeginSession(_account);
            _lastSave = now;
            Lap(AccountStage.Save);
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

        _bots.Stop(Timestamp.From(_time.GetUtcNow()));
        _home.BeginSession(_account);
    }

    private AccountStatus Look(Timestamp now) => _bots.Look(now, _feed.Stream) with { AtVenue = _venue?.Look() };

    // What the market does meanwhile is left out, as it is while the program does not run.
    private void Wait(Timestamp now)
    {
        while (_feed.Queue.TryRead(out _))
        {
        }

        if (now - _lastBeat >= TimeSpan.FromSeconds(1))
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
        while (_commands.Reader.TryRead(out (AccountCommand Command, TaskCompletionSource<CommandAnswer> Answer) asked))
        {
            any = true;
            try
            {
                asked.Answer.SetResult(mayTrade ? _desk.Carry(asked.Command, now) : new CommandAnswer(false, $"account {Status.Name} waits for its venue: nothing is traded, and nothing can be ordered yet"));
            }
            finally
            {
                // Whoever waits is answered, also when the account ends over it.
                asked.Answer.TrySetResult(new CommandAnswer(false, $"account {Status.Name} failed over the order"));
            }
        }

        return any;
    }

    private void EndCommands()
    {
        _commands.Writer.Complete();
        while (_commands.Reader.TryRead(out (AccountCommand Command, TaskCompletionSource<CommandAnswer> Answer) asked))
        {
            asked.Answer.SetResult(new CommandAnswer(false, $"account {Status.Name} has ended"));
        }
    }

    private void Drain(Timestamp now)
    {
        while (_feed.Queue.TryRead(out FeedItem item))
        {
            if (item.IsFault)
            {
                _account.Handle(item.Fault);
            }
            else if (item.Event.Kind == MarketEventKind.Trade)
            {
                MarketEvent trade = item.Event;
                TimeSpan age = now - trade.ReceivedTime;
                _lag = age > _lag ? age : _lag;
                Probe?.OnTrade(in trade, age);
                Bars.Add(in trade);
            }
        }
    }
}
