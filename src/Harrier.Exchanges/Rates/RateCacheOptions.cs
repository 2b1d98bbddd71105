namespace Harrier.Exchanges.Rates;

/// <summary>How long and how many prices are kept.</summary>
public sealed record RateCacheOptions
{
    /// <summary>Shortest life of a price.</summary>
    public static readonly TimeSpan ShortestLife = TimeSpan.FromSeconds(1);

    /// <summary>Longest life of a price.</summary>
    public static readonly TimeSpan LongestLife = TimeSpan.FromSeconds(60);

    /// <summary>How old a price may be, its last instant included; 1 to 60 seconds.</summary>
    /// <value>3 seconds.</value>
    public TimeSpan Life { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>How many pairs are kept, at least 1; the one that was not asked for the longest makes room.</summary>
    /// <value>1,000.</value>
    public int Capacity { get; init; } = 1000;
}

/// <summary>What a cache of prices has done.</summary>
/// <param name="Hits">Answers from the cache.</param>
/// <param name="Misses">Answers that had to be asked for.</param>
/// <param name="Shared">Callers that waited for the question of another.</param>
/// <param name="Evictions">Pairs that made room for others.</param>
/// <param name="Errors">Questions without an answer.</param>
/// <param name="Size">Pairs kept now, old ones included.</param>
public readonly record struct RateCacheStatistics(long Hits, long Misses, long Shared, long Evictions, long Errors, int Size);
