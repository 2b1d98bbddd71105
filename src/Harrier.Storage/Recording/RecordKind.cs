namespace Harrier.Storage.Recording;

/// <summary>What a record of a recording is. The numbers are written to files.</summary>
public enum RecordKind : byte
{
    /// <summary>A message of a socket, byte by byte as it came.</summary>
    Frame = 0,

    /// <summary>The answer to a request, such as the snapshot that a book was built from, byte by byte as it came.</summary>
    Snapshot = 1,

    /// <summary>A session of a connection was opened.</summary>
    Opened = 2,

    /// <summary>A session ended and nothing is missing: it was stopped, or a newer one had taken over.</summary>
    Closed = 3,

    /// <summary>A session was lost, or could not be opened: what the venue sent from here to the next opening is missing.</summary>
    Lost = 4,

    /// <summary>Records are missing here: they came faster than they could be written, or the file is damaged.</summary>
    Hole = 5,
}
