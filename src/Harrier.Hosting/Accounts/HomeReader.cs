using Harrier.Domain;
using Harrier.Hosting.Configuration;
using Harrier.Storage.Journal;
using Harrier.Storage.Sessions;

namespace Harrier.Hosting.Accounts;

/// <summary>
/// Reads the accounts of a home by replaying their sessions, also while a process runs on it: nothing in the home is changed. What comes out is what the
/// account did, with everything that a journal does not say because it follows from the rest.
/// </summary>
/// <param name="home">The folder of all state.</param>
/// <param name="reader">Reads settings with the strategies of this program.</param>
public sealed class HomeReader(string home, SettingsReader reader)
{
    private readonly SessionProof _proof = new(reader);

    /// <summary>Names of the accounts.</summary>
    public IReadOnlyList<string> Accounts
    {
        get
        {
            string folder = Path.Combine(home, "accounts");
            return Directory.Exists(folder) ? [.. Directory.EnumerateDirectories(folder).Select(static one => Path.GetFileName(one)).Order(StringComparer.Ordinal)] : [];
        }
    }

    /// <summary>All accounts as they were left, without market data.</summary>
    /// <exception cref="AccountStateException">What is stored cannot be read by this program.</exception>
    public IReadOnlyList<AccountStatus> Status()
    {
        List<AccountStatus> found = [];
        foreach (string account in Accounts)
        {
            if (Sessions(account) is [.., string newest])
            {
                Walk(account, newest, replayed => new SessionVisit(null, () => found.Add(StatusOf(replayed))));
            }
        }

        return found;
    }

    /// <summary>Sessions of an account that hold a journal, oldest first.</summary>
    public IReadOnlyList<string> Sessions(string account) =>
        [.. new SessionFolder(Path.Combine(home, "accounts", account)).All().Where(SessionReplay.HasJournal)];

    /// <summary>Reads the records of a session, without a replay.</summary>
    /// <param name="account">Whose.</param>
    /// <param name="session">Its folder.</param>
    /// <param name="visit">Given the account's plan and the records.</param>
    /// <exception cref="AccountStateException">What is stored cannot be read by this program.</exception>
    public void Read(string account, string session, Action<AccountPlan, IEnumerable<JournalRecord>> visit)
    {
        ArgumentNullException.ThrowIfNull(visit);
        try
        {
            visit(_proof.PlanOf(session), new JournalReader(session).Records());
        }
        catch (Exception fault) when (fault is JournalException or InvalidDataException or FileNotFoundException)
        {
            throw new AccountStateException(account, fault.Message);
        }
    }

    /// <summary>Gives a visitor the account with the state with which a session began.</summary>
    /// <param name="account">Whose.</param>
    /// <param name="session">Its folder.</param>
    /// <param name="visit">Given the account, which ends with the call.</param>
    /// <exception cref="AccountStateException">What is stored cannot be read by this program.</exception>
    public void Open(string account, string session, Action<TradingAccount> visit)
    {
        ArgumentNullException.ThrowIfNull(visit);
        DirectoryInfo scratch = Directory.CreateTempSubdirectory("harrier-read-");
        try
        {
            using TradingAccount opened = _proof.Open(session, Path.Combine(scratch.FullName, "journal"));
            visit(opened);
        }
        catch (Exception fault) when (fault is JournalException or InvalidDataException or EndOfStreamException or FileNotFoundException)
        {
            throw new AccountStateException(account, fault.Message);
        }
        finally
        {
            scratch.Delete(recursive: true);
        }
    }

    /// <summary>Replays a session.</summary>
    /// <param name="account">Whose.</param>
    /// <param name="session">Its folder.</param>
    /// <param name="visit">Given the account at the session's start; says what to do on the way.</param>
    /// <exception cref="AccountStateException">What is stored cannot be read by this program.</exception>
    public void Walk(string account, string session, Func<TradingAccount, SessionVisit> visit)
    {
        ArgumentNullException.ThrowIfNull(visit);
        DirectoryInfo scratch = Directory.CreateTempSubdirectory("harrier-read-");
        try
        {
            string journal = Path.Combine(scratch.FullName, "journal");
            using TradingAccount replayed = _proof.Open(session, journal);
            SessionVisit visitor = visit(replayed);
            SessionReplay.Run(session, replayed, visitor.AfterInput);
            visitor.AtEnd?.Invoke();
        }
        catch (Exception fault) when (fault is JournalException or InvalidDataException or EndOfStreamException or FileNotFoundException)
        {
            throw new AccountStateException(account, fault.Message);
        }
        finally
        {
            scratch.Delete(recursive: true);
        }
    }

    private static AccountStatus StatusOf(TradingAccount account)
    {
        Timestamp now = account.Engine.Time.Now;
        BotBoard board = new(account, static _ => { });
        board.Start(now);
        return board.Look(now, [.. account.Plan.Instruments.Select(instrument => new SymbolView(instrument.Symbol, instrument.ToDecimal(account.Engine.Market.Mark(instrument.Id)), null))]);
    }
}

/// <summary>What is done while a session is replayed.</summary>
/// <param name="AfterInput">After each input.</param>
/// <param name="AtEnd">After the last.</param>
public sealed record SessionVisit(Action? AfterInput, Action? AtEnd);
