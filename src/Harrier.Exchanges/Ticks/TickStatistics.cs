using Harrier.Domain;

namespace Harrier.Exchanges.Ticks;

/// <summary>A streamer at one moment.</summary>
/// <param name="TotalMessages">Ticks of all symbols.</param>
/// <param name="MessagesPerSymbol">Ticks of each.</param>
/// <param name="StartTime">When it began.</param>
/// <param name="LastUpdate">When the last tick came; null before the first.</param>
public sealed record TickStatistics(long TotalMessages, IReadOnlyDictionary<string, long> MessagesPerSymbol, Timestamp StartTime, Timestamp? LastUpdate)
{
    /// <summary>Times that a callback failed.</summary>
    public required long Errors { get; init; }

    /// <summary>Ticks that a callback was too slow for.</summary>
    public required long Skipped { get; init; }
}
