using System.Collections.Concurrent;
using Harrier.Domain;
using Harrier.Hosting.Accounts;
using Harrier.Hosting.Records;
using Harrier.Storage.Records;

namespace Harrier.Cli.Running;

/// <summary>The database of a run's records, its writer, and who keeps the records of each account.</summary>
internal sealed class RecordDesk : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly RunRequest _request;
    private readonly TimeProvider _time;
    private readonly RecordStore _store;
    private readonly RecordWriter _writer;
    private readonly CancellationTokenSource _giveUp = new();
    private readonly ConcurrentDictionary<string, RecordKeeper> _keepers = new(StringComparer.Ordinal);
    private readonly Task _writing;
    private readonly DailyRecords _daily;
    private Task _today = Task.CompletedTask;

    /// <summary>Opens the database that the configuration names; without one, a file in the home.</summary>
    /// <exception cref="RecordStoreException">It cannot be used: nothing is started.</exception>
    public RecordDesk(RunRequest request, TimeProvider time, Action<string> warn)
    {
        (_request, _time) = (request, time);
        _store = RecordStore.Open(request.Records, Timestamp.From(time.GetUtcNow()));
        _writer = new RecordWriter(_store, time, warn);
        _daily = new DailyRecords(request, _store, () => [.. _keepers.Keys.Order(StringComparer.Ordinal)], warn);
        _writing = Task.Run(() => _writer.RunAsync(_giveUp.Token), CancellationToken.None);
    }

    /// <summary>The database.</summary>
    public RecordStore Store => _store;

    /// <summary>Keeps the records of an account that was opened and has not begun.</summary>
    /// <param name="account">The account.</param>
    /// <param name="home">Where it is kept.</param>
    /// <param name="recovered">What its newest session holds; null for a new one.</param>
    /// <exception cref="RecordStoreException">Another home or process has the account.</exception>
    /// <exception cref="AccountStateException">Records are missing, and a session from which to fill them in cannot be replayed.</exception>
    /// <returns>Told each account that begins: the one that was opened, and those that go on where it stood.</returns>
    public Action<TradingAccount> Keep(TradingAccount account, AccountHome home, RecoveredRecords? recovered = null)
    {
        Timestamp openedAt = home.Sessions.OpenedAt(Timestamp.From(_time.GetUtcNow()));
        RecordKeeper keeper = RecordKeeper.Claim(_store, _writer, account.Plan, (_request.Home, openedAt));
        keeper.Attach(account, home.Sessions, Path.Combine(_request.Home, "accounts", account.Plan.Settings.Name, "records.tmp"), RunRequestOptions.Reader(), recovered);
        home.Began = keeper.SessionBegan;
        _keepers[account.Plan.Settings.Name] = keeper;
        return keeper.Follow;
    }

    /// <summary>Keeps the records of an account no more that was opened and not begun.</summary>
    public void Forget(string account) => _keepers.TryRemove(account, out _);

    /// <summary>Keeps what happened.</summary>
    public void Tell(AccountEvent happened)
    {
        if (_keepers.TryGetValue(happened.Account, out RecordKeeper? keeper))
        {
            keeper.Tell(happened);
        }
    }

    /// <summary>Keeps how the accounts stand, from time to time.</summary>
    public void Show(IReadOnlyList<AccountStatus> accounts)
    {
        foreach (AccountStatus account in accounts)
        {
            _keepers[account.Name].Show(account);
        }

        _today = _daily.Look(Timestamp.From(_time.GetUtcNow())) ?? _today;
    }

    /// <summary>Writes what waits, for a while, and closes the database.</summary>
    public async ValueTask DisposeAsync()
    {
        _writer.Complete();
        _giveUp.CancelAfter(Patience);
        await _writing.ConfigureAwait(false);
        await _today.ConfigureAwait(false);
        if (!_keepers.IsEmpty)
        {
            _daily.Run(Timestamp.From(_time.GetUtcNow()));
        }

        _store.Dispose();
        _giveUp.Dispose();
    }
}
