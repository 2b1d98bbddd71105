using Harrier.Domain;
using Harrier.Hosting.Accounts;
using Harrier.Hosting.Configuration;
using Harrier.Storage.Records;
using Harrier.Storage.Records.Rows;
using Harrier.Storage.Sessions;

namespace Harrier.Hosting.Records;

/// <summary>
/// Keeps the records of one account: hands on what happens, and, when the account is opened, whatever the journals know and the database does not, as a crash or a
/// database that was away leaves it.
/// </summary>
public sealed class RecordKeeper
{
    private static readonly TimeSpan EquityEvery = TimeSpan.FromMinutes(1);

    private volatile AccountPlan _plan;
    private readonly RecordWriter _writer;
    private readonly RecordMarks _marks;
    private readonly RecordListener _listener;
    private Timestamp _lastEquity;

    private RecordKeeper(AccountPlan plan, RecordWriter writer, RecordMarks marks)
    {
        (_plan, _writer, _marks) = (plan, writer, marks);
        _listener = new RecordListener(batch => _writer.Add(Name, batch));
    }

    private string Name => _plan.Settings.Name;

    /// <summary>Takes over the records of an account.</summary>
    /// <param name="store">The database.</param>
    /// <param name="writer">Its writer.</param>
    /// <param name="plan">The account.</param>
    /// <param name="home">Where it is kept, and since when.</param>
    /// <exception cref="RecordStoreException">The account belongs to another home, another process writes it, or the database failed.</exception>
    public static RecordKeeper Claim(RecordStore store, RecordWriter writer, AccountPlan plan, (string Folder, Timestamp OpenedAt) home)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(plan);
        string name = plan.Settings.Name;
        RecordMarks marks = store.Claim(new AccountRow(name, Path.GetFullPath(home.Folder), plan.Settings.Venue, home.OpenedAt));
        return new RecordKeeper(plan, writer, marks);
    }

    /// <summary>Hands on what the journals know and the database may not, and listens from now on.</summary>
    /// <param name="account">The account, restored, before its next session.</param>
    /// <param name="sessions">Its sessions.</param>
    /// <param name="scratch">Folder for replayed journals; made, and deleted.</param>
    /// <param name="reader">Reads settings with the strategies of this program: a session may be of other bots than the account is now.</param>
    /// <param name="recovered">What the newest session holds, seen when the account was restored; null to replay that session as the others.</param>
    /// <exception cref="AccountStateException">A session whose records are missing cannot be replayed.</exception>
    public void Attach(TradingAccount account, SessionFolder sessions, string scratch, SettingsReader reader, RecoveredRecords? recovered = null)
    {
        ArgumentNullException.ThrowIfNull(account);
        ArgumentNullException.ThrowIfNull(sessions);
        foreach (string session in sessions.All().Where(session => SessionFolder.NumberOf(session) >= _marks.OrdersCompleteTo))
        {
            RecordBatch? batch = SessionFolder.NumberOf(session) < _marks.CompleteTo ? SessionOrders.Read(session, reader)
                : session == recovered?.Session ? recovered.Batch
                : SessionRecords.Of(session, _plan, scratch, reader);
            if (batch is not null)
            {
                _writer.Add(Name, batch);
            }
        }

        _listener.Attach(account);
    }

    /// <summary>Listens to an account that begins; it may be another than the one that was opened, and of other bots.</summary>
    /// <param name="successor">The account; on its task.</param>
    public void Follow(TradingAccount successor)
    {
        ArgumentNullException.ThrowIfNull(successor);
        _plan = successor.Plan;
        _listener.Attach(successor);
    }

    /// <summary>Told that a session began: what came before is in the queue.</summary>
    public void SessionBegan(string session) => _writer.Add(Name, new RecordBatch { CompleteTo = SessionFolder.NumberOf(session) });

    /// <summary>Told what happened on the account.</summary>
    public void Tell(AccountEvent happened)
    {
        if (happened is BotRoundTrip ended)
        {
            _writer.Add(Name, new RecordBatch { Trades = [RecordRows.Of(_plan, ended.Trip)] });
        }
        else if (RecordRows.Of(happened) is { } row)
        {
            _writer.Add(Name, new RecordBatch { Events = [row] });
        }
    }

    /// <summary>Told how the account stands; keeps one row of each bot a minute.</summary>
    public void Show(AccountStatus status)
    {
        ArgumentNullException.ThrowIfNull(status);
        if (status.Time - _lastEquity < EquityEvery)
        {
            return;
        }

        _lastEquity = new Timestamp(status.Time.Nanos - (status.Time.Nanos % (EquityEvery.Ticks * TimeSpan.NanosecondsPerTick)));
        _writer.Add(Name, new RecordBatch { Equity = [.. status.Bots.Select(bot => RecordRows.Of(bot, status.Time))] });
    }
}
