namespace Harrier.Exchanges.Books;

/// <summary>Limits of the rebuilding of a book.</summary>
public sealed record BookSynchronizerOptions
{
    /// <summary>Time kept between two requests for a snapshot; doubles with each that led nowhere.</summary>
    /// <value>1 s.</value>
    public TimeSpan RetryBase { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Longest time between two requests while there is hope.</summary>
    /// <value>60 s.</value>
    public TimeSpan RetryCap { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Requests in a row that lead nowhere before the book is reported as given up.</summary>
    /// <value>8.</value>
    public int GiveUpAfter { get; init; } = 8;

    /// <summary>Time between requests after that.</summary>
    /// <value>5 min.</value>
    public TimeSpan SlowRetry { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How long to wait for an answer to a request.</summary>
    /// <value>15 s.</value>
    public TimeSpan SnapshotTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How long a new stream may stay silent before a snapshot is asked for all the same: a quiet market sends no first update.</summary>
    /// <value>2 s.</value>
    public TimeSpan FirstUpdateTimeout { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How long a book must stay verified before the next fault is answered without delay again.</summary>
    /// <value>60 s.</value>
    public TimeSpan StableAfter { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Most level changes kept while a snapshot is on its way; more than that, and all are dropped and counted.</summary>
    /// <value>200,000.</value>
    public int MaxBufferedChanges { get; init; } = 200_000;
}
