using Harrier.Domain;

namespace Harrier.Engine.Reconciliation;

/// <summary>
/// The book of an account for all threads that learn something about it, and its journal. What the book did not know goes into the journal; an
/// intent has to be on the disk, by <see cref="TrySync"/>, before it is sent.
/// </summary>
public sealed class AccountRecord
{
    private readonly Lock _gate = new();
    private readonly AccountBook _book;
    private readonly IAccountJournal? _journal;
    private IOException? _failure;

    /// <summary>Goes on with a book.</summary>
    /// <param name="book">What is known so far; from now on only this changes it.</param>
    /// <param name="journal">Where facts are kept; null for a record that ends with the process.</param>
    public AccountRecord(AccountBook? book = null, IAccountJournal? journal = null)
    {
        _book = book ?? new AccountBook();
        _journal = journal;
    }

    /// <summary>Why the journal takes nothing more; null while it does. The book goes on in memory.</summary>
    public IOException? Failure
    {
        get
        {
            lock (_gate)
            {
                return _failure;
            }
        }
    }

    /// <summary>Takes a fact.</summary>
    public BookEntry Take(AccountFact fact)
    {
        lock (_gate)
        {
            BookEntry entry = _book.Apply(fact);
            if (entry.IsNew)
            {
                Try(journal => journal.Append(fact));
            }

            return entry;
        }
    }

    /// <summary>Brings everything taken so far onto the disk.</summary>
    /// <returns>False when that was not possible: an order that opens risk must not be sent then.</returns>
    public bool TrySync()
    {
        lock (_gate)
        {
            return Try(static journal => journal.Sync());
        }
    }

    /// <summary>Reads the book while nobody changes it.</summary>
    /// <param name="read">Reads, at once; must not keep the book.</param>
    public T Read<T>(Func<AccountBook, T> read)
    {
        ArgumentNullException.ThrowIfNull(read);
        lock (_gate)
        {
            return read(_book);
        }
    }

    /// <summary>Compares the book with what the venue shows and remembers what a second reading has to confirm.</summary>
    public IReadOnlyList<Difference> Compare(AccountPicture theirs, ReconciliationPolicy policy, Timestamp now)
    {
        lock (_gate)
        {
            IReadOnlyList<Difference> found = Reconciler.Compare(_book, theirs, policy, now);
            _book.Note(found, theirs, now);
            return found;
        }
    }

    private bool Try(Action<IAccountJournal> write)
    {
        try
        {
            if (_failure is null && _journal is not null)
            {
                write(_journal);
            }
        }
        catch (IOException fault)
        {
            _failure = fault;
        }

        return _failure is null;
    }
}
