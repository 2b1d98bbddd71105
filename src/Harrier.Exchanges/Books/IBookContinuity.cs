namespace Harrier.Exchanges.Books;

/// <summary>How an update stands to a book.</summary>
public enum BookStep : byte
{
    /// <summary>The book holds it already: ignore it.</summary>
    Stale = 0,

    /// <summary>It is the next one: apply it.</summary>
    Next = 1,

    /// <summary>Something between the book and it is missing.</summary>
    Gap = 2,
}

/// <summary>A venue's rule that tells whether updates follow a snapshot, and each other, without a hole.</summary>
public interface IBookContinuity
{
    /// <summary>Judges an update against a snapshot to which nothing has been applied yet.</summary>
    /// <param name="snapshotId">The snapshot's last update id.</param>
    /// <param name="update">The update.</param>
    BookStep AfterSnapshot(long snapshotId, in DepthUpdate update);

    /// <summary>Judges an update against the one applied last.</summary>
    /// <param name="lastId">Final id of the update applied last.</param>
    /// <param name="update">The update.</param>
    BookStep AfterUpdate(long lastId, in DepthUpdate update);
}
