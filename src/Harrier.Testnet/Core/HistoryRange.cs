using Harrier.Domain;

namespace Harrier.Testnet.Core;

/// <summary>A part of a history, as exchanges page it: from an id on; else from a start time on; else the newest (up to an end time).</summary>
/// <param name="FromId">Oldest id.</param>
/// <param name="Start">Oldest time.</param>
/// <param name="End">Newest time.</param>
/// <param name="Limit">The most items; 0, as in the default, is 500.</param>
public readonly record struct HistoryRange(long? FromId = null, Timestamp? Start = null, Timestamp? End = null, int Limit = 0)
{
    private const int UsualLimit = 500;

    internal List<T> Of<T>(List<T> oldestFirst, Func<T, long> idOf, Func<T, Timestamp> timeOf)
    {
        (long? fromId, Timestamp? start, Timestamp? end) = (FromId, Start, End);
        int limit = Limit > 0 ? Limit : UsualLimit;
        List<T> within = [.. oldestFirst.Where(i => (fromId is null || idOf(i) >= fromId) && (start is null || timeOf(i) >= start) && (end is null || timeOf(i) <= end))];
        int skip = fromId is null && start is null ? Math.Max(0, within.Count - limit) : 0;
        return within.GetRange(skip, Math.Max(0, Math.Min(limit, within.Count - skip)));
    }
}
