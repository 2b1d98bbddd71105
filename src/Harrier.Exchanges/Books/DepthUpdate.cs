using Harrier.Domain;

namespace Harrier.Exchanges.Books;

/// <summary>One message of changes to a book, as a venue sent it. The changes lie in a buffer that the next message reuses.</summary>
public readonly ref struct DepthUpdate
{
    /// <summary>Id of the first change in the message.</summary>
    public required long FirstId { get; init; }

    /// <summary>Id of the last change in the message: the book's id once it is applied.</summary>
    public required long FinalId { get; init; }

    /// <summary>Final id of the message before, where the venue says it; 0 otherwise.</summary>
    public long PreviousId { get; init; }

    /// <summary>The venue's time.</summary>
    public Timestamp ExchangeTime { get; init; }

    /// <summary>When it reached us.</summary>
    public Timestamp ReceivedTime { get; init; }

    /// <summary>The changes, in the venue's order.</summary>
    public ReadOnlySpan<LevelChange> Changes { get; init; }
}

/// <summary>A whole book, or as much of it as the venue gives, at one update id.</summary>
public readonly ref struct DepthSnapshot
{
    /// <summary>The number it was asked for with, see <see cref="IBookOwner.RequestSnapshot"/>.</summary>
    public int Request { get; init; }

    /// <summary>Id of the last change that the levels contain.</summary>
    public required long LastUpdateId { get; init; }

    /// <summary>The venue's time; equal to <see cref="ReceivedTime"/> where it gives none.</summary>
    public Timestamp ExchangeTime { get; init; }

    /// <summary>When it reached us.</summary>
    public Timestamp ReceivedTime { get; init; }

    /// <summary>All levels, each once.</summary>
    public ReadOnlySpan<LevelChange> Levels { get; init; }
}
