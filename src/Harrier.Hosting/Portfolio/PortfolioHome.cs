using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Harrier.Domain;
using Harrier.Hosting.Accounts;
using Harrier.Storage.Journal;

namespace Harrier.Hosting.Portfolio;

/// <summary>
/// A portfolio account and its journal in a home. Every input is in the journal before it is handled. A start restores the newest segment, replays it, and begins the next with what came
/// out: after a crash as after a graceful end.
/// </summary>
public sealed class PortfolioHome : IDisposable
{
    private const long LongestSegment = 8L << 20;

    private readonly StateJournal _journal;
    private readonly ArrayBufferWriter<byte> _payload = new(1024);
    private readonly string _folder;

    private PortfolioHome(string folder, StateJournal journal, PortfolioAccount account) => (_folder, _journal, Account) = (folder, journal, account);

    /// <summary>The account.</summary>
    public PortfolioAccount Account { get; }

    /// <summary>True when the account was made now.</summary>
    public bool IsNew { get; private init; }

    /// <summary>Inputs replayed at the start.</summary>
    public int Replayed { get; private init; }

    /// <summary>The folder of an account in a home.</summary>
    public static string FolderOf(string home, string account) => Path.Combine(home, "portfolio", account);

    /// <summary>Part of the names of an account's conversions: another for each account that was ever made.</summary>
    /// <param name="account">The account.</param>
    /// <param name="openedAt">When it was made.</param>
    public static uint RunOf(string account, Timestamp openedAt) =>
        BitConverter.ToUInt32(SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"harrier/portfolio/{account}/{openedAt.Nanos}"))));

    /// <summary>Opens an account, or makes it.</summary>
    /// <param name="home">The folder of all state.</param>
    /// <param name="terms">What it is; the run of an account that is there stays its own.</param>
    /// <param name="now">The time.</param>
    /// <exception cref="AccountStateException">What is stored cannot be continued, or belongs to another venue.</exception>
    [SuppressMessage("Reliability", "CA2000:Dispose objects before losing scope", Justification = "The opened account owns its journal; where none is opened it is disposed of.")]
    public static PortfolioHome Open(string home, PortfolioTerms terms, Timestamp now)
    {
        ArgumentNullException.ThrowIfNull(terms);
        string folder = FolderOf(home, terms.Account);
        StateJournal? journal = null;
        try
        {
            journal = StateJournal.Open(folder, terms.Account, out StateSegment? newest);
            PortfolioHome opened = newest is null
                ? new PortfolioHome(folder, journal, new PortfolioAccount(terms)) { IsNew = true }
                : Continue(folder, journal, newest);
            opened.Become(terms, now);
            return opened;
        }
        catch (Exception fault) when (fault is JournalException or InvalidDataException or IOException)
        {
            journal?.Dispose();
            throw new AccountStateException(terms.Account, fault.Message);
        }
        catch
        {
            journal?.Dispose();
            throw;
        }
    }

    /// <summary>Journals an input and handles it.</summary>
    /// <param name="input">The input.</param>
    /// <param name="isDurable">True where something leaves because of it: then it is on the disk first.</param>
    /// <exception cref="IOException">It could not be journaled: nothing was handled, and nothing more is.</exception>
    public PortfolioStep Handle(PortfolioInput input, bool isDurable = false)
    {
        ArgumentNullException.ThrowIfNull(input);
        if (_journal.Length > LongestSegment)
        {
            _journal.Begin(Account.Save());
        }

        _payload.ResetWrittenCount();
        StateWriter writer = new(_payload);
        byte type = PortfolioInputFormat.Write(ref writer, input);
        _journal.Append(type, _payload.WrittenSpan);
        PortfolioStep step = Account.Handle(input);
        foreach (PortfolioDecision decision in PortfolioReplay.DecisionsOf(step))
        {
            _journal.Append(PortfolioInputFormat.Decision, PortfolioReplay.BytesOf(decision));
        }

        if (isDurable)
        {
            _journal.Sync();
        }

        return step;
    }

    /// <summary>Every decision that the journal holds as it stood last, by number: for records that have to be written again.</summary>
    /// <exception cref="JournalException">The journal is damaged.</exception>
    public IReadOnlyList<PortfolioDecision> AllDecisions()
    {
        SortedDictionary<long, PortfolioDecision> decisions = [];
        foreach (string segment in StateJournal.SegmentsOf(_folder))
        {
            foreach (StateRecord record in StateJournal.Read(segment).Records.Where(static one => one.Type == PortfolioInputFormat.Decision))
            {
                StateReader reader = new(record.Payload.Span);
                PortfolioDecision decision = DecisionFormat.Read(ref reader);
                decisions[decision.Number] = decision;
            }
        }

        return [.. decisions.Values];
    }

    /// <summary>Begins a new segment, so that the next start has nothing to replay.</summary>
    /// <exception cref="IOException">It could not be written.</exception>
    public void Save() => _journal.Begin(Account.Save());

    /// <summary>Closes the journal.</summary>
    public void Dispose() => _journal.Dispose();

    private static PortfolioHome Continue(string folder, StateJournal journal, StateSegment newest)
    {
        ReplayedSegment replayed = PortfolioReplay.Run(newest);
        return replayed.Divergence is { } divergence
            ? throw new InvalidDataException($"segment {newest.Number} of its journal does not repeat: {divergence}")
            : new PortfolioHome(folder, journal, replayed.Account) { Replayed = replayed.Inputs };
    }

    private void Become(PortfolioTerms terms, Timestamp now)
    {
        PortfolioTerms before = Account.Terms;
        if (before.Venue != terms.Venue || before.Numeraire != terms.Numeraire)
        {
            throw new AccountStateException(terms.Account, $"it converts at {before.Venue} and is valued in {before.Numeraire}; give the account at {terms.Venue} another name");
        }

        Account.Renew();
        Save();
        PortfolioTerms wanted = terms with { Run = before.Run };
        if (before.Fee != wanted.Fee || before.MaxPositionNotional != wanted.MaxPositionNotional || !before.Decimals.OrderBy(static one => one.Key.Code).SequenceEqual(wanted.Decimals.OrderBy(static one => one.Key.Code)))
        {
            _ = Handle(new PortfolioRetermed(now < Account.Now ? Account.Now : now, wanted));
        }
    }
}
