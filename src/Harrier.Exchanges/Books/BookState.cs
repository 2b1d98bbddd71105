namespace Harrier.Exchanges.Books;

/// <summary>How far a book can be trusted.</summary>
public enum BookState : byte
{
    /// <summary>There is no stream to build it from.</summary>
    Unsynced = 0,

    /// <summary>Updates are being kept while a snapshot is on its way.</summary>
    Rebuilding = 1,

    /// <summary>Snapshot and updates join without a hole: the only state in which a book may be read.</summary>
    Verified = 2,

    /// <summary>It was found broken, and the next snapshot may not be asked for yet.</summary>
    Suspect = 3,
}

/// <summary>Why a book was given up.</summary>
public enum BookFault : byte
{
    /// <summary>Updates are missing between the book and the newest one.</summary>
    Gap = 0,

    /// <summary>The best bid is at or above the best ask.</summary>
    Crossed = 1,

    /// <summary>The connection was lost.</summary>
    Disconnected = 2,

    /// <summary>Messages were lost between the socket and the book.</summary>
    Overflow = 3,

    /// <summary>A price or size does not fit the instrument's grid: the venue changed it, or the message is damaged.</summary>
    OffGrid = 4,

    /// <summary>A message could not be read.</summary>
    Malformed = 5,

    /// <summary>The stream has been silent for too long.</summary>
    Stale = 6,

    /// <summary>The book disagrees with another source, such as the venue's best prices.</summary>
    Mismatch = 7,
}
