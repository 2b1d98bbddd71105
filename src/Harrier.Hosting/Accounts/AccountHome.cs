using System.Diagnostics.CodeAnalysis;
using Harrier.Domain;
using Harrier.Engine;
using Harrier.Hosting.Configuration;
using Harrier.Storage.Journal;
using Harrier.Storage.Sessions;

namespace Harrier.Hosting.Accounts;

/// <summary>How an account came back.</summary>
/// <param name="Account">The account, which has no session yet.</param>
/// <param name="IsFresh">True when there was none: its money was paid in just now.</param>
/// <param name="Replayed">Inputs that were replayed from the journal after the last saved state.</param>
public sealed record OpenedAccount(TradingAccount Account, bool IsFresh, long Replayed);

/// <summary>
/// Where an account is kept. Each start goes the same way, after a graceful stop and after a crash: the newest saved state, the journal's inputs
/// after it replayed and compared with what they led to then, the books of engine and venue compared, a new session begun.
/// </summary>
/// <param name="home">The folder of all state.</param>
/// <param name="plan">The account.</param>
public sealed class AccountHome(string home, AccountPlan plan)
{
    private readonly SessionFolder _sessions = new(Path.Combine(home, "accounts", plan.Settings.Name));

    /// <summary>Told the folder of each session that begins; null when nobody is.</summary>
    public Action<string>? Began { get; set; }

    /// <summary>Its sessions.</summary>
    public SessionFolder Sessions => _sessions;

    /// <summary>Brings the account back, or makes it.</summary>
    /// <param name="now">When money is paid in, if the account is new.</param>
    /// <param name="witness">Sees the replay; null when nobody does.</param>
    /// <exception cref="AccountStateException">What is stored cannot be continued.</exception>
    /// <exception cref="IOException">It cannot be read or written.</exception>
    [SuppressMessage("Reliability", "CA2000:Dispose objects before losing scope", Justification = "The caller gets the account; where there is none to get, it is disposed of.")]
    public OpenedAccount Open(Timestamp now, ISessionWitness? witness = null)
    {
        string scratch = _sessions.Scratch();
        uint before = RunBefore();
        AccountPlan next = plan.ForStart(now, before);
        string? newest = _sessions.Newest;
        TradingAccount account = (newest is not null && SessionReplay.HasJournal(newest) ? plan.Named(before) : next).NewAccount(scratch);
        try
        {
            if (newest is not { } session)
            {
                for (int i = 0; i < plan.Settings.Bots.Count; i++)
                {
                    account.Handle(new AccountReport(new BotId(i), new Money(plan.Settings.Bots[i].Balance, plan.Numeraire), now));
                }

                return new OpenedAccount(account, true, 0);
            }

            long replayed = Recover(account, session, witness);
            if (account.Plan.Identity.Run != next.Identity.Run)
            {
                account = Renamed(account, next);
            }

            return new OpenedAccount(account, false, replayed);
        }
        catch (Exception fault) when (fault is InvalidDataException or JournalException or EndOfStreamException or FileNotFoundException)
        {
            account.Dispose();
            throw new AccountStateException(plan.Settings.Name, fault.Message);
        }
        catch
        {
            account.Dispose();
            throw;
        }
    }

    /// <summary>Of what an account was made when its newest session began; null when there is none.</summary>
    /// <param name="home">The folder of all state.</param>
    /// <param name="name">The account.</param>
    /// <param name="reader">Reads settings with the strategies of this program.</param>
    /// <exception cref="AccountStateException">It cannot be read by this program.</exception>
    public static AccountPlan? StoredPlan(string home, string name, SettingsReader reader)
    {
        try
        {
            return new SessionFolder(Path.Combine(home, "accounts", name)).Newest is { } session ? AccountPlan.Of(SessionPlanFile.Read(session), reader) : null;
        }
        catch (Exception fault) when (fault is InvalidDataException or FileNotFoundException or EndOfStreamException or ConfigurationException)
        {
            throw new AccountStateException(name, fault.Message);
        }
    }

    /// <summary>Saves the account's state and goes on in a new session.</summary>
    /// <param name="account">The account; from its first session on, it may be made of other bots than the one that was opened.</param>
    /// <param name="past">Bars of the past by which what is new in it was warmed up.</param>
    /// <exception cref="IOException">It could not be written; the session before stays the newest.</exception>
    public void BeginSession(TradingAccount account, IReadOnlyList<Bar>? past = null)
    {
        ArgumentNullException.ThrowIfNull(account);
        SessionPlan made = new(SettingsText.Of(account.Plan.Settings).ToJsonString(), account.Plan.Identity) { Ordered = account.Ordered };
        string session = _sessions.Begin(new SessionStart(made, account.Save()) { Past = past ?? [] });
        account.ContinueIn(session);
        _ = _sessions.Scratch();
        Began?.Invoke(session);
    }

    /// <summary>Notes that a call of a strategy hangs in the newest session, so that the next start leaves it out. Safe while the account's thread hangs.</summary>
    /// <param name="call">Number of the call since the session began.</param>
    /// <exception cref="IOException">It could not be written.</exception>
    public void Fence(long call)
    {
        if (_sessions.Newest is { } session)
        {
            SessionFence.Write(session, call);
        }
    }

    // The newest session may have ended before its journal began.
    private uint RunBefore() => _sessions.All().LastOrDefault(SessionReplay.HasJournal) is { } session ? new JournalReader(session).Identity.Run : 0;

    private TradingAccount Renamed(TradingAccount account, AccountPlan next)
    {
        byte[] state = account.Save();
        account.Dispose();
        TradingAccount renamed = next.NewAccount(_sessions.Scratch());
        try
        {
            renamed.Restore(state);
            renamed.Ordered = account.Ordered;
            return renamed;
        }
        catch
        {
            renamed.Dispose();
            throw;
        }
    }

    private long Recover(TradingAccount account, string session, ISessionWitness? witness)
    {
        account.Restore(SnapshotFile.Read(SessionFolder.SnapshotOf(session), plan.ConfigHash));
        account.Ordered = SessionPlanFile.Read(session).Ordered;
        witness?.Begin(session, account);
        SessionOutcome replay = SessionReplay.Run(session, account);
        if (replay.Divergence is { } divergence)
        {
            throw new AccountStateException(plan.Settings.Name, $"this program does not repeat what was recorded: {divergence}; continue with the program that recorded it, or with another home");
        }

        witness?.End(account);
        return account.Differences() is [var first, ..] ? throw new AccountStateException(plan.Settings.Name, first) : replay.Inputs;
    }
}
