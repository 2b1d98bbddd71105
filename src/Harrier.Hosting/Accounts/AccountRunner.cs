using System.Threading.Channels;
using Harrier.Domain;
using Harrier.Engine;
using Harrier.Exchanges.Feeds;
using Harrier.Exchanges.Transport;
using Harrier.Hosting.Supervision;

namespace Harrier.Hosting.Accounts;

/// <summary>Market data of an account.</summary>
/// <param name="Stream">The feed; its owner disposes of it.</param>
/// <param name="Queue">Where it puts its events.</param>
public sealed record AccountFeed(MarketStream Stream, EventQueue<FeedItem> Queue);

/// <summary>
/// Carries an account: takes what its feed brought, makes bars, hands them to the account, saves its state from time to time and at the end. One
/// task does all of it; who watches reads <see cref="Status"/>.
/// </summary>
public sealed class AccountRunner : IRunningAccount
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestCall = TimeSpan.FromSeconds(10);

    private const int MostCommands = 64;
    private static readonly TimeSpan SaveEvery = TimeSpan.FromMinutes(10);

    private readonly PaperAccount _account;
    private readonly AccountHome _home;
    private readonly AccountFeed _feed;
    private readonly TimeProvider _time;
    private readonly BotBoard _bots;
    private readonly AccountDesk _desk;
    private readonly StrategyWatch _watch;
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
    public AccountRunner(PaperAccount opened, AccountHome home, AccountFeed feed, TimeProvider time, Action<AccountEvent> listener)
    {
        ArgumentNullException.ThrowIfNull(opened);
        ArgumentNullException.ThrowIfNull(time);
        (_account, _home, _feed, _time) = (opened, home, feed, time);
        _bots = new BotBoard(opened, listener);
        _desk = new AccountDesk(opened, _bots);
        _watch = new StrategyWatch(() => opened.Engine.CurrentCall, LongestCall);
        Timestamp now = Timestamp.From(time.GetUtcNow());
        Bars = new LiveBars(opened.Plan, now);
        Status = _bots.Look(now, feed.Stream);
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
            _home.BeginSession(_account);
            _lastSave = Timestamp.From(_time.GetUtcNow());
            _bots.Start(_lastSave);
            while (!stop.IsCancellationRequested)
            {
                Step(Timestamp.From(_time.GetUtcNow()));
                await Task.Delay(Pause, _time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }

            _bots.Stop(Timestamp.From(_time.GetUtcNow()));
            _home.BeginSession(_account);
        }
        catch (Exception fault)
        {
            _bots.Fail(Timestamp.From(_time.GetUtcNow()), fault.Message);
            throw;
        }
        finally
        {
            Status = _bots.Look(Timestamp.From(_time.GetUtcNow()), _feed.Stream);
            EndCommands();
            _account.Dispose();
            await ends.CancelAsync().ConfigureAwait(false);
            await feeding.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Does what there is to do at an instant.</summary>
    public void Step(Timestamp now)
    {
        _mark = _time.GetTimestamp();
        bool isOrdered = Obey(now);
        Lap(isOrdered ? AccountStage.Orders : null);
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
            Status = _bots.Look(now, _feed.Stream);
            Lap(AccountStage.Publish);
        }

        if (now - _lastSave >= SaveEvery)
        {
            _home.BeginSession(_account);
            _lastSave = now;
            Lap(AccountStage.Save);
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

    private bool Obey(Timestamp now)
    {
        bool any = false;
        while (_commands.Reader.TryRead(out (AccountCommand Command, TaskCompletionSource<CommandAnswer> Answer) asked))
        {
            any = true;
            try
            {
                asked.Answer.SetResult(_desk.Carry(asked.Command, now));
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
