namespace Harrier.Storage.Recording;

/// <summary>A recorder at one moment.</summary>
/// <param name="Records">Records that came.</param>
/// <param name="TextBytes">Bytes that they had.</param>
/// <param name="FileBytes">Bytes in files.</param>
/// <param name="Files">Files begun.</param>
public readonly record struct RecorderStatistics(long Records, long TextBytes, long FileBytes, int Files)
{
    /// <summary>Records that are answers to requests, such as snapshots of books.</summary>
    public long Snapshots { get; init; }

    /// <summary>Records that are missing because they came faster than they could be written.</summary>
    public long Lost { get; init; }

    /// <summary>Holes in which these are missing.</summary>
    public long Holes { get; init; }

    /// <summary>What the disk last refused; null while it takes everything.</summary>
    public string? Fault { get; init; }
}

/// <summary>Tells which symbol a message is about.</summary>
/// <param name="text">The message.</param>
/// <returns>Null when it is about none, or about several.</returns>
public delegate string? SymbolOfFrame(ReadOnlySpan<byte> text);
