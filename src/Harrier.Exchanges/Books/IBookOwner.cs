using Harrier.Domain;
using Harrier.Engine;

namespace Harrier.Exchanges.Books;

/// <summary>
/// What a <see cref="BookSynchronizer"/> needs of the feed that owns it. All calls come on the thread that called the synchronizer, and none
/// may call it back.
/// </summary>
public interface IBookOwner
{
    /// <summary>
    /// A snapshot is wanted. The owner asks the venue through its budget and later calls <see cref="BookSynchronizer.OnSnapshot"/> or
    /// <see cref="BookSynchronizer.OnSnapshotFailed"/> with the same number, once.
    /// </summary>
    void RequestSnapshot(InstrumentId instrument, int request);

    /// <summary>A change of the book, for the engine: a whole snapshot when it becomes verified, then what changes.</summary>
    void OnBookEvent(in MarketEvent change);

    /// <summary>All changes of a message. Unless an owner does otherwise, <see cref="OnBookEvent"/> is called for each.</summary>
    void OnBookChanges(in BookChanges changes)
    {
        for (int i = 0; i < changes.Count; i++)
        {
            OnBookEvent(changes[i]);
        }
    }

    /// <summary>The book must not be read from now on.</summary>
    void OnBookFault(in FeedFault fault, BookFault reason);

    /// <summary>So many snapshots in a row led nowhere that the next attempts come slowly; an operator should know.</summary>
    void OnGivenUp(InstrumentId instrument, int attempts);
}
